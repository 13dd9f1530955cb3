// SPDX-License-Identifier: MIT
// What a ref of a cached repository pointed to before. A fetch that moves a ref keeps its old tip
// under refs/assay/earlier, so that work which was pushed and then replaced by another history can
// be told from work that went on.
#pragma once

#include "engine/intake/git_library.hpp"
#include "engine/intake/history.hpp"
#include "engine/intake/intake.hpp"
#include "engine/intake/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::intake {

inline constexpr std::string_view k_earlier_tips = "refs/assay/earlier/";

/// Where a fetch puts what the remote calls `name`.
std::string kept_name(const std::string& name);

/// Before a fetch: keeps what the ref points to, if that is not `next`. Does nothing on failure:
/// what is not known is not shown.
void keep_tip(git_repository& repository, const std::string& name, const ObjectId& next);

/// Of the histories that the ref had earlier and that `tip` does not contain, the one of which most
/// is gone. Nothing if there is none.
Result<std::optional<ReplacedHistory>> replaced_history(git_repository& repository,
                                                        const std::string& name,
                                                        const Commit& tip,
                                                        Session& session);

} // namespace assay::intake
