// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"
#include "engine/checks/uniqueness.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::entity_timestamp {

namespace {

constexpr Param k_params[] = {
  {.name = "columns",
   .type = ParamType::column_role_list,
   .required = true,
   .summary = "The columns that hold a time of creation; the first one is the main one."},
};

constexpr Level k_levels[] = {
  {"no_automatic_value", 0.4, "The column is there, but nothing fills it."},
  {"first_only", 0.6, "Only the main entity has one."},
  {"others_only", 0.4, "The main entity has none."},
  {"other_technology", 0.2, "The columns exist in SQL or in a migration only."},
};

constexpr ExampleFile k_filled[] = {{"models.py", R"(
from datetime import datetime
from sqlalchemy import func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
)"}};

constexpr ExampleFile k_unfilled[] = {{"models.py", R"(
from datetime import datetime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    created_at: Mapped[datetime]
)"}};

constexpr ExampleFile k_untimed[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"Filled by the database", k_filled, "{columns: [book.created]}", "pass"},
  {"Nothing fills it", k_unfilled, "{columns: [book.created]}", "partial"},
  {"No such column", k_untimed, "{columns: [book.created]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{columns: [book.created]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

constexpr std::array<std::string_view, 6> k_other_moments = {
  "updated", "modified", "edited", "deleted", "birth", "login"};

Truth fills(DefaultKind kind)
{
  switch (kind) {
  case DefaultKind::callable:
  case DefaultKind::sql:
  case DefaultKind::server:
  case DefaultKind::frozen:
    return Truth::yes;
  case DefaultKind::unknown:
    return Truth::unknown;
  case DefaultKind::none:
  case DefaultKind::constant:
    break;
  }
  return Truth::no;
}

bool names_current_time(const Column& column)
{
  const std::string text = to_lower(column.default_text);
  return text.find("now") != std::string::npos || text.find("current") != std::string::npos;
}

/// Whether a new row gets a value without the program giving one.
Truth is_filled(const Column& column)
{
  const bool server_text =
    column.server_default_kind == DefaultKind::constant && names_current_time(column);
  return either(either(fills(column.default_kind), fills(column.server_default_kind)),
                either(truth(server_text), both(column.generated, Truth::yes)));
}

bool may_hold_time(const Column& column)
{
  return column.family != TypeFamily::boolean && column.family != TypeFamily::enumeration;
}

/// A moment that no role was given to, not one of modification.
bool hides_time(const ColumnRef& column)
{
  return is_moment(column.column->family) && column.column->onupdate_kind == DefaultKind::none
         && !has_any_words(column.column->name, k_other_moments);
}

enum class State { absent, present, unknown };

struct RoleGrade {
  State state = State::absent;
  Part part;
};

/// R12: a listener or a constructor filled it in a new object of the class.
bool was_filled(const Subject& subject, const ColumnRef& column)
{
  return std::ranges::any_of(subject.facts.execution.trials, [&](const Trial& trial) {
    return trial.what == "create" && trial.table == column.table->name
           && trial.columns == std::vector<std::string>{column.column->name};
  });
}

RoleGrade grade_column(const Subject& subject,
                       const Params& params,
                       const EntityView& view,
                       const ColumnRef& column)
{
  RoleGrade grade;
  grade.state = State::present;
  grade.part.confidence = view.confidence;
  add_evidence(grade.part.evidence, column.column->where, label(column));
  switch (either(is_filled(*column.column), truth(was_filled(subject, column)))) {
  case Truth::yes:
    grade.part.value = 1;
    break;
  case Truth::no:
    grade.part.value = params.credit("no_automatic_value");
    grade.part.noted = "no_automatic_value";
    grade.part.remark = "nothing fills " + label(column) + " when a row is created";
    break;
  case Truth::unknown:
    grade.state = State::unknown;
    grade.part.value = 1;
    grade.part.remark = "what fills " + label(column) + " was not understood";
    break;
  }
  if (!view.in_models()) {
    grade.part.value *= params.credit("other_technology");
    grade.part.noted = "other_technology";
  }
  return grade;
}

RoleGrade grade_role(const Subject& subject, const Params& params, const std::string& dotted)
{
  const auto [role, column_role] = split_column_role(dotted);
  const EntityView view = view_entity(subject, role);
  RoleGrade grade;
  grade.part.confidence = view.confidence;
  if (!view.found()) {
    grade.part = missing_part(subject, view);
    grade.state = grade.part.known ? State::absent : State::unknown;
    return grade;
  }
  bool found = false;
  for (const ColumnRef& column : columns_of(view, column_role)) {
    if (!may_hold_time(*column.column)) {
      continue;
    }
    const RoleGrade next = grade_column(subject, params, view, column);
    if (!found || next.part.value > grade.part.value) {
      grade = next;
    }
    found = true;
  }
  if (found) {
    return grade;
  }
  const bool hidden = std::ranges::any_of(unassigned_columns(view), hides_time);
  grade.state = view.complete == Truth::yes && !hidden ? State::absent : State::unknown;
  grade.part.value = hidden ? 1 : 0;
  grade.part.remark = fmt::format("{} has no column for the time of creation", label(view));
  return grade;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<Part> present;
  std::vector<std::string> absent;
  std::vector<Part> all;
  bool first_present = false;
  bool unknown = false;
  double lowest = 1;
  for (const std::string& dotted : params.list("columns")) {
    const RoleGrade grade = grade_role(subject, params, dotted);
    lowest = std::min(lowest, grade.part.confidence);
    unknown = unknown || grade.state == State::unknown;
    if (grade.state == State::absent) {
      absent.push_back(grade.part.remark);
    } else {
      first_present = first_present || all.empty();
      present.push_back(grade.part);
    }
    all.push_back(grade.part);
    all.back().known = grade.state != State::unknown;
  }
  if (unknown || absent.empty() || present.empty()) {
    Finding finding = total(all, "the time of creation is recorded automatically");
    finding.state = unknown ? Finding::State::undetermined : finding.state;
    return finding;
  }
  Finding finding = total(present, {});
  if (!finding.reason.empty()) {
    absent.insert(absent.begin(), finding.reason);
  }
  finding.reason = sentence(join_remarks(absent));
  finding.confidence = std::min(finding.confidence, lowest);
  finding.levels.emplace_back(first_present ? "first_only" : "others_only");
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.timestamp",
  .since = "0.1",
  .summary = "The time of creation is recorded and filled automatically.",
  .why = "A default per row, a SQL expression or a server default counts, also from a mixin; a "
         "default that "
         "was evaluated once still fills the column and is judged by entity.default_not_frozen.",
  .blind_spots = "Triggers, and by reading listeners.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_timestamp
