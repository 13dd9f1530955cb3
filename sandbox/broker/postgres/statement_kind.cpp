// SPDX-License-Identifier: MIT
#include "sandbox/broker/postgres/statement_kind.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <vector>

namespace assay::broker::postgres {

namespace {

/// Words looked at; a statement above is none of a driver's.
constexpr std::size_t k_most_words = 4'000;

bool is_name_letter(char letter)
{
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '$'
         || (static_cast<unsigned char>(letter) & 0x80U) != 0;
}

/// Names in lower case with their dots ("pg_catalog.pg_type"), single signs; literals are left
/// out.
std::vector<std::string> words_of(std::string_view sql)
{
  std::vector<std::string> words;
  std::size_t at = 0;
  const auto skip_to = [&](std::string_view end) {
    const std::size_t found = sql.find(end, at + 1);
    at = found == std::string_view::npos ? sql.size() : found + end.size();
  };
  while (at < sql.size() && words.size() < k_most_words) {
    const char letter = sql[at];
    if (letter == '\'') {
      skip_to("'");
    } else if (is_name_letter(letter) || letter == '"') {
      std::string word;
      while (at < sql.size() && (is_name_letter(sql[at]) || sql[at] == '"' || sql[at] == '.')) {
        if (sql[at] != '"') {
          word += static_cast<char>(std::tolower(static_cast<unsigned char>(sql[at])));
        }
        ++at;
      }
      words.push_back(std::move(word));
    } else {
      if (letter == '(' || letter == ')' || letter == ',') {
        words.emplace_back(1, letter);
      }
      ++at;
    }
  }
  return words;
}

bool is_of_catalogue(std::string_view name)
{
  constexpr std::array<std::string_view, 4> k_sets = {
    "unnest", "generate_series", "generate_subscripts", "current_schemas"};
  return name.starts_with("pg_") || name.starts_with("information_schema.")
         || std::ranges::find(k_sets, name) != k_sets.end();
}

/// Functions that tell of the server or of the session.
bool is_of_server(std::string_view name)
{
  constexpr std::array<std::string_view, 4> k_functions = {
    "version", "current_schema", "current_setting", "set_config"};
  return name.starts_with("pg_catalog.")
         || std::ranges::find(k_functions, name) != k_functions.end();
}

/// Whether `name` is defined in front by WITH.
bool is_defined(const std::vector<std::string>& words, const std::string& name)
{
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    if (words[i] != name) {
      continue;
    }
    std::size_t next = i + 1;
    if (words[next] == "(") {
      next = static_cast<std::size_t>(
        std::ranges::find(words.begin() + static_cast<std::ptrdiff_t>(next), words.end(), ")")
        - words.begin());
      ++next;
    }
    if (next + 1 < words.size() && words[next] == "as" && words[next + 1] == "(") {
      return true;
    }
  }
  return false;
}

/// Whether `sql` may be read by words: no escapes, quoting or nested comments by which one reader
/// sees a literal where another sees a statement.
bool is_plain(std::string_view sql)
{
  for (std::size_t at = sql.find('$'); at != std::string_view::npos; at = sql.find('$', at + 1)) {
    if (at + 1 == sql.size() || std::isdigit(static_cast<unsigned char>(sql[at + 1])) == 0) {
      return false;
    }
  }
  return sql.find('\\') == std::string_view::npos && sql.find("/*") == std::string_view::npos
         && sql.find(';') == std::string_view::npos && sql.find("--") == std::string_view::npos
         && sql.find("U&") == std::string_view::npos && sql.find("u&") == std::string_view::npos;
}

/// Whether everything that a SELECT reads from is a catalogue of the server's.
bool reads_catalogues(std::string_view sql)
{
  constexpr std::array<std::string_view, 7> k_after_from = {
    "where", "group", "order", "having", "limit", "union", "window"};
  if (!is_plain(sql)) {
    return false;
  }
  const std::vector<std::string> words = words_of(sql);
  if (words.size() == k_most_words) {
    return false;
  }
  std::vector<bool> from{false}; // whether a list of tables is open, by depth of parentheses
  bool expected = false;
  bool read = false;
  bool asked = true; // of functions alone
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word != "(" && i + 1 < words.size() && words[i + 1] == "(") {
      asked = asked && is_of_server(word);
    }
    if (word == "(") {
      from.push_back(false);
      expected = false;
    } else if (word == ")") {
      if (from.size() > 1) {
        from.pop_back();
      }
      expected = false;
    } else if (word == "from" || word == "join") {
      from.back() = true;
      expected = true;
    } else if (word == ",") {
      expected = from.back();
    } else if (std::ranges::find(k_after_from, word) != k_after_from.end()) {
      from.back() = false;
    } else if (expected && word != "only" && word != "lateral") {
      if (!is_of_catalogue(word) && !is_defined(words, word)) {
        return false;
      }
      expected = false;
      read = true;
    }
  }
  return read || (asked && std::ranges::find(words, "(") != words.end());
}

std::string first_word(std::string_view sql)
{
  std::string word;
  for (const char letter : skip_blank(sql)) {
    if (std::isalpha(static_cast<unsigned char>(letter)) == 0) {
      break;
    }
    word += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return word;
}

struct Word {
  std::string_view word;
  StatementKind kind;
};

/// Of PostgreSQL alone.
constexpr auto k_own_words = std::to_array<Word>({{"SHOW", StatementKind::pragma},
                                                  {"SET", StatementKind::pragma},
                                                  {"RESET", StatementKind::pragma},
                                                  {"DISCARD", StatementKind::pragma},
                                                  {"UNLISTEN", StatementKind::pragma},
                                                  {"DEALLOCATE", StatementKind::pragma},
                                                  {"CLOSE", StatementKind::pragma},
                                                  {"START", StatementKind::transaction},
                                                  {"ABORT", StatementKind::transaction},
                                                  {"TRUNCATE", StatementKind::remove},
                                                  {"FETCH", StatementKind::select},
                                                  {"TABLE", StatementKind::select},
                                                  {"COMMENT", StatementKind::ddl},
                                                  {"GRANT", StatementKind::ddl},
                                                  {"REVOKE", StatementKind::ddl},
                                                  {"MERGE", StatementKind::update}});

} // namespace

StatementKind kind_of_statement(std::string_view sql)
{
  const std::string word = first_word(sql);
  if (word == "COPY") {
    const std::vector<std::string> words = words_of(sql);
    return std::ranges::find(words, "from") != words.end() ? StatementKind::insert
                                                           : StatementKind::select;
  }
  const auto* const own = std::ranges::find(k_own_words, word, &Word::word);
  if (own != k_own_words.end()) {
    return own->kind;
  }
  const StatementKind kind = kind_of(sql);
  return kind == StatementKind::select && reads_catalogues(sql) ? StatementKind::pragma : kind;
}

StatementKind kind_of_tag(std::string_view tag)
{
  return kind_of_statement(tag);
}

std::int64_t rows_in_tag(std::string_view tag)
{
  const std::string word = first_word(tag);
  if (word != "INSERT" && word != "UPDATE" && word != "DELETE" && word != "MERGE"
      && word != "COPY") {
    return 0;
  }
  const std::size_t space = tag.rfind(' ');
  std::int64_t rows = 0;
  if (space != std::string_view::npos) {
    std::from_chars(tag.data() + space + 1, tag.data() + tag.size(), rows);
  }
  return std::max<std::int64_t>(rows, 0);
}

int sqlite_code_of(std::string_view sqlstate)
{
  struct Code {
    std::string_view sqlstate;
    int code;
  };

  constexpr auto k_codes = std::to_array<Code>({{"23505", 2067}, // unique
                                                {"23503", 787},  // foreign key
                                                {"23502", 1299}, // not null
                                                {"23514", 275},  // check
                                                {"23P01", 2067}, // exclusion
                                                {"23001", 787},  // restrict
                                                {"57014", 9},    // cancelled: SQLITE_INTERRUPT
                                                {"57P01", 9}});
  const auto* const found = std::ranges::find(k_codes, sqlstate, &Code::sqlstate);
  return found != k_codes.end() ? found->code : sqlstate.starts_with("23") ? 19 : 1;
}

} // namespace assay::broker::postgres
