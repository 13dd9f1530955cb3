// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"

#include <algorithm>
#include <cctype>

namespace assay::checks {

namespace {

/// Whether several roles are missing while as many mapped classes have none: their names may be of
/// a language that the rubric does not know.
bool classes_without_role(const Subject& subject)
{
  const auto& entities = subject.roles.entities;
  const std::size_t missing = subject.rubric.entities.size() - entities.size();
  if (missing < 2 || entities.size() > subject.rubric.entities.size()) {
    return false;
  }
  const auto has_role = [&](const std::string& table) {
    return std::ranges::any_of(entities,
                               [&](const auto& role) { return role.second.table == table; });
  };
  const auto& tables = subject.facts.schema.tables;
  const auto without = std::ranges::count_if(tables, [&](const Table& table) {
    const bool own_columns = std::ranges::any_of(table.columns, [&](const Column& column) {
      return column.primary_key != Truth::yes && !in_foreign_key(table, column.name);
    });
    const bool mapped =
      std::ranges::find(subject.facts.schema.classes, table.name, &MappedClass::table)
      != subject.facts.schema.classes.end();
    return mapped && own_columns && !has_role(table.name);
  });
  return static_cast<std::size_t>(without) >= missing;
}

std::string why_hidden(const Subject& subject, std::initializer_list<const EntityView*> views)
{
  const std::string other = other_mapper(subject);
  if (!other.empty()) {
    return other + " models are not read";
  }
  std::string why = why_incomplete(subject);
  if (!why.empty()) {
    return why;
  }
  for (const EntityView* view : views) {
    if (view->complete != Truth::yes) {
      return "not all of " + label(*view) + " could be understood by reading";
    }
  }
  if (classes_without_role(subject)) {
    return "other classes are there whose names say nothing to the rubric: --map ROLE=CLASS names "
           "them";
  }
  return {};
}

} // namespace

std::string other_mapper(const Subject& subject)
{
  const EnvironmentFacts& environment = subject.facts.environment;
  const std::string& other = environment.other_technology;
  const bool read = !subject.facts.raw_sql_schema.tables.empty();
  const bool mapper = !other.empty() && other != "none" && other != "raw-sql";
  return read || environment.uses_sqlalchemy || !mapper ? std::string() : other;
}

bool migrations_may_hide(const Subject& subject)
{
  const MigrationFacts& migration = subject.facts.migration;
  return migration.basis != Basis::none && migration.kind != MigrationKind::none
         && migration.tables_complete != Truth::yes;
}

Finding not_there(const Subject& subject,
                  std::initializer_list<const EntityView*> views,
                  std::string reason,
                  double guess,
                  std::vector<Evidence> evidence)
{
  const std::string why = why_hidden(subject, views);
  if (!why.empty()) {
    return undetermined(sentence(std::move(reason)) + ", but " + why, guess, std::move(evidence));
  }
  return failed(confidence_of(subject, views), sentence(std::move(reason)), std::move(evidence));
}

std::string missing_reason(const Subject& subject, const EntityView& view)
{
  const EnvironmentFacts& environment = subject.facts.environment;
  const std::string what = "no mapped class or table for " + label(view) + " was found";
  if (environment.uses_sqlalchemy || environment.other_technology.empty()
      || environment.other_technology == "none") {
    return what;
  }
  return what + ": the submission uses " + environment.other_technology + " instead of SQLAlchemy";
}

Finding role_missing(const Subject& subject, const EntityView& view)
{
  Finding finding = not_there(subject, {&view}, missing_reason(subject, view));
  finding.nothing_seen = true;
  return finding;
}

Finding nothing_to_inspect(const Subject& subject)
{
  const EnvironmentFacts& environment = subject.facts.environment;
  if (!environment.uses_sqlalchemy && !environment.other_technology.empty()
      && environment.other_technology != "none" && !anything_mapped(subject)) {
    Finding other = failed(subject.facts.schema.confidence,
                           "There are no SQLAlchemy models: the submission uses "
                             + environment.other_technology + " instead");
    other.nothing_seen = true;
    return other;
  }
  Finding finding = not_there(subject, {}, "there are no mapped classes to inspect");
  finding.nothing_seen = true;
  return finding;
}

std::string sentence(std::string text)
{
  const std::string first = text.substr(0, text.find(' '));
  const bool is_name = first.find_first_of("._") != std::string::npos;
  if (!text.empty() && !is_name) {
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  }
  return text;
}

} // namespace assay::checks
