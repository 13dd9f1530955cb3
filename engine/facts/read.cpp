// SPDX-License-Identifier: MIT
#include "engine/facts/extract.hpp"

namespace assay::facts {

Facts read(const Snapshot& snapshot)
{
  Program program(snapshot);
  Facts facts;
  facts.environment = read_environment(program);
  facts.schema = read_schema(program, facts.environment);
  facts.raw_sql_schema = read_raw_sql(program);
  facts.migration = read_migration(program, facts.environment, facts.schema);
  facts.queries = read_queries(program, facts.schema);
  facts.style = read_style(program, facts.queries);
  facts.readme = read_readme(snapshot);
  facts.integrity = read_integrity(program);
  facts.files = program.files();
  facts.signals = read_signals(program, facts);
  return facts;
}

} // namespace assay::facts
