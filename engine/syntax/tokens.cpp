// SPDX-License-Identifier: MIT
#include "engine/syntax/tokens.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::syntax {

namespace {

bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

bool is_name_start(char c)
{
  return c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool is_name_part(char c)
{
  return is_name_start(c) || is_digit(c);
}

bool is_foreign(char c)
{
  return (static_cast<unsigned char>(c) & 0x80U) != 0;
}

struct ReservedWord {
  std::string_view spelling;
  TokenKind kind;
};

constexpr std::array k_keywords{
  ReservedWord{"False", TokenKind::constant},
  ReservedWord{"None", TokenKind::constant},
  ReservedWord{"True", TokenKind::constant},
  ReservedWord{"and", TokenKind::kw_and},
  ReservedWord{"as", TokenKind::kw_as},
  ReservedWord{"assert", TokenKind::kw_assert},
  ReservedWord{"async", TokenKind::kw_async},
  ReservedWord{"await", TokenKind::kw_await},
  ReservedWord{"break", TokenKind::kw_break},
  ReservedWord{"class", TokenKind::kw_class},
  ReservedWord{"continue", TokenKind::kw_continue},
  ReservedWord{"def", TokenKind::kw_def},
  ReservedWord{"del", TokenKind::kw_del},
  ReservedWord{"elif", TokenKind::kw_elif},
  ReservedWord{"else", TokenKind::kw_else},
  ReservedWord{"except", TokenKind::kw_except},
  ReservedWord{"finally", TokenKind::kw_finally},
  ReservedWord{"for", TokenKind::kw_for},
  ReservedWord{"from", TokenKind::kw_from},
  ReservedWord{"global", TokenKind::kw_global},
  ReservedWord{"if", TokenKind::kw_if},
  ReservedWord{"import", TokenKind::kw_import},
  ReservedWord{"in", TokenKind::kw_in},
  ReservedWord{"is", TokenKind::kw_is},
  ReservedWord{"lambda", TokenKind::kw_lambda},
  ReservedWord{"nonlocal", TokenKind::kw_nonlocal},
  ReservedWord{"not", TokenKind::kw_not},
  ReservedWord{"or", TokenKind::kw_or},
  ReservedWord{"pass", TokenKind::kw_pass},
  ReservedWord{"raise", TokenKind::kw_raise},
  ReservedWord{"return", TokenKind::kw_return},
  ReservedWord{"try", TokenKind::kw_try},
  ReservedWord{"while", TokenKind::kw_while},
  ReservedWord{"with", TokenKind::kw_with},
  ReservedWord{"yield", TokenKind::kw_yield},
};

constexpr std::size_t k_longest_keyword = 8;

/// In the order of TokenKind.
constexpr std::string_view k_brackets = "()[]{}";

TokenKind kind_of_word(std::string_view word)
{
  if (word.size() < 2 || word.size() > k_longest_keyword) {
    return TokenKind::name;
  }
  for (const auto& keyword : k_keywords) {
    if (keyword.spelling.front() == word.front() && keyword.spelling == word) {
      return keyword.kind;
    }
  }
  return TokenKind::name;
}

bool is_string_prefix(std::string_view word)
{
  if (word.size() > 2) {
    return false;
  }
  std::array<char, 2> letters{};
  std::ranges::transform(word, letters.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  const std::string_view lower{letters.data(), word.size()};
  constexpr std::array<std::string_view, 8> k_prefixes{"r", "b", "u", "f", "br", "rb", "fr", "rf"};
  return std::ranges::find(k_prefixes, lower) != k_prefixes.end();
}

/// An operator's kind and length; length 0 if there is none.
std::pair<TokenKind, std::uint32_t> operator_at(std::string_view rest)
{
  const char first = rest[0];
  const char second = rest.size() > 1 ? rest[1] : '\0';
  const char third = rest.size() > 2 ? rest[2] : '\0';
  const auto binary = [second](TokenKind plain) -> std::pair<TokenKind, std::uint32_t> {
    return second == '=' ? std::pair{TokenKind::augmented, 2U} : std::pair{plain, 1U};
  };
  const auto doubled = [&](TokenKind once, TokenKind twice) -> std::pair<TokenKind, std::uint32_t> {
    if (second != first) {
      return binary(once);
    }
    return third == '=' ? std::pair{TokenKind::augmented, 3U} : std::pair{twice, 2U};
  };
  switch (first) {
  case ',':
    return {TokenKind::comma, 1};
  case ';':
    return {TokenKind::semicolon, 1};
  case '~':
    return {TokenKind::tilde, 1};
  case ':':
    return second == '=' ? std::pair{TokenKind::walrus, 2U} : std::pair{TokenKind::colon, 1U};
  case '.':
    return second == '.' && third == '.' ? std::pair{TokenKind::ellipsis, 3U}
                                         : std::pair{TokenKind::dot, 1U};
  case '=':
    return second == '=' ? std::pair{TokenKind::equal, 2U} : std::pair{TokenKind::assign, 1U};
  case '!':
    return {TokenKind::not_equal, second == '=' ? 2U : 0U};
  case '+':
    return binary(TokenKind::plus);
  case '-':
    return second == '>' ? std::pair{TokenKind::arrow, 2U} : binary(TokenKind::minus);
  case '%':
    return binary(TokenKind::percent);
  case '@':
    return binary(TokenKind::at);
  case '|':
    return binary(TokenKind::pipe);
  case '^':
    return binary(TokenKind::caret);
  case '&':
    return binary(TokenKind::ampersand);
  case '*':
    return doubled(TokenKind::star, TokenKind::double_star);
  case '/':
    return doubled(TokenKind::slash, TokenKind::double_slash);
  case '<':
    if (second == '>') {
      return {TokenKind::end, 0}; // Python 2's "not equal"
    }
    return second == '=' ? std::pair{TokenKind::less_equal, 2U}
                         : doubled(TokenKind::less, TokenKind::shift_left);
  case '>':
    return second == '=' ? std::pair{TokenKind::greater_equal, 2U}
                         : doubled(TokenKind::greater, TokenKind::shift_right);
  default:
    return {TokenKind::end, 0};
  }
}

class Tokenizer {
public:
  Tokenizer(std::string_view text,
            const Place& from,
            std::vector<Token>& tokens,
            std::vector<Comment>* comments)
    : text_(text),
      tokens_(tokens),
      comments_(comments),
      at_(from.begin),
      line_begin_(from.line_begin),
      line_(from.line)
  {
  }

  bool file()
  {
    while (at_ < text_.size()) {
      if (!line_start()) {
        return false;
      }
      while (at_ < text_.size() && text_[at_] != '\n') {
        if (!next()) {
          return false;
        }
      }
      if (depth_ > 0 && at_ >= text_.size()) {
        return false;
      }
      if (at_ < text_.size()) {
        end_line();
      } else if (in_line_) {
        put_empty(TokenKind::newline);
      }
    }
    if (!dedent_to(0)) {
      return false;
    }
    put_empty(TokenKind::end);
    return true;
  }

  bool hole()
  {
    in_line_ = true;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool conversion = c == '!' && at_ + 1 < text_.size() && text_[at_ + 1] != '=';
      if (depth_ == 0 && (c == '}' || c == ':' || conversion)) {
        tokens_.push_back({TokenKind::end, at_, at_, line_begin_, line_, line_});
        return true;
      }
      if (c == '\n') {
        ++at_;
        ++line_;
        line_begin_ = at_;
      } else if (c == '\\' || c == '#' || !next()) {
        return false;
      }
    }
    return false;
  }

private:
  struct OwnLineComment {
    std::uint32_t indent = 0;
    std::uint32_t end = 0;
    int line = 0;
  };

  /// Reads the indentation of a line and passes lines without code.
  bool line_start()
  {
    if (depth_ > 0) {
      return true;
    }
    const std::uint32_t begin = at_;
    std::uint32_t indent = 0;
    for (; at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t'); ++at_) {
      indent += text_[at_] == '\t' ? 8U : 1U;
    }
    if (at_ == text_.size() || text_[at_] == '\n') {
      return true;
    }
    if (text_[at_] == '#') {
      pass_comment();
      pending_.push_back({indent, at_, line_});
      return true;
    }
    for (const char c : text_.substr(begin, at_ - begin)) {
      (c == '\t' ? indents_by_tab_ : indents_by_space_) = true;
    }
    if (indents_by_tab_ && indents_by_space_) {
      return false;
    }
    in_line_ = true;
    if (indent > indents_.back()) {
      indents_.push_back(indent);
      pending_.clear();
      tokens_.push_back({TokenKind::indent, at_, at_, line_begin_, line_, line_});
      return true;
    }
    return dedent_to(indent);
  }

  bool dedent_to(std::uint32_t indent)
  {
    std::size_t passed = 0;
    while (indents_.back() > indent) {
      for (; passed < pending_.size() && pending_[passed].indent >= indents_.back(); ++passed) {
        last_end_ = pending_[passed].end;
        last_line_ = pending_[passed].line;
      }
      indents_.pop_back();
      put_empty(TokenKind::dedent);
    }
    pending_.clear();
    return indents_.back() == indent;
  }

  void end_line()
  {
    if (depth_ == 0 && in_line_) {
      put_empty(TokenKind::newline);
      in_line_ = false;
    }
    ++at_;
    ++line_;
    line_begin_ = at_;
  }

  /// One token, a comment or white space inside a line.
  bool next()
  {
    const char c = text_[at_];
    if (c == ' ' || c == '\t') {
      ++at_;
      return true;
    }
    if (c == '#') {
      pass_comment();
      last_end_ = at_;
      last_line_ = line_;
      return true;
    }
    if (c == '\\') {
      const bool joins = at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
      at_ += 2;
      ++line_;
      line_begin_ = at_;
      return joins && at_ < text_.size();
    }
    if (is_name_start(c)) {
      return word();
    }
    if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
      return number();
    }
    if (c == '"' || c == '\'') {
      return string(at_);
    }
    const auto found = k_brackets.find(c);
    return found == std::string_view::npos ? operation() : bracket(found);
  }

  bool word()
  {
    const auto begin = at_;
    while (at_ < text_.size() && is_name_part(text_[at_])) {
      ++at_;
    }
    const auto spelling = text_.substr(begin, at_ - begin);
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      return is_string_prefix(spelling) ? string(begin) : false;
    }
    put(kind_of_word(spelling), begin);
    return at_ == text_.size() || !is_foreign(text_[at_]);
  }

  void digits(bool hexadecimal)
  {
    const auto is_part = [hexadecimal](char c) {
      return is_digit(c) || c == '_' || (hexadecimal && (c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    };
    while (at_ < text_.size() && is_part(text_[at_])) {
      ++at_;
    }
  }

  bool number()
  {
    const auto begin = at_;
    const auto peek = [this] { return at_ < text_.size() ? text_[at_] : '\0'; };
    const char base = at_ + 1 < text_.size() ? static_cast<char>(text_[at_ + 1] | 0x20) : '\0';
    if (text_[at_] == '0' && (base == 'x' || base == 'o' || base == 'b')) {
      at_ += 2;
      const auto first = at_;
      digits(base == 'x');
      put(TokenKind::number, begin);
      return at_ > first && !is_name_part(peek());
    }
    digits(false);
    if (peek() == '.') {
      ++at_;
      digits(false);
    }
    if ((peek() | 0x20) == 'e') {
      ++at_;
      at_ += peek() == '+' || peek() == '-' ? 1U : 0U;
      if (!is_digit(peek())) {
        return false;
      }
      digits(false);
    }
    at_ += (peek() | 0x20) == 'j' ? 1U : 0U;
    put(TokenKind::number, begin);
    return !is_name_part(peek()) && !is_foreign(peek());
  }

  /// The position is at the opening quote, the literal starts at `begin`.
  bool string(std::uint32_t begin)
  {
    const char quote = text_[at_];
    const bool triple =
      at_ + 2 < text_.size() && text_[at_ + 1] == quote && text_[at_ + 2] == quote;
    const auto first_line = line_;
    const auto first_line_begin = line_begin_;
    at_ += triple ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == quote
          && (!triple
              || (at_ + 2 < text_.size() && text_[at_ + 1] == quote && text_[at_ + 2] == quote))) {
        at_ += triple ? 3 : 1;
        tokens_.push_back({TokenKind::string, begin, at_, first_line_begin, first_line, line_});
        last_end_ = at_;
        last_line_ = line_;
        return true;
      }
      const bool escapes = c == '\\' && at_ + 1 < text_.size();
      at_ += escapes ? 1 : 0;
      if (text_[at_] == '\n') {
        if (!triple && !escapes) {
          return false;
        }
        ++line_;
        line_begin_ = at_ + 1;
      }
      ++at_;
    }
    return false;
  }

  bool bracket(std::size_t index)
  {
    depth_ += index % 2 == 0 ? 1 : -1;
    const auto begin = at_++;
    put(static_cast<TokenKind>(static_cast<std::size_t>(TokenKind::open_round) + index), begin);
    return depth_ >= 0;
  }

  bool operation()
  {
    const auto [kind, length] = operator_at(text_.substr(at_));
    const auto begin = at_;
    at_ += length;
    put(kind, begin);
    return length > 0;
  }

  void pass_comment()
  {
    const auto begin = at_;
    at_ = static_cast<std::uint32_t>(std::min(text_.find('\n', at_), text_.size()));
    if (comments_ != nullptr) {
      constexpr std::string_view k_white_space = " \t\f\v";
      auto words = text_.substr(begin + 1, at_ - begin - 1);
      words.remove_prefix(std::min(words.find_first_not_of(k_white_space), words.size()));
      words = words.substr(0, words.find_last_not_of(k_white_space) + 1);
      comments_->push_back({line_, words});
    }
  }

  void put(TokenKind kind, std::uint32_t begin)
  {
    tokens_.push_back({kind, begin, at_, line_begin_, line_, line_});
    last_end_ = at_;
    last_line_ = line_;
  }

  void put_empty(TokenKind kind)
  {
    tokens_.push_back({kind, last_end_, last_end_, line_begin_, last_line_, last_line_});
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
  std::vector<Comment>* comments_;
  std::uint32_t at_ = 0;
  std::uint32_t line_begin_ = 0;
  int line_ = 1;
  int depth_ = 0;
  bool in_line_ = false; ///< code has been read since the last newline
  bool indents_by_tab_ = false;
  bool indents_by_space_ = false;
  std::uint32_t last_end_ = 0; ///< of what was read last, comments of the block included
  int last_line_ = 1;
  std::vector<std::uint32_t> indents_{0};
  std::vector<OwnLineComment> pending_; ///< comments on lines of their own since the last code
};

} // namespace

bool tokenize(std::string_view text, std::vector<Token>& tokens, std::vector<Comment>* comments)
{
  return text.find('\0') == std::string_view::npos
         && Tokenizer(text, Place{}, tokens, comments).file();
}

bool tokenize_hole(std::string_view text, const Place& from, std::vector<Token>& tokens)
{
  return Tokenizer(text, from, tokens, nullptr).hole();
}

} // namespace assay::syntax
