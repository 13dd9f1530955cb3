// SPDX-License-Identifier: MIT
// The schema of a submission that writes its own SQL: CREATE TABLE in .sql files and in string
// literals.
#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/schema/draft.hpp"
#include "engine/facts/schema/other_mapper.hpp"
#include "engine/facts/schema/sql_ddl.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

/// Tables as a run of statements leaves them.
class SqlSchema {
public:
  /// `line_offset`: line of the file on which the text's first line stands, less one.
  void run(std::string_view sql, const std::string& path, int line_offset)
  {
    for (SqlEffect& effect : parse_sql_ddl(sql)) {
      Location where;
      where.path = path;
      where.line = effect.line + line_offset;
      where.column = 1;
      where.end_line = where.line;
      where.text = printable(effect.sql).substr(0, 200);
      apply(effect, where, line_offset);
    }
  }

  std::vector<Table> take() { return std::move(tables_); }

private:
  Table* find(const std::string& name)
  {
    const auto found = std::ranges::find(tables_, name, &Table::name);
    return found == tables_.end() ? nullptr : &*found;
  }

  void apply(SqlEffect& effect, const Location& where, int line_offset)
  {
    for (Column& column : effect.columns) {
      const int line = column.where.line;
      column.where = where;
      column.where.line = line > 0 ? line + line_offset : where.line;
      column.where.end_line = column.where.line;
    }
    const auto place = [&where](auto& things) {
      for (auto& thing : things) {
        thing.where = where;
      }
    };
    place(effect.foreign_keys);
    place(effect.keys);
    place(effect.checks);
    if (effect.kind == SqlKind::create_table) {
      create(effect, where);
    } else if (effect.kind == SqlKind::drop_table) {
      drop(effect);
    } else if (Table* table = find(effect.table)) {
      change(effect, *table);
    }
  }

  void create(const SqlEffect& effect, const Location& where)
  {
    if (find(effect.table) != nullptr) {
      return; // IF NOT EXISTS, or the same statement in a second place
    }
    Table table = to_table(effect);
    table.where = where;
    tables_.push_back(std::move(table));
  }

  /// A script that begins by dropping what it creates does not end with it dropped.
  void drop(const SqlEffect& effect)
  {
    std::erase_if(tables_, [&](const Table& table) { return table.name == effect.table; });
  }

  static void change(SqlEffect& effect, Table& table)
  {
    if (effect.kind == SqlKind::rename_table) {
      table.name = effect.name;
    } else if (effect.kind == SqlKind::drop_column && !effect.column_names.empty()) {
      std::erase_if(table.columns, [&](const Column& column) {
        return column.name == effect.column_names.front();
      });
    } else if (effect.kind == SqlKind::alter_column && !effect.columns.empty()) {
      const auto found =
        std::ranges::find(table.columns, effect.columns.front().name, &Column::name);
      if (found != table.columns.end() && effect.columns.front().nullable != Truth::unknown) {
        found->nullable = effect.columns.front().nullable;
      }
    } else if (effect.kind == SqlKind::add_column || effect.kind == SqlKind::add_constraint
               || effect.kind == SqlKind::create_index) {
      std::ranges::move(effect.columns, std::back_inserter(table.columns));
      std::ranges::move(effect.keys, std::back_inserter(table.keys));
      std::ranges::move(effect.foreign_keys, std::back_inserter(table.foreign_keys));
      std::ranges::move(effect.checks, std::back_inserter(table.checks));
      mark_primary(table);
    }
  }

  static void mark_primary(Table& table)
  {
    for (const Key& key : table.keys) {
      for (Column& column : table.columns) {
        if (key.kind == KeyKind::primary
            && std::ranges::find(key.columns, column.name) != key.columns.end()) {
          column.primary_key = Truth::yes;
          column.nullable = Truth::no;
        }
      }
    }
  }

  std::vector<Table> tables_;
};

bool is_schema_file(std::string_view path)
{
  if (!path.ends_with(".sql") || is_vendored(path)) {
    return false;
  }
  for (const std::string_view folder : {"tests/", "test/", "alembic/", "migrations/versions/"}) {
    if (path.starts_with(folder)
        || path.find("/" + std::string(folder)) != std::string_view::npos) {
      return false;
    }
  }
  return true;
}

/// Foreign keys that name no column mean the primary key; those whose table was read are known.
void link(std::vector<Table>& tables)
{
  for (Table& table : tables) {
    for (ForeignKey& key : table.foreign_keys) {
      const auto target = std::ranges::find(tables, key.target_table, &Table::name);
      key.target_known = truth(target != tables.end());
      if (target == tables.end() || !key.target_columns.empty()) {
        continue;
      }
      for (const Column& column : target->columns) {
        if (column.primary_key == Truth::yes) {
          key.target_columns.push_back(column.name);
        }
      }
    }
  }
}

void read_literals(const ModuleInfo& module, SqlSchema& schema)
{
  for (const syntax::Expr& expression : module.syntax->expressions) {
    const bool text = expression.kind == syntax::ExprKind::string
                      || expression.kind == syntax::ExprKind::format_string;
    if (!text || expression.text.size() < 20) {
      continue;
    }
    const std::string lower = to_lower(expression.text);
    if (lower.find("create table") != std::string::npos
        || lower.find("alter table") != std::string::npos
        || lower.find("create index") != std::string::npos
        || lower.find("create unique index") != std::string::npos) {
      schema.run(expression.text, module.path, expression.span.line - 1);
    }
  }
}

} // namespace

SchemaFacts read_raw_sql(Program& program)
{
  SqlSchema schema;
  for (const auto& [path, blob] : program.snapshot().files) {
    if (blob.content && is_schema_file(path)) {
      schema.run(decode(*blob.content).text, path, 0);
    }
  }
  for (const ModuleInfo* module : program.modules()) {
    if (module->role == FileRole::graded) {
      read_literals(*module, schema);
    }
  }
  SchemaFacts facts;
  facts.tables = schema.take();
  read_other_mappers(program, facts);
  link(facts.tables);
  facts.basis = facts.tables.empty() ? Basis::none : Basis::reading;
  // checks.md section 7: SQL is read without knowing whether it is run.
  facts.confidence = facts.tables.empty() ? 0.0 : 0.75;
  facts.complete = Truth::yes;
  return facts;
}

} // namespace assay::facts
