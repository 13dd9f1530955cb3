// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"

#include <utility>

namespace assay::syntax {

const std::vector<Converter::ExpressionHandler>& Converter::expression_handlers()
{
  static const auto table = [] {
    std::vector<ExpressionHandler> out(static_cast<std::size_t>(Node::count), nullptr);
    const auto set = [&out](ExpressionHandler handler, std::initializer_list<Node> kinds) {
      for (const auto kind : kinds) {
        out[static_cast<std::size_t>(kind)] = handler;
      }
    };
    set(&Converter::unknown, {Node::error, Node::constrained_type});
    set(&Converter::aliased, {Node::as_pattern});
    set(&Converter::name, {Node::identifier});
    set(&Converter::number, {Node::integer, Node::float_});
    set(&Converter::constant, {Node::true_, Node::false_, Node::none, Node::ellipsis});
    set(&Converter::attribute, {Node::attribute});
    set(&Converter::call, {Node::call});
    set(&Converter::string, {Node::string});
    set(&Converter::concatenated_string, {Node::concatenated_string});
    set(&Converter::list, {Node::list, Node::list_pattern});
    set(&Converter::tuple, {Node::tuple, Node::expression_list, Node::pattern_list});
    set(&Converter::tuple_pattern, {Node::tuple_pattern});
    set(&Converter::set, {Node::set});
    set(&Converter::dictionary, {Node::dictionary});
    set(&Converter::subscript, {Node::subscript});
    set(&Converter::slice, {Node::slice});
    set(&Converter::operation, {Node::binary_operator});
    set(&Converter::union_type, {Node::union_type});
    set(&Converter::unary, {Node::unary_operator, Node::not_operator});
    set(&Converter::boolean, {Node::boolean_operator});
    set(&Converter::compare, {Node::comparison_operator});
    set(&Converter::conditional, {Node::conditional_expression});
    set(&Converter::lambda, {Node::lambda});
    set(&Converter::comprehension,
        {Node::list_comprehension,
         Node::dictionary_comprehension,
         Node::set_comprehension,
         Node::generator_expression});
    set(&Converter::await, {Node::await});
    set(&Converter::yield, {Node::yield});
    set(&Converter::starred,
        {Node::list_splat,
         Node::list_splat_pattern,
         Node::dictionary_splat,
         Node::dictionary_splat_pattern,
         Node::splat_type});
    set(&Converter::named, {Node::named_expression});
    set(&Converter::parenthesized, {Node::parenthesized_expression});
    set(&Converter::only_child, {Node::type, Node::as_pattern_target});
    set(&Converter::generic_type, {Node::generic_type});
    set(&Converter::member_type, {Node::member_type});
    return out;
  }();
  return table;
}

bool Converter::is_expression(Node kind)
{
  return expression_handlers()[static_cast<std::size_t>(kind)] != nullptr;
}

Expr& Converter::make(ExprKind kind)
{
  auto& made = module_.expressions.emplace_back();
  made.kind = kind;
  made.span = span_of(current());
  return made;
}

/// A node with an ERROR among its children is not what it seems.
const Expr* Converter::finish(Expr& made, bool whole)
{
  if (!whole) {
    const auto span = made.span;
    made = Expr{};
    made.span = span;
  }
  return &made;
}

/// The grammar binds the star of `*a.b()` to `a.b`; the star belongs around the whole operand.
const Expr* Converter::lift_star(Expr& made, const Expr*& first)
{
  if (first == nullptr || first->kind != ExprKind::starred) {
    return &made;
  }
  auto& star = module_.expressions.emplace_back();
  star.kind = ExprKind::starred;
  star.text = first->text;
  star.span = made.span;
  made.span = first->value->span;
  made.span.end = star.span.end;
  made.span.end_line = star.span.end_line;
  first = first->value;
  star.value = &made;
  return &star;
}

const Expr* Converter::expression()
{
  const auto handler = expression_handlers()[static_cast<std::size_t>(grammar_.kind(current()))];
  if (handler == nullptr || too_deep()) {
    return unknown();
  }
  ++depth_;
  const auto* made = (this->*handler)();
  --depth_;
  return made;
}

const Expr* Converter::unknown()
{
  skip();
  return &make(ExprKind::unknown);
}

const Expr* Converter::name()
{
  auto& made = make(ExprKind::name);
  made.text = text(current());
  return finish(made, !damaged_ || !made.text.empty());
}

const Expr* Converter::number()
{
  auto& made = make(ExprKind::number);
  made.text = text(current());
  return &made;
}

const Expr* Converter::constant()
{
  auto& made = make(ExprKind::constant);
  made.text = text(current());
  return &made;
}

const Expr* Converter::attribute()
{
  auto& made = make(ExprKind::attribute);
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (made.value == nullptr) {
      made.value = expression();
    } else if (kind == Node::identifier) {
      made.text = text(node);
    }
  });
  if (!whole || made.text.empty()) {
    return finish(made, false);
  }
  return lift_star(made, made.value);
}

const Expr* Converter::call()
{
  auto& made = make(ExprKind::call);
  const bool whole = each_child([&](Node kind, TSNode) {
    if (made.value == nullptr) {
      made.value = expression();
    } else if (kind == Node::argument_list) {
      arguments(made.items, made.keywords);
    } else {
      made.items.push_back(expression());
    }
  });
  return whole ? lift_star(made, made.value) : finish(made, false);
}

void Converter::arguments(std::vector<const Expr*>& items, std::vector<Keyword>& keywords)
{
  each_child([&](Node kind, TSNode) {
    if (kind == Node::keyword_argument) {
      keywords.push_back(keyword_argument());
    } else if (kind == Node::dictionary_splat) {
      keywords.push_back(Keyword{{}, expression()->value});
    } else if (is_expression(kind)) {
      items.push_back(expression());
    }
  });
}

Keyword Converter::keyword_argument()
{
  Keyword out;
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (out.name.empty()) {
      out.name = text(node);
    } else if (is_expression(kind)) {
      out.value = expression();
    }
  });
  if (!whole || out.value == nullptr) {
    out.value = &make(ExprKind::unknown);
  }
  return out;
}

const Expr* Converter::sequence(ExprKind kind)
{
  auto& made = make(kind);
  each_child([&](Node child, TSNode) {
    if (is_expression(child)) {
      made.items.push_back(expression());
    }
  });
  return &made;
}

const Expr* Converter::list()
{
  return sequence(ExprKind::list);
}

const Expr* Converter::tuple()
{
  return sequence(ExprKind::tuple);
}

/// `(a) = 1`: brackets around a single target.
const Expr* Converter::tuple_pattern()
{
  bool has_comma = false;
  auto& made = make(ExprKind::tuple);
  each_child([&](Node child, TSNode) {
    has_comma |= child == Node::token_comma;
    if (is_expression(child)) {
      made.items.push_back(expression());
    }
  });
  return made.items.size() == 1 && !has_comma ? made.items.front() : &made;
}

const Expr* Converter::set()
{
  return sequence(ExprKind::set);
}

const Expr* Converter::dictionary()
{
  auto& made = make(ExprKind::dict);
  each_child([&](Node kind, TSNode) {
    if (kind == Node::pair) {
      std::vector<const Expr*> parts;
      const bool whole = each_child([&](Node part, TSNode) {
        if (is_expression(part)) {
          parts.push_back(expression());
        }
      });
      const bool complete = whole && parts.size() == 2;
      made.keys.push_back(complete ? parts[0] : &make(ExprKind::unknown));
      made.items.push_back(complete ? parts[1] : &make(ExprKind::unknown));
    } else if (kind == Node::dictionary_splat) {
      made.keys.push_back(nullptr);
      made.items.push_back(expression()->value);
    } else if (is_expression(kind)) {
      made.keys.push_back(&make(ExprKind::unknown));
      made.items.push_back(expression());
    }
  });
  return &made;
}

const Expr* Converter::subscript()
{
  auto& made = make(ExprKind::subscript);
  each_child([&](Node kind, TSNode) {
    if (!is_expression(kind)) {
      return;
    }
    if (made.value == nullptr) {
      made.value = expression();
    } else {
      made.items.push_back(expression());
    }
  });
  return made.items.empty() ? finish(made, false) : lift_star(made, made.value);
}

const Expr* Converter::slice()
{
  auto& made = make(ExprKind::slice);
  made.items.assign(3, nullptr);
  std::size_t position = 0;
  const bool whole = each_child([&](Node kind, TSNode) {
    if (kind == Node::token_colon) {
      ++position;
    } else if (is_expression(kind) && position < made.items.size()) {
      made.items[position] = expression();
    }
  });
  return finish(made, whole);
}

const Expr* Converter::binary()
{
  auto& made = make(ExprKind::binary);
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (is_expression(kind)) {
      made.items.push_back(expression());
    } else {
      made.text = text(node);
    }
  });
  if (!whole || made.items.size() != 2) {
    return finish(made, false);
  }
  return lift_star(made, made.items.front());
}

/// `A | B | C` leans to the left, whatever the grammar makes of it.
const Expr* Converter::union_type()
{
  const auto* made = binary();
  if (made->kind != ExprKind::binary || made->items[1]->kind != ExprKind::binary) {
    return made;
  }
  std::vector<const Expr*> reversed;
  const auto* rest = made->items[1];
  for (; rest->kind == ExprKind::binary && rest->text == "|"; rest = rest->items[0]) {
    reversed.push_back(rest->items[1]);
  }
  reversed.push_back(rest);
  const auto* left = made->items[0];
  for (auto operand = reversed.rbegin(); operand != reversed.rend(); ++operand) {
    auto& pair = make(ExprKind::binary);
    pair.text = "|";
    pair.items = {left, *operand};
    pair.span.end = (*operand)->span.end;
    pair.span.end_line = (*operand)->span.end_line;
    left = &pair;
  }
  return left;
}

/// `value as target`, at the end of a `with` or `except` item; the target is left in `alias_`.
const Expr* Converter::aliased()
{
  const Expr* value = nullptr;
  each_child([&](Node kind, TSNode) {
    if (is_expression(kind)) {
      (value == nullptr ? value : alias_) = expression();
    }
  });
  return value == nullptr ? &make(ExprKind::unknown) : value;
}

const Expr* Converter::unary()
{
  auto& made = make(ExprKind::unary);
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (is_expression(kind)) {
      made.value = expression();
    } else {
      made.text = text(node);
    }
  });
  return finish(made, whole && made.value != nullptr);
}

const Expr* Converter::compare()
{
  auto& made = make(ExprKind::compare);
  std::string chain;
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (is_expression(kind)) {
      made.items.push_back(expression());
      return;
    }
    const std::string_view spelling = ts_node_type(node);
    if (made.text.empty()) {
      made.text = spelling;
    } else {
      chain = (chain.empty() ? std::string{made.text} : std::move(chain)) + ' ';
      chain += spelling;
    }
  });
  if (!chain.empty()) {
    made.text = keep(std::move(chain));
  }
  if (!whole || made.items.size() < 2) {
    return finish(made, false);
  }
  return lift_star(made, made.items.front());
}

const Expr* Converter::conditional()
{
  auto& made = make(ExprKind::conditional);
  const bool whole = each_child([&](Node kind, TSNode) {
    if (is_expression(kind)) {
      made.items.push_back(expression());
    }
  });
  if (!whole || made.items.size() != 3) {
    return finish(made, false);
  }
  return lift_star(made, made.items.front());
}

const Expr* Converter::await()
{
  auto& made = make(ExprKind::await_);
  made.value = only_child();
  return finish(made, made.value != nullptr);
}

const Expr* Converter::yield()
{
  auto& made = make(ExprKind::yield_);
  made.text = "yield";
  const bool whole = each_child([&](Node kind, TSNode) {
    if (kind == Node::token_from) {
      made.text = "yield from";
    } else if (is_expression(kind)) {
      made.value = expression();
    }
  });
  return finish(made, whole);
}

const Expr* Converter::starred()
{
  auto& made = make(ExprKind::starred);
  made.text = text(current()).starts_with("**") ? "**" : "*";
  made.value = only_child();
  return &made;
}

const Expr* Converter::named()
{
  auto& made = make(ExprKind::named);
  const bool whole = each_child([&](Node kind, TSNode) {
    if (!is_expression(kind)) {
      return;
    }
    if (made.items.empty()) {
      made.items.push_back(expression());
    } else {
      made.value = expression();
    }
  });
  return finish(made, whole && made.value != nullptr);
}

const Expr* Converter::parenthesized()
{
  return only_child();
}

/// The expression that is wrapped in the node under the cursor; never null.
const Expr* Converter::only_child()
{
  const Expr* inner = nullptr;
  const bool whole = each_child([&](Node kind, TSNode) {
    if (is_expression(kind)) {
      inner = expression();
    }
  });
  return whole && inner != nullptr ? inner : &make(ExprKind::unknown);
}

const Expr* Converter::generic_type()
{
  auto& made = make(ExprKind::subscript);
  const bool whole = each_child([&](Node kind, TSNode) {
    if (kind == Node::type_parameter) {
      each_child([&](Node child, TSNode) {
        if (is_expression(child)) {
          made.items.push_back(expression());
        }
      });
    } else if (is_expression(kind)) {
      made.value = expression();
    }
  });
  return finish(made, whole && made.value != nullptr);
}

const Expr* Converter::member_type()
{
  auto& made = make(ExprKind::attribute);
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (made.value == nullptr) {
      made.value = expression();
    } else if (kind == Node::identifier) {
      made.text = text(node);
    }
  });
  return finish(made, whole);
}

} // namespace assay::syntax
