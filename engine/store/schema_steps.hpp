// SPDX-License-Identifier: MIT
// Private to this module: the steps of the schema in order. A step that has been released never
// changes; a change of the schema is a new step.
#pragma once

#include <array>

namespace assay::store {

extern const char* const k_tables_sql;
extern const char* const k_views_sql;
extern const char* const k_batches_sql;
extern const char* const k_packed_sql;
extern const char* const k_fingerprints_sql;
extern const char* const k_replaced_sql;

struct Step {
  int version = 0;
  const char* name = "";
  const char* sql = "";
};

inline const std::array k_steps{
  Step{1, "rubrics, submissions, facts, runs and their verdicts", k_tables_sql},
  Step{2, "views for analysts", k_views_sql},
  Step{3, "batches, reviews and disclosures", k_batches_sql},
  Step{4, "facts that are read fast", k_packed_sql},
  Step{5, "fingerprints of source", k_fingerprints_sql},
  Step{6, "histories that were replaced", k_replaced_sql},
};

} // namespace assay::store
