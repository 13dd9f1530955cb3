// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"
#include "engine/checks/uniqueness.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace assay::checks::entity_type {

namespace {

constexpr Param k_params[] = {
  {.name = "short",
   .type = ParamType::column_role_list,
   .fallback = "[]",
   .summary = "Columns for short text such as names and titles."},
  {.name = "long",
   .type = ParamType::column_role_list,
   .fallback = "[]",
   .summary = "Columns for text of any length."},
  {.name = "min_length",
   .type = ParamType::number,
   .fallback = "200",
   .unit = "characters",
   .summary = "A shorter String is too short for text of any length."},
};

constexpr Level k_levels[] = {
  {"other_technology", 0.2, "The columns exist in SQL or in a migration only."},
};

constexpr ExampleFile k_fitting[] = {{"models.py", R"(
from sqlalchemy import String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
)"}};

constexpr ExampleFile k_short[] = {{"models.py", R"(
from sqlalchemy import Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[int] = mapped_column(Integer)
    summary: Mapped[str] = mapped_column(String(50))
)"}};

constexpr Example k_examples[] = {
  {"String and Text", k_fitting, "{short: [book.title], long: [book.summary]}", "pass"},
  {"Fifty characters are no summary", k_short, "{long: [book.summary]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{short: [book.title]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::environment};

enum class Fit { bad, unknown, good };

/// A length that was written but not understood: String(MAX_TITLE).
bool length_hidden(const Column& column)
{
  const std::size_t open = column.type_text.find('(');
  return !column.length && open != std::string::npos && open + 1 < column.type_text.size()
         && column.type_text[open + 1] != ')';
}

class TypeGrader {
public:
  TypeGrader(const Subject& subject, const Params& params)
    : subject_(subject),
      min_length_(params.number("min_length"))
  {
  }

  [[nodiscard]] Fit fit_short(const Column& column) const
  {
    switch (column.family) {
    case TypeFamily::string:
      return without_length_on_mysql(column) ? Fit::bad : Fit::good;
    case TypeFamily::text:
    case TypeFamily::enumeration:
      return Fit::good;
    case TypeFamily::unknown:
    case TypeFamily::other:
      return Fit::unknown;
    case TypeFamily::integer:
    case TypeFamily::big_integer:
    case TypeFamily::small_integer:
    case TypeFamily::boolean:
    case TypeFamily::uuid:
    case TypeFamily::datetime:
    case TypeFamily::date:
    case TypeFamily::time:
    case TypeFamily::interval:
    case TypeFamily::real:
    case TypeFamily::numeric:
    case TypeFamily::json:
    case TypeFamily::array:
    case TypeFamily::binary:
      break;
    }
    return Fit::bad;
  }

  [[nodiscard]] Fit fit_long(const Column& column) const
  {
    if (column.family == TypeFamily::json) {
      return Fit::good;
    }
    if (column.family == TypeFamily::enumeration) {
      return Fit::bad;
    }
    if (column.family == TypeFamily::string && length_hidden(column)) {
      return Fit::unknown;
    }
    if (column.family == TypeFamily::string && column.length && *column.length < min_length_) {
      return Fit::bad;
    }
    return fit_short(column);
  }

private:
  [[nodiscard]] bool without_length_on_mysql(const Column& column) const
  {
    return subject_.facts.environment.dialect == Dialect::mysql && !column.length
           && !length_hidden(column);
  }

  const Subject& subject_;
  double min_length_;
};

enum class Wanted { short_text, long_text };

struct RoleGrade {
  double value = 0;
  bool known = true;
  std::string remark;
  Location where;
};

RoleGrade grade_role(const TypeGrader& grader,
                     const EntityView& view,
                     const std::string& column_role,
                     Wanted wanted)
{
  RoleGrade grade;
  std::optional<Fit> best;
  for (const ColumnRef& column : columns_of(view, column_role)) {
    const Fit fit = wanted == Wanted::short_text ? grader.fit_short(*column.column)
                                                 : grader.fit_long(*column.column);
    if (best && *best >= fit) {
      continue;
    }
    best = fit;
    grade.where = column.column->where;
    grade.known = fit != Fit::unknown;
    grade.value = fit == Fit::bad ? 0 : 1;
    const std::string type = column.column->type_text.empty()
                               ? std::string(family_name(column.column->family))
                               : column.column->type_text;
    grade.remark = fit == Fit::good ? std::string()
                   : fit == Fit::unknown
                     ? "the type of " + label(column) + " was not understood"
                     : label(column) + " is " + type
                         + (wanted == Wanted::short_text ? ", expected a String with a length"
                                                         : ", expected Text or a long String");
  }
  if (!best) {
    const bool hidden = std::ranges::any_of(unassigned_columns(view), [](const ColumnRef& column) {
      return is_text(column.column->family) || is_opaque(column.column->family);
    });
    grade.known = view.complete == Truth::yes && !hidden;
    grade.value = grade.known ? 0 : 0.5;
    grade.remark = fmt::format("{} has no column that reads as {}", label(view), column_role);
  }
  return grade;
}

/// One entity: the share of its column roles that fit.
Part grade_entity(const Subject& subject,
                  const Params& params,
                  const EntityView& view,
                  const std::vector<std::pair<std::string, Wanted>>& roles)
{
  if (!view.found()) {
    return missing_part(subject, view);
  }
  Part part;
  part.confidence = view.confidence;
  const TypeGrader grader(subject, params);
  std::vector<std::string> remarks;
  for (const auto& [column_role, wanted] : roles) {
    const RoleGrade grade = grade_role(grader, view, column_role, wanted);
    part.value += grade.value / static_cast<double>(roles.size());
    part.known = part.known && grade.known;
    add_evidence(part.evidence, grade.where, column_role);
    if (!grade.remark.empty()) {
      remarks.push_back(grade.remark);
    }
  }
  part.remark = join_remarks(remarks);
  if (!view.in_models()) {
    part.value *= params.credit("other_technology");
    part.noted = "other_technology";
  }
  return part;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::pair<std::string, Wanted>>> roles;
  const auto collect = [&](std::string_view name, Wanted wanted) {
    for (const std::string& dotted : params.list(name)) {
      const auto [role, column_role] = split_column_role(dotted);
      if (!roles.contains(role)) {
        order.push_back(role);
      }
      roles[role].emplace_back(column_role, wanted);
    }
  };
  collect("short", Wanted::short_text);
  collect("long", Wanted::long_text);
  std::vector<Part> parts;
  for (const std::string& role : order) {
    parts.push_back(grade_entity(subject, params, view_entity(subject, role), roles[role]));
  }
  return total(parts, "the text columns have fitting types");
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.type",
  .since = "0.1",
  .summary = "Text columns have types that fit what they hold.",
  .why = "Titles and names are Strings, bodies are Text, JSON or Strings long enough. A String "
         "without a "
         "length is fine where the database allows it. Every entity counts the same, by the share "
         "of its "
         "columns that fit.",
  .blind_spots = "Types of private libraries; limits that are checked in Python.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_type
