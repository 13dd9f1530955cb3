// SPDX-License-Identifier: MIT
// Models of Django, Peewee and Tortoise, as far as their tables go: enough to say what the
// candidate designed.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/model/schema_facts.hpp"

namespace assay::facts {

/// Adds classes and tables of other mappers; style is `declarative`, relationships are not read.
void read_other_mappers(Program& program, SchemaFacts& facts);

} // namespace assay::facts
