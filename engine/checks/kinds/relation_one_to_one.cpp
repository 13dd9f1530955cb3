// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::relation_one_to_one {

namespace {

constexpr Param k_params[] = {
  {.name = "relation",
   .type = ParamType::relation,
   .required = true,
   .summary = "The one-to-one relation."},
};

constexpr Level k_levels[] = {
  {"not_unique", 0.4, "The foreign key is not unique, so several rows may point to one."},
  {"collection", 0.7, "The parent has a collection where one object is meant."},
};

constexpr ExampleFile k_one[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    book: Mapped["Book"] = relationship(back_populates="author", uselist=False)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), unique=True)
    author: Mapped["Author"] = relationship(back_populates="book")
)"}};

constexpr ExampleFile k_keyless[] = {{"models.py", R"(
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
)"}};

constexpr Example k_examples[] = {
  {"A unique foreign key and one object", k_one, "{relation: written_by}", "pass"},
  {"No foreign key", k_keyless, "{relation: written_by}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relation: written_by}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

bool is_unique(const ForeignKeyRef& reference)
{
  return std::ranges::any_of(unique_sets(*reference.table), [&](const UniqueSet& set) {
    return !set.partial && std::ranges::all_of(set.columns, [&](const std::string& name) {
      return std::ranges::find(reference.key->columns, name) != reference.key->columns.end();
    });
  });
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const RelationSpec* relation = find_relation_spec(subject, params.text("relation"));
  if (relation == nullptr) {
    return undetermined("The rubric declares no such relation");
  }
  const EntityView from = view_entity(subject, relation->from);
  const EntityView to = view_entity(subject, relation->to);
  if (!from.found() || !to.found()) {
    return role_missing(subject, from.found() ? to : from);
  }
  const std::vector<ForeignKeyRef> keys = foreign_keys(from, to, relation->names);
  if (keys.empty()) {
    return not_there(
      subject, {&from, &to}, fmt::format("{} has no foreign key to {}", label(from), label(to)));
  }
  std::vector<Evidence> evidence;
  add_evidence(evidence, keys.front().key->where, "foreign key");
  Finding finding = passed(from.confidence,
                           fmt::format("each {} has at most one {}", label(to), label(from)),
                           std::move(evidence));
  std::vector<std::string> remarks;
  if (std::ranges::none_of(keys, is_unique)) {
    if (keys.front().table->complete != Truth::yes || !absence_proves(subject)) {
      return undetermined(
        "Whether the foreign key is unique could not be read", 0.5, finding.evidence);
    }
    finding.levels.emplace_back("not_unique");
    remarks.push_back(fmt::format("the foreign key of {} is not unique", keys.front().table->name));
  }
  for (const Relationship* down : relationships_down(subject, *relation)) {
    if (down->direction == Direction::one_to_many && down->uselist != Truth::no) {
      finding.levels.emplace_back("collection");
      remarks.push_back(fmt::format("{}.{} is a collection", short_name(down->owner), down->name));
      add_evidence(finding.evidence, down->where, "collection");
      break;
    }
  }
  finding.reason = sentence(remarks.empty() ? finding.reason : join_remarks(remarks));
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.one_to_one",
  .since = "0.1",
  .summary = "A relation is one-to-one in the database and in the objects.",
  .why = "The foreign key is unique or the primary key, and the parent leads to one object "
         "(`uselist=False` or "
         "an annotation without a collection).",
  .blind_spots = "Rules in Python that keep it one-to-one.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_one_to_one
