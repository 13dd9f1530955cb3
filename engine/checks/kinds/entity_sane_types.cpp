// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"
#include "engine/checks/type_agreement.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace assay::checks::entity_sane_types {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "The entities whose columns are looked at."},
  {.name = "flags",
   .type = ParamType::text_list,
   .fallback =
     "[is, has, active, enabled, published, approved, visible, deleted, hidden, archived, activo, "
     "publicado, aprobado, ativo, aprovado]",
   .unit = "identifier words",
   .summary = "Columns with these words hold yes or no."},
  {.name = "states",
   .type = ParamType::text_list,
   .fallback = "[status, state, estado, situacao]",
   .unit = "identifier words",
   .summary = "Columns with these words hold one of a few states."},
  {.name = "money",
   .type = ParamType::text_list,
   .fallback = "[price, amount, cost, balance, salary, precio, importe, preco, valor]",
   .unit = "identifier words",
   .summary = "Columns with these words hold money."},
  {.name = "times",
   .type = ParamType::text_list,
   .fallback =
     "[created, updated, modified, timestamp, datetime, date, fecha, creado, actualizado, criado, "
     "atualizado]",
   .unit = "identifier words",
   .summary = "Columns with these words hold a moment."},
  {.name = "fk_types",
   .type = ParamType::flag,
   .fallback = "true",
   .summary = "Foreign keys must have the type of the key they point to."},
};

constexpr ExampleFile k_sane[] = {{"models.py", R"(
from datetime import datetime
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    is_published: Mapped[bool]
    created_at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
)"}};

constexpr ExampleFile k_strings[] = {{"models.py", R"(
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    is_published = Column(String(1))
    created_at = Column(String(20))
)"}};

constexpr Example k_examples[] = {
  {"Booleans, moments and keys", k_sane, "{entities: [book]}", "pass"},
  {"Strings for everything", k_strings, "{entities: [book]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{entities: [book]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

/// A CHECK that limits the column to some values.
bool is_checked(const ColumnRef& column)
{
  return std::ranges::any_of(column.table->checks, [&](const Check& check) {
    return to_lower(check.text).find(to_lower(column.column->name)) != std::string::npos;
  });
}

/// Words that make something else of a name: created_by, active_count.
constexpr std::array<std::string_view, 11> k_not_values = {
  "by", "id", "count", "counter", "total", "number", "url", "path", "name", "reason", "format"};
constexpr std::array<std::string_view, 2> k_moments = {"at", "on"};

class TypeCritic {
public:
  explicit TypeCritic(const Params& params)
    : flags_(params.list("flags")),
      states_(params.list("states")),
      money_(params.list("money")),
      times_(params.list("times"))
  {
  }

  /// What is wrong with the column, empty if it is sane, nothing if its name promises nothing.
  [[nodiscard]] std::optional<std::string> judge(const ColumnRef& column) const
  {
    const Column& subject = *column.column;
    if (is_opaque(subject.family) || in_foreign_key(*column.table, column.column->name)
        || subject.primary_key == Truth::yes || has_any_words(subject.name, k_not_values)) {
      return std::nullopt;
    }
    if (has_any_words(subject.name, money_)) {
      return money(column);
    }
    if (has_any_words(subject.name, states_)) {
      return state(column);
    }
    if (has_any_words(subject.name, times_) || has_any_words(subject.name, k_moments)) {
      return moment(column);
    }
    if (has_any_words(subject.name, flags_)) {
      return flag(column);
    }
    return std::nullopt;
  }

private:
  static std::string expected(const ColumnRef& column, std::string_view what)
  {
    return fmt::format(
      "{} is {}, expected {}", label(column), family_name(column.column->family), what);
  }

  static std::optional<std::string> money(const ColumnRef& column)
  {
    const TypeFamily family = column.column->family;
    if (family == TypeFamily::real || is_text(family)) {
      return expected(column, "Numeric");
    }
    return std::string();
  }

  static std::optional<std::string> state(const ColumnRef& column)
  {
    const Column& subject = *column.column;
    const bool code = is_text(subject.family) || is_integer(subject.family);
    const bool limited =
      is_checked(column) || !subject.enum_labels.empty() || !subject.validators.empty();
    if (code && !limited) {
      return expected(column, "an Enum, a CHECK or a table of states");
    }
    return std::string();
  }

  static std::optional<std::string> moment(const ColumnRef& column)
  {
    const TypeFamily family = column.column->family;
    if (is_text(family)) {
      return expected(column, "a date or a time");
    }
    return is_moment(family) || family == TypeFamily::interval ? std::optional(std::string())
                                                               : std::nullopt;
  }

  static std::optional<std::string> flag(const ColumnRef& column)
  {
    const TypeFamily family = column.column->family;
    if (family == TypeFamily::boolean) {
      return std::string();
    }
    if (is_integer(family) || is_text(family)) {
      return expected(column, "Boolean");
    }
    return std::nullopt;
  }

  std::vector<std::string> flags_;
  std::vector<std::string> states_;
  std::vector<std::string> money_;
  std::vector<std::string> times_;
};

Part as_part(double confidence, const Location& where, const std::string& remark)
{
  Part part;
  part.value = remark.empty() ? 1 : 0;
  part.confidence = confidence;
  part.remark = remark;
  if (!remark.empty()) {
    add_evidence(part.evidence, where, remark);
  }
  return part;
}

void grade_foreign_keys(std::vector<Part>& parts, const Subject& subject, const EntityView& view)
{
  for (const Table* table : view.tables) {
    for (const ForeignKey& key : table->foreign_keys) {
      const Table* target = find_table(subject.facts.schema.tables, key.target_table);
      const Truth agree = target == nullptr ? Truth::unknown : types_agree(*table, key, *target);
      if (agree != Truth::unknown) {
        const Column* column =
          key.columns.empty() ? nullptr : find_column(*table, key.columns.front());
        const std::string name = column == nullptr ? table->name : label(ColumnRef{table, column});
        parts.push_back(as_part(view.confidence,
                                key.where,
                                agree == Truth::yes
                                  ? std::string()
                                  : name + " has another type than the key of " + target->name));
      }
    }
  }
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const TypeCritic critic(params);
  std::vector<Part> parts;
  bool any = false;
  bool complete = absence_proves(subject);
  for (const std::string& role : params.list("entities")) {
    const EntityView view = view_entity(subject, role);
    if (!view.in_models()) {
      continue;
    }
    any = true;
    complete = complete && view.complete == Truth::yes;
    for (const ColumnRef& column : all_columns(view)) {
      const std::optional<std::string> problem = critic.judge(column);
      if (problem) {
        parts.push_back(as_part(view.confidence, column.column->where, *problem));
      }
    }
    if (params.flag("fk_types")) {
      grade_foreign_keys(parts, subject, view);
    }
  }
  if (!any) {
    return nothing_to_inspect(subject);
  }
  if (!parts.empty()) {
    return total(parts, "flags, states, moments and foreign keys have fitting types");
  }
  return complete ? passed(subject.facts.schema.confidence,
                           "No column has a type that its name contradicts")
                  : undetermined(
                    "No column has a type that its name contradicts in what could be read", 1);
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.sane_types",
  .since = "0.1",
  .summary = "Flags, states, money, moments and foreign keys have fitting types.",
  .why =
    "Looks at columns whose names promise something: flags are Boolean, states an Enum or limited "
    "by a "
    "CHECK, a validator or a table of states, money Numeric or integer, moments dates or times "
    "(integers "
    "are left alone); a foreign key has the type of the key it points to. Credit is the share of "
    "what was looked at that fits.",
  .blind_spots = "What a column is for when its name does not say so; types of private libraries.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_sane_types
