// SPDX-License-Identifier: MIT
// Shares: a check about several things at once ("posts, comments and tags each have ...") adds up
// its parts here.
#pragma once

#include "engine/checks/kind.hpp"
#include "engine/checks/lookup.hpp"

#include <string>
#include <vector>

namespace assay::checks {

/// One of the things a share counts.
struct Part {
  double value = 0; ///< 0..1; the best guess when not known
  bool known = true;
  double weight = 1;
  double confidence = 1; ///< 0..1
  std::string noted;     ///< level that explains the value, if any
  bool absent = false;   ///< what it is about does not exist at all
  std::string remark;    ///< what is wrong or unknown; empty when there is nothing to say
  std::vector<Evidence> evidence;
};

/// The part of a role that nothing fills (R9): 0, and not known where it may be hidden from
/// reading.
Part missing_part(const Subject& subject, const EntityView& view);

/// Sum of values / sum of weights of all parts. Decided when every part is known, or when the
/// unknown ones together weigh at most 0.1 of the whole (they then count with their guess); else
/// undetermined with the share as the guess. Confidence is the lowest of the parts. `all_well` is
/// the reason when nothing was remarked.
Finding total(const std::vector<Part>& parts, std::string all_well);

/// "a", "a; b", "a; b; and 3 more".
std::string join_remarks(const std::vector<std::string>& remarks);

} // namespace assay::checks
