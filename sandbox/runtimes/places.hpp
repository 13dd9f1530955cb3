// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/base/expected.hpp"

#include <filesystem>

namespace assay::runtimes {

struct Places {
  std::filesystem::path definitions; ///< folder of *.runtime
  std::filesystem::path store;       ///< folder of the built trees; may not exist yet
};

/// Definitions: $ASSAY_RUNTIME_FILES; else ../share/assay/runtimes seen from the executable; else
/// sandbox/runtimes in its folder or one of the six above. Store: $ASSAY_RUNTIMES; else, for root,
/// /var/lib/assay/runtimes; else $XDG_CACHE_HOME/assay/runtimes; else ~/.cache/assay/runtimes.
/// Variables count if they hold an absolute path. Failures: no such folder, no home.
Expected<Places> find_places(const std::filesystem::path& executable_folder);

} // namespace assay::runtimes
