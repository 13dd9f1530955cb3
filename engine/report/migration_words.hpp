// SPDX-License-Identifier: MIT
// Private to this module: what revisions do and how they ran, in words. Nothing is escaped.
#pragma once

#include "engine/model/run_record.hpp"

#include <string>
#include <vector>

namespace assay::report {

/// "creates users, posts; 2 indexes", "changes nothing", "could not be read"
std::string upgrade_text(const Revision& revision);

/// "drops users, posts", "is declared impossible", "does nothing", "could not be read"
std::string downgrade_text(const Revision& revision);

/// "upgrade runs", "downgrade stops in revision 0002"
std::string step_text(const MigrationStep& step);

/// "one at a time: upgrade of 0001 works, of 0002 stops; downgrade of 0001 works"; empty where they
/// were not taken one at a time.
std::string singly_text(const MigrationRun& run);

/// What would hold up or lose something on a large table in use, at most five: place and sentence.
std::vector<Evidence> migration_risks(const RunRecord& record);

} // namespace assay::report
