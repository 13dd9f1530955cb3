// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace assay::checks::mapping_configures {

namespace {

constexpr Level k_levels[] = {
  {"one_broken_relationship", 0.4, "One relationship is broken, the rest is fine."},
};

constexpr ExampleFile k_resolved[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="author")

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")
)"}};

constexpr ExampleFile k_broken[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    books: Mapped[list["Book"]] = relationship("Books")

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship("Autor")
)"}};

constexpr Example k_examples[] = {
  {"Everything resolves", k_resolved, "{}", "pass"},
  {"Two relationships to classes that do not exist", k_broken, "{}", "fail"},
  {"Classes made from an existing database", k_reflected_models, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::execution};

/// Problems of one relationship; they need the whole of the models to be sure.
constexpr std::array<std::string_view, 5> k_of_relationship = {"unresolved_target",
                                                               "bad_back_populates",
                                                               "no_foreign_key",
                                                               "ambiguous_foreign_keys",
                                                               "missing_remote_side"};

/// Problems that stop every mapper.
constexpr std::array<std::string_view, 3> k_of_all = {
  "duplicate_table", "no_primary_key", "unresolved_fk_target"};

struct Trouble {
  std::string detail;
  Location where;
};

class Survey {
public:
  explicit Survey(const Subject& subject)
    : schema_(subject.facts.schema)
  {
    for (const MappingProblem& problem : schema_.problems) {
      if (std::ranges::find(k_of_relationship, problem.id) != k_of_relationship.end()) {
        relationships_.emplace(problem.subject, Trouble{problem.detail, problem.where});
      } else if (std::ranges::find(k_of_all, problem.id) != k_of_all.end()) {
        fatal_.push_back({problem.detail, problem.where});
      }
    }
    for (const Relationship& relationship : schema_.relationships) {
      look_at(relationship);
    }
    for (const Table& table : schema_.tables) {
      resolved_ = resolved_ && std::ranges::all_of(table.foreign_keys, [](const ForeignKey& key) {
                    return key.target_known == Truth::yes;
                  });
    }
  }

  [[nodiscard]] const std::map<std::string, Trouble>& relationships() const
  {
    return relationships_;
  }

  [[nodiscard]] const std::vector<Trouble>& fatal() const { return fatal_; }

  /// Every name was followed to what it means.
  [[nodiscard]] bool resolved() const { return resolved_; }

private:
  void look_at(const Relationship& relationship)
  {
    const std::string name = qualified_name(relationship);
    const std::string shown = short_name(relationship.owner) + "." + relationship.name;
    const bool links = !relationship.back_populates.empty();
    if (relationship.target_exists == Truth::no) {
      relationships_.emplace(
        name,
        Trouble{shown + " leads to " + relationship.target_text + ", which does not exist",
                relationship.where});
    } else if (links && relationship.reverse_ok == Truth::no) {
      relationships_.emplace(name,
                             Trouble{shown + " names back_populates=\""
                                       + relationship.back_populates
                                       + "\", which does not point back",
                                     relationship.where});
    }
    resolved_ = resolved_ && relationship.target_exists == Truth::yes
                && (!links || relationship.reverse_ok == Truth::yes);
  }

  const SchemaFacts& schema_;
  std::map<std::string, Trouble> relationships_;
  std::vector<Trouble> fatal_;
  bool resolved_ = true;
};

/// The pair of a broken back_populates counts once.
std::size_t count_broken(const Subject& subject,
                         const std::map<std::string, Trouble>& relationships)
{
  std::size_t count = 0;
  for (const auto& [name, trouble] : relationships) {
    const bool counted_already =
      std::ranges::any_of(subject.facts.schema.relationships, [&](const Relationship& one) {
        const std::string other = one.target + "." + one.back_populates;
        return qualified_name(one) == name && other < name && relationships.contains(other);
      });
    count += counted_already ? 0 : 1;
  }
  return count;
}

/// What the run showed; nothing if it does not decide.
std::optional<Finding> by_running(const Subject& subject)
{
  const ModelsRun run = models_run(subject);
  if (!run.usable) {
    return std::nullopt;
  }
  const double confidence = observed_confidence(run);
  std::vector<Evidence> evidence;
  if (run.failed != nullptr) {
    add_evidence(evidence, run.failed->error.where, describe(run.failed->error));
    return failed(
      confidence,
      fmt::format("{} cannot be imported: {}", run.failed->name, describe(run.failed->error)),
      std::move(evidence));
  }
  int classes = 0;
  std::size_t broken = 0;
  const RegistryRun* first = nullptr;
  for (const RegistryRun& registry : subject.facts.execution.registries) {
    if (!concerns_roles(subject, registry.metadata)) {
      continue;
    }
    classes += registry.classes;
    if (registry.classes > 0 && registry.configures == Truth::no) {
      first = first == nullptr ? &registry : first;
      broken += std::max<std::size_t>(registry.broken.size(), 1);
      add_evidence(evidence, registry.error.where, describe(registry.error));
    }
  }
  if (classes == 0) {
    return std::nullopt;
  }
  if (first == nullptr) {
    return passed(confidence,
                  fmt::format("All {} mapped classes were configured together", classes));
  }
  const std::string reason =
    fmt::format("The mappers do not configure: {}", describe(first->error));
  return broken == 1 && first->broken.size() == 1
           ? at_level("one_broken_relationship", confidence, reason, std::move(evidence))
           : failed(confidence, reason, std::move(evidence));
}

Finding evaluate(const Subject& subject, const Params&)
{
  if (auto finding = by_running(subject)) {
    return observed(std::move(*finding));
  }
  const SchemaFacts& schema = subject.facts.schema;
  if (schema.classes.empty()) {
    return nothing_to_inspect(subject);
  }
  const Survey survey(subject);
  std::vector<Evidence> evidence;
  std::vector<std::string> details;
  for (const Trouble& trouble : survey.fatal()) {
    add_evidence(evidence, trouble.where, trouble.detail);
    details.push_back(trouble.detail);
  }
  for (const auto& [name, trouble] : survey.relationships()) {
    add_evidence(evidence, trouble.where, trouble.detail);
    details.push_back(trouble.detail.empty() ? short_name(name) + " is broken" : trouble.detail);
  }
  const std::size_t broken = count_broken(subject, survey.relationships());
  if (!details.empty()) {
    const std::string reason = fmt::format("The mappers do not configure: {}", details.front());
    if (!absence_proves(subject)) {
      return undetermined(reason + "; but " + why_incomplete(subject), 0.5, std::move(evidence));
    }
    return survey.fatal().empty() && broken == 1
             ? at_level("one_broken_relationship", schema.confidence, reason, std::move(evidence))
             : failed(schema.confidence, reason, std::move(evidence));
  }
  if (!survey.resolved() || !absence_proves(subject)) {
    const std::string why = why_incomplete(subject);
    return undetermined("No broken mapping was seen, but "
                          + (why.empty() ? "not every name in the models could be followed" : why),
                        1);
  }
  return passed(schema.confidence,
                "Every relationship and foreign key leads to something that exists");
}

} // namespace

extern constinit const Kind kind{
  .id = "mapping.configures",
  .since = "0.1",
  .summary = "All mappers configure when all models are imported together.",
  .why = "Targets of relationships exist, back_populates names an attribute that points back, "
         "foreign keys name "
         "an existing column, and there is one way to join. Names are resolved over all modules, "
         "never one file "
         "at a time.",
  .blind_spots =
    "By reading alone, only a broken name is certain; what breaks while running is not seen.",
  .params = {},
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::mapping_configures
