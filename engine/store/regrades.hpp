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

/// A run that may be judged again, without its facts.
struct StoredRun {
  RunId run;
  std::int64_t submission = 0; ///< row
  std::int64_t facts_row = 0;  ///< runs of the same row have the same facts
  std::int64_t rubric_row = 0; ///< that the run was judged by
  ExecutionRecord execution;
  Interval total;
  std::string band;
};

struct StoredFacts {
  Facts facts;
  bool copied = false; ///< they came from their packed copy
};

/// One submission that was judged again. `record` has facts, execution, judgement and scorecard;
/// submissions with the same facts share it.
struct Regraded {
  std::int64_t entry = 0; ///< of the batch
  StoredRun run;
  std::shared_ptr<const RunRecord> record;
  bool copied = false; ///< as in StoredFacts
};

/// A view on a Store, which outlives it. Errors of all members: as of Store.
class Regrades {
public:
  explicit Regrades(Store& store);
  Regrades(const Regrades&) = delete;
  Regrades& operator=(const Regrades&) = delete;
  ~Regrades();

  /// Errors besides: not_found, invalid_input (damaged).
  Result<StoredRun> read(RunId run);

  /// The facts of a row. Errors besides: not_found, invalid_input (damaged).
  Result<StoredFacts> facts(std::int64_t row);

  /// Of each check of a run its expected points. Errors besides: none.
  Result<std::map<std::string, Points>> earned(RunId run);

  /// The rubric of a row.
  Result<Rubric> rubric(std::int64_t row) const;

  /// New runs for all of them, judged by `rubric`, in one transaction; their entries refer to these
  /// from now on.
  Result<std::vector<RunId>> save(const std::vector<Regraded>& regraded, const Rubric& rubric);

private:
  struct Statements;
  Statements& statements();

  Store& store_;
  std::unique_ptr<Statements> statements_;
};

} // namespace assay::store
