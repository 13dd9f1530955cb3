// SPDX-License-Identifier: MIT
// Which collections a statement joins so that their rows multiply: by its loader options, or
// because the mapper says lazy="joined".
#pragma once

#include "engine/checks/kind.hpp"

namespace assay::checks {

struct JoinedCollections {
  int siblings = 0; ///< collections in one SELECT, none below another
  int depth = 0;    ///< collections below one another in one SELECT
};

/// The worst of the SELECTs that `statement` sends, those of selectinload and the like included.
JoinedCollections joined_collections(const Subject& subject, const Statement& statement);

} // namespace assay::checks
