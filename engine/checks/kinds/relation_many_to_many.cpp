// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace assay::checks::relation_many_to_many {

namespace {

constexpr std::array<std::string_view, 3> k_ways = {"secondary", "association_object", "proxy"};

constexpr Param k_params[] = {
  {.name = "relation",
   .type = ParamType::relation,
   .required = true,
   .summary = "The many-to-many relation."},
  {.name = "allow",
   .type = ParamType::text_list,
   .fallback = "[secondary, association_object, proxy]",
   .summary = "Ways that count in full.",
   .choices = k_ways},
};

constexpr Level k_levels[] = {
  {"link_without_navigation", 0.65, "A link class that no relationship leads through."},
  {"unused_link", 0.5, "A link table that no relationship uses."},
  {"array", 0.25, "An ARRAY or JSON column."},
  {"joined_text", 0.15, "One string that joins several values."},
  {"one_target", 0.15, "A foreign key on the first entity: one target each."},
  {"one_source", 0.1, "A foreign key on the second entity: one source each."},
  {"other_technology", 0.5, "The link table exists in SQL, without models."},
  {"migration_only", 0.5, "The link table exists only in a migration."},
};

constexpr ExampleFile k_secondary[] = {{"models.py", R"(
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

book_genres = Table(
    "book_genres",
    Base.metadata,
    Column("book_id", ForeignKey("books.id"), primary_key=True),
    Column("genre_id", ForeignKey("genres.id"), primary_key=True),
)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    genres: Mapped[list["Genre"]] = relationship(secondary=book_genres)

class Genre(Base):
    __tablename__ = "genres"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
)"}};

constexpr ExampleFile k_unused[] = {{"models.py", R"(
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

book_genres = Table(
    "book_genres",
    Base.metadata,
    Column("book_id", ForeignKey("books.id"), primary_key=True),
    Column("genre_id", ForeignKey("genres.id"), primary_key=True),
)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]

class Genre(Base):
    __tablename__ = "genres"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
)"}};

constexpr ExampleFile k_nothing[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]

class Genre(Base):
    __tablename__ = "genres"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"secondary=", k_secondary, "{relation: classified}", "pass"},
  {"A link table that no relationship uses", k_unused, "{relation: classified}", "partial"},
  {"Nothing joins the two", k_nothing, "{relation: classified}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relation: classified}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

std::string name_of(const Relationship& relationship)
{
  return short_name(relationship.owner) + "." + relationship.name;
}

class ManyToMany {
public:
  ManyToMany(const Subject& subject, const Params& params, const RelationSpec& relation)
    : subject_(subject),
      relation_(relation),
      allow_(params.list("allow")),
      from_(view_entity(subject, relation.from)),
      to_(view_entity(subject, relation.to)),
      links_(links(subject, relation))
  {
  }

  [[nodiscard]] Finding judge() const
  {
    if (from_.found() && to_.found()) {
      if (std::optional<Finding> finding = through_secondary()) {
        return *finding;
      }
      if (std::optional<Finding> finding = through_link()) {
        return *finding;
      }
    }
    if (from_.found()) {
      if (std::optional<Finding> finding = in_place_of_link()) {
        return *finding;
      }
    }
    if (!from_.found() || !to_.found()) {
      return role_missing(subject_, from_.found() ? to_ : from_);
    }
    return absent();
  }

private:
  [[nodiscard]] double confidence() const { return std::min(from_.confidence, to_.confidence); }

  [[nodiscard]] bool allowed(std::string_view way) const
  {
    return std::ranges::find(allow_, way) != allow_.end();
  }

  [[nodiscard]] const LinkRef* link_named(const std::string& table) const
  {
    const auto found = std::ranges::find_if(
      links_, [&](const LinkRef& link) { return names_table(table, *link.table); });
    return found == links_.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::vector<const Relationship*> direct() const
  {
    std::vector<const Relationship*> found;
    for (const auto& [owner, target] : {std::pair(&from_, &to_), std::pair(&to_, &from_)}) {
      for (const Relationship* relationship : relationships(subject_, *owner, *target)) {
        if (relationship->direction == Direction::many_to_many
            || !relationship->secondary.empty()) {
          found.push_back(relationship);
        }
      }
    }
    return found;
  }

  [[nodiscard]] std::optional<Finding> through_secondary() const
  {
    if (!allowed("secondary")) {
      return std::nullopt;
    }
    std::optional<Finding> second_best;
    for (const Relationship* relationship : direct()) {
      std::vector<Evidence> evidence;
      add_evidence(evidence, relationship->where, name_of(*relationship));
      const LinkRef* link = link_named(relationship->secondary);
      if (link == nullptr) {
        second_best =
          undetermined("The link table of " + name_of(*relationship) + " could not be read",
                       1,
                       std::move(evidence));
        continue;
      }
      add_evidence(evidence, link->table->where, "link table");
      if (link->from_key != nullptr && link->to_key != nullptr) {
        return passed(confidence(),
                      fmt::format("{} goes through {}", name_of(*relationship), link->table->name),
                      std::move(evidence));
      }
      const std::string reason =
        fmt::format("{} goes through {}, which has no foreign keys to both sides",
                    name_of(*relationship),
                    link->table->name);
      const bool hidden = link->table->complete != Truth::yes || relationship->custom_join;
      second_best = hidden ? undetermined(reason, 0.5, std::move(evidence))
                           : failed(confidence(), reason, std::move(evidence));
    }
    return second_best;
  }

  [[nodiscard]] bool steps(const std::vector<std::string>& owners,
                           const std::vector<std::string>& targets) const
  {
    return std::ranges::any_of(
      subject_.facts.schema.relationships, [&](const Relationship& relationship) {
        return std::ranges::find(owners, relationship.owner) != owners.end()
               && std::ranges::find(targets, relationship.target) != targets.end();
      });
  }

  /// R13: one side is enough.
  [[nodiscard]] bool navigable_through(const MappedClass& link) const
  {
    const std::vector<std::string> middle = {link.name};
    const bool forth = steps(from_.classes, middle) && steps(middle, to_.classes);
    const bool back = steps(to_.classes, middle) && steps(middle, from_.classes);
    const bool both_ends = steps(middle, from_.classes) && steps(middle, to_.classes);
    return forth || back || both_ends;
  }

  [[nodiscard]] std::optional<Finding> through_link() const
  {
    for (const LinkRef& link : links_) {
      if (link.from_key == nullptr || link.to_key == nullptr) {
        continue;
      }
      std::vector<Evidence> evidence;
      add_evidence(evidence, link.table->where, "link table");
      switch (link.origin) {
      case EntityOrigin::mapped:
        if (link.mapped != nullptr && navigable_through(*link.mapped)
            && (allowed("association_object") || allowed("proxy"))) {
          return passed(confidence(),
                        short_name(link.mapped->name) + " joins the two as an association object",
                        std::move(evidence));
        }
        return without_navigation(link, "link_without_navigation", std::move(evidence));
      case EntityOrigin::core_table:
        if (const Relationship* bare = passing(link); bare != nullptr) {
          return at_level("unused_link",
                          confidence(),
                          fmt::format("{} goes through {}, a table without a class: what belongs "
                                      "to a pair has no place",
                                      name_of(*bare),
                                      link.table->name),
                          std::move(evidence));
        }
        return without_navigation(link, "unused_link", std::move(evidence));
      case EntityOrigin::migration:
        return at_level("migration_only",
                        std::min(confidence(), subject_.facts.migration.confidence),
                        "The link table " + link.table->name + " exists only in a migration",
                        std::move(evidence));
      case EntityOrigin::raw_sql:
        return at_level("other_technology",
                        std::min(confidence(), subject_.facts.raw_sql_schema.confidence),
                        "The link table " + link.table->name + " exists only in SQL",
                        std::move(evidence));
      }
    }
    return std::nullopt;
  }

  /// The relationship that uses the link as its `secondary`, where that does not count in full.
  [[nodiscard]] const Relationship* passing(const LinkRef& link) const
  {
    for (const Relationship* relationship : direct()) {
      if (names_table(relationship->secondary, *link.table)) {
        return relationship;
      }
    }
    return nullptr;
  }

  [[nodiscard]] Finding
  without_navigation(const LinkRef& link, std::string level, std::vector<Evidence> evidence) const
  {
    const std::string reason = "No relationship leads through the link table " + link.table->name;
    const bool sure =
      from_.complete == Truth::yes && to_.complete == Truth::yes && !has_unread_target();
    return sure ? at_level(std::move(level), confidence(), reason, std::move(evidence))
                : undetermined(reason + " in what could be read", 0.6, std::move(evidence));
  }

  [[nodiscard]] bool has_unread_target() const
  {
    return std::ranges::any_of(
      subject_.facts.schema.relationships, [](const Relationship& relationship) {
        return relationship.target.empty() && relationship.target_exists != Truth::no;
      });
  }

  /// What some build instead of a link: a list in a column, or a foreign key on one side.
  [[nodiscard]] std::optional<Finding> in_place_of_link() const
  {
    if (from_.complete != Truth::yes) {
      return std::nullopt;
    }
    for (const ColumnRef& column : all_columns(from_)) {
      if (is_named_like_target(column.column->name)) {
        std::vector<Evidence> evidence;
        add_evidence(evidence, column.column->where, label(column));
        if (column.column->family == TypeFamily::array
            || column.column->family == TypeFamily::json) {
          return at_level("array",
                          from_.confidence,
                          label(column) + " keeps a list in one column",
                          std::move(evidence));
        }
        if (is_text(column.column->family)) {
          return at_level("joined_text",
                          from_.confidence,
                          label(column) + " keeps several values in one string",
                          std::move(evidence));
        }
      }
    }
    return to_.found() ? one_sided() : std::nullopt;
  }

  [[nodiscard]] std::optional<Finding> one_sided() const
  {
    if (to_.complete != Truth::yes) {
      return std::nullopt;
    }
    const std::vector<ForeignKeyRef> forth = foreign_keys(from_, to_);
    const std::vector<ForeignKeyRef> back = foreign_keys(to_, from_);
    std::vector<Evidence> evidence;
    if (!forth.empty()) {
      add_evidence(evidence, forth.front().key->where, "one " + label(to_) + " each");
      return at_level("one_target",
                      confidence(),
                      fmt::format("Each {} has one {} only: a foreign key instead of a link table",
                                  label(from_),
                                  label(to_)),
                      std::move(evidence));
    }
    if (!back.empty()) {
      add_evidence(evidence, back.front().key->where, "one " + label(from_) + " each");
      return at_level(
        "one_source",
        confidence(),
        fmt::format("Each {} belongs to one {} only: a foreign key instead of a link table",
                    label(to_),
                    label(from_)),
        std::move(evidence));
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_named_like_target(const std::string& column) const
  {
    std::vector<std::string> words = identifier_words(column);
    for (std::string& word : words) {
      word = singular(word);
    }
    const auto mentions = [&](const std::string& name) {
      return std::ranges::find(words, singular(to_lower(name))) != words.end();
    };
    return std::ranges::any_of(relation_.names, mentions)
           || (to_.spec != nullptr && std::ranges::any_of(to_.spec->names, [&](const auto& tier) {
                 return std::ranges::any_of(tier, mentions);
               }));
  }

  [[nodiscard]] Finding absent() const
  {
    const std::string reason =
      fmt::format("nothing joins {} and {} as many-to-many", label(from_), label(to_));
    if (has_unread_target() || migrations_may_hide(subject_)) {
      return undetermined(sentence(reason) + " in what could be read");
    }
    return not_there(subject_, {&from_, &to_}, reason);
  }

  const Subject& subject_;
  const RelationSpec& relation_;
  std::vector<std::string> allow_;
  EntityView from_;
  EntityView to_;
  std::vector<LinkRef> links_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  const RelationSpec* relation = find_relation_spec(subject, params.text("relation"));
  return relation == nullptr ? undetermined("The rubric declares no such relation")
                             : ManyToMany(subject, params, *relation).judge();
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.many_to_many",
  .since = "0.1",
  .summary = "Two entities are many-to-many through one link table and can be navigated.",
  .why = "A secondary table however it is named, SQLModel's link_model, or a class with two "
         "foreign keys and "
         "relationships; one direction is enough. Lists in one column and a foreign key on one "
         "side count "
         "a little.",
  .blind_spots = "Joins that only queries make.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_many_to_many
