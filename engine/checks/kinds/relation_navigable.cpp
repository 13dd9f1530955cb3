// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::relation_navigable {

namespace {

constexpr std::array<std::string_view, 2> k_directions = {"both", "one"};

constexpr Param k_params[] = {
  {.name = "relation",
   .type = ParamType::relation,
   .required = true,
   .summary = "The relation that objects must be able to follow."},
  {.name = "directions",
   .type = ParamType::text,
   .fallback = "both",
   .summary = "Whether it must be followed from both sides or from one.",
   .choices = k_directions},
  {.name = "absent_when",
   .type = ParamType::text,
   .fallback = "",
   .unit = "README topic",
   .summary = "Not applicable without a foreign key if the README states this design."},
};

constexpr Level k_levels[] = {
  {"one_side", 0.6, "Only one side has a relationship."},
  {"unlinked", 0.5, "Both sides have one, but they do not know of each other."},
  {"no_relationship", 0, "A foreign key without a relationship."},
  {"scalar", 0, "One object where many are meant."},
};

constexpr ExampleFile k_linked[] = {{"models.py", R"(
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

constexpr ExampleFile k_one_side[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

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
    author: Mapped["Author"] = relationship()
)"}};

constexpr ExampleFile k_key_only[] = {{"models.py", R"(
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

constexpr Example k_examples[] = {
  {"A linked pair", k_linked, "{relation: written_by}", "pass"},
  {"One side", k_one_side, "{relation: written_by}", "partial"},
  {"A foreign key alone", k_key_only, "{relation: written_by}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relation: written_by}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

bool is_scalar(const Relationship& relationship)
{
  return relationship.direction == Direction::one_to_one || relationship.uselist == Truth::no;
}

/// Whether an object that was put into one side was seen from the other.
Truth was_shown(const Subject& subject, const Relationship& down, const Relationship& up)
{
  const std::vector<std::string> pair{qualified_name(down), qualified_name(up)};
  const auto& trials = subject.facts.execution.trials;
  const auto trial = std::ranges::find_if(
    trials, [&](const Trial& each) { return each.what == "append" && each.columns == pair; });
  return trial == trials.end() ? Truth::unknown : truth(trial->outcome == "shown");
}

/// How the two attributes are tied.
Truth linked(const Subject& subject, const Relationship& down, const Relationship& up)
{
  if (const Truth shown = was_shown(subject, down, up); shown != Truth::unknown) {
    return shown;
  }
  if (down.reverse_ok == Truth::no || up.reverse_ok == Truth::no) {
    return Truth::no;
  }
  if (reverse_of(subject, down) == &up || reverse_of(subject, up) == &down) {
    return Truth::yes;
  }
  const auto says_so = [](const Relationship& relationship) {
    return !relationship.back_populates.empty() || !relationship.backref.empty();
  };
  const bool followed = !down.reverse.empty() || !up.reverse.empty();
  return !followed && (says_so(down) || says_so(up)) ? Truth::unknown : Truth::no;
}

/// Some relationship of these classes leads somewhere that could not be read.
bool has_unread_target(const Subject& subject, const EntityView& owner)
{
  return std::ranges::any_of(
    subject.facts.schema.relationships, [&](const Relationship& relationship) {
      return std::ranges::find(owner.classes, relationship.owner) != owner.classes.end()
             && relationship.target.empty() && relationship.target_exists != Truth::no;
    });
}

std::string name_of(const Relationship& relationship)
{
  return short_name(relationship.owner) + "." + relationship.name;
}

class Navigation {
public:
  Navigation(const Subject& subject, const Params& params, const RelationSpec& relation)
    : subject_(subject),
      params_(params),
      relation_(relation),
      child_(view_entity(subject, relation.from)),
      parent_(view_entity(subject, relation.to))
  {
    for (const Relationship* relationship : relationships_down(subject, relation)) {
      const bool scalar =
        relation.cardinality != Cardinality::one_to_one && is_scalar(*relationship);
      (scalar ? scalars_ : down_).push_back(relationship);
    }
    up_ = relationships_up(subject, relation);
  }

  [[nodiscard]] Finding judge() const
  {
    if (!anything_mapped(subject_)) {
      return nothing_to_inspect(subject_);
    }
    if (!parent_.found() || !child_.found()) {
      return role_missing(subject_, parent_.found() ? child_ : parent_);
    }
    if (down_.empty() && up_.empty()) {
      return without_any();
    }
    if (params_.text("directions") == "one") {
      return passed(confidence(), name_of(*any_side()) + " leads to the other side", evidence());
    }
    if (down_.empty() || up_.empty()) {
      return with_one_side();
    }
    return with_both();
  }

private:
  [[nodiscard]] double confidence() const
  {
    return std::min(child_.confidence, parent_.confidence);
  }

  [[nodiscard]] const Relationship* any_side() const
  {
    return down_.empty() ? up_.front() : down_.front();
  }

  [[nodiscard]] std::vector<Evidence> evidence() const
  {
    std::vector<Evidence> evidence;
    for (const std::vector<const Relationship*>* side : {&down_, &up_, &scalars_}) {
      for (const Relationship* relationship : *side) {
        add_evidence(evidence, relationship->where, name_of(*relationship));
      }
    }
    return evidence;
  }

  [[nodiscard]] Finding with_both() const
  {
    Truth best = Truth::no;
    for (const Relationship* down : down_) {
      for (const Relationship* up : up_) {
        best = either(best, linked(subject_, *down, *up));
      }
    }
    const std::string pair = name_of(*down_.front()) + " and " + name_of(*up_.front());
    switch (best) {
    case Truth::yes:
      return passed(confidence(), pair + " are linked", evidence());
    case Truth::unknown:
      return undetermined("Whether " + pair + " are linked could not be read", 1, evidence());
    case Truth::no:
      break;
    }
    return at_level(
      "unlinked",
      confidence(),
      pair + " are not linked: back_populates or backref is missing or names something else",
      evidence());
  }

  [[nodiscard]] Finding with_one_side() const
  {
    const Relationship& side = *any_side();
    if (!side.backref.empty()) {
      return passed(confidence(), name_of(side) + " has a backref on the other side", evidence());
    }
    const EntityView& other = down_.empty() ? parent_ : child_;
    if (!scalars_.empty()) {
      return at_level("scalar",
                      confidence(),
                      name_of(*scalars_.front()) + " holds one object where many are meant",
                      evidence());
    }
    if (other.complete != Truth::yes || has_unread_target(subject_, other)
        || !absence_proves(subject_)) {
      return undetermined(
        fmt::format("Only {} was found; not all of {} could be read", name_of(side), label(other)),
        0.6,
        evidence());
    }
    return at_level(
      "one_side",
      confidence(),
      fmt::format("Only {} exists; {} has no relationship back", name_of(side), label(other)),
      evidence());
  }

  [[nodiscard]] Finding without_any() const
  {
    if (!scalars_.empty()) {
      return at_level("scalar",
                      confidence(),
                      name_of(*scalars_.front()) + " holds one object where many are meant",
                      evidence());
    }
    const std::vector<RelationColumns> columns = relation_columns(subject_, relation_);
    const bool has_key = !columns.empty() && columns.front().key != nullptr;
    if (!has_key && is_stated_design()) {
      return not_applicable(
        fmt::format("The README says that there is no such relation between {} and {}",
                    label(child_),
                    label(parent_)));
    }
    if (has_unread_target(subject_, parent_) || has_unread_target(subject_, child_)) {
      return undetermined(
        fmt::format("No relationship between {} and {} was found, but some relationships could "
                    "not be followed",
                    label(parent_),
                    label(child_)),
        0.5);
    }
    Finding finding = not_there(
      subject_,
      {&parent_, &child_},
      fmt::format("there is no relationship between {} and {}", label(parent_), label(child_)));
    if (finding.state == Finding::State::decided && has_key) {
      finding.share = 1;
      finding.levels.emplace_back("no_relationship");
      finding.reason += ", only a foreign key";
      add_evidence(finding.evidence, columns.front().key->where, "foreign key");
    }
    return finding;
  }

  [[nodiscard]] bool is_stated_design() const
  {
    const std::string& topic = params_.text("absent_when");
    return !topic.empty()
           && std::ranges::any_of(subject_.facts.readme, [&](const ReadmeStatement& statement) {
                return statement.topic == topic;
              });
  }

  const Subject& subject_;
  const Params& params_;
  const RelationSpec& relation_;
  EntityView child_;
  EntityView parent_;
  std::vector<const Relationship*> down_;
  std::vector<const Relationship*> up_;
  std::vector<const Relationship*> scalars_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  const RelationSpec* relation = find_relation_spec(subject, params.text("relation"));
  return relation == nullptr ? undetermined("The rubric declares no such relation")
                             : Navigation(subject, params, *relation).judge();
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.navigable",
  .since = "0.1",
  .summary =
    "Objects lead to their related objects, from both sides, and the two sides are linked.",
  .why = "A pair of relationships with back_populates, a backref, or SQLModel's Relationship; "
         "collections of any "
         "sort and loading strategy. A property that runs a query does not count.",
  .blind_spots = "Attributes that are added while the program runs.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_navigable
