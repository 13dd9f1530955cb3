// SPDX-License-Identifier: MIT
// upgrade() and downgrade() as lists of steps. In: a revision module. Out: what its calls of op, of
// batch blocks, of connections and of enum types do, in order; helpers and loops followed. What is
// not understood makes the list incomplete.
#pragma once

#include "engine/facts/migration/step.hpp"
#include "engine/facts/program.hpp"

#include <string_view>

namespace assay::facts {

/// The steps of `direction` ("upgrade" or "downgrade"); those of upgrade_<engine>() when it
/// dispatches to them. `schema` answers which tables create_all() makes.
StepList read_steps(Program& program,
                    const ModuleInfo& module,
                    std::string_view direction,
                    const SchemaFacts& schema);

} // namespace assay::facts
