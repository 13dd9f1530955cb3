// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::relation_not_null {

namespace {

constexpr std::array<std::string_view, 3> k_reasons = {"set_null", "soft_delete", "readme"};

constexpr Param k_params[] = {
  {.name = "relations",
   .type = ParamType::relation_list,
   .required = true,
   .summary = "Relations whose foreign key must be NOT NULL."},
  {.name = "accept",
   .type = ParamType::text_list,
   .fallback = "[set_null, soft_delete, readme]",
   .summary = "What makes a nullable foreign key deliberate.",
   .choices = k_reasons},
};

constexpr Level k_levels[] = {
  {"other_technology", 0.5, "NOT NULL in SQL or in a migration only."},
};

constexpr ExampleFile k_required[] = {{"models.py", R"(
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
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
)"}};

constexpr ExampleFile k_omitted[] = {{"models.py", R"(
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    email = Column(String(200))

class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    author_id = Column(Integer, ForeignKey("authors.id"))
)"}};

constexpr Example k_examples[] = {
  {"An annotation without Optional", k_required, "{relations: [written_by]}", "pass"},
  {"Nullable by omission", k_omitted, "{relations: [written_by]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relations: [written_by]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::files};

class Ownership {
public:
  Ownership(const Subject& subject, const Params& params)
    : subject_(subject),
      params_(params),
      accept_(params.list("accept"))
  {
  }

  [[nodiscard]] Part grade(const RelationSpec& relation) const
  {
    const EntityView from = view_entity(subject_, relation.from);
    const EntityView to = view_entity(subject_, relation.to);
    if (!from.found() || !to.found()) {
      return missing_part(subject_, from.found() ? to : from);
    }
    Part part;
    part.confidence = from.confidence;
    const std::vector<RelationColumns> candidates = relation_columns(subject_, relation);
    if (candidates.empty()) {
      part.known = from.complete == Truth::yes;
      part.remark = fmt::format("{} has no column for its {}", label(from), label(to));
      return part;
    }
    grade_columns(part, candidates.front(), from, to);
    if (part.value > 0 && !from.in_models()) {
      part.value *= params_.credit("other_technology");
      part.noted = "other_technology";
    }
    return part;
  }

private:
  void grade_columns(Part& part,
                     const RelationColumns& columns,
                     const EntityView& from,
                     const EntityView& to) const
  {
    const Column* column = find_column(*columns.table, columns.columns.front());
    const std::string name =
      column == nullptr ? columns.table->name : label(ColumnRef{columns.table, column});
    if (column != nullptr) {
      add_evidence(part.evidence, column->where, name);
    }
    switch (all_not_null(columns)) {
    case Truth::yes:
      part.value = 1;
      break;
    case Truth::unknown:
      part.known = false;
      part.value = 0.5;
      part.remark = "whether " + name + " may be NULL could not be read";
      break;
    case Truth::no:
      if (is_deliberate(columns, from, to)) {
        part.value = 1;
      } else {
        part.remark = name + " may be NULL, so a row can lose its " + label(to);
      }
      break;
    }
  }

  [[nodiscard]] bool accepts(std::string_view reason) const
  {
    return std::ranges::find(accept_, reason) != accept_.end();
  }

  [[nodiscard]] bool
  is_deliberate(const RelationColumns& columns, const EntityView& from, const EntityView& to) const
  {
    if (accepts("set_null") && columns.key != nullptr
        && to_lower(columns.key->ondelete) == "set null") {
      return true;
    }
    const bool soft = (from.mapped != nullptr && from.mapped->soft_delete)
                      || (to.mapped != nullptr && to.mapped->soft_delete);
    if (accepts("soft_delete") && soft) {
      return true;
    }
    return accepts("readme")
           && std::ranges::any_of(subject_.facts.readme, [](const ReadmeStatement& statement) {
                return statement.topic == "set_null" || statement.topic == "soft_delete";
              });
  }

  const Subject& subject_;
  const Params& params_;
  std::vector<std::string> accept_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  const Ownership ownership(subject, params);
  std::vector<Part> parts;
  for (const std::string& id : params.list("relations")) {
    const RelationSpec* relation = find_relation_spec(subject, id);
    if (relation != nullptr) {
      parts.push_back(ownership.grade(*relation));
    }
  }
  return total(parts, "every row belongs to its parent: the foreign keys are NOT NULL");
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.not_null",
  .since = "0.1",
  .summary = "Foreign keys of ownership are NOT NULL.",
  .why = "A child without a parent makes no sense unless the submission says so: ON DELETE SET "
         "NULL, soft deletion, "
         "or a statement in the README. Nullable by omission does not count. A column without a "
         "constraint "
         "is judged by its own nullability.",
  .blind_spots = "Designs that are stated nowhere.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_not_null
