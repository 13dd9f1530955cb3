// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"

namespace assay::syntax {

void Converter::block(Block& out)
{
  each_child([&](Node kind, TSNode) {
    if (is_statement(kind)) {
      out.push_back(statement());
    } else if (kind == Node::error || is_expression(kind)) {
      out.push_back(error_statement());
    }
  });
}

void Converter::clause_block(Block& out)
{
  each_child([&](Node kind, TSNode) {
    if (kind == Node::block) {
      block(out);
    }
  });
}

std::string_view docstring_of(const Block& body)
{
  if (body.empty() || body.front()->kind != StmtKind::expression) {
    return {};
  }
  const auto* value = body.front()->value;
  return value != nullptr && value->kind == ExprKind::string ? value->text : std::string_view{};
}

} // namespace assay::syntax
