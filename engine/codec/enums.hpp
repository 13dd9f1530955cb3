// SPDX-License-Identifier: MIT
// The words that stand for enumerators in JSON and in the results database. They are stable: stored
// data uses them.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/model/run_record.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace assay::codec {

/// One word for each enumerator, in the order of declaration; the first enumerator is 0.
template<class Enum>
struct Words;

template<class Enum>
constexpr std::string_view word(Enum value)
{
  return Words<Enum>::list.at(static_cast<std::size_t>(value));
}

template<class Enum>
constexpr std::optional<Enum> from_word(std::string_view text)
{
  for (std::size_t i = 0; i < Words<Enum>::list.size(); ++i) {
    if (Words<Enum>::list[i] == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

template<std::size_t size>
using WordList = std::array<std::string_view, size>;

// clang-format off
template<> struct Words<EntryState> {
  static constexpr WordList<4> list{"waiting", "graded", "not_obtained", "engine_fault"};
};

template<> struct Words<Truth> {
  static constexpr WordList<3> list{"unknown", "no", "yes"};
};

template<> struct Words<Basis> {
  static constexpr WordList<5> list{"none", "claimed", "reading", "cross_checked", "observed"};
};

template<> struct Words<FileRole> {
  static constexpr WordList<8> list{
    "graded", "test", "migration", "vendored", "documentation", "template", "configuration", "other"};
};

template<> struct Words<ImportOutcome> {
  static constexpr WordList<5> list{"not_tried", "imported", "stubbed", "failed", "missing"};
};

template<> struct Words<DriveOutcome> {
  static constexpr WordList<5> list{"not_run", "ran", "raised", "unbindable", "unsuitable"};
};

template<> struct Words<Dialect> {
  static constexpr WordList<5> list{"unknown", "sqlite", "postgresql", "mysql", "other"};
};

template<> struct Words<SkipReason> {
  static constexpr WordList<11> list{
    "symlink", "submodule", "unsafe_path", "invalid_utf8", "duplicate_casefold", "too_large", "too_long", "too_deep",
    "special_file", "unreadable", "lfs_pointer"};
};

template<> struct Words<TypeFamily> {
  static constexpr WordList<19> list{
    "unknown", "integer", "big_integer", "small_integer", "boolean", "string", "text", "uuid", "datetime", "date",
    "time", "interval", "real", "numeric", "json", "array", "enumeration", "binary", "other"};
};

template<> struct Words<DefaultKind> {
  static constexpr WordList<7> list{"none", "constant", "callable", "sql", "server", "frozen", "unknown"};
};

template<> struct Words<KeyKind> {
  static constexpr WordList<4> list{"primary", "unique_constraint", "unique_index", "index"};
};

template<> struct Words<MappingStyle> {
  static constexpr WordList<8> list{
    "declarative", "typed", "dataclass", "imperative", "flask_sqlalchemy", "sqlmodel", "hybrid_table", "automap"};
};

template<> struct Words<Direction> {
  static constexpr WordList<5> list{"unknown", "one_to_many", "many_to_one", "many_to_many", "one_to_one"};
};

template<> struct Words<ImportEffectKind> {
  static constexpr WordList<9> list{
    "create_tables", "data_change", "connect", "server", "patch", "write_file", "print", "network", "other"};
};

template<> struct Words<CallableKind> {
  static constexpr WordList<8> list{
    "function", "method", "coroutine", "route", "script", "statement", "template", "property"};
};

template<> struct Words<StatementStyle> {
  static constexpr WordList<7> list{"select", "query", "core", "get", "text", "relationship", "aggregate"};
};

template<> struct Words<Operand> {
  static constexpr WordList<5> list{"parameter", "constant", "column", "instance", "unknown"};
};

template<> struct Words<SessionSource> {
  static constexpr WordList<11> list{
    "parameter", "context_manager", "module_global", "scoped", "framework", "dependency", "attribute",
    "local_unclosed", "local_closed", "none", "unknown"};
};

template<> struct Words<OperationKind> {
  static constexpr WordList<21> list{
    "create_table", "drop_table", "rename_table", "add_column", "drop_column", "alter_column", "create_index",
    "drop_index", "create_unique", "create_foreign_key", "create_primary_key", "create_check", "drop_constraint",
    "create_type", "drop_type", "execute_ddl", "execute_dml", "bulk_insert", "create_all", "drop_all", "other"};
};

template<> struct Words<MigrationKind> {
  static constexpr WordList<4> list{"none", "alembic", "flask_migrate", "lone_revision"};
};

template<> struct Words<EntityOrigin> {
  static constexpr WordList<4> list{"mapped", "core_table", "migration", "raw_sql"};
};

template<> struct Words<ParamValue::Kind> {
  static constexpr WordList<3> list{"scalar", "list", "map"};
};

template<> struct Words<Cardinality> {
  static constexpr WordList<3> list{"many_to_one", "one_to_one", "many_to_many"};
};

template<> struct Words<Outcome> {
  static constexpr WordList<5> list{"pass", "partial", "fail", "unverified", "not_applicable"};
};

// clang-format on

} // namespace assay::codec
