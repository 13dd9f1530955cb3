// SPDX-License-Identifier: MIT
#include "engine/report/migration_words.hpp"

#include "engine/base/text.hpp"
#include "engine/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace assay::report {

namespace {

constexpr std::size_t k_names_shown = 4;

/// What operations do, in groups: "creates users, posts; adds posts.slug".
class Deeds {
public:
  void add(const Operation& operation)
  {
    const std::string& table = operation.table;
    switch (operation.kind) {
    case OperationKind::create_table:
      return name("creates", table);
    case OperationKind::drop_table:
      return name("drops", table);
    case OperationKind::rename_table:
      return name("renames", table + " to " + operation.name);
    case OperationKind::add_column:
      return name("adds", with_columns(operation));
    case OperationKind::drop_column:
      return name("drops", with_columns(operation));
    case OperationKind::alter_column:
      return name("changes", with_columns(operation));
    case OperationKind::create_index:
      return count("index", "indexes");
    case OperationKind::create_unique:
    case OperationKind::create_foreign_key:
    case OperationKind::create_primary_key:
    case OperationKind::create_check:
      return count("constraint", "constraints");
    case OperationKind::drop_index:
    case OperationKind::drop_constraint:
    case OperationKind::drop_type:
      return count("index or constraint dropped", "indexes or constraints dropped");
    case OperationKind::create_type:
      return name("creates type", operation.name);
    case OperationKind::execute_ddl:
      return count("statement of SQL", "statements of SQL");
    case OperationKind::execute_dml:
    case OperationKind::bulk_insert:
      return count("data step", "data steps");
    case OperationKind::create_all:
      return name("creates", "all tables of the models");
    case OperationKind::drop_all:
      return name("drops", "all tables of the models");
    case OperationKind::other:
      return;
    }
  }

  [[nodiscard]] std::string text() const
  {
    std::vector<std::string> parts;
    for (const auto& [verb, names] : names_) {
      const std::size_t shown = std::min(names.size(), k_names_shown);
      std::string part = verb;
      for (std::size_t i = 0; i < shown; ++i) {
        part += (i == 0 ? " " : ", ") + names[i];
      }
      if (names.size() > shown) {
        part += fmt::format(" and {} more", names.size() - shown);
      }
      parts.push_back(std::move(part));
    }
    for (const auto& [words, number] : counts_) {
      parts.push_back(counted(number, words.first, words.second));
    }
    return join(parts, "; ");
  }

private:
  static std::string with_columns(const Operation& operation)
  {
    std::vector<std::string> columns = operation.columns;
    for (const Column& column : operation.column_defs) {
      if (std::ranges::find(columns, column.name) == columns.end()) {
        columns.push_back(column.name);
      }
    }
    return columns.empty() ? operation.table : operation.table + "." + join(columns, ", ");
  }

  void name(std::string verb, std::string what)
  {
    const auto found =
      std::ranges::find(names_, verb, &std::pair<std::string, std::vector<std::string>>::first);
    auto& names = found == names_.end()
                    ? names_.emplace_back(std::move(verb), std::vector<std::string>{}).second
                    : found->second;
    if (std::ranges::find(names, what) == names.end()) {
      names.push_back(std::move(what));
    }
  }

  void count(const char* one, const char* many) { ++counts_[{one, many}]; }

  std::vector<std::pair<std::string, std::vector<std::string>>> names_;
  std::map<std::pair<std::string, std::string>, std::size_t> counts_;
};

std::string deeds_of(const std::vector<Operation>& operations)
{
  Deeds deeds;
  for (const Operation& operation : operations) {
    deeds.add(operation);
  }
  return deeds.text();
}

bool is_later(const std::set<std::string>& made_before, const Operation& operation)
{
  return made_before.contains(operation.table);
}

/// What would hold up or lose something on a large table that is in use. Source: squawk's rules.
std::string risk_of(const Operation& operation, Dialect dialect)
{
  const auto required = [](const Column& column) {
    return column.nullable == Truth::no && column.server_default_kind == DefaultKind::none
           && column.generated != Truth::yes;
  };
  if (operation.kind == OperationKind::add_column && !operation.server_default_given
      && std::ranges::any_of(operation.column_defs, required)) {
    return "adds a NOT NULL column without a server default: add it nullable, fill it, then "
           "require it";
  }
  const bool concurrent = to_lower(operation.where.text).find("concurrently") != std::string::npos
                          || operation.where.end_line > operation.where.line;
  if (operation.kind == OperationKind::create_index && dialect == Dialect::postgresql
      && !concurrent) {
    return "builds an index while nobody can write: use postgresql_concurrently in an autocommit "
           "block";
  }
  const bool retyped = operation.kind == OperationKind::alter_column
                       && std::ranges::any_of(operation.column_defs, [](const Column& column) {
                            return column.family != TypeFamily::unknown;
                          });
  if (retyped && dialect == Dialect::postgresql) {
    return "changes a type, which may rewrite the table under a lock";
  }
  return {};
}

bool drops_beside_add(const Revision& revision, const Operation& operation)
{
  return operation.kind == OperationKind::drop_column
         && std::ranges::any_of(revision.upgrade, [&](const Operation& other) {
              return other.kind == OperationKind::add_column && other.table == operation.table;
            });
}

} // namespace

std::string upgrade_text(const Revision& revision)
{
  const std::string text = deeds_of(revision.upgrade);
  if (!text.empty()) {
    return text;
  }
  return revision.upgrade_complete == Truth::yes ? "changes nothing" : "could not be read";
}

std::string downgrade_text(const Revision& revision)
{
  if (revision.downgrade_raises) {
    return "is declared impossible";
  }
  const std::string text = deeds_of(revision.downgrade);
  if (!text.empty()) {
    return text;
  }
  return revision.downgrade_empty || revision.downgrade_complete == Truth::yes
           ? "does nothing"
           : "could not be read";
}

std::string step_text(const MigrationStep& step)
{
  const char* const how = step.ok == Truth::yes  ? "runs"
                          : step.ok == Truth::no ? "stops"
                                                 : "could not be judged";
  std::string text = step.name + " " + how;
  if (step.from_models) {
    text += " (from what the models create)";
  }
  if (step.ok == Truth::no && !step.revision.empty()) {
    text += " in revision " + step.revision;
  }
  return text;
}

std::string singly_text(const MigrationRun& run)
{
  std::string text;
  std::string_view last;
  for (const MigrationStep& step : run.singly) {
    text += step.name != last ? (last.empty() ? "one at a time: " : "; ") + step.name : ",";
    last = step.name;
    text += fmt::format(" of {} {}",
                        step.revision,
                        step.ok == Truth::yes  ? "works"
                        : step.ok == Truth::no ? "stops"
                                               : "could not be judged");
  }
  return text;
}

std::vector<Evidence> migration_risks(const RunRecord& record)
{
  constexpr std::size_t k_most = 5;
  std::set<std::string> made;
  std::vector<Evidence> risks;
  for (const Revision& revision : record.facts.migration.revisions) {
    const std::set<std::string> before = made;
    for (const Operation& operation : revision.upgrade) {
      if (operation.kind == OperationKind::create_table) {
        made.insert(operation.table);
      }
      if (!is_later(before, operation)) {
        continue;
      }
      std::string risk = risk_of(operation, record.facts.environment.dialect);
      // Where rows were seen to keep their values nothing needs to be said.
      if (!record.facts.migration.run.rows_kept && drops_beside_add(revision, operation)) {
        risk = "drops a column while another is added: if that is a rename, its values are lost";
      }
      if (!risk.empty() && risks.size() < k_most) {
        risks.push_back(
          {operation.where, fmt::format("with rows in {}: {}", operation.table, risk)});
      }
    }
  }
  return risks;
}

} // namespace assay::report
