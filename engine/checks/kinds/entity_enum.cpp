// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::entity_enum {

namespace {

constexpr std::array<std::string_view, 3> k_ways = {"enum", "check", "lookup_table"};

constexpr Param k_params[] = {
  {.name = "column",
   .type = ParamType::column_role,
   .required = true,
   .summary = "The column that holds one of a few values."},
  {.name = "min_values",
   .type = ParamType::number,
   .fallback = "2",
   .unit = "values",
   .summary = "The least number of values, where they can be counted."},
  {.name = "allow",
   .type = ParamType::text_list,
   .fallback = "[enum, check, lookup_table]",
   .summary = "What may limit the values.",
   .choices = k_ways},
};

constexpr ExampleFile k_enum[] = {{"models.py", R"(
import enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class State(enum.Enum):
    draft = "draft"
    published = "published"

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[State]
)"}};

constexpr ExampleFile k_string[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"An Enum", k_enum, "{column: book.state}", "pass"},
  {"Any string", k_string, "{column: book.state}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{column: book.state}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

bool is_checked(const ColumnRef& column)
{
  return std::ranges::any_of(column.table->checks, [&](const Check& check) {
    return has_words(check.text, column.column->name);
  });
}

Finding judge_column(const Subject& subject,
                     const Params& params,
                     const EntityView& view,
                     const ColumnRef& column)
{
  const std::vector<std::string> allow = params.list("allow");
  const auto allowed = [&](std::string_view way) {
    return std::ranges::find(allow, way) != allow.end();
  };
  std::vector<Evidence> evidence;
  add_evidence(evidence, column.column->where, label(column));
  const auto values = static_cast<double>(column.column->enum_labels.size());
  if (column.column->family == TypeFamily::enumeration && allowed("enum")) {
    if (values > 0 && values < params.number("min_values")) {
      return failed(view.confidence,
                    fmt::format("{} has only {} values", label(column), values),
                    std::move(evidence));
    }
    return passed(view.confidence, label(column) + " is an Enum", std::move(evidence));
  }
  if (allowed("check") && is_checked(column)) {
    return passed(
      view.confidence, "A CHECK limits the values of " + label(column), std::move(evidence));
  }
  if (allowed("lookup_table") && in_foreign_key(*column.table, column.column->name)) {
    return passed(
      view.confidence, label(column) + " points to a table of values", std::move(evidence));
  }
  if (is_opaque(column.column->family)) {
    return undetermined(
      "The type of " + label(column) + " was not understood", 0.5, std::move(evidence));
  }
  return not_there(
    subject, {&view}, "nothing limits the values of " + label(column), 0, std::move(evidence));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const auto [role, column_role] = split_column_role(params.text("column"));
  const EntityView view = view_entity(subject, role);
  if (!view.found()) {
    return role_missing(subject, view);
  }
  const std::vector<ColumnRef> columns = columns_of(view, column_role);
  return columns.empty()
           ? not_there(subject,
                       {&view},
                       fmt::format("{} has no column that reads as {}", label(view), column_role))
           : judge_column(subject, params, view, columns.front());
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.enum",
  .since = "0.1",
  .summary = "A column can hold only one of a few values.",
  .why = "An Enum, a CHECK or a foreign key to a table of values keeps misspelt states out of the "
         "database.",
  .blind_spots = "Values that only Python limits.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_enum
