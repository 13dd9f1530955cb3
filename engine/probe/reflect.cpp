// SPDX-License-Identifier: MIT
#include "engine/probe/reflect.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace assay::probe {

namespace {

using Row = wire::Value::List;

// Far above what a submission needs: names are at most 63 bytes on PostgreSQL.
constexpr std::size_t k_longest_text = 300;
constexpr std::size_t k_most_tables = 300;
constexpr std::size_t k_most_columns = 1'000;

// Every column of every table in one statement each: a round trip costs more than the query.
constexpr const char* k_columns =
  "SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden "
  "FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c "
  "WHERE m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_' ORDER BY m.name, c.cid";
constexpr const char* k_foreign_keys =
  "SELECT m.name, f.id, f.\"from\", f.\"table\", f.\"to\", f.on_delete, f.on_update "
  "FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f "
  "WHERE m.type = 'table' ORDER BY m.name, f.id DESC, f.seq";
constexpr const char* k_indexes =
  "SELECT m.name, i.name, i.\"unique\", i.origin, i.partial, x.cid, x.name, s.sql "
  "FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_xinfo(i.name) x "
  "LEFT JOIN sqlite_master s ON s.type = 'index' AND s.name = i.name "
  "WHERE m.type = 'table' AND x.\"key\" = 1 ORDER BY m.name, i.seq DESC, x.seqno";

std::string text_of(const wire::Value& value)
{
  const auto* const text = value.get<std::string>();
  return text == nullptr ? std::string() : one_line(*text, k_longest_text);
}

bool is_null(const wire::Value& value)
{
  return value.get<wire::None>() != nullptr;
}

std::int64_t number_of(const wire::Value& value)
{
  const auto* const number = value.get<std::int64_t>();
  return number == nullptr ? 0 : *number;
}

bool is_word(char letter)
{
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
         || (letter >= '0' && letter <= '9') || letter == '_';
}

class Reflection {
public:
  explicit Reflection(broker::Client& client, const std::string& database)
    : client_(client),
      database_(database)
  {
  }

  Expected<std::vector<Table>> run()
  {
    for (const auto& [sql, take] : {std::pair{k_columns, &Reflection::take_column},
                                    std::pair{k_foreign_keys, &Reflection::take_foreign_key},
                                    std::pair{k_indexes, &Reflection::take_index}}) {
      auto rows = client_.execute(database_, sql);
      if (!rows) {
        return rows.failure();
      }
      for (const Row& row : rows->rows) {
        (this->*take)(row);
      }
    }
    std::vector<Table> tables;
    for (auto& [name, table] : tables_) {
      finish(table);
      if (!(table.columns.size() == 1 && table.columns.front().name == "version_num")) {
        tables.push_back(std::move(table));
      }
    }
    return tables;
  }

private:
  void take_column(const Row& row)
  {
    const std::string name = text_of(row[0]);
    if (!tables_.contains(name) && tables_.size() == k_most_tables) {
      return;
    }
    Table& table = tables_[name];
    table.name = name;
    if (table.columns.size() == k_most_columns) {
      table.complete = Truth::no;
      return;
    }
    Column column;
    column.name = text_of(row[1]);
    describe_type(text_of(row[2]), column);
    column.primary_key = truth(number_of(row[5]) > 0);
    column.nullable = truth(number_of(row[3]) == 0 && number_of(row[5]) == 0);
    column.nullable_explicit = Truth::yes;
    column.generated = truth(number_of(row[6]) > 1);
    if (!is_null(row[4])) {
      column.server_default_kind = DefaultKind::server;
      column.default_text = text_of(row[4]);
    }
    if (number_of(row[5]) > 0) {
      primary_[table.name][number_of(row[5])] = column.name;
    }
    table.columns.push_back(std::move(column));
  }

  void take_foreign_key(const Row& row)
  {
    const std::string name = text_of(row[0]);
    const auto found = tables_.find(name);
    if (found == tables_.end()) {
      return;
    }
    auto& keys = found->second.foreign_keys;
    if (keys.empty() || open_ != std::pair{name, number_of(row[1])}) {
      open_ = {name, number_of(row[1])};
      keys.emplace_back();
      keys.back().target_table = text_of(row[3]);
      keys.back().ondelete = text_of(row[5]) == "NO ACTION" ? "" : text_of(row[5]);
      keys.back().onupdate = text_of(row[6]) == "NO ACTION" ? "" : text_of(row[6]);
    }
    keys.back().columns.push_back(text_of(row[2]));
    if (!is_null(row[4])) {
      keys.back().target_columns.push_back(text_of(row[4]));
    }
  }

  void take_index(const Row& row)
  {
    const auto found = tables_.find(text_of(row[0]));
    if (found == tables_.end() || text_of(row[3]) == "pk") {
      return;
    }
    Table& table = found->second;
    const std::string name = text_of(row[1]);
    if (table.keys.empty() || table.keys.back().name != name) {
      Key key;
      key.name = name;
      key.kind = number_of(row[2]) == 0   ? KeyKind::index
                 : text_of(row[3]) == "u" ? KeyKind::unique_constraint
                                          : KeyKind::unique_index;
      key.partial = number_of(row[4]) != 0;
      table.keys.push_back(std::move(key));
    }
    Key& key = table.keys.back();
    if (number_of(row[5]) == -2) { // an expression
      key.functional = true;
      key.columns = mentioned_columns(table, text_of(row[7]));
    } else if (!key.functional) {
      key.columns.push_back(text_of(row[6]));
    }
  }

  void finish(Table& table)
  {
    Key key;
    key.kind = KeyKind::primary;
    for (const auto& [position, column] : primary_[table.name]) {
      key.columns.push_back(column);
    }
    if (!key.columns.empty()) {
      table.keys.insert(table.keys.begin(), std::move(key));
    }
  }

  broker::Client& client_;
  const std::string& database_;
  std::map<std::string, Table> tables_;
  std::map<std::string, std::map<std::int64_t, std::string>> primary_;
  std::pair<std::string, std::int64_t> open_;
};

template<class Item, class Same>
const Location*
place_among(const std::vector<Item>& items, const Same& same, const Location& otherwise)
{
  const auto found = std::ranges::find_if(items, same);
  return found == items.end() ? &otherwise : &found->where;
}

void locate(Table& table, const Table& read)
{
  table.where = read.where;
  for (Column& column : table.columns) {
    const auto found = std::ranges::find(read.columns, column.name, &Column::name);
    column.where = found == read.columns.end() ? read.where : found->where;
    if (found != read.columns.end() && found->family == TypeFamily::enumeration
        && column.family == TypeFamily::string) {
      column.family = TypeFamily::enumeration; // kept as text of its longest label's length
      column.length.reset();
    }
  }
  for (ForeignKey& key : table.foreign_keys) {
    key.where = *place_among(
      read.foreign_keys,
      [&](const ForeignKey& other) { return other.columns == key.columns; },
      read.where);
  }
  for (Key& key : table.keys) {
    key.where = *place_among(
      read.keys, [&](const Key& other) { return other.columns == key.columns; }, read.where);
  }
}

} // namespace

std::vector<std::string> mentioned_columns(const Table& table, std::string_view sql)
{
  std::vector<std::string> found;
  const auto open = sql.find('(');
  const std::string text = to_lower(sql.substr(open == std::string_view::npos ? sql.size() : open));
  for (const Column& column : table.columns) {
    const std::string name = to_lower(column.name);
    auto at = name.empty() ? std::string::npos : text.find(name);
    for (; at != std::string::npos; at = text.find(name, at + 1)) {
      const bool begins = at == 0 || !is_word(text[at - 1]);
      const std::size_t end = at + name.size();
      if (begins && (end == text.size() || !is_word(text[end]))) {
        found.push_back(column.name);
        break;
      }
    }
  }
  return found;
}

void describe_type(std::string_view type, Column& column)
{
  static constexpr std::array<std::pair<std::string_view, TypeFamily>, 44> k_families = {
    {{"integer", TypeFamily::integer},
     {"int", TypeFamily::integer},
     {"bigint", TypeFamily::big_integer},
     {"smallint", TypeFamily::small_integer},
     {"bigserial", TypeFamily::big_integer},
     {"serial", TypeFamily::integer},
     {"tinyint", TypeFamily::small_integer},
     {"mediumint", TypeFamily::integer},
     {"boolean", TypeFamily::boolean},
     {"bool", TypeFamily::boolean},
     {"varchar", TypeFamily::string},
     {"character varying", TypeFamily::string},
     {"nvarchar", TypeFamily::string},
     {"char", TypeFamily::string},
     {"nchar", TypeFamily::string},
     {"character", TypeFamily::string},
     {"text", TypeFamily::text},
     {"clob", TypeFamily::text},
     {"citext", TypeFamily::text},
     {"uuid", TypeFamily::uuid},
     {"datetime", TypeFamily::datetime},
     {"timestamp", TypeFamily::datetime},
     {"timestamptz", TypeFamily::datetime},
     {"date", TypeFamily::date},
     {"time", TypeFamily::time},
     {"interval", TypeFamily::interval},
     {"float", TypeFamily::real},
     {"real", TypeFamily::real},
     {"double", TypeFamily::real},
     {"double precision", TypeFamily::real},
     {"double_precision", TypeFamily::real},
     {"numeric", TypeFamily::numeric},
     {"decimal", TypeFamily::numeric},
     {"money", TypeFamily::numeric},
     {"json", TypeFamily::json},
     {"jsonb", TypeFamily::json},
     {"blob", TypeFamily::binary},
     {"bytea", TypeFamily::binary},
     {"varbinary", TypeFamily::binary},
     {"binary", TypeFamily::binary},
     {"timestamp with time zone", TypeFamily::datetime},
     {"timestamp without time zone", TypeFamily::datetime},
     {"string", TypeFamily::string},
     {"longtext", TypeFamily::text}}};
  column.type_text = std::string(type);
  std::string name = to_lower(type.substr(0, type.find('(')));
  while (!name.empty() && name.back() == ' ') {
    name.pop_back();
  }
  const auto* const found =
    std::ranges::find(k_families, name, &std::pair<std::string_view, TypeFamily>::first);
  column.family = found == k_families.end()
                    ? (name.empty() ? TypeFamily::unknown : TypeFamily::other)
                    : found->second;
  const auto open = type.find('(');
  if (column.family == TypeFamily::string && open != std::string_view::npos) {
    int length = 0;
    const auto [end, error] =
      std::from_chars(type.data() + open + 1, type.data() + type.size(), length);
    if (error == std::errc() && length > 0) {
      column.length = length;
    }
    // What SQLAlchemy makes of a UUID where there is no such type, and what people write.
    if (name == "char" && (length == 32 || length == 36)) {
      column.family = TypeFamily::uuid;
      column.length.reset();
    }
  }
}

Expected<std::vector<Table>> reflect_sqlite(broker::Client& client, const std::string& database)
{
  return Reflection(client, database).run();
}

void locate(std::vector<Table>& tables, const std::vector<Table>& read)
{
  for (Table& table : tables) {
    const auto found = std::ranges::find(read, table.name, &Table::name);
    if (found != read.end()) {
      locate(table, *found);
    }
  }
}

} // namespace assay::probe
