// SPDX-License-Identifier: MIT
#include "engine/facts/schema/sql_ddl.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/schema/sql_column.hpp"
#include "engine/facts/schema/sql_tokens.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

class StatementReader {
public:
  StatementReader(const SqlStatement& statement,
                  std::string_view source,
                  std::vector<SqlEffect>& effects)
    : cursor_(statement.tokens, source),
      effects_(effects)
  {
    constexpr std::size_t k_max_sql = 2'000; // what a report can show; longer statements are data
    effect_.sql = cursor_.text(statement.tokens);
    if (effect_.sql.size() > k_max_sql) {
      effect_.sql = to_utf8_lossy(effect_.sql.substr(0, k_max_sql));
    }
    effect_.line = statement.line;
  }

  void read()
  {
    if (cursor_.accept("CREATE")) {
      create();
    } else if (cursor_.accept("DROP")) {
      drop();
    } else if (cursor_.accept("ALTER TABLE")) {
      alter_table();
      return;
    } else if (cursor_.accept("ALTER")) {
      effect_.kind = SqlKind::other;
      effect_.complete = Truth::no;
    } else {
      plain();
    }
    effects_.push_back(std::move(effect_));
  }

private:
  void plain()
  {
    constexpr std::array<std::string_view, 8> k_changes = {
      "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE", "REPLACE", "UPSERT"};
    constexpr std::array<std::string_view, 5> k_queries = {
      "SELECT", "SHOW", "EXPLAIN", "VALUES", "DESCRIBE"};
    constexpr std::array<std::string_view, 13> k_transactions = {"BEGIN",
                                                                 "COMMIT",
                                                                 "ROLLBACK",
                                                                 "SET",
                                                                 "PRAGMA",
                                                                 "SAVEPOINT",
                                                                 "START",
                                                                 "LOCK",
                                                                 "USE",
                                                                 "GRANT",
                                                                 "ANALYZE",
                                                                 "VACUUM",
                                                                 "COMMENT"};
    const std::string word = cursor_.current()->upper;
    if (word == "WITH") {
      const bool changes = std::ranges::any_of(split(effect_.sql, ' '), [&](std::string_view part) {
        return std::ranges::find(k_changes, part) != k_changes.end();
      });
      effect_.kind = changes ? SqlKind::dml : SqlKind::query;
    } else if (std::ranges::find(k_changes, word) != k_changes.end()) {
      effect_.kind = SqlKind::dml;
      cursor_.skip();
      cursor_.accept("INTO");
      cursor_.accept("FROM");
      cursor_.accept("TABLE");
      effect_.table = cursor_.qualified_name();
    } else if (std::ranges::find(k_queries, word) != k_queries.end()) {
      effect_.kind = SqlKind::query;
    } else if (std::ranges::find(k_transactions, word) != k_transactions.end()) {
      effect_.kind = SqlKind::transaction;
    } else if (word == "DO" || word == "CALL") {
      effect_.complete = Truth::no;
    }
  }

  void if_exists()
  {
    effect_.if_exists =
      cursor_.accept("IF NOT EXISTS") || cursor_.accept("IF EXISTS") || effect_.if_exists;
  }

  void create()
  {
    cursor_.accept("OR REPLACE");
    cursor_.accept("GLOBAL");
    const bool temporary = cursor_.accept("TEMPORARY") || cursor_.accept("TEMP");
    cursor_.accept("UNLOGGED");
    if (cursor_.accept("TABLE")) {
      effect_.kind = temporary ? SqlKind::create_other : SqlKind::create_table;
      create_table();
    } else if (cursor_.looking_at("INDEX") || cursor_.looking_at("UNIQUE")
               || cursor_.looking_at("FULLTEXT")) {
      create_index();
    } else if (cursor_.accept("TYPE")) {
      create_type();
    } else if (cursor_.accept("EXTENSION")) {
      effect_.kind = SqlKind::create_extension;
      if_exists();
      effect_.name = cursor_.name();
    } else {
      effect_.kind = SqlKind::create_other;
      cursor_.skip();
      if_exists();
      effect_.name = cursor_.qualified_name();
    }
  }

  void create_table()
  {
    if_exists();
    effect_.table = cursor_.qualified_name();
    if (!cursor_.accept("(")) {
      effect_.complete = Truth::no; // AS SELECT, PARTITION OF, LIKE
      return;
    }
    for (const auto& piece : cursor_.pieces()) {
      read_table_item(SqlCursor(piece, cursor_.source()), effect_);
    }
    if (cursor_.looking_at("AS") || cursor_.looking_at("INHERITS")) {
      effect_.complete = Truth::no;
    }
    for (const Key& key : effect_.keys) {
      if (key.kind != KeyKind::primary) {
        continue;
      }
      for (Column& column : effect_.columns) {
        if (std::ranges::find(key.columns, column.name) != key.columns.end()) {
          column.primary_key = Truth::yes;
          column.nullable = Truth::no;
        }
      }
    }
  }

  void create_index()
  {
    Key key;
    key.kind = cursor_.accept("UNIQUE") ? KeyKind::unique_index : KeyKind::index;
    cursor_.accept("FULLTEXT");
    cursor_.accept("INDEX");
    cursor_.accept("CONCURRENTLY");
    effect_.kind = SqlKind::create_index;
    if_exists();
    if (!cursor_.looking_at("ON")) {
      key.name = last_part(cursor_.qualified_name());
    }
    cursor_.accept("ON");
    cursor_.accept("ONLY");
    effect_.table = cursor_.qualified_name();
    if (cursor_.accept("USING")) {
      cursor_.skip();
    }
    key.columns = cursor_.names_in_parentheses(key.functional);
    while (!cursor_.done() && !cursor_.looking_at("WHERE")) {
      cursor_.skip();
    }
    key.partial = cursor_.looking_at("WHERE");
    effect_.name = key.name;
    effect_.keys.push_back(std::move(key));
  }

  static std::string last_part(const std::string& name)
  {
    const auto dot = name.rfind('.');
    return dot == std::string::npos ? name : name.substr(dot + 1);
  }

  void create_type()
  {
    effect_.kind = SqlKind::create_type;
    if_exists();
    effect_.name = last_part(cursor_.qualified_name());
    if (cursor_.accept("AS ENUM") && cursor_.accept("(")) {
      for (const auto& piece : cursor_.pieces()) {
        effect_.labels.push_back(piece.front().text);
      }
    }
  }

  void drop()
  {
    const std::string word = cursor_.done() ? std::string() : cursor_.current()->upper;
    cursor_.skip();
    cursor_.accept("CONCURRENTLY");
    if_exists();
    const std::string name = cursor_.qualified_name();
    if (word == "TABLE") {
      effect_.kind = SqlKind::drop_table;
      effect_.table = name;
      more_tables();
    } else if (word == "INDEX") {
      effect_.kind = SqlKind::drop_index;
      effect_.name = last_part(name);
      effect_.table = cursor_.accept("ON") ? cursor_.qualified_name() : std::string();
    } else {
      effect_.kind = word == "TYPE" ? SqlKind::drop_type : SqlKind::drop_other;
      effect_.name = word == "TYPE" ? last_part(name) : name;
    }
    effect_.cascade = cursor_.accept("CASCADE");
  }

  /// DROP TABLE a, b, c CASCADE.
  void more_tables()
  {
    while (cursor_.accept(",")) {
      SqlEffect earlier = effect_;
      earlier.cascade = effect_.sql.ends_with("CASCADE");
      effects_.push_back(std::move(earlier));
      effect_.table = cursor_.qualified_name();
    }
  }

  void alter_table()
  {
    if_exists();
    cursor_.accept("ONLY");
    effect_.table = cursor_.qualified_name();
    for (const auto& piece : cursor_.pieces()) {
      SqlEffect effect = effect_;
      clause(SqlCursor(piece, cursor_.source()), effect);
      effects_.push_back(std::move(effect));
    }
  }

  static void clause(SqlCursor cursor, SqlEffect& effect)
  {
    if (cursor.accept("ADD")) {
      add(cursor, effect);
    } else if (cursor.accept("DROP")) {
      drop_clause(cursor, effect);
    } else if (cursor.accept("RENAME")) {
      rename(cursor, effect);
    } else if (cursor.accept("ALTER") || cursor.accept("MODIFY") || cursor.accept("CHANGE")) {
      alter_column(cursor, effect);
    } else {
      effect.kind = SqlKind::other;
    }
  }

  static void add(SqlCursor& cursor, SqlEffect& effect)
  {
    const bool column = cursor.accept("COLUMN");
    effect.if_exists = cursor.accept("IF NOT EXISTS") || effect.if_exists;
    SqlCursor attempt = cursor;
    if (!column && read_table_constraint(attempt, effect)) {
      effect.kind = SqlKind::add_constraint;
      effect.name = !effect.keys.empty()           ? effect.keys.front().name
                    : !effect.foreign_keys.empty() ? effect.foreign_keys.front().name
                    : !effect.checks.empty()       ? effect.checks.front().name
                                                   : std::string();
      return;
    }
    effect.kind = SqlKind::add_column;
    Column added;
    added.name = cursor.name();
    effect.column_names = {added.name};
    read_column_definition(cursor, std::move(added), effect);
  }

  static void drop_clause(SqlCursor& cursor, SqlEffect& effect)
  {
    if (cursor.accept("PRIMARY KEY")) {
      effect.kind = SqlKind::drop_constraint;
      effect.name = "PRIMARY KEY";
      return;
    }
    const bool constraint =
      cursor.accept("CONSTRAINT") || cursor.accept("FOREIGN KEY") || cursor.accept("CHECK");
    const bool index = !constraint && (cursor.accept("INDEX") || cursor.accept("KEY"));
    cursor.accept("COLUMN");
    effect.if_exists = cursor.accept("IF EXISTS") || effect.if_exists;
    const std::string name = cursor.name();
    effect.cascade = cursor.accept("CASCADE");
    if (constraint || index) {
      effect.kind = index ? SqlKind::drop_index : SqlKind::drop_constraint;
      effect.name = name;
    } else {
      effect.kind = SqlKind::drop_column;
      effect.column_names = {name};
    }
  }

  static void rename(SqlCursor& cursor, SqlEffect& effect)
  {
    if (cursor.accept("TO") || cursor.accept("AS")) {
      effect.kind = SqlKind::rename_table;
      effect.name = cursor.qualified_name();
      return;
    }
    const bool other =
      cursor.accept("CONSTRAINT") || cursor.accept("INDEX") || cursor.accept("KEY");
    cursor.accept("COLUMN");
    effect.kind = other ? SqlKind::other : SqlKind::rename_column;
    effect.column_names = {cursor.name()};
    cursor.accept("TO");
    effect.name = cursor.name();
  }

  static void alter_column(SqlCursor& cursor, SqlEffect& effect)
  {
    effect.kind = SqlKind::alter_column;
    cursor.accept("COLUMN");
    Column column;
    column.name = cursor.name();
    effect.column_names = {column.name};
    if (cursor.accept("SET NOT NULL")) {
      column.nullable = Truth::no;
    } else if (cursor.accept("DROP NOT NULL")) {
      column.nullable = Truth::yes;
    } else if (cursor.accept("SET DEFAULT")) {
      column.default_kind = DefaultKind::server;
      column.server_default_kind = DefaultKind::server;
    } else if (!cursor.accept("DROP DEFAULT")) {
      const bool typed = cursor.accept("SET DATA TYPE") || cursor.accept("TYPE");
      if (!cursor.done()) {
        read_column_definition(cursor, std::move(column), effect);
        effect.columns.back().nullable = typed ? Truth::unknown : effect.columns.back().nullable;
        return;
      }
    }
    effect.columns.push_back(std::move(column));
  }

  SqlCursor cursor_;
  std::vector<SqlEffect>& effects_;
  SqlEffect effect_;
};

} // namespace

std::vector<SqlEffect> parse_sql_ddl(std::string_view sql)
{
  std::vector<SqlEffect> effects;
  for (const SqlStatement& statement : split_sql(sql)) {
    StatementReader(statement, sql, effects).read();
  }
  return effects;
}

Table to_table(const SqlEffect& effect)
{
  Table table;
  table.name = effect.table;
  const auto dot = effect.table.rfind('.');
  table.schema = dot == std::string::npos ? std::string() : effect.table.substr(0, dot);
  table.columns = effect.columns;
  table.foreign_keys = effect.foreign_keys;
  table.keys = effect.keys;
  table.checks = effect.checks;
  table.complete = effect.complete;
  return table;
}

} // namespace assay::facts
