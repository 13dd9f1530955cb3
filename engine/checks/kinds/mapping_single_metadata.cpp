// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace assay::checks::mapping_single_metadata {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "Entities that are related and must share one MetaData."},
};

constexpr Level k_levels[] = {
  {"bridged", 0.5, "Several MetaData objects, joined by passing columns instead of names."},
};

constexpr ExampleFile k_one_base[] = {{"models.py", R"(
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

constexpr ExampleFile k_two_bases[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class OtherBase(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

class Book(OtherBase):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int]
)"}};

constexpr Example k_examples[] = {
  {"One base", k_one_base, "{entities: [author, book]}", "pass"},
  {"Two bases", k_two_bases, "{entities: [author, book]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{entities: [author, book]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

std::string metadata_of(const EntityView& view)
{
  if (view.table() != nullptr && !view.table()->metadata.empty()) {
    return view.table()->metadata;
  }
  return view.mapped == nullptr ? std::string() : view.mapped->metadata;
}

bool has_problem(const Subject& subject, std::string_view id)
{
  return std::ranges::any_of(subject.facts.schema.problems,
                             [&](const MappingProblem& problem) { return problem.id == id; });
}

bool are_joined(const Subject& subject, const std::vector<EntityView>& views)
{
  for (const EntityView& from : views) {
    for (const EntityView& to : views) {
      const bool apart = metadata_of(from) != metadata_of(to);
      if (apart && (!foreign_keys(from, to).empty() || !relationships(subject, from, to).empty())) {
        return true;
      }
    }
  }
  return false;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<EntityView> views;
  std::set<std::string> metadata;
  std::vector<Evidence> evidence;
  bool unknown = false;
  for (const std::string& role : params.list("entities")) {
    EntityView view = view_entity(subject, role);
    if (!view.in_models()) {
      continue;
    }
    const std::string id = metadata_of(view);
    unknown = unknown || id.empty();
    if (!id.empty()) {
      metadata.insert(id);
    }
    add_evidence(evidence, view.entity->where, id.empty() ? "base not understood" : id);
    views.push_back(std::move(view));
  }
  if (views.empty()) {
    return nothing_to_inspect(subject);
  }
  const double confidence = subject.facts.schema.confidence;
  const std::vector<std::string> names(metadata.begin(), metadata.end());
  if (metadata.size() > 1) {
    const std::string reason =
      fmt::format("The entities belong to several MetaData objects: {}", fmt::join(names, ", "));
    if (has_problem(subject, "unresolved_fk_target") || !are_joined(subject, views)) {
      return failed(confidence, reason, std::move(evidence));
    }
    return undetermined(
      reason + "; whether they are joined could not be read", 0.5, std::move(evidence));
  }
  if (unknown) {
    return undetermined(
      "Which MetaData the entities belong to could not be read", 1, std::move(evidence));
  }
  return passed(confidence, "All entities share " + names.front(), std::move(evidence));
}

} // namespace

extern constinit const Kind kind{
  .id = "mapping.single_metadata",
  .since = "0.1",
  .summary = "Related entities share one MetaData.",
  .why = "Foreign keys and relationships given as text resolve only within one MetaData and "
         "registry. Several "
         "bases may share one MetaData.",
  .blind_spots = "Whether columns are passed from one MetaData to another is not read.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::mapping_single_metadata
