// SPDX-License-Identifier: MIT
#include "engine/probe/databases/reflect_postgres.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/reflect.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace assay::probe {

namespace {

using Row = wire::Value::List;

constexpr std::size_t k_longest = 300;
constexpr std::size_t k_most_tables = 300;
constexpr std::size_t k_most_columns = 1'000;

// Tables of the candidate's, not those that an extension brings.
#define ASSAY_TABLES                                                                               \
  "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND c.relkind IN ('r', 'p') "          \
  "AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND NOT EXISTS (SELECT FROM "     \
  "pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e') "

constexpr const char* k_columns =
  "SELECT n.nspname, c.relname, a.attname, format_type(coalesce(nullif(t.typbasetype, 0), "
  "a.atttypid), coalesce(nullif(t.typtypmod, -1), a.atttypmod)), t.typtype::text, a.attnotnull, "
  "pg_get_expr(d.adbin, d.adrelid), a.attgenerated <> '', a.attidentity <> '', "
  "t.typcategory::text, array_to_string(ARRAY(SELECT l.enumlabel FROM pg_enum l WHERE l.enumtypid "
  "= t.oid ORDER BY l.enumsortorder LIMIT 100), chr(31)) "
  "FROM " ASSAY_TABLES "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT "
  "a.attisdropped JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid "
  "AND d.adnum = a.attnum ORDER BY n.nspname <> 'public', n.nspname, c.relname, a.attnum";

constexpr const char* k_constraints =
  "SELECT n.nspname, c.relname, k.conname, k.contype::text, a.attname, tn.nspname, tc.relname, "
  "f.attname, k.confdeltype::text, k.confupdtype::text "
  "FROM " ASSAY_TABLES
  "JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f') "
  "CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS o(number, place) "
  "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.number "
  "LEFT JOIN pg_class tc ON tc.oid = k.confrelid LEFT JOIN pg_namespace tn ON tn.oid = "
  "tc.relnamespace LEFT JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = "
  "k.confkey[o.place] ORDER BY n.nspname <> 'public', n.nspname, c.relname, k.contype <> 'p', "
  "k.conname, o.place";

constexpr const char* k_indexes =
  "SELECT n.nspname, c.relname, i.relname, x.indisunique, x.indpred IS NOT NULL, a.attname, "
  "pg_get_indexdef(x.indexrelid) "
  "FROM " ASSAY_TABLES
  "JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid "
  "CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS o(number, place) "
  "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.number AND o.number > 0 "
  "WHERE o.place <= x.indnkeyatts AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = "
  "x.indexrelid AND k.contype IN ('p', 'u', 'x')) "
  "ORDER BY n.nspname <> 'public', n.nspname, c.relname, i.relname, o.place";

#undef ASSAY_TABLES

std::string text_in_row(const Row& row, std::size_t place)
{
  const auto* const text = place < row.size() ? row[place].get<std::string>() : nullptr;
  return text == nullptr ? std::string() : one_line(*text, k_longest);
}

bool truth_in_row(const Row& row, std::size_t place)
{
  const auto* const number = place < row.size() ? row[place].get<std::int64_t>() : nullptr;
  return number != nullptr && *number != 0;
}

std::string schema_in_row(const Row& row, std::size_t place)
{
  std::string schema = text_in_row(row, place);
  return schema == "public" ? std::string() : schema;
}

/// "post", "blog.post": schema and name from `place` on.
std::string name_in_row(const Row& row, std::size_t place)
{
  const std::string schema = schema_in_row(row, place);
  return (schema.empty() ? "" : schema + ".") + text_in_row(row, place + 1);
}

/// What a foreign key does, by pg_constraint's letter.
std::string action_of(const std::string& letter)
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_actions = {
    {{"c", "CASCADE"}, {"n", "SET NULL"}, {"d", "SET DEFAULT"}, {"r", "RESTRICT"}}};
  const auto* const found =
    std::ranges::find(k_actions, letter, &std::pair<std::string_view, std::string_view>::first);
  return found == k_actions.end() ? std::string() : std::string(found->second);
}

class PostgresReflection {
public:
  explicit PostgresReflection(PostgresConnection& connection)
    : connection_(connection)
  {
  }

  Expected<std::vector<Table>> run()
  {
    for (const auto& [sql, take] : {std::pair{k_columns, &PostgresReflection::take_column},
                                    std::pair{k_constraints, &PostgresReflection::take_constraint},
                                    std::pair{k_indexes, &PostgresReflection::take_index}}) {
      auto rows = connection_.query(sql);
      if (!rows) {
        return rows.failure();
      }
      for (const Row& row : rows->rows) {
        (this->*take)(row);
      }
    }
    std::erase_if(tables_, [](const Table& table) {
      return table.columns.size() == 1 && table.columns.front().name == "version_num";
    });
    return std::move(tables_);
  }

private:
  Table* find(const Row& row)
  {
    const std::pair key{schema_in_row(row, 0), text_in_row(row, 1)};
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &tables_[found->second];
  }

  void take_column(const Row& row)
  {
    Table* table = find(row);
    if (table == nullptr) {
      if (tables_.size() == k_most_tables) {
        return;
      }
      places_[{schema_in_row(row, 0), text_in_row(row, 1)}] = tables_.size();
      table = &tables_.emplace_back();
      table->schema = schema_in_row(row, 0);
      table->name = name_in_row(row, 0);
    }
    if (table->columns.size() == k_most_columns) {
      table->complete = Truth::no;
      return;
    }
    Column column;
    column.name = text_in_row(row, 2);
    const std::string type = text_in_row(row, 3);
    describe_type(type, column);
    const std::string kind = text_in_row(row, 4);
    if (text_in_row(row, 9) == "A") {
      column.family = TypeFamily::array;
    } else if (kind == "e") {
      column.family = TypeFamily::enumeration;
      column.enum_labels = split_labels(row);
    }
    column.nullable = truth(!truth_in_row(row, 5));
    column.nullable_explicit = Truth::yes;
    const std::string expression = text_in_row(row, 6);
    column.generated = truth(truth_in_row(row, 7));
    if (truth_in_row(row, 7) || truth_in_row(row, 8)) {
      column.server_default_kind = DefaultKind::server;
    } else if (!expression.empty() && !expression.starts_with("nextval(")) {
      column.server_default_kind = DefaultKind::server;
      column.default_text = expression;
    }
    table->columns.push_back(std::move(column));
  }

  static std::vector<std::string> split_labels(const Row& row)
  {
    std::vector<std::string> labels;
    const auto* const text = row.size() > 10 ? row[10].get<std::string>() : nullptr;
    for (std::size_t at = 0; text != nullptr && at <= text->size() && !text->empty();) {
      const std::size_t end = std::min(text->find('\x1f', at), text->size());
      labels.push_back(one_line(text->substr(at, end - at), k_longest));
      at = end + 1;
    }
    return labels;
  }

  void take_constraint(const Row& row)
  {
    Table* const table = find(row);
    if (table == nullptr) {
      return;
    }
    const std::string name = text_in_row(row, 2);
    const std::string column = text_in_row(row, 4);
    if (text_in_row(row, 3) == "f") {
      auto& keys = table->foreign_keys;
      if (keys.empty() || keys.back().name != name) {
        ForeignKey key;
        key.name = name;
        key.target_table = name_in_row(row, 5);
        key.ondelete = action_of(text_in_row(row, 8));
        key.onupdate = action_of(text_in_row(row, 9));
        keys.push_back(std::move(key));
      }
      keys.back().columns.push_back(column);
      keys.back().target_columns.push_back(text_in_row(row, 7));
      return;
    }
    const bool primary = text_in_row(row, 3) == "p";
    if (table->keys.empty() || table->keys.back().name != name) {
      Key key;
      key.name = name;
      key.kind = primary ? KeyKind::primary : KeyKind::unique_constraint;
      table->keys.push_back(std::move(key));
    }
    table->keys.back().columns.push_back(column);
    const auto found = std::ranges::find(table->columns, column, &Column::name);
    if (primary && found != table->columns.end()) {
      found->primary_key = Truth::yes;
    }
  }

  void take_index(const Row& row)
  {
    Table* const table = find(row);
    if (table == nullptr) {
      return;
    }
    const std::string name = text_in_row(row, 2);
    if (table->keys.empty() || table->keys.back().name != name) {
      Key key;
      key.name = name;
      key.kind = truth_in_row(row, 3) ? KeyKind::unique_index : KeyKind::index;
      key.partial = truth_in_row(row, 4);
      table->keys.push_back(std::move(key));
    }
    Key& key = table->keys.back();
    const std::string column = text_in_row(row, 5);
    if (column.empty()) { // an expression
      key.functional = true;
      key.columns = mentioned_columns(*table, text_in_row(row, 6));
    } else if (!key.functional) {
      key.columns.push_back(column);
    }
  }

  PostgresConnection& connection_;
  std::vector<Table> tables_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

} // namespace

Expected<std::vector<Table>> reflect_postgres(PostgresConnection& connection)
{
  return PostgresReflection(connection).run();
}

} // namespace assay::probe
