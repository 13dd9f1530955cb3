// SPDX-License-Identifier: MIT
// What is graded: a Submission (where it comes from) becomes a Snapshot (the files of one commit,
// read from git objects, never a checkout).
#pragma once

#include "engine/base/clock.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What the user asked to have graded.
struct Submission {
  std::string source;            ///< URL, local git repository, or folder, as the user gave it
  std::string ref;               ///< branch, tag or commit; empty means the default branch
  std::optional<Instant> before; ///< grade the last commit at or before this time
  bool operator==(const Submission&) const = default;
};

/// One file of the snapshot. `content` is null when the file was listed but not loaded because no
/// stage reads files of its kind (images, archives, databases). A file that is too large is in
/// Snapshot::skipped instead.
struct Blob {
  std::shared_ptr<const std::string> content;
  std::uint64_t size_bytes = 0;
  bool executable = false;
};

/// A path that was in the tree but is not graded, and why.
enum class SkipReason {
  symlink,
  submodule,
  unsafe_path, ///< absolute, "..", ".git" spelling, NUL, control character
  invalid_utf8,
  duplicate_casefold,
  too_large,
  too_long,
  too_deep,
  special_file, ///< socket, device, pipe in a plain folder
  unreadable,
  lfs_pointer, ///< the pointer text is in Snapshot::files, the content it stands for is not fetched
};

struct SkippedPath {
  std::string path; ///< printable form
  SkipReason reason = SkipReason::unsafe_path;
  std::string detail; ///< the target of a symlink, the size of a large file
  bool operator==(const SkippedPath&) const = default;
};

/// What is known of the history; commit dates are the candidate's claim.
struct History {
  int commits = 0;                     ///< reachable from the graded commit
  std::optional<Instant> committed_at; ///< of the graded commit
  std::optional<Instant> first_commit_at;
  bool shallow = false;  ///< the history was not fetched as a whole; `commits` is a lower bound
  int commits_after = 0; ///< on the ref, later than the graded commit (with --before)
  bool operator==(const History&) const = default;
};

struct Snapshot {
  Submission submission;
  std::string resolved_ref; ///< "main"; empty for a plain folder or a detached commit
  std::string commit;       ///< 40 hexadecimal digits; empty for a plain folder
  /// "sha256:..." over path, executable bit, size and git blob id of every regular file with an
  /// acceptable path, loaded or not (too large ones: without the id); the same for a plain folder
  /// and for a commit of it.
  std::string tree_digest;
  History history;
  std::map<std::string, Blob> files; ///< validated relative paths, '/' as separator
  std::vector<SkippedPath> skipped;  ///< sorted by path
};

} // namespace assay
