// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::relation_warnings {

namespace {

constexpr std::array<std::string_view, 3> k_warnings = {"overlap", "reserved", "conflict"};

constexpr Param k_params[] = {
  {.name = "forbid",
   .type = ParamType::text_list,
   .fallback = "[overlap, reserved, conflict]",
   .summary = "The warnings that count.",
   .choices = k_warnings},
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

constexpr ExampleFile k_unlinked[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    books: Mapped[list["Book"]] = relationship()

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship()
)"}};

constexpr Example k_examples[] = {
  {"A linked pair", k_linked, "{}", "pass"},
  {"Two relationships write the same foreign key", k_unlinked, "{}", "fail"},
  {"Classes made from an existing database", k_reflected_models, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

std::string name_of(const Relationship& relationship)
{
  return short_name(relationship.owner) + "." + relationship.name;
}

bool are_linked(const Subject& subject, const Relationship& a, const Relationship& b)
{
  return reverse_of(subject, a) == &b || reverse_of(subject, b) == &a;
}

/// Something is said about the other side that was not followed.
bool link_unclear(const Relationship& relationship)
{
  return relationship.reverse.empty()
         && (!relationship.back_populates.empty() || !relationship.backref.empty());
}

const Table* table_of(const SchemaFacts& schema, const std::string& class_name)
{
  const MappedClass* mapped = find_class(schema, class_name);
  return mapped == nullptr ? nullptr : find_table(schema.tables, mapped->table);
}

std::size_t count_keys(const Table& from, const Table& to)
{
  return static_cast<std::size_t>(std::ranges::count_if(
    from.foreign_keys, [&](const ForeignKey& key) { return names_table(key.target_table, to); }));
}

struct Conflict {
  const Relationship* first = nullptr;
  const Relationship* second = nullptr;
  std::string reason;
};

class Warnings {
public:
  explicit Warnings(const Subject& subject)
    : subject_(subject),
      schema_(subject.facts.schema)
  {
    const std::vector<Relationship>& all = schema_.relationships;
    for (auto first = all.begin(); first != all.end(); ++first) {
      unread_ = unread_ || (first->target.empty() && first->target_exists != Truth::no);
      for (auto second = std::next(first); second != all.end(); ++second) {
        compare(*first, *second);
      }
    }
  }

  [[nodiscard]] const std::vector<Conflict>& conflicts() const { return conflicts_; }

  [[nodiscard]] bool unclear() const { return unclear_ || unread_; }

private:
  void compare(const Relationship& a, const Relationship& b)
  {
    if (a.viewonly || b.viewonly || a.overlaps || b.overlaps || are_linked(subject_, a, b)) {
      return;
    }
    if (shares_secondary(a, b)) {
      add(a, b, "both write the link table " + a.secondary);
    } else if (writes_through_link(a, b) || writes_through_link(b, a)) {
      add(a, b, "both write the same link table");
    } else if (opposite_ends(a, b) && share_one_key(a, b)) {
      add(a, b, "both write the same foreign key");
    }
  }

  void add(const Relationship& a, const Relationship& b, const std::string& why)
  {
    if (link_unclear(a) || link_unclear(b) || a.custom_join || b.custom_join) {
      unclear_ = true;
      return;
    }
    conflicts_.push_back(
      {&a,
       &b,
       fmt::format("{} and {} {} without being linked, which SQLAlchemy warns of",
                   name_of(a),
                   name_of(b),
                   why)});
  }

  static bool shares_secondary(const Relationship& a, const Relationship& b)
  {
    return !a.secondary.empty() && a.secondary == b.secondary;
  }

  /// `many` goes through a table that is mapped as the class at one end of `single`.
  [[nodiscard]] bool writes_through_link(const Relationship& many, const Relationship& single) const
  {
    if (many.secondary.empty() || !single.secondary.empty()) {
      return false;
    }
    for (const std::string& name : {single.owner, single.target}) {
      const Table* table = table_of(schema_, name);
      if (table != nullptr && names_table(many.secondary, *table)) {
        const std::string& other = name == single.owner ? single.target : single.owner;
        return other == many.owner || other == many.target;
      }
    }
    return false;
  }

  static bool opposite_ends(const Relationship& a, const Relationship& b)
  {
    return a.owner != a.target && a.owner == b.target && a.target == b.owner && a.secondary.empty()
           && b.secondary.empty() && a.direction != Direction::many_to_many
           && b.direction != Direction::many_to_many;
  }

  /// With several foreign keys between the two the relationships may well use different ones.
  [[nodiscard]] bool share_one_key(const Relationship& a, const Relationship& b) const
  {
    const Table* left = table_of(schema_, a.owner);
    const Table* right = table_of(schema_, b.owner);
    return left != nullptr && right != nullptr
           && count_keys(*left, *right) + count_keys(*right, *left) == 1;
  }

  const Subject& subject_;
  const SchemaFacts& schema_;
  std::vector<Conflict> conflicts_;
  bool unread_ = false;
  bool unclear_ = false;
};

const MappingProblem* reported(const SchemaFacts& schema)
{
  const auto found =
    std::ranges::find(schema.problems, "conflicting_relationships", &MappingProblem::id);
  return found == schema.problems.end() ? nullptr : &*found;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const SchemaFacts& schema = subject.facts.schema;
  if (schema.classes.empty()) {
    return nothing_to_inspect(subject);
  }
  const std::vector<std::string> forbidden = params.list("forbid");
  const bool counts = std::ranges::find(forbidden, "overlap") != forbidden.end()
                      || std::ranges::find(forbidden, "conflict") != forbidden.end();
  const Warnings warnings(subject);
  std::vector<Evidence> evidence;
  if (counts && !warnings.conflicts().empty()) {
    const Conflict& conflict = warnings.conflicts().front();
    add_evidence(evidence, conflict.first->where, name_of(*conflict.first));
    add_evidence(evidence, conflict.second->where, name_of(*conflict.second));
    return failed(schema.confidence, conflict.reason, std::move(evidence));
  }
  const MappingProblem* problem = reported(schema);
  if (counts && problem != nullptr) {
    add_evidence(evidence, problem->where, problem->detail);
    return failed(schema.confidence, sentence(problem->detail), std::move(evidence));
  }
  if (warnings.unclear() || !absence_proves(subject)) {
    const std::string why = why_incomplete(subject);
    return undetermined("No conflicting relationships were seen, but "
                          + (why.empty() ? "not every relationship could be followed" : why),
                        1);
  }
  return passed(schema.confidence, "No two relationships write the same columns");
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.warnings",
  .since = "0.1",
  .summary = "Relationships do not get in each other's way.",
  .why = "SQLAlchemy warns when two relationships that do not know of each other write the same "
         "columns: two sides "
         "that are not linked, or a secondary table besides an association object, unless one is "
         "viewonly or "
         "declares overlaps.",
  .blind_spots =
    "Warnings that only configuring the mappers shows, about reserved names for instance.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_warnings
