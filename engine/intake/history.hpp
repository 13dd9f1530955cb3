// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/clock.hpp"
#include "engine/intake/git_library.hpp"
#include "engine/intake/session.hpp"
#include "engine/model/submission.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::intake {

/// What intake needs of a commit object. Read leniently: a commit with an unreadable date still has
/// a tree.
struct Commit {
  ObjectId id;
  ObjectId tree;
  std::vector<ObjectId> parents;
  std::optional<Instant> committed_at; ///< the committer's claim
};

/// Nothing if the object is missing (shallow clone, damaged repository).
/// Errors: invalid_input (not a commit, or malformed).
Result<std::optional<Commit>> read_commit(git_odb& objects, const ObjectId& id);

/// `id` itself if it is a commit, else the commit that the annotated tag `id` leads to; nothing if
/// it is neither. Errors: invalid_input (missing or damaged object).
Result<std::optional<ObjectId>> peeled_to_commit(git_odb& objects, const ObjectId& id);

/// The commit that `tip` was at `deadline`: the first one, from the tip along first parents, whose
/// committer date is not later. First parents are the line of the branch itself; what was merged
/// after the deadline is not in it. Errors: not_found (all are later), invalid_input.
Result<Commit> last_before(git_odb& objects, const Commit& tip, Instant deadline, Session& session);

/// Counts and dates for `graded`, reached from `tip`.
Result<History>
history_of(git_odb& objects, const Commit& graded, const Commit& tip, Session& session);

/// How many commits are reachable from `from` and not from `tip`.
Result<int>
commits_beyond(git_odb& objects, const ObjectId& from, const ObjectId& tip, Session& session);

/// The commits reachable from `tips` whose name begins with `prefix` (4 to 40 hexadecimal digits),
/// at most two.
Result<std::vector<ObjectId>> commits_named(git_odb& objects,
                                            std::span<const ObjectId> tips,
                                            std::string_view prefix,
                                            Session& session);

} // namespace assay::intake
