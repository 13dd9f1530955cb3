// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"
#include "engine/checks/uniqueness.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::entity_column {

namespace {

constexpr Param k_params[] = {
  {.name = "columns",
   .type = ParamType::column_role_list,
   .required = true,
   .summary = "The columns that must exist, under any of their names."},
  {.name = "families",
   .type = ParamType::text_list,
   .fallback = "[]",
   .summary = "Type families they may have; empty: any.",
   .choices = k_family_names},
};

constexpr Level k_levels[] = {
  {"other_technology", 0.2, "The column exists in SQL or in a migration only."},
};

constexpr ExampleFile k_present[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
)"}};

constexpr ExampleFile k_absent[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
)"}};

constexpr Example k_examples[] = {
  {"The column is there", k_present, "{columns: [book.title]}", "pass"},
  {"The column is missing", k_absent, "{columns: [book.title]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{columns: [book.title]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

void grade_type(Part& part, const ColumnRef& column, const std::vector<std::string>& families)
{
  const TypeFamily family = column.column->family;
  add_evidence(part.evidence, column.column->where, label(column));
  part.value = 1;
  if (families.empty() || std::ranges::find(families, family_name(family)) != families.end()) {
    return;
  }
  part.known = !is_opaque(family);
  part.value = part.known ? 0 : 1;
  part.remark = part.known ? fmt::format("{} is {}", label(column), family_name(family))
                           : "the type of " + label(column) + " was not understood";
}

Part grade(const Subject& subject, const Params& params, const std::string& dotted)
{
  const auto [role, column_role] = split_column_role(dotted);
  const EntityView view = view_entity(subject, role);
  if (!view.found()) {
    return missing_part(subject, view);
  }
  Part part;
  part.confidence = view.confidence;
  const std::vector<ColumnRef> columns = columns_of(view, column_role);
  if (columns.empty()) {
    part.known = view.complete == Truth::yes && unassigned_columns(view).empty();
    part.value = part.known || view.complete != Truth::yes ? 0 : 0.3;
    part.remark = fmt::format("{} has no column that reads as {}", label(view), column_role);
    return part;
  }
  grade_type(part, columns.front(), params.list("families"));
  if (!view.in_models()) {
    part.value *= params.credit("other_technology");
    part.noted = "other_technology";
  }
  return part;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<Part> parts;
  for (const std::string& dotted : params.list("columns")) {
    parts.push_back(grade(subject, params, dotted));
  }
  return total(parts, "all columns are there");
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.column",
  .since = "0.1",
  .summary = "Columns exist, under any of their names.",
  .why = "Columns are found by the names that the rubric gives their role, by type and by "
         "uniqueness. Every column "
         "counts the same.",
  .blind_spots = "A column that goes by an unusual name leaves the check undetermined.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_column
