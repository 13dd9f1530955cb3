// SPDX-License-Identifier: MIT
// The schema while revisions are replayed. Each step changes it; what cannot work is told as a
// problem, but only when everything before it was understood.
#pragma once

#include "engine/facts/migration/step.hpp"
#include "engine/model/migration_facts.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

enum class Direction { upgrade, downgrade };

class SchemaState {
public:
  /// `convention`: some metadata of the project has a naming convention, or that is not known.
  explicit SchemaState(bool convention)
    : convention_(convention)
  {
  }

  /// Applies `step`; what cannot work goes to `problems`.
  void apply(const Step& step, Direction direction, std::vector<RevisionProblem>& problems);

  /// From here on absence proves nothing.
  void lose_track() { certain_ = false; }

  [[nodiscard]] bool certain() const { return certain_; }

  [[nodiscard]] const std::vector<Table>& tables() const { return tables_; }

  [[nodiscard]] const std::set<std::string>& types() const { return types_; }

  /// Both branches of a condition wrote the same table differently.
  [[nodiscard]] bool ambiguous() const { return ambiguous_; }

private:
  struct Target {
    const Step& step;
    Direction direction;
    std::vector<RevisionProblem>& problems;
  };

  void create_table(const Target& target);
  void create_all(const Target& target);
  void drop_table(const Target& target);
  void rename_table(const Target& target);
  void add_column(const Target& target);
  void drop_column(const Target& target);
  void alter_column(const Target& target);
  void add_keys(const Target& target);
  void drop_index(const Target& target);
  void drop_constraint(const Target& target);

  Table* find(std::string_view name);
  Table* require(const Target& target);
  void check_foreign_key(const Target& target, const Table& table, const ForeignKey& key);
  void needs_batch(const Target& target, const std::string& what);
  void report(const Target& target, RevisionProblem problem) const;
  bool forget_constraint(Table& table, const Step& step);

  std::vector<Table> tables_;
  std::set<std::string> types_;
  std::set<std::string>
    loose_; ///< tables of which a constraint or index was dropped that is not known by name
  bool certain_ = true;
  bool ambiguous_ = false;
  bool convention_ = false;
};

/// Names one table however it is spelled: without "public.", in lower case.
std::string table_key(std::string_view name);

/// The column of that name, whatever its case; null if there is none.
Column* column_of(Table& table, std::string_view name);

} // namespace assay::facts
