// SPDX-License-Identifier: MIT
// Rows in the tables between the revisions: what becomes of them as the revisions go on. A row
// that is gone was seen to be there; what its values would mean to the candidate's own data steps
// is not known, so a value that was changed is taken for one that was moved.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "engine/probe/databases/run_database.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::probe {

class RowWatch {
public:
  explicit RowWatch(RunDatabase& database)
    : database_(database)
  {
  }

  /// Looks at `tables`, all there are after a revision, and fills those that are new. What the
  /// revision did to rows there were before it, a sentence each; none the first time.
  std::vector<std::string> look(const std::vector<Table>& tables);

  /// False if a table could not be given rows: then nothing was seen of it.
  [[nodiscard]] bool complete() const { return complete_; }

private:
  /// A table and the first of its values, as text: those of each column. No rows: no columns.
  struct Watched {
    Table shape;
    std::map<std::string, std::vector<std::string>> values;
  };

  using Watch = std::map<std::string, Watched>;

  [[nodiscard]] Watched read(const Table& table) const;
  [[nodiscard]] bool is_new(const std::string& table, const std::string& column) const;
  [[nodiscard]] bool is_elsewhere(const std::vector<std::string>& values, const Watch& now) const;
  [[nodiscard]] std::string
  lost_column(const Watched& before, const Watched& after, const Watch& now) const;
  [[nodiscard]] std::string lost_table(const Table& gone, const Watch& now) const;

  RunDatabase& database_;
  Watch watched_; ///< as of the last look
  bool complete_ = true;
};

} // namespace assay::probe
