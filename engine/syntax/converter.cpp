// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

namespace {

constexpr std::string_view k_white_space = " \t\f\v";

/// Longest piece of the source quoted in a message.
constexpr std::size_t k_quoted_bytes = 24;

std::string_view trimmed(std::string_view text)
{
  const auto first = text.find_first_not_of(k_white_space);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(k_white_space) - first + 1);
}

/// The first word or character of a region that does not parse.
std::string_view first_token(std::string_view text)
{
  const auto is_word = [](char character) {
    return character == '_' || (static_cast<unsigned char>(character) & 0x80U) != 0
           || (character >= '0' && character <= '9')
           || ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
  };
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_word);
  const auto length = static_cast<std::size_t>(end - text.begin());
  return text.substr(0, std::clamp<std::size_t>(length, 1, k_quoted_bytes));
}

} // namespace

Converter::Converter(Module& module, const ParseLimits& limits)
  : module_(module),
    limits_(limits),
    grammar_(Grammar::instance())
{
}

Converter::~Converter()
{
  if (cursor_.tree != nullptr) {
    ts_tree_cursor_delete(&cursor_);
  }
}

void Converter::reset(TSNode root, std::string_view text)
{
  if (cursor_.tree == nullptr) {
    cursor_ = ts_tree_cursor_new(root);
  } else {
    ts_tree_cursor_reset(&cursor_, root);
  }
  text_ = text;
  damaged_ = ts_node_has_error(root);
  error_noted_ = false;
}

void Converter::convert(TSNode root, std::string_view text, const Origin& origin, Block& out)
{
  reset(root, text);
  origin_ = origin;
  if (grammar_.kind(root) == Node::error) {
    note_error(root);
  }
  block(out);
}

const Expr* Converter::convert_expression(TSNode root, std::string_view text, const Span& at)
{
  if (ts_node_has_error(root) || ts_node_named_child_count(root) != 1) {
    return nullptr;
  }
  const auto statement = ts_node_named_child(root, 0);
  if (grammar_.kind(statement) != Node::expression_statement
      || ts_node_named_child_count(statement) != 1) {
    return nullptr;
  }
  const auto wrapped = ts_node_named_child(statement, 0);
  const auto kind = grammar_.kind(wrapped);
  const bool is_bracketed = kind == Node::parenthesized_expression || kind == Node::tuple
                            || kind == Node::generator_expression;
  if (!is_bracketed || ts_node_end_byte(wrapped) != text.size()) {
    return nullptr;
  }
  reset(wrapped, text);
  at_ = &at;
  return expression();
}

std::string_view Converter::text(TSNode node) const
{
  const auto begin = ts_node_start_byte(node);
  return text_.substr(begin, ts_node_end_byte(node) - begin);
}

/// A dotted name without the white space that may surround the dots.
std::string_view Converter::dotted_text(TSNode node)
{
  const auto spelling = text(node);
  if (spelling.find_first_of(" \t\f\n\\#") == std::string_view::npos) {
    return spelling;
  }
  std::string joined;
  each_child([&](Node kind, TSNode part) {
    if (kind == Node::identifier) {
      joined += (joined.empty() ? "" : ".");
      joined += text(part);
    }
  });
  return keep(std::move(joined));
}

Span Converter::span_of(TSNode node) const
{
  if (at_ != nullptr) {
    return *at_;
  }
  const auto start = ts_node_start_point(node);
  const auto end_row = static_cast<int>(ts_node_end_point(node).row);
  return Span{std::min(origin_.byte + ts_node_start_byte(node), origin_.end_byte),
              std::min(origin_.byte + ts_node_end_byte(node), origin_.end_byte),
              std::min(origin_.line + static_cast<int>(start.row) + 1, origin_.end_line),
              static_cast<int>(start.column) + 1,
              std::min(origin_.line + end_row + 1, origin_.end_line)};
}

/// Leaves the subtree under the cursor unconverted, except for its comments.
void Converter::skip()
{
  if (text(current()).find('#') == std::string_view::npos) {
    return;
  }
  int depth = 0;
  while (true) {
    if (grammar_.kind(current()) == Node::comment) {
      note_comment(current());
    }
    if (ts_tree_cursor_goto_first_child(&cursor_)) {
      ++depth;
      continue;
    }
    while (depth > 0 && !ts_tree_cursor_goto_next_sibling(&cursor_)) {
      ts_tree_cursor_goto_parent(&cursor_);
      --depth;
    }
    if (depth == 0) {
      return;
    }
  }
}

void Converter::note_comment(TSNode node)
{
  if (at_ != nullptr) {
    return;
  }
  auto words = text(node);
  words.remove_prefix(words.starts_with('#') ? 1 : 0);
  const auto row = static_cast<int>(ts_node_start_point(node).row);
  module_.comments.push_back(Comment{origin_.line + row + 1, trimmed(words)});
}

void Converter::note_error(TSNode node)
{
  if (error_noted_) {
    return;
  }
  error_noted_ = true;
  // What an ERROR node holds fitted together up to its last token.
  auto culprit = node;
  for (auto count = ts_node_child_count(culprit); count > 0; count = ts_node_child_count(culprit)) {
    culprit = ts_node_child(culprit, count - 1);
  }
  const auto spelling = text(culprit);
  if (spelling.empty() || spelling.front() == '\n') {
    note(span_of(culprit), "unexpected end of line");
  } else {
    note(span_of(culprit), "unexpected '" + std::string{first_token(spelling)} + "'");
  }
}

void Converter::note_missing(TSNode node)
{
  if (!error_noted_) {
    error_noted_ = true;
    note(span_of(node), "missing '" + std::string{ts_node_type(node)} + "'");
  }
}

void Converter::note(const Span& span, std::string message)
{
  module_.errors.push_back(SyntaxError{span, std::move(message)});
}

bool Converter::too_deep()
{
  if (depth_ < limits_.max_depth) {
    return false;
  }
  if (!depth_reported_) {
    depth_reported_ = true;
    note(span_of(current()), "nested deeper than " + std::to_string(limits_.max_depth) + " levels");
  }
  return true;
}

} // namespace assay::syntax
