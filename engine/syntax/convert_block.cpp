// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"

namespace assay::syntax {

void Converter::block(Block& out)
{
  if (damaged_ && ts_node_has_error(current())) {
    recover_block(out);
    return;
  }
  each_child([&](Node kind, TSNode) {
    if (is_statement(kind)) {
      out.push_back(statement());
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

std::string_view Converter::docstring_of(const Block& body)
{
  if (body.empty() || body.front()->kind != StmtKind::expression) {
    return {};
  }
  const auto* value = body.front()->value;
  return value != nullptr && value->kind == ExprKind::string ? value->text : std::string_view{};
}

} // namespace assay::syntax
