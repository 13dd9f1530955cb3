// SPDX-License-Identifier: MIT
// Intake: a Submission comes in, a Snapshot goes out. The tree is read from git objects with
// libgit2 (or from a plain folder) and never checked out: no hook, filter, submodule, LFS transfer
// or configuration of the submitted repository has any effect. It refuses what exceeds its limits,
// repositories that borrow objects from elsewhere, and secrets written into the source. What is
// left out of the tree is listed in Snapshot::skipped.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/submission.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::intake {

/// What one submission may cost. Files beyond max_blob_bytes, max_path_bytes and max_depth are
/// listed as skipped; beyond the others `obtain` is refused with limit_exceeded.
struct IntakeLimits {
  /// Bytes received from a remote, per fetch. 512 MiB: a hundred times a large take-home
  /// repository.
  std::uint64_t max_received_bytes = std::uint64_t{512} << 20U;
  /// Waiting for a lock, fetching and reading together.
  std::chrono::milliseconds max_wall = std::chrono::minutes{5};
  /// Entries of the tree: files, folders and what is skipped.
  std::uint64_t max_files = 100'000;
  /// A file beyond it is skipped as too_large and never loaded.
  std::uint64_t max_blob_bytes = std::uint64_t{4} << 20U;
  /// Content of all loaded files together.
  std::uint64_t max_total_bytes = std::uint64_t{256} << 20U;
  /// Length of a path from the root of the repository.
  std::size_t max_path_bytes = 1024;
  /// Folders above a file.
  std::size_t max_depth = 40;
  /// Room that a fetch must leave on its disk; with less, it ends with ErrorCode::io. libgit2
  /// writes packs through a mapping, where a full disk is a signal and no error. 16 MiB: more than
  /// arrives between two looks.
  std::uint64_t min_free_bytes = std::uint64_t{16} << 20U;
  /// Commits counted for History; beyond it the count is a lower bound (History::shallow).
  std::uint64_t max_commits = 500'000;
};

enum class IntakeStage { waiting, connecting, receiving, resolving, reading };

/// A moment of `obtain`; totals are 0 while they are not known.
struct IntakeProgress {
  IntakeStage stage = IntakeStage::connecting;
  std::uint64_t received_bytes = 0;
  std::uint64_t received_objects = 0;
  std::uint64_t resolved_objects = 0;
  std::uint64_t total_objects = 0;
  std::uint64_t files = 0;
};

/// Secrets for remotes. They are used in memory only: never stored, printed or put into an Error.
struct Credentials {
  std::string username; ///< for https with `token`; empty: a name that forges accept
  std::string token;    ///< password or access token for https
  std::vector<std::string> token_hosts; ///< hosts the token may be sent to, lower case
  std::filesystem::path store;          ///< file in the format of git-credential-store; mode 0600
  std::filesystem::path ssh_key;        ///< private key; without it the ssh-agent is asked
};

/// ASSAY_GIT_USERNAME, ASSAY_GIT_TOKEN, ASSAY_GIT_HOST (comma-separated, default github.com: a
/// token never goes to a host that a candidate chose), ASSAY_GIT_CREDENTIALS, ASSAY_SSH_KEY.
Credentials credentials_from_environment();

/// $XDG_CACHE_HOME/assay, else $HOME/.cache/assay; empty if neither variable holds an absolute
/// path.
std::filesystem::path default_cache_directory();

/// $SSL_CERT_FILE, as OpenSSL and curl have it; empty if it is not set.
std::filesystem::path default_authorities();

enum class UseCache { no, yes };

/// A history that a ref had when it was fetched before and that its present one does not contain:
/// it was pushed by force. Known only where the cache saw both.
struct ReplacedHistory {
  std::string tip; ///< its last commit
  int commits = 0; ///< of it that are gone
};

struct IntakeOptions {
  IntakeLimits limits;
  /// Bare repositories of known URLs are kept below `cache_directory`/repositories. Empty, or
  /// UseCache::no: a temporary repository that is removed afterwards.
  std::filesystem::path cache_directory;
  UseCache use_cache = UseCache::yes;
  Credentials credentials;
  /// PEM file of the authorities that https servers are trusted for; empty: the system's. libgit2
  /// keeps them for the whole process: those of its first fetch over https count.
  std::filesystem::path authorities;
  /// Called on the calling thread, at most about ten times a second and at each change of stage.
  std::function<void(const IntakeProgress&)> progress;
  /// Called on the calling thread, at most once, before `obtain` returns. What it tells is no part
  /// of a snapshot, which is the same whatever a cache remembers.
  std::function<void(const ReplacedHistory&)> replaced;
  /// Set to true (from a signal handler or another thread) to give up; temporary files are removed.
  const std::atomic<bool>* cancelled = nullptr;
};

/// Reads what `submission` names. `Submission::source` is an https, ssh or file URL, git@host:path,
/// a local git repository (bare or not; HEAD is graded, uncommitted changes are not), or a plain
/// folder, read as it is.
///
/// Only files that a later stage reads are loaded (see readable_text.hpp); others are listed with
/// their size and null content. Snapshot::submission holds the source without secrets. May be
/// called from several threads and processes at once. Errors: invalid_input (unusable or
/// secret-bearing source, ambiguous ref, damaged repository), not_found (no such path, repository,
/// ref or commit before the deadline, empty repository), limit_exceeded, unavailable (host
/// unreachable, credentials, certificate, interrupted), conflict (cache locked for longer than
/// max_wall), io.
Result<Snapshot> obtain(const Submission& submission, const IntakeOptions& options);

/// `source` as it may be shown and stored: without user information, query and fragment of a URL,
/// printable.
std::string redacted(std::string_view source);

/// `source` as `obtain` takes it, whatever the working directory then is: a relative path of a
/// local repository or folder starts from `folder`. Nothing is looked at. Errors: invalid_input, as
/// of obtain().
Result<std::string> resolve_source(std::string_view source, const std::filesystem::path& folder);

/// A symlink at `path` with `target` (SkippedPath::detail) leaves the repository, or is absolute.
bool leads_outside(std::string_view path, std::string_view target);

} // namespace assay::intake
