// SPDX-License-Identifier: MIT
#include "engine/facts/schema/sql_column.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace assay::facts {

bool SqlCursor::looking_at(std::string_view words) const
{
  std::size_t at = at_;
  for (const std::string_view word : split(words, ' ')) {
    if (at >= tokens_.size() || tokens_[at].upper != word) {
      return false;
    }
    ++at;
  }
  return true;
}

bool SqlCursor::accept(std::string_view words)
{
  if (!looking_at(words)) {
    return false;
  }
  at_ += static_cast<std::size_t>(std::ranges::count(words, ' ')) + 1;
  return true;
}

std::string SqlCursor::name()
{
  if (done() || tokens_[at_].kind == SqlTokenKind::symbol) {
    return {};
  }
  return tokens_[at_++].text;
}

std::string SqlCursor::qualified_name()
{
  std::string result = name();
  while (!result.empty() && looking_at(".")) {
    skip();
    const std::string part = name();
    result = result == "public" || result == "dbo" ? part : result + "." + part;
  }
  return result;
}

void SqlCursor::skip_parentheses()
{
  if (!looking_at("(")) {
    return;
  }
  int depth = 0;
  for (; !done(); skip()) {
    depth += looking_at("(") ? 1 : looking_at(")") ? -1 : 0;
    if (depth == 0) {
      skip();
      return;
    }
  }
}

std::string SqlCursor::text(std::span<const SqlToken> tokens) const
{
  if (tokens.empty() || tokens.back().end > source_.size()) {
    return {};
  }
  std::string result;
  for (const char c :
       source_.substr(tokens.front().begin, tokens.back().end - tokens.front().begin)) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

std::string SqlCursor::text_in_parentheses()
{
  const std::size_t begin = at_;
  skip_parentheses();
  return at_ >= begin + 2 ? text(tokens_.subspan(begin + 1, at_ - begin - 2)) : std::string();
}

std::vector<std::span<const SqlToken>> SqlCursor::pieces()
{
  std::vector<std::span<const SqlToken>> found;
  int depth = 0;
  std::size_t begin = at_;
  for (; !done(); skip()) {
    const bool opens = looking_at("(");
    const bool closes = looking_at(")");
    if (closes && depth == 0) {
      break;
    }
    if (depth == 0 && looking_at(",")) {
      found.push_back(tokens_.subspan(begin, at_ - begin));
      begin = at_ + 1;
    }
    depth += opens ? 1 : closes ? -1 : 0;
  }
  found.push_back(tokens_.subspan(begin, at_ - begin));
  accept(")");
  std::erase_if(found, [](const auto& piece) { return piece.empty(); });
  return found;
}

std::vector<std::string> SqlCursor::names_in_parentheses(bool& functional)
{
  std::vector<std::string> names;
  if (!accept("(")) {
    return names;
  }
  for (const auto& piece : pieces()) {
    const bool computed = piece.size() > 1 && std::ranges::any_of(piece, [](const SqlToken& token) {
                            return token.upper == "(" || token.upper == ":" || token.upper == "|";
                          });
    const bool prefix = piece.size() == 4 && piece[1].upper == "("
                        && piece[2].kind == SqlTokenKind::number; // name(50)
    functional = functional || (computed && !prefix);
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const bool callee = i + 1 < piece.size() && piece[i + 1].upper == "(" && computed && !prefix;
      const bool is_name =
        piece[i].kind == SqlTokenKind::word || piece[i].kind == SqlTokenKind::quoted_name;
      if (is_name && !callee) {
        names.push_back(piece[i].text);
        break;
      }
    }
  }
  return names;
}

namespace {

/// True for words that end a type and begin a column constraint.
bool begins_constraint(const SqlToken& token)
{
  constexpr std::array<std::string_view, 21> k_words = {
    "NOT",        "NULL",     "PRIMARY",   "UNIQUE",         "REFERENCES",    "DEFAULT", "CHECK",
    "CONSTRAINT", "COLLATE",  "GENERATED", "AUTO_INCREMENT", "AUTOINCREMENT", "COMMENT", "ON",
    "KEY",        "IDENTITY", "USING",     "FIRST",          "AFTER",         "STORAGE", "FOREIGN"};
  return token.kind == SqlTokenKind::word
         && std::ranges::find(k_words, token.upper) != k_words.end();
}

std::string referential(SqlCursor& cursor)
{
  for (const char* action : {"SET NULL", "SET DEFAULT", "NO ACTION", "CASCADE", "RESTRICT"}) {
    if (cursor.accept(action)) {
      return action;
    }
  }
  return {};
}

void references(SqlCursor& cursor, ForeignKey& key)
{
  key.target_table = cursor.qualified_name();
  bool functional = false;
  key.target_columns = cursor.names_in_parentheses(functional);
  while (!cursor.done()) {
    if (cursor.accept("ON DELETE")) {
      key.ondelete = referential(cursor);
    } else if (cursor.accept("ON UPDATE")) {
      key.onupdate = referential(cursor);
    } else if (cursor.accept("MATCH")) {
      cursor.skip();
    } else if (!(cursor.accept("NOT DEFERRABLE") || cursor.accept("DEFERRABLE")
                 || cursor.accept("INITIALLY DEFERRED") || cursor.accept("INITIALLY IMMEDIATE"))) {
      return;
    }
  }
}

void column_type(SqlCursor& cursor, Column& column)
{
  std::string type;
  while (!cursor.done() && !begins_constraint(*cursor.current())) {
    if (cursor.looking_at("(")) {
      type += "(" + cursor.text_in_parentheses() + ")";
      continue;
    }
    const SqlToken& token = *cursor.current();
    const bool symbol = token.kind == SqlTokenKind::symbol;
    type += (type.empty() || symbol ? "" : " ") + (token.upper.empty() ? token.text : token.upper);
    cursor.skip();
  }
  column.type_text = type;
  column.family = sql_type_family(type, column.length);
  const std::string upper = type.substr(0, type.find('('));
  if (upper == "SERIAL" || upper == "BIGSERIAL" || upper == "SMALLSERIAL") {
    column.generated = Truth::yes;
    column.default_kind = DefaultKind::server;
    column.server_default_kind = DefaultKind::server;
    column.nullable = Truth::no;
  }
  const auto open = type.find('(');
  if (column.family == TypeFamily::enumeration && open != std::string::npos) {
    for (const auto& statement : split_sql(type.substr(open))) {
      for (const SqlToken& token : statement.tokens) {
        if (token.kind == SqlTokenKind::text) {
          column.enum_labels.push_back(token.text);
        }
      }
    }
  }
}

void default_value(SqlCursor& cursor, Column& column)
{
  column.default_kind = DefaultKind::server;
  column.server_default_kind = DefaultKind::server;
  if (cursor.looking_at("(")) {
    column.default_text = cursor.text_in_parentheses();
    return;
  }
  column.default_text = cursor.current() == nullptr ? std::string() : cursor.current()->text;
  cursor.skip();
  while (!cursor.done() && !begins_constraint(*cursor.current())) {
    if (cursor.looking_at("(")) {
      column.default_text += "(" + cursor.text_in_parentheses() + ")";
    } else {
      cursor.skip();
    }
  }
}

/// One constraint on a column. Past it.
void column_constraint(SqlCursor& cursor, Column& column, std::string& name, SqlEffect& effect)
{
  Key key;
  key.columns = {column.name};
  key.name = name;
  if (cursor.accept("CONSTRAINT")) {
    name = cursor.name();
    return;
  }
  if (cursor.accept("NOT NULL")) {
    column.nullable = Truth::no;
    column.nullable_explicit = Truth::yes;
  } else if (cursor.accept("NULL")) {
    column.nullable_explicit = Truth::yes;
  } else if (cursor.accept("PRIMARY KEY") || (cursor.looking_at("KEY") && cursor.accept("KEY"))) {
    column.primary_key = Truth::yes;
    column.nullable = Truth::no;
    key.kind = KeyKind::primary;
    effect.keys.push_back(std::move(key));
  } else if (cursor.accept("UNIQUE")) {
    cursor.accept("KEY");
    column.unique = Truth::yes;
    key.kind = KeyKind::unique_constraint;
    effect.keys.push_back(std::move(key));
  } else if (cursor.accept("REFERENCES")) {
    ForeignKey foreign;
    foreign.columns = {column.name};
    foreign.name = name;
    references(cursor, foreign);
    effect.foreign_keys.push_back(std::move(foreign));
  } else if (cursor.accept("DEFAULT")) {
    default_value(cursor, column);
  } else if (cursor.accept("CHECK")) {
    effect.checks.push_back({name, cursor.text_in_parentheses(), {}});
  } else if (cursor.accept("AUTO_INCREMENT") || cursor.accept("AUTOINCREMENT")
             || cursor.accept("GENERATED") || cursor.accept("IDENTITY")) {
    column.generated = Truth::yes;
  } else if (cursor.accept("ON UPDATE")) {
    column.onupdate_kind = DefaultKind::server;
  } else {
    cursor.skip();
    return;
  }
  name.clear();
}

} // namespace

void read_column_definition(SqlCursor& cursor, Column column, SqlEffect& effect)
{
  column.nullable = Truth::yes;
  column_type(cursor, column);
  std::string name;
  while (!cursor.done()) {
    column_constraint(cursor, column, name, effect);
  }
  effect.columns.push_back(std::move(column));
}

bool read_table_constraint(SqlCursor& cursor, SqlEffect& effect)
{
  std::string name;
  if (cursor.accept("CONSTRAINT")) {
    const bool nameless = cursor.looking_at("PRIMARY KEY") || cursor.looking_at("UNIQUE (")
                          || cursor.looking_at("CHECK (");
    name = nameless ? std::string() : cursor.name();
  }
  Key key;
  key.name = name;
  if (cursor.accept("PRIMARY KEY")) {
    cursor.accept("CLUSTERED");
    key.kind = KeyKind::primary;
  } else if (cursor.looking_at("UNIQUE")) {
    cursor.skip();
    cursor.accept("NULLS NOT DISTINCT");
    if (cursor.accept("KEY") || cursor.accept("INDEX")) {
      key.name = cursor.looking_at("(") ? name : cursor.name();
    } else if (!cursor.looking_at("(") && !cursor.done()) {
      key.name = cursor.name();
    }
    key.kind = KeyKind::unique_constraint;
  } else if (cursor.accept("FOREIGN KEY")) {
    ForeignKey foreign;
    foreign.name = name;
    if (!cursor.looking_at("(")) {
      foreign.name = cursor.name();
    }
    bool functional = false;
    foreign.columns = cursor.names_in_parentheses(functional);
    if (cursor.accept("REFERENCES")) {
      references(cursor, foreign);
    }
    effect.foreign_keys.push_back(std::move(foreign));
    return true;
  } else if (cursor.accept("CHECK")) {
    effect.checks.push_back({name, cursor.text_in_parentheses(), {}});
    return true;
  } else if (cursor.looking_at("KEY") || cursor.looking_at("INDEX")
             || cursor.looking_at("FULLTEXT")) {
    cursor.skip();
    cursor.accept("KEY");
    key.name = cursor.looking_at("(") ? std::string() : cursor.name();
    key.kind = KeyKind::index;
    std::optional<int> length;
    const bool column_named_key = sql_type_family(key.name, length) != TypeFamily::unknown;
    if (!cursor.looking_at("(") || column_named_key) {
      return false;
    }
  } else {
    return cursor.accept("EXCLUDE");
  }
  key.columns = cursor.names_in_parentheses(key.functional);
  effect.keys.push_back(std::move(key));
  return true;
}

void read_table_item(SqlCursor cursor, SqlEffect& effect)
{
  const SqlToken* first = cursor.current();
  if (first == nullptr) {
    return;
  }
  if (first->kind == SqlTokenKind::word) {
    SqlCursor attempt = cursor;
    if (read_table_constraint(attempt, effect)) {
      return;
    }
    if (cursor.accept("LIKE") || cursor.accept("PERIOD")) {
      effect.complete = Truth::no;
      return;
    }
  }
  Column column;
  column.where.line = first->line;
  column.name = cursor.name();
  if (!column.name.empty()) {
    read_column_definition(cursor, std::move(column), effect);
  }
}

TypeFamily sql_type_family(std::string_view type, std::optional<int>& length)
{
  using Family = TypeFamily;
  constexpr auto k_families = std::to_array<std::pair<std::string_view, Family>>({
    {"INT", Family::integer},
    {"INTEGER", Family::integer},
    {"INT4", Family::integer},
    {"SERIAL", Family::integer},
    {"MEDIUMINT", Family::integer},
    {"BIGINT", Family::big_integer},
    {"BIGSERIAL", Family::big_integer},
    {"INT8", Family::big_integer},
    {"SMALLINT", Family::small_integer},
    {"SMALLSERIAL", Family::small_integer},
    {"INT2", Family::small_integer},
    {"TINYINT", Family::small_integer},
    {"BOOLEAN", Family::boolean},
    {"BOOL", Family::boolean},
    {"VARCHAR", Family::string},
    {"CHARACTER", Family::string},
    {"CHAR", Family::string},
    {"NVARCHAR", Family::string},
    {"NCHAR", Family::string},
    {"CITEXT", Family::string},
    {"VARCHAR2", Family::string},
    {"TEXT", Family::text},
    {"LONGTEXT", Family::text},
    {"MEDIUMTEXT", Family::text},
    {"TINYTEXT", Family::text},
    {"CLOB", Family::text},
    {"UUID", Family::uuid},
    {"UNIQUEIDENTIFIER", Family::uuid},
    {"TIMESTAMP", Family::datetime},
    {"TIMESTAMPTZ", Family::datetime},
    {"DATETIME", Family::datetime},
    {"DATETIME2", Family::datetime},
    {"DATE", Family::date},
    {"TIME", Family::time},
    {"TIMETZ", Family::time},
    {"INTERVAL", Family::interval},
    {"REAL", Family::real},
    {"FLOAT", Family::real},
    {"FLOAT4", Family::real},
    {"FLOAT8", Family::real},
    {"DOUBLE", Family::real},
    {"NUMERIC", Family::numeric},
    {"DECIMAL", Family::numeric},
    {"MONEY", Family::numeric},
    {"JSON", Family::json},
    {"JSONB", Family::json},
    {"HSTORE", Family::json},
    {"ENUM", Family::enumeration},
    {"BYTEA", Family::binary},
    {"BLOB", Family::binary},
    {"BINARY", Family::binary},
    {"VARBINARY", Family::binary},
    {"TSVECTOR", Family::other},
    {"INET", Family::other},
    {"LTREE", Family::other},
  });
  std::string word;
  std::size_t at = 0;
  while (at < type.size()
         && (std::isalnum(static_cast<unsigned char>(type[at])) != 0 || type[at] == '_')) {
    word += static_cast<char>(std::toupper(static_cast<unsigned char>(type[at++])));
  }
  if (type.ends_with("[]") || word == "ARRAY") {
    return Family::array;
  }
  const auto* const found =
    std::ranges::find(k_families, word, &std::pair<std::string_view, Family>::first);
  if (found == k_families.end()) {
    return Family::unknown;
  }
  const auto open = type.find('(');
  const bool sized = found->second == Family::string || found->second == Family::binary;
  if (sized && open != std::string_view::npos) {
    int size = 0;
    for (std::size_t i = open + 1;
         i < type.size() && std::isdigit(static_cast<unsigned char>(type[i])) != 0
         && size < 100'000'000;
         ++i) {
      size = size * 10 + (type[i] - '0');
    }
    length = size > 0 ? std::optional(size) : std::nullopt;
  }
  const bool flag = word == "TINYINT" && type.find("(1)") != std::string_view::npos;
  return flag ? Family::boolean : found->second;
}

} // namespace assay::facts
