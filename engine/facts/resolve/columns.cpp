// SPDX-License-Identifier: MIT
#include "engine/facts/resolve/columns.hpp"

#include "engine/facts/resolve/names.hpp"
#include "engine/model/schema_lookup.hpp"
#include "engine/model/type_family.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace assay::facts {

namespace {

bool fits_family(const ColumnRole& role, TypeFamily family)
{
  return role.families.empty() || family == TypeFamily::unknown
         || std::ranges::find(role.families, family_name(family)) != role.families.end();
}

bool is_unique(const Table& table, const std::string& column)
{
  return std::ranges::any_of(table.keys, [&](const Key& key) {
    return key.kind != KeyKind::index && key.columns.size() == 1 && key.columns.front() == column;
  });
}

std::vector<std::string> by_name(const ColumnRole& role, const Candidate& candidate)
{
  std::vector<std::pair<int, std::string>> ranked;
  for (const Table* table : candidate.tables) {
    for (const Column& column : table->columns) {
      if (in_foreign_key(*table, column.name) || !fits_family(role, column.family)) {
        continue;
      }
      const int direct = column_rank(role.names, column.name);
      const int attribute =
        column.attribute.empty() ? -1 : column_rank(role.names, column.attribute);
      const int rank = direct < 0      ? attribute
                       : attribute < 0 ? direct
                                       : std::min(direct, attribute);
      if (rank >= 0) {
        ranked.emplace_back(rank, column.name);
      }
    }
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<int, std::string>::first);
  std::vector<std::string> names;
  for (auto& [rank, name] : ranked) {
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

/// Short texts that are seldom what a person reads first.
bool is_technical(const std::string& column)
{
  static const std::vector<std::string> k_words = {
    "slug",   "url",   "uri",      "image", "photo",   "avatar",  "status",
    "state",  "lang",  "language", "kind",  "type",    "color",   "colour",
    "ip",     "token", "role",     "icon",  "summary", "excerpt", "path",
    "locale", "cover", "salt",     "link",  "phone",   "city",    "format"};
  return column_rank(k_words, column) >= 0;
}

bool is_filled(const Column& column)
{
  return column.default_kind != DefaultKind::none
         || column.server_default_kind != DefaultKind::none;
}

/// The column of the role's first family when no name fits (checks.md 3.7, "then by type and
/// uniqueness"). Short text is everywhere: it must be unique or the only one; a time must be the
/// only one, or the only one that is filled by itself.
std::vector<std::string>
by_type(const ColumnRole& role, const Candidate& candidate, const std::set<std::string>& taken)
{
  if (candidate.table == nullptr || role.families.empty()) {
    return {};
  }
  const std::string& wanted = role.families.front();
  std::vector<const Column*> fitting;
  for (const Column& column : candidate.table->columns) {
    const bool free = !taken.contains(column.name) && column.primary_key != Truth::yes
                      && !in_foreign_key(*candidate.table, column.name);
    if (free && family_name(column.family) == wanted) {
      fitting.push_back(&column);
    }
  }
  const auto the_one = [&](const auto& fits) {
    const auto count = std::ranges::count_if(fitting, fits);
    const auto found = std::ranges::find_if(fitting, fits);
    return count == 1 ? std::vector<std::string>{(*found)->name} : std::vector<std::string>{};
  };
  if (wanted == "string") {
    auto unique =
      the_one([&](const Column* column) { return is_unique(*candidate.table, column->name); });
    return unique.empty()
             ? the_one([](const Column* column) { return !is_technical(column->name); })
             : unique;
  }
  auto only = the_one([](const Column*) { return true; });
  return only.empty() ? the_one([](const Column* column) { return is_filled(*column); }) : only;
}

bool has_column(const Candidate& candidate, const std::string& hint)
{
  return std::ranges::any_of(candidate.tables, [&](const Table* table) {
    return std::ranges::any_of(table->columns, [&](const Column& column) {
      return column_rank({hint}, column.name) >= 0 && !in_foreign_key(*table, column.name);
    });
  });
}

} // namespace

double column_score(const EntitySpec& role, const Candidate& candidate)
{
  if (candidate.table == nullptr) {
    return 0;
  }
  const auto hits = std::ranges::count_if(
    role.hints, [&](const std::string& hint) { return has_column(candidate, hint); });
  double score = hits >= 2 ? 1.0 : hits == 1 ? 0.7 : 0.0;
  // More than this is no longer "few columns": id, name, slug, two timestamps and room for two.
  constexpr std::size_t k_few = 7;
  if (std::ranges::any_of(
        role.unlike, [&](const std::string& column) { return has_column(candidate, column); })) {
    score *= 0.5;
  }
  if (!role.many_columns) {
    score = candidate.table->columns.size() > k_few ? score * 0.5 : std::min(1.0, score + 0.3);
  }
  return score;
}

std::map<std::string, std::vector<std::string>> assign_columns(const EntitySpec& role,
                                                               const Candidate& candidate)
{
  std::map<std::string, std::vector<std::string>> assigned;
  std::set<std::string> taken;
  for (const ColumnRole& column : role.columns) {
    assigned[column.id] = by_name(column, candidate);
    taken.insert(assigned[column.id].begin(), assigned[column.id].end());
  }
  for (const ColumnRole& column : role.columns) {
    if (assigned[column.id].empty()) {
      assigned[column.id] = by_type(column, candidate, taken);
    }
  }
  std::erase_if(assigned, [](const auto& entry) { return entry.second.empty(); });
  return assigned;
}

} // namespace assay::facts
