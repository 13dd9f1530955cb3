// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::mapping_inheritance {

namespace {

constexpr std::array<std::string_view, 3> k_strategies = {"any", "single", "joined"};

constexpr Param k_params[] = {
  {.name = "base",
   .type = ParamType::entity,
   .required = true,
   .summary = "The entity that others extend."},
  {.name = "strategy",
   .type = ParamType::text,
   .fallback = "any",
   .summary = "One table for all, or a table for each joined to the base's.",
   .choices = k_strategies},
  {.name = "min_subtypes",
   .type = ParamType::number,
   .fallback = "1",
   .unit = "classes",
   .summary = "The least number of mapped classes that extend it."},
};

constexpr Level k_levels[] = {
  {"other_strategy", 0.5, "Mapped subclasses with another strategy."},
  {"too_few", 0.5, "Fewer subclasses than asked for."},
};

constexpr ExampleFile k_joined[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "book"}

class AudioBook(Book):
    __tablename__ = "audio_books"
    id: Mapped[int] = mapped_column(ForeignKey("books.id"), primary_key=True)
    minutes: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "audio"}
)"}};

constexpr ExampleFile k_plain[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"A joined subclass", k_joined, "{base: book}", "pass"},
  {"Nothing extends it", k_plain, "{base: book}", "fail"},
  {"Classes made from an existing database", k_reflected_models, "{base: book}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

/// Mapped classes that extend `base`, directly or not.
std::vector<const MappedClass*> subclasses(const SchemaFacts& schema, const std::string& base)
{
  std::vector<const MappedClass*> found;
  std::vector<std::string> open = {base};
  while (!open.empty()) {
    const std::string parent = open.back();
    open.pop_back();
    for (const MappedClass& mapped : schema.classes) {
      if (mapped.inherits == parent && std::ranges::find(found, &mapped) == found.end()) {
        found.push_back(&mapped);
        open.push_back(mapped.name);
      }
    }
  }
  return found;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const EntityView view = view_entity(subject, params.text("base"));
  if (!view.found() || view.mapped == nullptr) {
    return view.found() ? not_there(subject, {&view}, label(view) + " is not a mapped class")
                        : role_missing(subject, view);
  }
  const std::vector<const MappedClass*> found = subclasses(subject.facts.schema, view.mapped->name);
  if (found.empty()) {
    return not_there(subject, {&view}, "no mapped class extends " + label(view));
  }
  const std::string& strategy = params.text("strategy");
  std::vector<Evidence> evidence;
  for (const MappedClass* mapped : found) {
    add_evidence(evidence, mapped->where, short_name(mapped->name));
  }
  const bool fits = strategy == "any" || std::ranges::all_of(found, [&](const MappedClass* mapped) {
                      return mapped->single_table == (strategy == "single");
                    });
  Finding finding = passed(view.confidence,
                           fmt::format("{} mapped classes extend {}", found.size(), label(view)),
                           std::move(evidence));
  if (!fits) {
    finding.levels.emplace_back("other_strategy");
    finding.reason += ", but not by " + strategy + " table inheritance";
  }
  if (static_cast<double>(found.size()) < params.number("min_subtypes")) {
    finding.levels.emplace_back("too_few");
    finding.reason += fmt::format("; {} are asked for", params.number("min_subtypes"));
  }
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "mapping.inheritance",
  .since = "0.1",
  .summary = "Mapped classes extend an entity.",
  .why = "Subtypes share one table or have tables joined to the base's.",
  .blind_spots = "Concrete table inheritance is not told from separate classes.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::mapping_inheritance
