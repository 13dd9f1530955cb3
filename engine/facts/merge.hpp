// SPDX-License-Identifier: MIT
// One account of the models out of two: what was read and what running them showed.
#pragma once

#include "engine/model/facts.hpp"

namespace assay::facts {

/// Puts what running showed into `facts.schema`. What was seen wins; places, spelling and whatever
/// only source code has stay as read; where the two differ, `disagreements` says so. If not every
/// file that maps classes could be imported, or it ran with another SQLAlchemy than asked for and
/// something failed, the account that was read stands as it is.
void merge_schema(Facts& facts, SchemaFacts seen);

/// Takes out of `facts.schema` what the database did not hold when it was tried: a key that let the
/// same values in twice, a NOT NULL that let nothing in, a foreign key that led nowhere. Where
/// SQLite stands in for another database it is not believed.
void believe_trials(Facts& facts);

/// Adds the signal "unindexed_lookups", once queries ran and unless the design is for MySQL:
/// foreign keys by which their statements look rows up while the database reads the whole table,
/// with the index that would help.
void note_scans(Facts& facts);

} // namespace assay::facts
