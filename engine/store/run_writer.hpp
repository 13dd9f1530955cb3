// SPDX-License-Identifier: MIT
// Private to this module: runs as rows, with statements prepared once for many.
#pragma once

#include "engine/model/run_record.hpp"
#include "engine/model/run_summary.hpp"
#include "engine/store/statement.hpp"

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>
#include <vector>

namespace assay::store {

/// Rows that a run refers to.
struct RunParts {
  std::int64_t submission = 0;
  std::int64_t rubric = 0;
  std::int64_t facts = 0;
};

/// Writes within the caller's transaction; throws SQLite::Exception.
class RunWriter {
public:
  explicit RunWriter(SQLite::Database& database);

  /// `rubric` is the one that `record` was judged by, `resolution` the document of the record's.
  RunId write(const RunRecord& record,
              const Rubric& rubric,
              const RunParts& parts,
              const std::string& resolution);

private:
  void write_verdicts(std::int64_t run, const std::vector<Verdict>& verdicts);
  void write_scores(std::int64_t run, const Scorecard& card);
  void write_extracts(std::int64_t run, const RunRecord& record, const Rubric& rubric);

  SQLite::Database& database_;
  Command run_;
  Command verdict_;
  Command level_;
  Command evidence_;
  Command check_;
  Command category_;
  Command gate_;
  Command reason_;
  Command flag_;
  Command query_;
  Command summary_;
};

} // namespace assay::store
