// SPDX-License-Identifier: MIT
// Expressions that bind names of their own, and chains of `and`/`or`.
#include "engine/syntax/converter.hpp"

#include <cstring>
#include <utility>

namespace assay::syntax {

/// `a and b and c` is a tree that leans to the left; it is walked without recursion, and one node
/// holds all operands.
const Expr* Converter::boolean()
{
  auto& made = make(ExprKind::boolean);
  const auto operator_of = [this](TSNode node) {
    std::uint32_t index = 1;
    auto token = ts_node_child(node, index);
    while (!ts_node_is_null(token) && ts_node_is_extra(token)) {
      token = ts_node_child(node, ++index);
    }
    return ts_node_is_null(token) ? std::string_view{} : text(token);
  };
  made.text = operator_of(current());
  int descended = 0;
  const auto leans_left = [&] {
    const auto node = current();
    return grammar_.kind(node) == Node::boolean_operator && operator_of(node) == made.text;
  };
  while (leans_left() && ts_tree_cursor_goto_first_child(&cursor_)) {
    ++descended;
  }
  bool whole = true;
  const auto take = [&] {
    const auto kind = grammar_.kind(current());
    if (kind == Node::comment) {
      note_comment(current());
    } else if (kind == Node::error) {
      note_error(current());
      whole = false;
    } else if (is_expression(kind)) {
      made.items.push_back(expression());
    }
  };
  take();
  for (; descended > 0; --descended) {
    while (ts_tree_cursor_goto_next_sibling(&cursor_)) {
      take();
    }
    ts_tree_cursor_goto_parent(&cursor_);
  }
  if (!whole || made.items.size() < 2) {
    return finish(made, false);
  }
  return lift_star(made, made.items.front());
}

const Expr* Converter::lambda()
{
  auto& made = make(ExprKind::lambda);
  const bool whole = each_child([&](Node kind, TSNode) {
    if (kind == Node::lambda_parameters) {
      parameters(made.parameters);
    } else if (is_expression(kind)) {
      made.value = expression();
    }
  });
  return finish(made, whole && made.value != nullptr);
}

const Expr* Converter::comprehension()
{
  auto& made = make(ExprKind::comprehension);
  const auto kind = grammar_.kind(current());
  made.text = kind == Node::list_comprehension         ? "list"
              : kind == Node::dictionary_comprehension ? "dict"
              : kind == Node::set_comprehension        ? "set"
                                                       : "generator";
  bool whole = true;
  whole &= each_child([&](Node child, TSNode) {
    if (child == Node::for_in_clause) {
      made.clauses.push_back(for_clause());
    } else if (child == Node::if_clause) {
      const auto* condition = only_child();
      if (!made.clauses.empty()) {
        made.clauses.back().conditions.push_back(condition);
      }
    } else if (child == Node::pair) {
      whole &= each_child([&](Node part, TSNode) {
        if (is_expression(part)) {
          made.items.push_back(expression());
        }
      });
    } else if (is_expression(child)) {
      made.items.push_back(expression());
    }
  });
  return finish(made, whole && !made.items.empty() && !made.clauses.empty());
}

Clause Converter::for_clause()
{
  Clause out;
  Expr* several = nullptr;
  const bool whole = each_child([&](Node kind, TSNode) {
    if (kind == Node::token_async) {
      out.is_async = true;
    } else if (!is_expression(kind)) {
      return;
    } else if (out.target == nullptr) {
      out.target = expression();
    } else if (out.iterable == nullptr) {
      out.iterable = expression();
    } else {
      if (several == nullptr) {
        several = &make(ExprKind::tuple);
        several->items.push_back(out.iterable);
        out.iterable = several;
      }
      several->items.push_back(expression());
    }
  });
  if (!whole || out.target == nullptr || out.iterable == nullptr) {
    out.target = &make(ExprKind::unknown);
    out.iterable = &make(ExprKind::unknown);
  }
  return out;
}

void Converter::parameters(std::vector<Parameter>& out)
{
  auto plain = ParameterKind::positional;
  each_child([&](Node kind, TSNode) { parameter(kind, out, plain); });
}

/// `plain` is what a parameter without stars is at this point of the list.
void Converter::parameter(Node kind, std::vector<Parameter>& out, ParameterKind& plain)
{
  const auto starred_name = [&](Parameter& made, Node star, TSNode node) {
    made.kind =
      star == Node::list_splat_pattern ? ParameterKind::var_positional : ParameterKind::var_keyword;
    made.name = text(node);
    made.name.remove_prefix(made.name.find_first_not_of("* \t\n\\"));
    plain = ParameterKind::keyword_only;
  };
  Parameter made;
  made.kind = plain;
  if (kind == Node::keyword_separator) {
    plain = ParameterKind::keyword_only;
    return;
  }
  if (kind == Node::identifier || kind == Node::tuple_pattern) {
    made.name = text(current());
  } else if (kind == Node::list_splat_pattern || kind == Node::dictionary_splat_pattern) {
    starred_name(made, kind, current());
  } else if (kind == Node::typed_parameter || kind == Node::default_parameter
             || kind == Node::typed_default_parameter) {
    each_child([&](Node part, TSNode node) {
      if (field() == Field::type) {
        made.annotation = expression();
      } else if (field() == Field::value) {
        made.fallback = expression();
      } else if (part == Node::list_splat_pattern || part == Node::dictionary_splat_pattern) {
        starred_name(made, part, node);
      } else if (made.name.empty() && is_expression(part)) {
        made.name = text(node);
      }
    });
  } else {
    return;
  }
  out.push_back(made);
}

} // namespace assay::syntax
