// SPDX-License-Identifier: MIT
// Facts about mapped classes and tables, from reading or from running: one shape for both.
//
// Rules: names are as written by the candidate; classes are referred to by qualified name
// ("app.models.User"), tables by name ("users", or "schema.users"). What could not be read is
// Truth::unknown or TypeFamily::unknown, and a container whose content was not fully understood
// says `complete = Truth::no`: then absence proves nothing.
#pragma once

#include "engine/model/location.hpp"
#include "engine/model/truth.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay {

enum class TypeFamily {
  unknown,
  integer,
  big_integer,
  small_integer,
  boolean,
  string,
  text,
  uuid,
  datetime,
  date,
  time,
  interval,
  real,
  numeric,
  json,
  array,
  enumeration,
  binary,
  other,
};

enum class DefaultKind {
  none,
  constant, ///< a literal
  callable, ///< called for each row (function, lambda, partial, default_factory)
  sql,      ///< a SQL expression sent with the INSERT
  server,   ///< in the DDL (server_default, Identity, Sequence, trigger)
  frozen,   ///< a call evaluated once, when the module was imported
  unknown,  ///< something is there, not understood
};

struct Column {
  std::string name;      ///< name in the database
  std::string attribute; ///< name on the class; empty for a Core table
  TypeFamily family = TypeFamily::unknown;
  std::string type_text; ///< as written, e.g. "String(50)"
  std::optional<int> length;
  Truth nullable = Truth::unknown;
  Truth nullable_explicit = Truth::no; ///< written down, not a default of the library
  Truth primary_key = Truth::no;
  Truth unique = Truth::no;  ///< unique=True on the column itself
  Truth indexed = Truth::no; ///< index=True on the column itself
  DefaultKind default_kind = DefaultKind::none;
  std::string default_text;
  DefaultKind onupdate_kind = DefaultKind::none;
  DefaultKind server_default_kind = DefaultKind::none;
  Truth generated = Truth::no; ///< Computed, Identity, autoincrement
  std::vector<std::string> enum_labels;
  std::vector<std::string>
    validators; ///< functions that check or transform the value (@validates, setters)
  Location where;
  bool operator==(const Column&) const = default;
};

struct ForeignKey {
  std::vector<std::string> columns;
  std::string target_table;
  std::vector<std::string> target_columns;
  std::string ondelete; ///< upper case; empty if not given
  std::string onupdate;
  std::string name;
  Truth target_known = Truth::yes; ///< no: the target table is not among the tables read
  Location where;
  bool operator==(const ForeignKey&) const = default;
};

enum class KeyKind { primary, unique_constraint, unique_index, index };

struct Key {
  KeyKind kind = KeyKind::index;
  std::vector<std::string> columns; ///< in order; for a functional index the columns it mentions
  std::string name;
  bool functional = false; ///< lower(email)
  bool partial = false;    ///< has a WHERE
  Location where;
  bool operator==(const Key&) const = default;
};

struct Check {
  std::string name;
  std::string text;
  Location where;
  bool operator==(const Check&) const = default;
};

struct Table {
  std::string name;
  std::string schema;
  std::string metadata; ///< identifies the MetaData it belongs to; empty if unknown
  std::vector<Column> columns;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Key> keys; ///< primary key, unique sets and indexes, those of single columns included
  std::vector<Check> checks;
  std::vector<std::string> classes; ///< mapped to it; empty for a Core table
  Truth complete = Truth::yes;
  Location where;
  bool operator==(const Table&) const = default;
};

enum class MappingStyle {
  declarative,
  typed,
  dataclass,
  imperative,
  flask_sqlalchemy,
  sqlmodel,
  hybrid_table,
  automap
};

struct MappedClass {
  std::string name;  ///< qualified: "app.models.User"
  std::string table; ///< empty if none was found
  MappingStyle style = MappingStyle::declarative;
  std::string metadata;           ///< of its declarative base
  std::vector<std::string> bases; ///< qualified names, project classes and library symbols alike
  std::string inherits;      ///< the mapped class it extends (joined or single table inheritance)
  bool single_table = false; ///< shares the table of `inherits`
  bool has_repr = false;
  bool has_docstring = false;
  bool annotated = false; ///< its columns carry annotations (Mapped[...], SQLModel fields)
  bool explicit_tablename = false;
  bool soft_delete = false;         ///< deleted_at, is_deleted, archived ...
  std::vector<std::string> proxies; ///< association_proxy attributes
  Truth complete = Truth::yes;      ///< no: an unresolved base or helper may add columns
  Location where;
  bool operator==(const MappedClass&) const = default;
};

enum class Direction { unknown, one_to_many, many_to_one, many_to_many, one_to_one };

struct Relationship {
  std::string owner; ///< qualified class
  std::string name;
  std::string target;      ///< qualified class; empty if it could not be resolved
  std::string target_text; ///< as written
  Truth target_exists = Truth::unknown;
  Direction direction = Direction::unknown;
  Truth uselist = Truth::unknown;
  std::string
    lazy; ///< "select", "selectin", "joined", "raise" ...; empty means the default (select)
  std::string secondary; ///< table name of the link
  std::string back_populates;
  std::string backref;
  std::string reverse; ///< name of the linked relationship on the other class; empty if none
  Truth reverse_ok = Truth::unknown; ///< no: back_populates names something that does not exist or
                                     ///< does not point back
  bool from_backref = false;         ///< created by the other side's backref
  std::vector<std::string> cascade;
  std::string passive_deletes; ///< "", "true", "all"
  bool viewonly = false;
  bool overlaps = false;
  bool remote_side = false;
  bool custom_join = false; ///< primaryjoin, foreign()
  bool foreign_annotated =
    false; ///< foreign()/foreign_keys without a database foreign key under it
  bool ordered = false;
  std::string collection; ///< "list", "set", "dynamic", "write_only" ...
  Location where;
  bool operator==(const Relationship&) const = default;
};

/// Something a module does when it is imported.
enum class ImportEffectKind {
  create_tables,
  data_change,
  connect,
  server,
  patch,
  write_file,
  print,
  network,
  other
};

struct ImportEffect {
  ImportEffectKind kind = ImportEffectKind::other;
  std::string detail;
  Location where;
  bool operator==(const ImportEffect&) const = default;
};

struct MetadataFacts {
  std::string id; ///< "app.db.Base", "sqlmodel", "flask:app.db"
  Truth naming_convention = Truth::no;
  Location where;
  bool operator==(const MetadataFacts&) const = default;
};

/// A problem that keeps mappers or the schema from being built, as far as reading can tell.
struct MappingProblem {
  std::string
    id; ///< "unresolved_target", "bad_back_populates", "duplicate_table", "duplicate_column",
        ///< "unresolved_fk_target", "no_foreign_key", "ambiguous_foreign_keys", "mysql_length",
        ///< "conflicting_relationships", "no_primary_key", "missing_remote_side"
  std::string subject;
  std::string detail;
  Location where;
  bool operator==(const MappingProblem&) const = default;
};

struct SchemaFacts {
  Basis basis = Basis::none;
  double confidence = 0; ///< that what is written here is right: checks.md section 7
  std::vector<MappedClass> classes;
  std::vector<Table> tables;
  std::vector<Relationship> relationships;
  std::vector<MetadataFacts> metadata;
  std::vector<ImportEffect> import_effects;
  std::vector<MappingProblem> problems;
  Truth complete = Truth::yes; ///< no: automap, reflection, exec or unresolved bases may hide more
  std::vector<std::string> gaps; ///< why `complete` is not yes, one sentence each
  /// Where running showed something else than reading; what was seen is what stands here.
  std::vector<Evidence> disagreements;
  bool operator==(const SchemaFacts&) const = default;
};

} // namespace assay
