// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace assay::checks::relation_self_reference {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "Entities that may refer to themselves."},
};

constexpr Level k_levels[] = {
  {"no_relationship", 0.5, "A foreign key to itself without a relationship."},
};

constexpr ExampleFile k_thread[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"))
    parent: Mapped["Review | None"] = relationship(back_populates="answers", remote_side=[id])
    answers: Mapped[list["Review"]] = relationship(back_populates="parent")
)"}};

constexpr ExampleFile k_same_way[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"))
    parent: Mapped["Review | None"] = relationship(back_populates="answers")
    answers: Mapped[list["Review"]] = relationship(back_populates="parent")
)"}};

constexpr ExampleFile k_flat[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"remote_side on the many-to-one", k_thread, "{entities: [review]}", "pass"},
  {"Both sides go the same way", k_same_way, "{entities: [review]}", "fail"},
  {"No reference to itself", k_flat, "{entities: [review]}", "not_applicable"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{entities: [review]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

std::string name_of(const Relationship& relationship)
{
  return short_name(relationship.owner) + "." + relationship.name;
}

/// Linked with another relationship of the same class while none says which side is remote.
const Relationship* lacks_remote_side(const Subject& subject,
                                      const std::vector<const Relationship*>& own)
{
  for (const Relationship* relationship : own) {
    const Relationship* other = reverse_of(subject, *relationship);
    const bool both_bare = other != nullptr && !relationship->remote_side && !other->remote_side;
    if (both_bare && !relationship->custom_join && !other->custom_join) {
      return relationship;
    }
  }
  return nullptr;
}

bool problem_reported(const Subject& subject, const EntityView& view)
{
  return std::ranges::any_of(subject.facts.schema.problems, [&](const MappingProblem& problem) {
    return problem.id == "missing_remote_side"
           && std::ranges::any_of(view.classes, [&](const std::string& name) {
                return problem.subject == name || problem.subject.starts_with(name + ".");
              });
  });
}

Part grade_reference(const Subject& subject,
                     const Params& params,
                     const EntityView& view,
                     const std::vector<ForeignKeyRef>& keys,
                     const std::vector<const Relationship*>& own)
{
  Part part;
  part.value = 1;
  part.confidence = view.confidence;
  if (!keys.empty()) {
    const ForeignKeyRef& key = keys.front();
    add_evidence(part.evidence, key.key->where, "refers to itself");
    if (all_not_null({key.table, key.key->columns, key.key}) == Truth::yes) {
      part.value = 0;
      part.remark = fmt::format(
        "the reference of {} to itself is NOT NULL, so no first row can exist", label(view));
      return part;
    }
  }
  for (const Relationship* relationship : own) {
    add_evidence(part.evidence, relationship->where, name_of(*relationship));
  }
  const Relationship* bare = lacks_remote_side(subject, own);
  if (bare != nullptr || problem_reported(subject, view)) {
    part.value = 0;
    part.remark = fmt::format("{} and its counterpart go the same way: remote_side is missing",
                              bare == nullptr ? label(view) : name_of(*bare));
    return part;
  }
  if (own.empty()) {
    part.known = view.complete == Truth::yes;
    part.value = params.credit("no_relationship");
    part.noted = "no_relationship";
    part.remark = label(view) + " refers to itself without a relationship";
  }
  return part;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<Part> parts;
  bool hidden = false;
  for (const std::string& role : params.list("entities")) {
    const EntityView view = view_entity(subject, role);
    const std::vector<ForeignKeyRef> keys = foreign_keys(view, view);
    std::vector<const Relationship*> own = relationships(subject, view, view);
    std::erase_if(
      own, [](const Relationship* relationship) { return !relationship->secondary.empty(); });
    if (keys.empty() && own.empty()) {
      hidden = hidden || (view.complete != Truth::yes && other_mapper(subject).empty());
    } else {
      parts.push_back(grade_reference(subject, params, view, keys, own));
    }
  }
  if (!parts.empty()) {
    return total(parts, "the reference to itself is nullable and goes both ways");
  }
  const std::string why = why_incomplete(subject);
  return hidden ? undetermined("No reference of an entity to itself was found, but "
                                 + (why.empty() ? "not all of it could be read" : why),
                               1)
                : not_applicable("No entity refers to itself");
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.self_reference",
  .since = "0.1",
  .summary = "References of an entity to itself are nullable and go both ways.",
  .why = "A thread needs a first row, so the foreign key is nullable; remote_side tells parent "
         "from children. Without it "
         "SQLAlchemy refuses a linked pair. Not applicable where nothing refers to itself.",
  .blind_spots = "Whether a single relationship without remote_side is meant as the parent.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_self_reference
