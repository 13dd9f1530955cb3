// SPDX-License-Identifier: MIT
// env.py: whether it can load, which metadata it hands to Alembic, and which tables that metadata
// holds by then.
#pragma once

#include "engine/facts/migration/layout.hpp"
#include "engine/facts/program.hpp"
#include "engine/model/facts.hpp"

namespace assay::facts {

/// Fills environment_loads, environment_problems, metadata_wired, metadata_ids, wired_*.
void read_environment_script(Program& program,
                             const MigrationLayout& layout,
                             const SchemaFacts& schema,
                             MigrationFacts& facts);

/// Passwords in the configuration and in env.py that are no local defaults.
std::vector<Evidence> find_secrets(Program& program, const MigrationLayout& layout);

/// The part of `text` that is a password in a database URL worth hiding; empty if there is none.
std::string_view secret_in_url(std::string_view text);

} // namespace assay::facts
