// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/uniqueness.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::entity_unique {

namespace {

constexpr std::string_view k_ways[] = {"constraint", "index", "functional", "partial"};

constexpr Param k_params[] = {
  {.name = "columns",
   .type = ParamType::column_role_list,
   .required = true,
   .summary = "At least one column with one of these roles must be unique."},
  {.name = "scope",
   .type = ParamType::text_list,
   .fallback = "[tenant, organization, organisation, deleted]",
   .unit = "identifier words",
   .summary = "Columns with these words may be part of the unique set: tenants, soft deletion."},
  {.name = "allow",
   .type = ParamType::text_list,
   .fallback = "[constraint, index, functional, partial]",
   .summary = "What makes a column unique.",
   .choices = k_ways},
  {.name = "not_null",
   .type = ParamType::flag,
   .fallback = "true",
   .summary = "The column must be NOT NULL as well."},
};

constexpr Level k_levels[] = {
  {"nullable", 0.7, "Unique, but may be NULL."},
  {"migration_only", 0.5, "Unique in the migrations, not in the models."},
  {"composite", 0.3, "Unique only together with another column."},
  {"code_only", 0.2, "Looked up before writing in Python, without a constraint."},
  {"other_technology", 0.5, "Unique in SQL, without models."},
};

constexpr ExampleFile k_unique[] = {{"models.py", R"(
from sqlalchemy import Index, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

Index("uq_authors_email", func.lower(Author.email), unique=True)
)"}};

constexpr ExampleFile k_nullable[] = {{"models.py", R"(
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    email = Column(String(200), unique=True)
)"}};

constexpr ExampleFile k_index[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
)"}};

constexpr Example k_examples[] = {
  {"A functional unique index", k_unique, "{columns: [author.email]}", "pass"},
  {"Unique, but may be NULL", k_nullable, "{columns: [author.email]}", "partial"},
  {"A plain index", k_index, "{columns: [author.email]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{columns: [author.email]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::schema, FactFamily::migration, FactFamily::queries};

bool allowed(const UniqueSet& set, const std::vector<std::string>& ways)
{
  const auto has = [&](std::string_view way) { return std::ranges::find(ways, way) != ways.end(); };
  if ((set.functional && !has("functional")) || (set.partial && !has("partial"))) {
    return false;
  }
  const bool is_index = set.kind == KeyKind::unique_index;
  return is_index ? has("index") || set.functional || set.partial : has("constraint");
}

enum class Rank { unique, nullable, unknown, migration, composite, code, none };

/// How one candidate column fares.
struct Grade {
  Rank rank = Rank::none;
  bool nullable = false;
  ColumnRef column;
  Location where;
};

class UniqueJudge {
public:
  UniqueJudge(const Subject& subject, const Params& params)
    : subject_(subject),
      scope_(params.list("scope")),
      ways_(params.list("allow")),
      needs_value_(params.flag("not_null"))
  {
  }

  [[nodiscard]] Grade grade(const EntityView& view, const ColumnRef& column) const
  {
    Grade grade;
    grade.column = column;
    grade.where = column.column->where;
    const Truth nullable = needs_value_ ? is_nullable(column) : Truth::no;
    grade.nullable = nullable == Truth::yes;
    const UniqueIn in_models = unique_in(*column.table, column.column->name, scope_, accept());
    if (in_models == UniqueIn::alone) {
      grade.rank = nullable == Truth::yes  ? Rank::nullable
                   : nullable == Truth::no ? Rank::unique
                                           : Rank::unknown;
      return grade;
    }
    const Table* after = migrated_table(subject_, *column.table);
    if (after != nullptr
        && unique_in(*after, column.column->name, scope_, accept()) == UniqueIn::alone) {
      grade.rank = Rank::migration;
    } else if (column.column->unique == Truth::unknown) {
      grade.rank = Rank::unknown;
    } else if (in_models == UniqueIn::wider_set) {
      grade.rank = Rank::composite;
    } else if (looked_up_before_writing(subject_, view, column)) {
      grade.rank = Rank::code;
    }
    return grade;
  }

private:
  [[nodiscard]] UniqueFilter accept() const
  {
    return [this](const UniqueSet& set) { return allowed(set, ways_); };
  }

  const Subject& subject_;
  std::vector<std::string> scope_;
  std::vector<std::string> ways_;
  bool needs_value_;
};

Finding at_rank(const Subject& subject, const EntityView& view, const Grade& grade)
{
  const std::string name = label(grade.column);
  const double confidence = view.confidence;
  std::vector<Evidence> evidence;
  add_evidence(evidence, grade.where, name);
  Finding finding = passed(confidence, name + " is unique and NOT NULL", std::move(evidence));
  switch (grade.rank) {
  case Rank::unique:
    break;
  case Rank::nullable:
    finding.reason = name + " is unique but may be NULL";
    break;
  case Rank::unknown:
    return undetermined("Whether " + name + " is unique and NOT NULL could not be read",
                        1,
                        std::move(finding.evidence));
  case Rank::migration:
    finding.levels.emplace_back("migration_only");
    finding.confidence = std::min(confidence, subject.facts.migration.confidence);
    finding.reason = name + " is unique only in the migrations, not in the models";
    break;
  case Rank::composite:
    finding.levels.emplace_back("composite");
    finding.reason = name + " is unique only together with another column";
    break;
  case Rank::code:
    finding.levels.emplace_back("code_only");
    finding.confidence = std::min(confidence, subject.facts.queries.confidence);
    finding.reason = name + " is looked up before writing, but no constraint makes it unique";
    break;
  case Rank::none:
    return not_there(subject,
                     {&view},
                     name + " has no unique constraint",
                     migrations_may_hide(subject) ? 0.5 : 0,
                     std::move(finding.evidence));
  }
  if (grade.nullable && grade.rank != Rank::code) {
    finding.levels.emplace_back("nullable");
  }
  if (view.entity->origin == EntityOrigin::raw_sql) {
    finding.levels.emplace_back("other_technology");
  } else if (view.entity->origin == EntityOrigin::migration) {
    finding.levels.emplace_back("migration_only");
  }
  return finding;
}

Finding no_candidate(const Subject& subject, const EntityView& view, const std::string& column_role)
{
  for (const ColumnRef& column : unassigned_columns(view)) {
    if (is_text(column.column->family) || is_opaque(column.column->family)) {
      return undetermined(fmt::format("{} has no column that reads as {}, but {} may be one",
                                      label(view),
                                      column_role,
                                      label(column)),
                          0.5);
    }
  }
  return not_there(subject, {&view}, fmt::format("{} has no {} column", label(view), column_role));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const UniqueJudge judge(subject, params);
  std::optional<Finding> absent;
  std::optional<Grade> best;
  EntityView owner;
  for (const std::string& dotted : params.list("columns")) {
    const auto [role, column_role] = split_column_role(dotted);
    const EntityView view = view_entity(subject, role);
    if (!view.found()) {
      absent = absent ? absent : role_missing(subject, view);
      continue;
    }
    const std::vector<ColumnRef> columns = columns_of(view, column_role);
    if (columns.empty()) {
      absent = no_candidate(subject, view, column_role);
    }
    for (const ColumnRef& column : columns) {
      const Grade grade = judge.grade(view, column);
      if (!best || grade.rank < best->rank) {
        best = grade;
        owner = view;
      }
    }
  }
  if (!best) {
    return absent ? *absent : nothing_to_inspect(subject);
  }
  if (best->rank == Rank::none && migrations_may_hide(subject)) {
    return undetermined(label(best->column)
                        + " is not unique in the models, and the migrations were not "
                          "understood completely");
  }
  return at_rank(subject, owner, *best);
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.unique",
  .since = "0.1",
  .summary = "At least one of several columns is UNIQUE and NOT NULL.",
  .why =
    "Unique constraints, unique indexes, functional and partial ones and primary keys all count; a "
    "plain index does not. The set may hold a tenant or soft-delete column besides. A column that "
    "may be NULL, a constraint only in the migrations, one over several columns, and a check in "
    "Python alone count in part.",
  .blind_spots = "Constraints added to the database by hand; what other columns mean.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_unique
