// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/git_library.hpp"
#include "engine/intake/history.hpp"
#include "engine/intake/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::intake {

struct Reference {
  std::string name; ///< "refs/heads/main"
  ObjectId id;      ///< a commit or an annotated tag
};

/// The refs of a repository, as a remote lists them or as they lie on disk; sorted by name.
struct References {
  std::vector<Reference> all;
  std::string head;                ///< ref that HEAD names; may not exist
  std::optional<ObjectId> head_id; ///< what HEAD leads to

  [[nodiscard]] const Reference* find(std::string_view name) const;
};

/// The refs that `ref` may mean. Empty `ref`: the default branch. Empty answer: it may be the name
/// of a commit. Errors: not_found (no refs at all, no default branch, no such name), with the
/// nearest name as a hint.
Result<std::vector<Reference>> candidates(const References& references, std::string_view ref);

/// True for 4 to 40 hexadecimal digits.
bool is_commit_name(std::string_view ref);

struct Resolved {
  std::string name; ///< "main" or "v1.0"; empty for a commit
  Commit tip;
};

/// The commit that `ref` means. What it leads to must be in `objects`.
/// Errors: not_found, invalid_input (ambiguous; not a commit; damaged), limit_exceeded,
/// unavailable.
Result<Resolved>
resolve(git_odb& objects, const References& references, std::string_view ref, Session& session);

} // namespace assay::intake
