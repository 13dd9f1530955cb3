// SPDX-License-Identifier: MIT
#include "sandbox/broker/sql_text.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace assay::broker {

namespace {

bool is_word(char letter)
{
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '$'
         || (static_cast<unsigned char>(letter) & 0x80U) != 0;
}

bool same_word(std::string_view text, std::string_view upper)
{
  return std::ranges::equal(text, upper, [](char left, char right) {
    return std::toupper(static_cast<unsigned char>(left)) == right;
  });
}

/// Drops one comment or blank from the front of `sql`; false when there is none.
bool drop_blank(std::string_view& sql)
{
  if (sql.empty()) {
    return false;
  }
  if (sql.starts_with("--")) {
    const std::size_t end = sql.find('\n');
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 1);
    return true;
  }
  if (sql.starts_with("/*")) {
    const std::size_t end = sql.find("*/", 2);
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 2);
    return true;
  }
  if (sql.front() == ' ' || sql.front() == '\t' || sql.front() == '\n' || sql.front() == '\r'
      || sql.front() == '\f') {
    sql.remove_prefix(1);
    return true;
  }
  return false;
}

/// Takes the next word, quoted piece or single octet off `sql`; blanks and comments are passed
/// over.
std::string_view take(std::string_view& sql)
{
  while (drop_blank(sql)) {
  }
  if (sql.empty()) {
    return {};
  }
  std::size_t size = 1;
  const char first = sql.front();
  if (is_word(first)) {
    while (size < sql.size() && is_word(sql[size])) {
      ++size;
    }
  } else if (first == '\'' || first == '"' || first == '`' || first == '[') {
    const std::size_t end = sql.find(first == '[' ? ']' : first, 1);
    size = end == std::string_view::npos ? sql.size() : end + 1;
  }
  const std::string_view token = sql.substr(0, size);
  sql.remove_prefix(size);
  return token;
}

constexpr std::pair<std::string_view, StatementKind> k_words[] = {
  {"SELECT", StatementKind::select},
  {"VALUES", StatementKind::select},
  {"INSERT", StatementKind::insert},
  {"REPLACE", StatementKind::insert},
  {"UPDATE", StatementKind::update},
  {"DELETE", StatementKind::remove},
  {"CREATE", StatementKind::ddl},
  {"DROP", StatementKind::ddl},
  {"ALTER", StatementKind::ddl},
  {"REINDEX", StatementKind::ddl},
  {"BEGIN", StatementKind::transaction},
  {"COMMIT", StatementKind::transaction},
  {"END", StatementKind::transaction},
  {"ROLLBACK", StatementKind::transaction},
  {"SAVEPOINT", StatementKind::transaction},
  {"RELEASE", StatementKind::transaction},
  {"PRAGMA", StatementKind::pragma},
  {"EXPLAIN", StatementKind::explain},
};

StatementKind kind_of_word(std::string_view word)
{
  const auto* const found =
    std::ranges::find_if(k_words, [&](const auto& entry) { return same_word(word, entry.first); });
  return found == std::end(k_words) ? StatementKind::other : found->second;
}

/// The statement that the common table expressions in front of it are for.
StatementKind kind_behind_with(std::string_view sql)
{
  int depth = 0;
  for (std::string_view token = take(sql); !token.empty(); token = take(sql)) {
    depth += token == "(" ? 1 : token == ")" ? -1 : 0;
    const StatementKind kind = kind_of_word(token);
    const bool proper = kind == StatementKind::select || kind == StatementKind::insert
                        || kind == StatementKind::update || kind == StatementKind::remove;
    if (depth == 0 && proper) {
      return kind;
    }
  }
  return StatementKind::other;
}

} // namespace

std::string_view name_of(StatementKind kind)
{
  switch (kind) {
  case StatementKind::select:
    return "select";
  case StatementKind::insert:
    return "insert";
  case StatementKind::update:
    return "update";
  case StatementKind::remove:
    return "delete";
  case StatementKind::ddl:
    return "ddl";
  case StatementKind::transaction:
    return "transaction";
  case StatementKind::pragma:
    return "pragma";
  case StatementKind::explain:
    return "explain";
  case StatementKind::other:
    break;
  }
  return "other";
}

std::string_view skip_blank(std::string_view sql)
{
  while (drop_blank(sql)) {
  }
  return sql;
}

StatementKind kind_of(std::string_view sql)
{
  std::string_view rest = skip_blank(sql);
  const std::string_view word = take(rest);
  return same_word(word, "WITH") ? kind_behind_with(rest) : kind_of_word(word);
}

bool opens_transaction(std::string_view sql)
{
  std::string_view rest = skip_blank(sql);
  const StatementKind kind = kind_of_word(take(rest));
  return kind == StatementKind::insert || kind == StatementKind::update
         || kind == StatementKind::remove;
}

} // namespace assay::broker
