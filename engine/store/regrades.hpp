// SPDX-License-Identifier: MIT
// Judging stored submissions again. In: runs of a batch. Out: their facts, read fast, and new runs
// that refer to the same facts; the earlier runs stay.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/store/store.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::store {

/// What judging a run again needs.
struct StoredWork {
  RunId run;
  std::int64_t submission = 0; ///< row
  std::int64_t facts_row = 0;
  std::int64_t rubric_row = 0; ///< that the run was judged by
  ExecutionRecord execution;
  Facts facts;
  bool copied = false; ///< the facts came from their packed copy
  Interval total;      ///< of the run
  std::string band;
  std::map<std::string, Points> earned; ///< check -> expected points of the run; if asked for
};

enum class WithChecks { no, yes };

/// One submission that was judged again; `record` has facts, judgement, scorecard and rubric.
struct Regraded {
  std::int64_t entry = 0; ///< of the batch
  StoredWork work;        ///< without its facts, which are in `record`
  RunRecord record;
};

/// A view on a Store, which outlives it. Errors of all members: as of Store.
class Regrades {
public:
  explicit Regrades(Store& store);
  Regrades(const Regrades&) = delete;
  Regrades& operator=(const Regrades&) = delete;
  ~Regrades();

  /// Errors besides: not_found, invalid_input (damaged).
  Result<StoredWork> read(RunId run, WithChecks with_checks);

  /// The rubric of a row.
  Result<Rubric> rubric(std::int64_t row) const;

  /// New runs for all of them, in one transaction; their entries refer to these from now on.
  Result<std::vector<RunId>> save(const std::vector<Regraded>& regraded);

private:
  struct Statements;
  Store& store_;
  std::unique_ptr<Statements> statements_;
};

} // namespace assay::store
