// SPDX-License-Identifier: MIT
#include "engine/syntax/lines.hpp"

#include <algorithm>
#include <array>

namespace assay::syntax {

namespace {

constexpr int k_tab_columns = 8;

bool is_word_character(char character)
{
  return character == '_' || (static_cast<unsigned char>(character) & 0x80U) != 0
         || (character >= '0' && character <= '9')
         || ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
}

Line measured(std::string_view text, std::size_t begin, std::size_t end)
{
  Line line{begin, end};
  auto at = begin;
  for (; at < end; ++at) {
    if (text[at] == ' ') {
      ++line.indent;
    } else if (text[at] == '\t') {
      line.indent += k_tab_columns - line.indent % k_tab_columns;
    } else if (text[at] == '\f') {
      line.indent = 0;
    } else {
      break;
    }
  }
  line.has_code = at < end && text[at] != '\n' && text[at] != '#';
  return line;
}

/// Whether a line inside brackets looks like the start of a statement rather than one of several
/// elements.
bool starts_statement(std::string_view text, const Line& line)
{
  if (first_word(text, line).empty()) {
    return false;
  }
  OpenScan scan;
  scan.feed(text.substr(line.begin, line.end - line.begin), 0);
  return scan.last_code() != ',';
}

} // namespace

std::string normalised_source(std::string source)
{
  constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
  if (source.starts_with(k_byte_order_mark)) {
    source.erase(0, k_byte_order_mark.size());
  }
  if (source.find('\r') == std::string::npos) {
    return source;
  }
  auto out = source.begin();
  for (auto in = source.begin(); in != source.end(); ++in) {
    const bool is_return = *in == '\r';
    *out++ = is_return ? '\n' : *in;
    if (is_return && in + 1 != source.end() && *(in + 1) == '\n') {
      ++in;
    }
  }
  source.erase(out, source.end());
  return source;
}

std::vector<Line> split_lines(std::string_view text)
{
  std::vector<Line> out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto feed = text.find('\n', begin);
    const auto end = feed == std::string_view::npos ? text.size() : feed + 1;
    out.push_back(measured(text, begin, end));
    begin = end;
  }
  return out;
}

std::string_view first_word(std::string_view text, const Line& line)
{
  auto rest = text.substr(line.begin, line.end - line.begin);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\f"), rest.size()));
  if (rest.starts_with('@')) {
    return rest.substr(0, 1);
  }
  const auto length = static_cast<std::size_t>(
    std::find_if_not(rest.begin(), rest.end(), is_word_character) - rest.begin());
  const bool is_prefix = length < rest.size() && (rest[length] == '"' || rest[length] == '\'');
  const bool is_number = length > 0 && rest[0] >= '0' && rest[0] <= '9';
  return is_prefix || is_number ? std::string_view{} : rest.substr(0, length);
}

std::size_t assignment_sign(std::string_view line)
{
  OpenScan scan;
  for (std::size_t index = 0; index < line.size(); ++index) {
    const bool is_sign = line[index] == '=' && !scan.in_string() && !scan.in_brackets();
    const char before = index == 0 ? ' ' : line[index - 1];
    const char after = index + 1 == line.size() ? ' ' : line[index + 1];
    if (line[index] == '#' && !scan.in_string()) {
      break;
    }
    if (is_sign && after != '='
        && std::string_view{"=!<>+-*/%&|^@:~"}.find(before) == std::string_view::npos) {
      return index;
    }
    scan.feed(line.substr(index, 1), index);
  }
  return std::string_view::npos;
}

bool is_clause_word(std::string_view word)
{
  constexpr std::array<std::string_view, 4> words{"else", "elif", "except", "finally"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Moves `index` behind the end of the string that is open, or to the end of the line.
void OpenScan::string_end(std::string_view line, std::size_t& index)
{
  for (; index < line.size(); ++index) {
    if (line[index] == '\\') {
      ++index;
    } else if (line[index] == quote_ && !is_triple_) {
      quote_ = 0;
      return;
    } else if (line[index] == quote_ && line.size() - index >= 3 && line[index + 1] == quote_
               && line[index + 2] == quote_) {
      index += 2;
      quote_ = 0;
      return;
    } else if (line[index] == '\n' && !is_triple_) {
      quote_ = 0;
      unterminated_ = std::min(unterminated_, quote_offset_);
      return;
    }
  }
}

void OpenScan::feed(std::string_view line, std::size_t offset)
{
  after_backslash_ = false;
  for (std::size_t index = 0; index < line.size(); ++index) {
    if (quote_ != 0) {
      string_end(line, index);
      last_code_ = '"';
      code_end_ = offset + std::min(index + 1, line.size());
      continue;
    }
    const char character = line[index];
    if (character == '#') {
      return;
    }
    if (character == ' ' || character == '\t' || character == '\f' || character == '\n') {
      continue;
    }
    last_code_ = character;
    code_end_ = offset + index + 1;
    if (character == '\\' && index + 1 < line.size() && line[index + 1] == '\n') {
      after_backslash_ = true;
      return;
    }
    if (character == '"' || character == '\'') {
      quote_ = character;
      quote_offset_ = offset + index;
      is_triple_ = line.substr(index, 3) == std::string(3, character);
      index += is_triple_ ? 2 : 0;
    } else if (character == '(' || character == '[' || character == '{') {
      const char closer = character == '(' ? ')' : character == '[' ? ']' : '}';
      brackets_.push_back({closer, offset + index});
    } else if ((character == ')' || character == ']' || character == '}') && !brackets_.empty()) {
      brackets_.pop_back();
    }
  }
}

std::vector<LineRange> split_statements(std::string_view text,
                                        const std::vector<Line>& lines,
                                        LineRange range,
                                        int indent,
                                        Brackets brackets)
{
  std::vector<LineRange> out;
  OpenScan scan;
  std::size_t string_line = range.first;
  bool may_reopen = brackets == Brackets::distrusted;
  bool after_decorator = false;
  const auto starts_here = [&](const Line& line) {
    if (!line.has_code || line.indent > indent || scan.in_string()) {
      return false;
    }
    if (scan.in_brackets() && brackets == Brackets::distrusted && starts_statement(text, line)) {
      scan = {};
    }
    return !scan.continues() && !is_clause_word(first_word(text, line));
  };
  for (auto index = range.first; index < range.last; ++index) {
    const auto& line = lines[index];
    if (starts_here(line)) {
      if (out.empty()) {
        out.push_back(range);
      } else if (!after_decorator) {
        out.back().last = index;
        out.push_back({index, range.last});
      }
      after_decorator = first_word(text, line) == "@";
    }
    const bool was_in_string = scan.in_string();
    scan.feed(text.substr(line.begin, line.end - line.begin), line.begin);
    if (scan.in_string() && !was_in_string) {
      string_line = index;
    }
    if (index + 1 == range.last && scan.in_string() && may_reopen) {
      may_reopen = false;
      index = string_line;
      scan = {};
    }
  }
  if (out.empty() && !range.empty()) {
    out.push_back(range);
  }
  return out;
}

} // namespace assay::syntax
