// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

namespace assay::checks::entity_mapped {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "The entities that must exist."},
  {.name = "min_columns",
   .type = ParamType::number,
   .fallback = "1",
   .unit = "columns",
   .summary = "A table with fewer columns does not count."},
};

constexpr Level k_levels[] = {
  {"core_table", 0.5, "The entity is a table that no class is mapped to."},
  {"migration_only", 0.2, "The entity exists only in a migration."},
  {"other_technology", 0.2, "The entity exists in SQL or in another library's models."},
};

constexpr ExampleFile k_mapped[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
)"}};

constexpr ExampleFile k_schema_only[] = {{"models.py", R"(
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase

class Base(DeclarativeBase):
    pass

class Author(BaseModel):
    id: int
    email: str
)"}};

constexpr Example k_examples[] = {
  {"A mapped class", k_mapped, "{entities: [author]}", "pass"},
  {"Only a schema class of the same name", k_schema_only, "{entities: [author]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{entities: [author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

Part missing(const Subject& subject, const Params& params, const EntityView& view)
{
  Part part = missing_part(subject, view);
  if (!other_mapper(subject).empty()) {
    part.value = params.credit("other_technology");
    part.noted = "other_technology";
    part.known = true;
    return part;
  }
  if (!part.known) {
    part.remark += ", but " + why_incomplete(subject);
  }
  return part;
}

void grade_at(Part& part, const Params& params, std::string level, std::string remark)
{
  part.value = params.credit(level);
  part.noted = std::move(level);
  part.remark = std::move(remark);
}

void grade_table(Part& part, const Params& params, const EntityView& view)
{
  const Table* table = view.table();
  if (table == nullptr) {
    part.known = false;
    part.value = 1;
    part.remark = label(view) + " is mapped to a table that could not be read";
    return;
  }
  const double wanted = params.number("min_columns");
  const auto count = static_cast<double>(all_columns(view).size());
  if (count < wanted) {
    part.known = view.complete == Truth::yes;
    part.value = part.known ? 0 : 1;
    part.remark = fmt::format("{} has only {} of at least {} columns", label(view), count, wanted);
  }
}

Part grade(const Subject& subject, const Params& params, std::string_view role)
{
  const EntityView view = view_entity(subject, role);
  if (!view.found()) {
    return missing(subject, params, view);
  }
  Part part;
  part.value = 1;
  part.confidence = view.confidence;
  switch (view.entity->origin) {
  case EntityOrigin::mapped:
    grade_table(part, params, view);
    break;
  case EntityOrigin::core_table:
    grade_at(part, params, "core_table", "no class is mapped to table " + view.entity->table);
    break;
  case EntityOrigin::migration:
    grade_at(part, params, "migration_only", label(view) + " exists only in a migration");
    break;
  case EntityOrigin::raw_sql:
    grade_at(part, params, "other_technology", label(view) + " exists only in SQL");
    break;
  }
  add_evidence(part.evidence, view.entity->where, role_title(subject, role));
  return part;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<Part> parts;
  std::vector<std::string> names;
  for (const std::string& role : params.list("entities")) {
    parts.push_back(grade(subject, params, role));
    names.push_back(label(view_entity(subject, role)));
  }
  return total(parts, fmt::format("{} are mapped classes with tables", fmt::join(names, ", ")));
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.mapped",
  .since = "0.1",
  .summary = "Entities exist as mapped classes with a table of their own.",
  .why =
    "The classes of the assignment are found whatever they are called and however they are "
    "mapped. Each entity counts the same; a bare table, a table known from a migration alone and "
    "one written in SQL count in part.",
  .blind_spots = "Classes that are made while the program runs, and models of other libraries.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_mapped
