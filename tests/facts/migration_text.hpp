// SPDX-License-Identifier: MIT
// MigrationFacts as lines of text, and test cases that hold a small repository with the lines an
// expert expects.
//
// A case is one file; "--- expect" starts the expectations: each line must be among
// migration_lines(), a line "no X" means that no line begins with the words X.
#pragma once

#include "engine/base/text.hpp"
#include "engine/model/migration_facts.hpp"
#include "engine/model/submission.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

struct RepositoryCase {
  Snapshot snapshot;
  std::vector<std::string> expected;
};

inline RepositoryCase read_repository(const std::filesystem::path& path)
{
  RepositoryCase result;
  for (const auto& [name, text] : test::read_case(path).sections) {
    if (name == "expect") {
      result.expected = test::lines_of(text);
    } else {
      test::add_file(result.snapshot, name, text);
    }
  }
  return result;
}

/// True if `lines` are as `expected` says.
inline bool meets(const std::vector<std::string>& lines, const std::string& expected)
{
  if (!expected.starts_with("no ")) {
    return std::ranges::find(lines, expected) != lines.end();
  }
  const std::string_view words = std::string_view(expected).substr(3);
  return std::ranges::none_of(lines, [words](const std::string& line) {
    return line.starts_with(words)
           && (line.size() == words.size()
               || (line[words.size()] != '_'
                   && std::isalnum(static_cast<unsigned char>(line[words.size()])) == 0));
  });
}

inline std::string word(Truth value)
{
  return value == Truth::yes ? "yes" : value == Truth::no ? "no" : "unknown";
}

inline std::string word(OperationKind kind)
{
  constexpr const char* k_names[] = {"create_table",       "drop_table",         "rename_table",
                                     "add_column",         "drop_column",        "alter_column",
                                     "create_index",       "drop_index",         "create_unique",
                                     "create_foreign_key", "create_primary_key", "create_check",
                                     "drop_constraint",    "create_type",        "drop_type",
                                     "execute_ddl",        "execute_dml",        "bulk_insert",
                                     "create_all",         "drop_all",           "other"};
  return k_names[static_cast<std::size_t>(kind)];
}

inline std::string word(TypeFamily family)
{
  constexpr const char* k_names[] = {"unknown",
                                     "integer",
                                     "big_integer",
                                     "small_integer",
                                     "boolean",
                                     "string",
                                     "text",
                                     "uuid",
                                     "datetime",
                                     "date",
                                     "time",
                                     "interval",
                                     "real",
                                     "numeric",
                                     "json",
                                     "array",
                                     "enumeration",
                                     "binary",
                                     "other"};
  return k_names[static_cast<std::size_t>(family)];
}

inline std::string word(KeyKind kind)
{
  constexpr const char* k_names[] = {"primary", "unique_constraint", "unique_index", "index"};
  return k_names[static_cast<std::size_t>(kind)];
}

inline std::string word(MigrationKind kind)
{
  constexpr const char* k_names[] = {"none", "alembic", "flask_migrate", "lone_revision"};
  return k_names[static_cast<std::size_t>(kind)];
}

inline std::string operation_text(const Operation& operation)
{
  std::string text = word(operation.kind);
  if (!operation.table.empty()) {
    text += " " + operation.table;
  }
  if (!operation.columns.empty() && operation.kind != OperationKind::create_table) {
    text += "(" + join(operation.columns, ",") + ")";
  }
  if (!operation.name.empty()) {
    text += " " + operation.name;
  }
  text += operation.kind == OperationKind::add_column && operation.nullable == Truth::no
            ? " not-null"
            : "";
  text += operation.kind == OperationKind::alter_column && operation.nullable != Truth::unknown
            ? (operation.nullable == Truth::no ? " not-null" : " nullable")
            : "";
  text += operation.server_default_given ? " server-default" : "";
  text += operation.batch ? " batch" : "";
  text += operation.conditional ? " conditional" : "";
  return text;
}

inline void add_table_lines(const Table& table, std::vector<std::string>& lines)
{
  lines.push_back("table " + table.name);
  for (const Column& column : table.columns) {
    lines.push_back("column " + table.name + "." + column.name + " " + word(column.family)
                    + (column.length ? "(" + std::to_string(*column.length) + ")" : "")
                    + (column.nullable == Truth::no    ? " not-null"
                       : column.nullable == Truth::yes ? " nullable"
                                                       : " nullable?")
                    + (column.primary_key == Truth::yes ? " primary" : "")
                    + (column.server_default_kind != DefaultKind::none ? " server-default" : ""));
  }
  for (const ForeignKey& key : table.foreign_keys) {
    lines.push_back("fk " + table.name + "(" + join(key.columns, ",") + ") -> " + key.target_table
                    + "(" + join(key.target_columns, ",") + ")"
                    + (key.ondelete.empty() ? "" : " " + key.ondelete));
  }
  for (const Key& key : table.keys) {
    lines.push_back("key " + table.name + " " + word(key.kind) + "(" + join(key.columns, ",") + ")"
                    + (key.functional ? " functional" : "") + (key.partial ? " partial" : ""));
  }
  for (const Check& check : table.checks) {
    lines.push_back("check " + table.name + " " + check.name);
  }
}

inline void add_revision_lines(const Revision& revision, std::vector<std::string>& lines)
{
  const std::string& id = revision.id;
  lines.push_back("revision " + id + " after "
                  + (revision.down_revisions.empty() ? "-" : join(revision.down_revisions, ",")));
  lines.push_back("message " + id + " " + revision.message);
  lines.push_back("date " + id + " " + revision.create_date);
  for (const Operation& operation : revision.upgrade) {
    lines.push_back("up " + id + " " + operation_text(operation));
  }
  for (const Operation& operation : revision.downgrade) {
    lines.push_back("down " + id + " " + operation_text(operation));
  }
  lines.push_back("up_complete " + id + " " + word(revision.upgrade_complete));
  lines.push_back("down_complete " + id + " " + word(revision.downgrade_complete));
  if (revision.downgrade_raises) {
    lines.push_back("down_raises " + id);
  }
  if (revision.downgrade_empty) {
    lines.push_back("down_empty " + id);
  }
  for (const std::string& import : revision.application_imports) {
    lines.push_back("import " + id + " " + import);
  }
  for (const std::string& label : revision.branch_labels) {
    lines.push_back("label " + id + " " + label);
  }
  for (const RevisionProblem& problem : revision.problems) {
    lines.push_back("problem " + id + " " + problem.id
                    + (problem.only_on_postgresql ? " postgresql" : "")
                    + (problem.only_on_sqlite ? " sqlite" : "")
                    + (problem.in_downgrade ? " down" : "") + ": " + problem.detail);
  }
}

inline std::vector<std::string> migration_lines(const MigrationFacts& facts)
{
  std::vector<std::string> lines{
    "kind " + word(facts.kind),
    "directory " + facts.directory,
    "config " + facts.config_path,
    "env " + facts.env_path,
    "loads " + word(facts.environment_loads),
    "wired " + word(facts.metadata_wired),
    "wired_complete " + word(facts.wired_complete),
    "wired_at " + facts.wired_where.path + ":" + std::to_string(facts.wired_where.line),
    "graph " + word(facts.graph_ok),
    "tables_complete " + word(facts.tables_complete),
    "downgrade_complete " + word(facts.downgrade_complete),
  };
  const auto add = [&](const char* name, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      lines.push_back(std::string(name) + " " + value);
    }
  };
  add("env_problem", facts.environment_problems);
  add("metadata", facts.metadata_ids);
  add("wired_table", facts.wired_tables);
  add("head", facts.heads);
  add("graph_problem", facts.graph_problems);
  add("left", facts.left_after_downgrade);
  add("type_left", facts.types_left);
  add("gap", facts.gaps);
  std::string order = "order";
  for (const Revision& revision : facts.revisions) {
    add_revision_lines(revision, lines);
    order += " " + revision.id;
  }
  lines.push_back(order);
  for (const Table& table : facts.tables) {
    add_table_lines(table, lines);
  }
  for (const Evidence& secret : facts.secrets) {
    lines.push_back("secret " + secret.where.path + ":" + std::to_string(secret.where.line));
  }
  for (std::string& line : lines) {
    line = std::string(trim(line));
  }
  return lines;
}

} // namespace assay::facts
