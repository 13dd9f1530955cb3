// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::relation_indexed {

namespace {

constexpr Param k_params[] = {
  {.name = "relations",
   .type = ParamType::relation_list,
   .required = true,
   .summary = "Relations that are looked up; a many-to-many stands for the link column that no key "
              "leads with."},
};

constexpr Level k_levels[] = {
  {"other_technology", 0.6, "The index exists in SQL, without models."},
};

constexpr ExampleFile k_indexed[] = {{"models.py", R"(
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
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
)"}};

constexpr ExampleFile k_bare[] = {{"models.py", R"(
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///library.db")

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
  {"index=True", k_indexed, "{relations: [written_by]}", "pass"},
  {"A foreign key is no index", k_bare, "{relations: [written_by]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relations: [written_by]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::schema, FactFamily::migration, FactFamily::environment};

class IndexJudge {
public:
  IndexJudge(const Subject& subject, const Params& params)
    : subject_(subject),
      params_(params)
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
    if (relation.cardinality == Cardinality::many_to_many) {
      grade_link(part, relation, from, to);
    } else {
      grade_columns(part, relation, from, to);
    }
    return part;
  }

private:
  /// R17: models and migrations together.
  [[nodiscard]] bool is_indexed(const Table& table, const std::string& column) const
  {
    const Table* after = migrated_table(subject_, table);
    return leads_index(table, column) || (after != nullptr && leads_index(*after, column));
  }

  /// InnoDB makes an index for every foreign key.
  [[nodiscard]] bool database_indexes_keys() const
  {
    return subject_.facts.environment.dialect == Dialect::mysql;
  }

  void grade_columns(Part& part,
                     const RelationSpec& relation,
                     const EntityView& from,
                     const EntityView& to) const
  {
    const std::vector<RelationColumns> candidates = relation_columns(subject_, relation);
    if (candidates.empty()) {
      part.known = from.complete == Truth::yes;
      part.remark = fmt::format("{} has no column for its {}", label(from), label(to));
      return;
    }
    for (const RelationColumns& columns : candidates) {
      const bool by_database = columns.key != nullptr && database_indexes_keys();
      const bool indexed =
        by_database || std::ranges::any_of(columns.columns, [&](const std::string& name) {
          return is_indexed(*columns.table, name);
        });
      if (indexed) {
        settle(part, *columns.table, columns.columns.front());
        if (!from.in_models()) {
          discount(part);
        }
        return;
      }
    }
    blame(part, *candidates.front().table, candidates.front().columns.front());
  }

  void grade_link(Part& part,
                  const RelationSpec& relation,
                  const EntityView& from,
                  const EntityView& to) const
  {
    const std::vector<LinkRef> found = links(subject_, relation);
    if (found.empty() || found.front().from_key == nullptr || found.front().to_key == nullptr) {
      part.known =
        from.complete == Truth::yes && to.complete == Truth::yes && !migrations_may_hide(subject_);
      part.remark = fmt::format("there is no link table between {} and {}", label(from), label(to));
      return;
    }
    const LinkRef& link = found.front();
    const std::string second = second_column(link);
    if (database_indexes_keys() || is_indexed(*link.table, second)) {
      settle(part, *link.table, second);
      if (link.origin == EntityOrigin::raw_sql) {
        discount(part);
      }
    } else {
      blame(part, *link.table, second);
    }
  }

  /// The column that tells what `key` points at: composite keys may share one with `other`.
  static const std::string& own_column(const ForeignKey& key, const ForeignKey& other)
  {
    const auto own = std::ranges::find_if(key.columns, [&](const std::string& name) {
      return std::ranges::find(other.columns, name) == other.columns.end();
    });
    return own == key.columns.end() ? key.columns.front() : *own;
  }

  /// The link column that leads no key; if none leads one, a column that has no index.
  [[nodiscard]] std::string second_column(const LinkRef& link) const
  {
    const std::string& first = own_column(*link.from_key, *link.to_key);
    const std::string& last = own_column(*link.to_key, *link.from_key);
    const auto leads_key = [&](const std::string& column) {
      const Column* found = find_column(*link.table, column);
      return found != nullptr
             && std::ranges::any_of(unique_sets(*link.table), [&](const UniqueSet& set) {
                  return set.columns.size() > 1 && set.columns.front() == found->name;
                });
    };
    if (leads_key(first)) {
      return last;
    }
    if (leads_key(last)) {
      return first;
    }
    return is_indexed(*link.table, last) ? first : last;
  }

  void discount(Part& part) const
  {
    part.value *= params_.credit("other_technology");
    part.noted = "other_technology";
  }

  static void settle(Part& part, const Table& table, const std::string& column)
  {
    part.value = 1;
    const Column* found = find_column(table, column);
    if (found != nullptr) {
      add_evidence(part.evidence, found->where, "indexed");
    }
  }

  void blame(Part& part, const Table& table, const std::string& column) const
  {
    const Column* found = find_column(table, column);
    const std::string name =
      found == nullptr ? table.name + "." + column : label(ColumnRef{&table, found});
    part.known =
      table.complete == Truth::yes && absence_proves(subject_) && !migrations_may_hide(subject_);
    part.remark = name + (part.known ? " leads no index" : " leads no index that could be read");
    if (found != nullptr) {
      add_evidence(part.evidence, found->where, "no index");
    }
  }

  const Subject& subject_;
  const Params& params_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  const IndexJudge judge(subject, params);
  std::vector<Part> parts;
  for (const std::string& id : params.list("relations")) {
    const RelationSpec* relation = find_relation_spec(subject, id);
    if (relation != nullptr) {
      parts.push_back(judge.grade(*relation));
    }
  }
  return total(parts, "all foreign keys that are looked up lead an index");
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.indexed",
  .since = "0.1",
  .summary = "Foreign keys that are looked up lead an index.",
  .why = "An index, unique set or primary key that starts with the column counts, in the models or "
         "in the "
         "migrations. PostgreSQL and SQLite make no index for a foreign key, MySQL does. The "
         "primary key of a link "
         "table serves its first column only.",
  .blind_spots = "Indexes made outside the repository.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_indexed
