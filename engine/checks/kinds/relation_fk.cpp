// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace assay::checks::relation_fk {

namespace {

constexpr Param k_params[] = {
  {.name = "relation",
   .type = ParamType::relation,
   .required = true,
   .summary = "The relation that needs a foreign key."},
  {.name = "ondelete",
   .type = ParamType::text,
   .fallback = "",
   .summary = "The ON DELETE action it must have; empty: any."},
};

constexpr Level k_levels[] = {
  {"orm_only", 0.3, "A relationship without a foreign key in the database."},
  {"migration_only", 0.6, "The foreign key stands only in a migration."},
  {"as_text", 0, "The other side is kept as text."},
  {"generic", 0.3, "A pair of type and id that may point anywhere."},
  {"other_technology", 0.6, "The foreign key stands in SQL, without models."},
};

constexpr ExampleFile k_constraint[] = {{"models.py", R"(
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
    writer: Mapped[int] = mapped_column(ForeignKey("authors.id"))
)"}};

constexpr ExampleFile k_plain[] = {{"models.py", R"(
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
    author_id: Mapped[int]
)"}};

constexpr Example k_examples[] = {
  {"A foreign key of any name", k_constraint, "{relation: written_by}", "pass"},
  {"An integer without a constraint", k_plain, "{relation: written_by}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relation: written_by}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

std::string columns_label(const Table& table, const ForeignKey& key)
{
  const Column* column = key.columns.empty() ? nullptr : find_column(table, key.columns.front());
  return column == nullptr ? table.name : label(ColumnRef{&table, column});
}

class ForeignKeyJudge {
public:
  ForeignKeyJudge(const Subject& subject, const Params& params, const RelationSpec& relation)
    : subject_(subject),
      ondelete_(params.text("ondelete")),
      relation_(relation),
      from_(view_entity(subject, relation.from)),
      to_(view_entity(subject, relation.to))
  {
  }

  [[nodiscard]] Finding judge() const
  {
    if (!from_.found() || !to_.found()) {
      return role_missing(subject_, from_.found() ? to_ : from_);
    }
    const std::vector<ForeignKeyRef> keys = foreign_keys(from_, to_, relation_.names);
    const auto usable = std::ranges::find_if(
      keys, [](const ForeignKeyRef& reference) { return reference.target_unique != Truth::no; });
    if (usable != keys.end()) {
      return with_key(*usable);
    }
    if (const std::optional<Finding> partial = without_key()) {
      return *partial;
    }
    return absent(keys);
  }

private:
  [[nodiscard]] double confidence() const { return std::min(from_.confidence, to_.confidence); }

  [[nodiscard]] Finding with_key(const ForeignKeyRef& reference) const
  {
    std::vector<Evidence> evidence;
    add_evidence(evidence, reference.key->where, "foreign key to " + reference.target->name);
    const std::string name = columns_label(*reference.table, *reference.key);
    if (!ondelete_.empty() && to_lower(ondelete_) != to_lower(reference.key->ondelete)) {
      return failed(confidence(),
                    fmt::format("{} has a foreign key to {} without ON DELETE {}",
                                name,
                                reference.target->name,
                                ondelete_),
                    std::move(evidence));
    }
    const std::string reason =
      fmt::format("{} has a foreign key to {}", name, reference.target->name);
    if (from_.in_models()) {
      return passed(confidence(), reason, std::move(evidence));
    }
    const bool raw = from_.entity->origin == EntityOrigin::raw_sql;
    return at_level(
      raw ? "other_technology" : "migration_only",
      confidence(),
      reason
        + (raw ? " in SQL, but there are no models" : " in a migration, but not in the models"),
      std::move(evidence));
  }

  [[nodiscard]] std::optional<Finding> without_key() const
  {
    if (std::optional<Finding> finding = in_migration()) {
      return finding;
    }
    if (std::optional<Finding> finding = through_stand_in()) {
      return finding;
    }
    if (std::optional<Finding> finding = in_mapper_only()) {
      return finding;
    }
    if (from_.complete != Truth::yes || !absence_proves(subject_)) {
      return std::nullopt;
    }
    if (std::optional<Finding> finding = as_generic()) {
      return finding;
    }
    return as_text();
  }

  [[nodiscard]] std::optional<Finding> in_migration() const
  {
    const std::vector<ForeignKeyRef> keys =
      migrated_foreign_keys(subject_, from_, to_, relation_.names);
    if (keys.empty() || !from_.in_models()) {
      return std::nullopt;
    }
    std::vector<Evidence> evidence;
    add_evidence(evidence, keys.front().key->where, "foreign key in a migration");
    return at_level(
      "migration_only",
      std::min(confidence(), subject_.facts.migration.confidence),
      fmt::format("The foreign key from {} to {} stands only in a migration, not in the models",
                  keys.front().table->name,
                  keys.front().target->name),
      std::move(evidence));
  }

  /// A foreign key to another class that goes by the target's names, such as a profile (an author
  /// besides a user).
  [[nodiscard]] std::optional<Finding> through_stand_in() const
  {
    for (const Table* table : from_.tables) {
      for (const ForeignKey& key : table->foreign_keys) {
        const Table* target = find_table(subject_.facts.schema.tables, key.target_table);
        if (target != nullptr && !plays_a_role(*target) && is_named_like_target(*target)) {
          std::vector<Evidence> evidence;
          add_evidence(evidence, key.where, "foreign key to " + target->name);
          return passed(
            confidence(),
            fmt::format("{} has a foreign key to {}", columns_label(*table, key), target->name),
            std::move(evidence));
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool plays_a_role(const Table& table) const
  {
    return std::ranges::any_of(subject_.roles.entities, [&](const auto& entry) {
      return names_table(entry.second.table, table);
    });
  }

  [[nodiscard]] bool is_named_like_target(const Table& table) const
  {
    std::vector<std::string> words = identifier_words(table.name);
    for (std::string& word : words) {
      word = singular(word);
    }
    return to_.spec != nullptr && !words.empty()
           && std::ranges::any_of(to_.spec->names, [&](const auto& tier) {
                return std::ranges::find(tier, words.back()) != tier.end();
              });
  }

  [[nodiscard]] std::optional<Finding> in_mapper_only() const
  {
    for (const auto& [owner, target] : {std::pair(&from_, &to_), std::pair(&to_, &from_)}) {
      for (const Relationship* relationship : relationships(subject_, *owner, *target)) {
        if (relationship->foreign_annotated) {
          std::vector<Evidence> evidence;
          add_evidence(evidence, relationship->where, "joined in the mapper only");
          return at_level("orm_only",
                          confidence(),
                          fmt::format("{}.{} joins without a foreign key in the database",
                                      short_name(relationship->owner),
                                      relationship->name),
                          std::move(evidence));
        }
      }
    }
    return std::nullopt;
  }

  /// "target_type" and "target_id".
  [[nodiscard]] std::optional<Finding> as_generic() const
  {
    for (const ColumnRef& type : all_columns(from_)) {
      const std::vector<std::string> words = identifier_words(type.column->name);
      if (words.size() < 2 || words.back() != "type" || !is_text(type.column->family)) {
        continue;
      }
      const std::string stem = words.front();
      for (const std::string& id : {stem + "_id", std::string("object_id")}) {
        const Column* column = find_column(*type.table, id);
        if (column != nullptr) {
          std::vector<Evidence> evidence;
          add_evidence(evidence, column->where, "points anywhere");
          return at_level(
            "generic",
            confidence(),
            fmt::format("{} and {} point anywhere, without a foreign key", label(type), id),
            std::move(evidence));
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Finding> as_text() const
  {
    for (const ColumnRef& column : named_columns(from_, relation_)) {
      if (is_text(column.column->family)) {
        std::vector<Evidence> evidence;
        add_evidence(evidence, column.column->where, "kept as text");
        return at_level(
          "as_text",
          confidence(),
          fmt::format("{} keeps the {} as text, without a foreign key", label(column), label(to_)),
          std::move(evidence));
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Finding absent(const std::vector<ForeignKeyRef>& keys) const
  {
    std::string reason = fmt::format("{} has no foreign key to {}", label(from_), label(to_));
    std::vector<Evidence> evidence;
    const std::vector<RelationColumns> plain = relation_columns(subject_, relation_);
    if (!keys.empty()) {
      reason = fmt::format("{} points to a column of {} that is no key",
                           columns_label(*keys.front().table, *keys.front().key),
                           keys.front().target->name);
      add_evidence(evidence, keys.front().key->where, "points to a column that is no key");
    } else if (!plain.empty() && plain.front().key == nullptr) {
      const Column* column = find_column(*plain.front().table, plain.front().columns.front());
      reason = label(ColumnRef{plain.front().table, column}) + " has no foreign key constraint";
      add_evidence(evidence, column->where, "no foreign key");
    }
    if (migrations_may_hide(subject_)) {
      return undetermined(reason
                            + " in the models, and the migrations were not understood completely",
                          0,
                          std::move(evidence));
    }
    if (std::ranges::any_of(from_.tables, has_unread_target)) {
      return undetermined(reason + ", but a foreign key of the table could not be followed",
                          0.5,
                          std::move(evidence));
    }
    return not_there(subject_, {&from_, &to_}, reason, 0, std::move(evidence));
  }

  static bool has_unread_target(const Table* table)
  {
    return std::ranges::any_of(table->foreign_keys, [](const ForeignKey& key) {
      return key.target_table.empty() || key.target_known == Truth::unknown;
    });
  }

  const Subject& subject_;
  std::string ondelete_;
  const RelationSpec& relation_;
  EntityView from_;
  EntityView to_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  const RelationSpec* relation = find_relation_spec(subject, params.text("relation"));
  return relation == nullptr ? undetermined("The rubric declares no such relation")
                             : ForeignKeyJudge(subject, params, *relation).judge();
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.fk",
  .since = "0.1",
  .summary = "A relation is a foreign key constraint to the parent's key.",
  .why = "The column may have any name, stand in a mixin or a helper, be part of a composite key, "
         "and lead to a "
         "joined subclass or a profile of the parent. A column without a constraint does not "
         "count; a foreign key "
         "only in the migrations, a relationship without one, a pair of type and id, and text "
         "count in part.",
  .blind_spots = "Foreign keys added to the database by hand.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_fk
