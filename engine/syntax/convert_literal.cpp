// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"
#include "engine/syntax/literals.hpp"

#include <utility>

namespace assay::syntax {

std::string_view Converter::keep(std::string decoded)
{
  return module_.strings.emplace_back(std::move(decoded));
}

const Expr* Converter::string()
{
  const auto literal = split_literal(text(current()));
  if (literal.is_format) {
    std::string parts;
    auto& made = make(ExprKind::format_string);
    format_string_parts(parts, made.items);
    made.text = keep(std::move(parts));
    return finish(made, literal.is_whole);
  }
  auto& made = make(ExprKind::string);
  if (!needs_decoding(literal, literal.content)) {
    made.text = literal.content;
  } else {
    std::string decoded;
    append_decoded(decoded, literal, literal.content);
    made.text = keep(std::move(decoded));
  }
  if (damaged_) {
    each_child([](Node, TSNode) {});
  }
  return finish(made, literal.is_whole);
}

const Expr* Converter::concatenated_string()
{
  auto& made = make(ExprKind::string);
  std::string joined;
  bool whole = each_child([&](Node kind, TSNode node) {
    if (kind != Node::string) {
      return;
    }
    const auto literal = split_literal(text(node));
    if (literal.is_format) {
      made.kind = ExprKind::format_string;
      format_string_parts(joined, made.items);
    } else {
      append_decoded(joined, literal, literal.content);
    }
  });
  made.text = keep(std::move(joined));
  return finish(made, whole);
}

void Converter::format_string_parts(std::string& literal, std::vector<const Expr*>& holes)
{
  const auto flags = split_literal(text(current()));
  each_child([&](Node kind, TSNode node) {
    if (kind == Node::string_content) {
      std::string decoded;
      append_decoded(decoded, flags, text(node));
      append_without_doubled_braces(literal, decoded);
    } else if (kind == Node::interpolation) {
      holes.push_back(interpolation(literal));
      literal += "{}";
    } else if (kind == Node::error) {
      literal += "{}";
      holes.push_back(expression());
    }
  });
}

/// `{name=}` also puts "name=" into the literal part.
const Expr* Converter::interpolation(std::string& literal)
{
  const Expr* inner = nullptr;
  const auto begin = ts_node_start_byte(current()) + 1;
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (kind == Node::named_expression) {
      // `{width:=10}` is a format specification; a walrus needs brackets here.
      const auto* specified = expression();
      inner = specified->kind == ExprKind::named ? specified->items.front() : specified;
    } else if (is_expression(kind)) {
      inner = expression();
    } else if (kind == Node::format_specifier) {
      skip();
    } else if (kind == Node::token_equals) {
      const auto end = text_.find_first_not_of(" \t\n", ts_node_end_byte(node));
      literal += text_.substr(begin, end - begin);
    }
  });
  return whole && inner != nullptr ? inner : &make(ExprKind::unknown);
}

} // namespace assay::syntax
