// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/link_examples.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::relation_link_unique {

namespace {

constexpr Param k_params[] = {
  {.name = "relation",
   .type = ParamType::relation,
   .required = true,
   .summary = "The many-to-many relation."},
  {.name = "plus",
   .type = ParamType::text_list,
   .fallback = "[]",
   .unit = "identifier words",
   .summary = "Columns with these words may widen the key: a position, a date."},
};

constexpr Level k_levels[] = {
  {"wider", 0.3, "Unique only together with further columns."},
  {"migration_only", 0.5, "Unique only in a migration."},
  {"other_technology", 0.5, "Unique in SQL, without models."},
};

constexpr Example k_examples[] = {
  {"A composite primary key", k_sound_link, "{relation: classified}", "pass"},
  {"A surrogate key alone", k_keyless_link, "{relation: classified}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relation: classified}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

enum class Rank { exact, wider, none };

struct Grade {
  Rank rank = Rank::none;
  Location where;
};

/// The columns of a link that point at either side. Composite keys may share one, a tenant's.
struct Pair {
  std::vector<std::string> from;
  std::vector<std::string> to;

  [[nodiscard]] bool has(const std::string& name) const
  {
    return holds(from, name) || holds(to, name);
  }

  /// Whether `columns` has one of each side that is not of the other as well.
  [[nodiscard]] bool spanned_by(const std::vector<std::string>& columns) const
  {
    return any_alone(columns, from, to) && any_alone(columns, to, from);
  }

private:
  static bool holds(const std::vector<std::string>& names, const std::string& name)
  {
    return std::ranges::find(names, name) != names.end();
  }

  static bool any_alone(const std::vector<std::string>& columns,
                        const std::vector<std::string>& side,
                        const std::vector<std::string>& other)
  {
    return std::ranges::any_of(
      columns, [&](const std::string& name) { return holds(side, name) && !holds(other, name); });
  }
};

std::vector<std::string> columns_of(const Table& table, const ForeignKey& key)
{
  std::vector<std::string> columns = key.columns;
  for (std::string& name : columns) {
    const Column* column = find_column(table, name);
    name = column == nullptr ? name : column->name;
  }
  return columns;
}

Grade grade(const Table& table, const Pair& pair, const std::vector<std::string>& plus)
{
  Grade best;
  for (const UniqueSet& set : unique_sets(table)) {
    if (!pair.spanned_by(set.columns)) {
      continue;
    }
    const bool exact = std::ranges::all_of(set.columns, [&](const std::string& name) {
      return pair.has(name) || has_any_words(name, plus);
    });
    const Rank rank = exact ? Rank::exact : Rank::wider;
    if (rank < best.rank) {
      best = {rank, set.where};
    }
  }
  return best;
}

Finding judge_link(const Subject& subject, const Params& params, const LinkRef& link)
{
  const double confidence = subject.facts.schema.confidence;
  const std::string& name = link.table->name;
  if (link.from_key == nullptr || link.to_key == nullptr) {
    const std::string reason = "the link table " + name + " has no foreign keys to both sides";
    return link.table->complete == Truth::yes ? not_there(subject, {}, reason)
                                              : undetermined(sentence(reason));
  }
  const Pair pair{columns_of(*link.table, *link.from_key), columns_of(*link.table, *link.to_key)};
  const std::vector<std::string> plus = params.list("plus");
  const std::string shown =
    fmt::format("({}, {})", fmt::join(pair.from, ", "), fmt::join(pair.to, ", "));
  const Grade in_models = grade(*link.table, pair, plus);
  std::vector<Evidence> evidence;
  add_evidence(evidence, in_models.rank == Rank::none ? link.table->where : in_models.where, name);
  if (in_models.rank == Rank::exact) {
    Finding finding =
      passed(confidence, fmt::format("{} cannot repeat in {}", shown, name), std::move(evidence));
    if (link.origin == EntityOrigin::migration || link.origin == EntityOrigin::raw_sql) {
      finding.levels.emplace_back(link.origin == EntityOrigin::migration ? "migration_only"
                                                                         : "other_technology");
    }
    return finding;
  }
  const Table* after = migrated_table(subject, *link.table);
  if (after != nullptr && grade(*after, pair, plus).rank == Rank::exact) {
    return at_level(
      "migration_only",
      std::min(confidence, subject.facts.migration.confidence),
      fmt::format("{} of {} is unique only in a migration, not in the models", shown, name),
      std::move(evidence));
  }
  if (in_models.rank == Rank::wider) {
    return at_level(
      "wider",
      confidence,
      fmt::format("{} of {} is unique only together with further columns", shown, name),
      std::move(evidence));
  }
  const std::string reason =
    fmt::format("{} may repeat in {}: no primary key or unique constraint over both", shown, name);
  if (link.table->complete != Truth::yes || migrations_may_hide(subject)) {
    return undetermined(
      reason + " was found, but not everything could be read", 0, std::move(evidence));
  }
  return not_there(subject, {}, reason, 0, std::move(evidence));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const RelationSpec* relation = find_relation_spec(subject, params.text("relation"));
  if (relation == nullptr) {
    return undetermined("The rubric declares no such relation");
  }
  const std::vector<LinkRef> found = links(subject, *relation);
  if (!found.empty()) {
    return judge_link(subject, params, found.front());
  }
  const EntityView from = view_entity(subject, relation->from);
  const EntityView to = view_entity(subject, relation->to);
  const std::string reason =
    fmt::format("there is no link table between {} and {}", label(from), label(to));
  return migrations_may_hide(subject) ? undetermined(sentence(reason) + " in what could be read")
                                      : not_there(subject, {&from, &to}, reason);
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.link_unique",
  .since = "0.1",
  .summary = "A pair cannot repeat in the link table of a many-to-many.",
  .why = "A composite primary key, a unique constraint or a unique index over exactly both foreign "
         "keys. A "
         "surrogate key alone does not prevent repetition.",
  .blind_spots = "Whether the assignment needs a wider key, unless the rubric says so.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_link_unique
