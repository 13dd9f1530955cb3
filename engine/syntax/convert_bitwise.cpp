// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::syntax {

namespace {

bool is_bitwise(std::string_view spelling)
{
  return spelling == "&" || spelling == "^";
}

} // namespace

/// The operator of a binary_operator.
std::string_view Converter::operator_of(TSNode node) const
{
  constexpr std::string_view field = "operator";
  const auto child = ts_node_child_by_field_name(node, field.data(), field.size());
  return ts_node_is_null(child) ? std::string_view() : text(child);
}

/// The operands of all `&` and `^` that no parenthesis parts, and the operators between them.
bool Converter::bitwise_operands(std::vector<Operand>& operands, std::string& operators)
{
  bool whole = true;
  whole &= each_child([&](Node kind, TSNode node) {
    const bool nested = kind == Node::binary_operator && is_bitwise(operator_of(node));
    if (nested && !too_deep()) {
      ++depth_;
      whole &= bitwise_operands(operands, operators);
      --depth_;
    } else if (is_expression(kind)) {
      operands.push_back({expression(), span_of(node)});
    } else {
      operators += text(node);
    }
  });
  return whole;
}

Converter::Operand
Converter::joined(const Operand& left, std::string_view spelling, const Operand& right)
{
  auto& made = make(ExprKind::binary);
  made.text = spelling;
  made.items = {left.value, right.value};
  made.span = left.span;
  made.span.end = right.span.end;
  made.span.end_line = right.span.end_line;
  const Span span = made.span;
  return {lift_star(made, made.items.front()), span};
}

/// To the grammar `^` binds tighter than `&`; to Python it is the other way round.
const Expr* Converter::bitwise()
{
  std::vector<Operand> operands;
  std::string operators;
  const bool whole = bitwise_operands(operands, operators);
  if (!whole || operands.size() != operators.size() + 1) {
    return finish(make(ExprKind::binary), false);
  }
  std::optional<Operand> before;
  Operand current = operands.front();
  for (std::size_t i = 0; i < operators.size(); ++i) {
    if (operators[i] == '&') {
      current = joined(current, "&", operands[i + 1]);
    } else {
      before = before ? joined(*before, "^", current) : current;
      current = operands[i + 1];
    }
  }
  return (before ? joined(*before, "^", current) : current).value;
}

const Expr* Converter::operation()
{
  return is_bitwise(operator_of(current())) ? bitwise() : binary();
}

} // namespace assay::syntax
