// SPDX-License-Identifier: MIT
// What the migration kinds share: whether any revision does schema work, how far an upgrade gets on
// the database the submission is judged on, and the words for it.
#pragma once

#include "engine/checks/kind.hpp"
#include "engine/checks/tally.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::checks {

/// True for operations that change the schema.
bool is_schema_work(const Operation& operation);

/// The finding of every check that R22 sets to 0 when no revision does schema work; undetermined
/// when a revision was not understood. Empty when there is schema work to judge.
std::optional<Finding> without_schema_work(const Subject& subject);

/// How far `upgrade heads` gets on an empty database of the judged dialect, as far as reading
/// tells.
struct UpgradeReading {
  enum class State { clean, stops, unknown };
  State state = State::unknown;
  const Revision* stops_in = nullptr;
  const RevisionProblem* problem = nullptr;
  bool rolled_back = false;     ///< transactional DDL: nothing of the run is left
  bool works_elsewhere = false; ///< the problem exists on the judged dialect only
  bool trivial = false;         ///< an import is missing, nothing else
  std::string reason;
};

UpgradeReading read_upgrade(const Subject& subject);

/// False if `table` is not there when the upgrade stops where `reading` says.
bool is_delivered(const Subject& subject, const UpgradeReading& reading, const std::string& table);

/// The judged dialect is one of these ("unknown" is neither).
bool judged_on_postgresql(const Subject& subject);
bool judged_on_sqlite(const Subject& subject);

/// `judge` with the basis of the migration facts where no run established it; for Kind::evaluate.
template<Finding (*judge)(const Subject&, const Params&)>
Finding on_migration(const Subject& subject, const Params& params)
{
  Finding finding = judge(subject, params);
  if (finding.basis == Basis::observed) {
    return finding;
  }
  finding.basis =
    subject.facts.migration.basis == Basis::none ? Basis::reading : subject.facts.migration.basis;
  return finding;
}

/// 0.75 where nothing was found to read, else that of the facts.
double migration_confidence(const Subject& subject);

/// Of what a revision imports and says of itself, which is read whole whatever its operations are.
double revision_text_confidence(const Subject& subject);

/// Places of revisions, for findings about all of them.
std::vector<Evidence> revision_evidence(const Subject& subject);

} // namespace assay::checks
