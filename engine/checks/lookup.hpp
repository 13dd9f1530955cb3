// SPDX-License-Identifier: MIT
// Facts seen through the roles of a rubric: what every kind needs before it can judge. Everything
// here is a pure look-up; pointers point into the Subject and live as long as it does. A role that
// is not filled gives an empty view, never an error.
#pragma once

#include "engine/checks/kind.hpp"
#include "engine/model/schema_lookup.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::checks {

/// One role of the rubric in the candidate's terms.
struct EntityView {
  std::string role;
  const EntitySpec* spec = nullptr;
  const ResolvedEntity* entity = nullptr; ///< nullptr: the role is not filled
  const MappedClass* mapped = nullptr;    ///< nullptr unless a class was mapped and read
  std::vector<std::string> classes;       ///< own class, its mapped bases and subclasses, aliases
  std::vector<const Table*> tables; ///< own table first, then those of bases, subclasses, aliases
  double confidence = 0;      ///< of the facts it rests on; `judge` lowers it for weak matches
  Truth complete = Truth::no; ///< yes: what is not seen on these classes and tables is not there

  [[nodiscard]] bool found() const { return entity != nullptr; }

  /// The own table; nullptr if it was not read.
  [[nodiscard]] const Table* table() const { return tables.empty() ? nullptr : tables.front(); }

  /// Mapped or at least part of the models, as opposed to known from SQL or a migration alone.
  [[nodiscard]] bool in_models() const;
};

struct ColumnRef {
  const Table* table = nullptr;
  const Column* column = nullptr;
};

/// A foreign key that leads from one role's tables to another's.
struct ForeignKeyRef {
  const Table* table = nullptr; ///< that carries it
  const ForeignKey* key = nullptr;
  const Table* target = nullptr;
  bool through_alias = false; ///< carried by, or pointing to, another table than the role's own
  Truth target_unique = Truth::unknown; ///< the columns pointed to are a key of the target
};

/// A set of columns in which no two rows agree.
struct UniqueSet {
  std::vector<std::string> columns;
  KeyKind kind = KeyKind::unique_constraint;
  bool functional = false;
  bool partial = false;
  Location where;
};

/// The link of a many-to-many.
struct LinkRef {
  const Table* table = nullptr;
  const MappedClass* mapped = nullptr;  ///< association object; nullptr for a bare table
  const ForeignKey* from_key = nullptr; ///< to the relation's `from`; nullptr if there is none
  const ForeignKey* to_key = nullptr;   ///< to the relation's `to`
  EntityOrigin origin = EntityOrigin::core_table; ///< mapped, or where else the table is known from
};

// Rubric.
const EntitySpec* find_entity_spec(const Subject& subject, std::string_view role);
const RelationSpec* find_relation_spec(const Subject& subject, std::string_view id);
/// "Post" for role "post": the title of the rubric, else the role itself.
std::string role_title(const Subject& subject, std::string_view role);

// Names.
/// "User" for "app.models.User".
std::string short_name(std::string_view qualified);
/// "app.models.Post.comments": how calls name a relationship.
std::string qualified_name(const Relationship& relationship);
/// True if `name` ("users" or "schema.users") names the table.
bool names_table(std::string_view name, const Table& table);
/// True if all words of `wanted` occur in `name` in this order and side by side: "author_id" has
/// "author".
bool has_words(std::string_view name, std::string_view wanted);
bool has_any_words(std::string_view name, const std::vector<std::string>& wanted);
bool has_any_words(std::string_view name, std::span<const std::string_view> wanted);

// Classes and tables.
const MappedClass* find_class(const SchemaFacts& schema, std::string_view qualified);
const Table* find_table(const std::vector<Table>& tables, std::string_view name);
/// The same table after all migrations; nullptr if migrations do not make it.
const Table* migrated_table(const Subject& subject, const Table& table);

// Roles.
EntityView view_entity(const Subject& subject, std::string_view role);
/// Every role of the rubric, in its order, filled or not.
std::vector<EntityView> view_entities(const Subject& subject);
/// The columns that may play a column role, best first, own table before others.
std::vector<ColumnRef> columns_of(const EntityView& view, std::string_view column_role);
/// "user.identity" -> user, identity. Both empty if there is no dot.
std::pair<std::string, std::string> split_column_role(std::string_view dotted);
/// Columns of all tables of the role.
std::vector<ColumnRef> all_columns(const EntityView& view);

// Constraints.
/// Primary key or NOT NULL or a CHECK (... IS NOT NULL): no.
Truth is_nullable(const ColumnRef& column);
/// Primary key, unique constraints and unique indexes, those of single columns included; no
/// duplicates.
std::vector<UniqueSet> unique_sets(const Table& table);
/// A primary key, unique set or index starts with this column.
bool leads_index(const Table& table, std::string_view column);
/// The database columns of the primary key, in order.
std::vector<std::string> primary_key_columns(const Table& table);

// Relations.
/// Foreign keys from `from` to `to` in the models (in SQL or migrations for roles known only from
/// there). Those whose columns carry one of `preferred` names come first, then those of the own
/// table, then NOT NULL ones.
std::vector<ForeignKeyRef> foreign_keys(const EntityView& from,
                                        const EntityView& to,
                                        const std::vector<std::string>& preferred = {});
/// The same in the schema that migrations leave.
std::vector<ForeignKeyRef> migrated_foreign_keys(const Subject& subject,
                                                 const EntityView& from,
                                                 const EntityView& to,
                                                 const std::vector<std::string>& preferred = {});
/// Foreign keys of a many-to-one or one-to-one relation of the rubric.
std::vector<ForeignKeyRef> relation_foreign_keys(const Subject& subject,
                                                 const RelationSpec& relation);
/// Relationship attributes of `owner`'s classes that lead to `target`'s classes; writable ones
/// first.
std::vector<const Relationship*>
relationships(const Subject& subject, const EntityView& owner, const EntityView& target);
/// Those of `relationships` that follow this relation from its `to` (parent) to its `from`
/// (children), told from other relations between the same entities by direction: a many-to-many of
/// likes is not authorship.
std::vector<const Relationship*> relationships_down(const Subject& subject,
                                                    const RelationSpec& relation);
/// The same from child to parent.
std::vector<const Relationship*> relationships_up(const Subject& subject,
                                                  const RelationSpec& relation);
/// The relationship that `relationship.reverse` names on the other class; nullptr if there is none.
const Relationship* reverse_of(const Subject& subject, const Relationship& relationship);
/// The links that could carry a many-to-many, best first.
std::vector<LinkRef> links(const Subject& subject, const RelationSpec& relation);

// What may be concluded.
/// True if nothing can be hidden in the models as a whole: then what was not found is not there.
bool absence_proves(const Subject& subject);
/// The reason why absence proves nothing, as the end of a sentence; empty if it does.
std::string why_incomplete(const Subject& subject);
/// The lowest confidence of these roles, not above that of the schema facts.
double confidence_of(const Subject& subject, std::initializer_list<const EntityView*> views);
/// The submission maps its classes with another library whose models are not read ("django"); empty
/// if not.
std::string other_mapper(const Subject& subject);
/// True if migrations exist and some of what they do was not understood.
bool migrations_may_hide(const Subject& subject);
/// False: the submission uses neither mapped classes nor tables at all (R10).
bool anything_mapped(const Subject& subject);

// Conclusions.
/// Failed if all of `views` are complete, else undetermined with `guess`: what was not seen may be
/// hidden.
Finding not_there(const Subject& subject,
                  std::initializer_list<const EntityView*> views,
                  std::string reason,
                  double guess = 0,
                  std::vector<Evidence> evidence = {});
/// The same for a role that is not filled.
Finding role_missing(const Subject& subject, const EntityView& view);
/// "no mapped class or table for Tag was found", and which other technology is used if that is why.
std::string missing_reason(const Subject& subject, const EntityView& view);
/// The finding of a check about the absence of a fault where there is nothing to inspect (R10).
Finding nothing_to_inspect(const Subject& subject);

/// `judge` with the basis of the schema facts in what it decides by them; for Kind::evaluate.
template<Finding (*judge)(const Subject&, const Params&)>
Finding on_schema(const Subject& subject, const Params& params)
{
  Finding finding = judge(subject, params);
  if (finding.basis == Basis::reading) {
    finding.basis = subject.facts.schema.basis;
  }
  return finding;
}

// Words for reasons.
/// With a capital first letter, unless it starts with a name ("users.email").
std::string sentence(std::string text);
/// "User.email", or "users.email" for a table without a class.
std::string label(const ColumnRef& column);
/// "User", or "table users".
std::string label(const EntityView& view);
/// Adds a place unless it is nowhere.
void add_evidence(std::vector<Evidence>& evidence, const Location& where, std::string note);

} // namespace assay::checks
