// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::entity_check {

namespace {

constexpr std::array<std::string_view, 4> k_forms = {"any", "range", "pattern", "values"};

constexpr Param k_params[] = {
  {.name = "columns",
   .type = ParamType::column_role_list,
   .required = true,
   .summary = "The columns that a CHECK must limit."},
  {.name = "form",
   .type = ParamType::text,
   .fallback = "any",
   .summary = "What the CHECK must do: compare, match a pattern, list values.",
   .choices = k_forms},
};

constexpr Level k_levels[] = {
  {"code_only", 0.3, "A validator in Python, no CHECK in the database."},
  {"migration_only", 0.5, "The CHECK stands only in a migration."},
};

constexpr ExampleFile k_checked[] = {{"models.py", R"(
from sqlalchemy import CheckConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    __table_args__ = (CheckConstraint("length(title) > 0", name="title_not_empty"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
)"}};

constexpr ExampleFile k_unchecked[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"A CHECK", k_checked, "{columns: [book.title]}", "pass"},
  {"No CHECK", k_unchecked, "{columns: [book.title]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{columns: [book.title]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

bool has_form(const std::string& text, std::string_view form)
{
  const std::string lower = to_lower(text);
  const auto has = [&](std::string_view part) { return lower.find(part) != std::string::npos; };
  if (form == "range") {
    return has("<") || has(">") || has("between");
  }
  if (form == "pattern") {
    return has("like") || has("~") || has("regexp") || has("similar to") || has("glob");
  }
  return form != "values" || has(" in ") || has(" in(") || has("any");
}

const Check* check_of(const Table& table, const Column& column, std::string_view form)
{
  const auto found = std::ranges::find_if(table.checks, [&](const Check& check) {
    return has_words(check.text, column.name) && has_form(check.text, form);
  });
  return found == table.checks.end() ? nullptr : &*found;
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
    part.known = view.complete == Truth::yes;
    part.remark = fmt::format("{} has no column that reads as {}", label(view), column_role);
    return part;
  }
  const std::string& form = params.text("form");
  for (const ColumnRef& column : columns) {
    if (const Check* check = check_of(*column.table, *column.column, form)) {
      add_evidence(part.evidence, check->where, check->text);
      part.value = 1;
      return part;
    }
  }
  const ColumnRef& column = columns.front();
  add_evidence(part.evidence, column.column->where, label(column));
  const Table* after = migrated_table(subject, *column.table);
  if (after != nullptr && check_of(*after, *column.column, form) != nullptr) {
    part.value = params.credit("migration_only");
    part.noted = "migration_only";
    part.remark = "the CHECK of " + label(column) + " stands only in a migration";
  } else if (!column.column->validators.empty()) {
    part.value = params.credit("code_only");
    part.noted = "code_only";
    part.remark = label(column) + " is checked in Python only";
  } else {
    part.known = view.complete == Truth::yes && !migrations_may_hide(subject);
    part.remark = "no CHECK limits " + label(column);
  }
  return part;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<Part> parts;
  for (const std::string& dotted : params.list("columns")) {
    parts.push_back(grade(subject, params, dotted));
  }
  return total(parts, "a CHECK limits every column");
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.check",
  .since = "0.1",
  .summary = "A CHECK in the database limits what columns may hold.",
  .why = "Rules that only Python knows do not hold for other programs. A validator without a CHECK "
         "and a CHECK "
         "that stands only in a migration count in part.",
  .blind_spots = "What the CHECK says is read loosely; domains and triggers are not seen.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_check
