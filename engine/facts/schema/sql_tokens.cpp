// SPDX-License-Identifier: MIT
#include "engine/facts/schema/sql_tokens.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace assay::facts {

namespace {

// Larger dumps carry data, not schema: pg_dump of a blog's schema is a few hundred statements.
constexpr std::size_t k_max_bytes = 1U << 20U;
constexpr std::size_t k_max_statements = 2'000;
constexpr std::size_t k_max_tokens = 20'000; // of one statement

bool is_word(char c)
{
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'
         || static_cast<unsigned char>(c) >= 0x80;
}

class Tokenizer {
public:
  explicit Tokenizer(std::string_view sql)
    : sql_(sql.substr(0, k_max_bytes))
  {
  }

  std::vector<SqlStatement> run()
  {
    while (at_ < sql_.size() && statements_.size() < k_max_statements) {
      step();
    }
    finish();
    return std::move(statements_);
  }

private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const
  {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }

  void step()
  {
    const char c = peek();
    if (c == '\n') {
      ++line_;
      ++at_;
    } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++at_;
    } else if ((c == '-' && peek(1) == '-')
               || (c == '#' && !std::isalnum(static_cast<unsigned char>(peek(1))))) {
      skip_line();
    } else if (c == '\\' && current_.tokens.empty()) {
      skip_line(); // psql meta command
    } else if (c == '/' && peek(1) == '*') {
      skip_block_comment();
    } else if (c == ';') {
      ++at_;
      finish();
    } else if (c == '\'' || ((c == 'E' || c == 'e' || c == 'N') && peek(1) == '\'')) {
      at_ += c == '\'' ? 0 : 1;
      quoted('\'', SqlTokenKind::text);
    } else if (c == '"' || c == '`') {
      quoted(c, SqlTokenKind::quoted_name);
    } else if (c == '[' && std::isalpha(static_cast<unsigned char>(peek(1))) != 0
               && !after_type()) {
      quoted(']', SqlTokenKind::quoted_name);
    } else if (c == '$'
               && (peek(1) == '$' || std::isalpha(static_cast<unsigned char>(peek(1))) != 0)) {
      dollar_quoted();
    } else if (is_word(c)) {
      word();
    } else {
      add(SqlTokenKind::symbol, std::string(1, c), at_, at_ + 1);
      ++at_;
    }
  }

  /// `integer[]` is an array, `[id]` a name.
  [[nodiscard]] bool after_type() const { return at_ > 0 && is_word(sql_[at_ - 1]); }

  void skip_line()
  {
    while (at_ < sql_.size() && sql_[at_] != '\n') {
      ++at_;
    }
  }

  void skip_block_comment()
  {
    const auto end = sql_.find("*/", at_ + 2);
    const std::size_t stop = end == std::string_view::npos ? sql_.size() : end + 2;
    line_ += static_cast<int>(std::ranges::count(sql_.substr(at_, stop - at_), '\n'));
    at_ = stop;
  }

  void quoted(char close, SqlTokenKind kind)
  {
    const std::size_t begin = at_;
    std::string text;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] == close && peek(1) == close && close != ']') {
        ++at_;
      } else if (sql_[at_] == close) {
        break;
      }
      line_ += sql_[at_] == '\n' ? 1 : 0;
      text += sql_[at_];
    }
    at_ = std::min(at_ + 1, sql_.size());
    add(kind, std::move(text), begin, at_);
  }

  void dollar_quoted()
  {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && is_word(sql_[end]) && sql_[end] != '$') {
      ++end;
    }
    if (end >= sql_.size() || sql_[end] != '$') {
      word();
      return;
    }
    const std::string_view tag = sql_.substr(at_, end + 1 - at_);
    const auto close = sql_.find(tag, end + 1);
    const std::size_t stop = close == std::string_view::npos ? sql_.size() : close;
    const std::string_view body = sql_.substr(end + 1, stop - end - 1);
    add(SqlTokenKind::text, std::string(body), at_, stop);
    line_ += static_cast<int>(std::ranges::count(body, '\n'));
    at_ = std::min(stop + tag.size(), sql_.size());
  }

  void word()
  {
    const std::size_t begin = at_;
    do {
      ++at_;
    } while (at_ < sql_.size() && is_word(sql_[at_]));
    const bool number = std::isdigit(static_cast<unsigned char>(sql_[begin])) != 0;
    add(number ? SqlTokenKind::number : SqlTokenKind::word,
        std::string(sql_.substr(begin, at_ - begin)),
        begin,
        at_);
  }

  void add(SqlTokenKind kind, std::string text, std::size_t begin, std::size_t end)
  {
    if (current_.tokens.empty()) {
      current_.line = line_;
    }
    if (current_.tokens.size() >= k_max_tokens) {
      return;
    }
    SqlToken token{kind, std::move(text), {}, begin, end, line_};
    if (kind == SqlTokenKind::word || kind == SqlTokenKind::symbol) {
      for (const char c : token.text) {
        token.upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      }
    }
    current_.tokens.push_back(std::move(token));
  }

  void finish()
  {
    if (!current_.tokens.empty()) {
      statements_.push_back(std::move(current_));
    }
    current_ = {};
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  int line_ = 1;
  SqlStatement current_;
  std::vector<SqlStatement> statements_;
};

} // namespace

std::vector<SqlStatement> split_sql(std::string_view sql)
{
  return Tokenizer(sql).run();
}

} // namespace assay::facts
