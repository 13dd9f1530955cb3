// SPDX-License-Identifier: MIT
// What a run shows of attempts to deceive. A flag is for a person to look at; it changes no score.
#pragma once

#include "engine/model/facts.hpp"
#include "sandbox/cell/slot.hpp"

#include <string>
#include <vector>

namespace assay::probe {

/// Statements that asked for data or changed it while the engine had asked for nothing: a thread of
/// the submission's works behind the steps. Transactions and settings that a driver ends or makes
/// late do not count. One flag at most.
std::vector<IntegrityFlag> unasked_statements(const cell::Run::Log& log);

/// What `first` says and a second run of the same files does not, one sentence each. Only outcomes:
/// texts of errors may hold addresses and times.
std::vector<std::string> differences(const ExecutionFacts& first, const ExecutionFacts& second);

/// The same of query code: how it ended, what it cost and what it found at each size, on rows drawn
/// anew. Code that only one of them called is left out: which is called follows from the models.
std::vector<std::string> differences(const QueryRunFacts& first, const QueryRunFacts& second);

/// Notes both `differences` as flags.
void note_differences(Facts& facts, const Facts& second);

} // namespace assay::probe
