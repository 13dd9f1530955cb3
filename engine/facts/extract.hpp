// SPDX-License-Identifier: MIT
// Reading: a Snapshot becomes static Facts, and a rubric's roles are found in them. Nothing is
// executed.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/model/facts.hpp"
#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"
#include "engine/model/submission.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::facts {

/// All static facts of a submission.
Facts read(const Snapshot& snapshot);

// The families, one folder each. Each takes what the earlier ones found.
EnvironmentFacts read_environment(Program& program);
SchemaFacts read_schema(Program& program, const EnvironmentFacts& environment);
SchemaFacts read_raw_sql(Program& program);
MigrationFacts
read_migration(Program& program, const EnvironmentFacts& environment, const SchemaFacts& schema);
QueryFacts read_queries(Program& program, const SchemaFacts& schema);
StyleFacts read_style(Program& program, const QueryFacts& queries);
std::vector<ReadmeStatement> read_readme(const Snapshot& snapshot);
std::vector<IntegrityFlag> read_integrity(Program& program);
std::vector<Signal> read_signals(Program& program, const Facts& facts);

/// Up to three ways to give the rubric's roles to the candidate's classes, best first; at least one
/// (possibly with no role filled). `fixed` maps a role to a qualified class and overrides
/// everything.
std::vector<Resolution> resolve(const Facts& facts,
                                const Rubric& rubric,
                                const std::map<std::string, std::string>& fixed = {});

} // namespace assay::facts
