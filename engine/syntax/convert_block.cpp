// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"

namespace assay::syntax {

/// The grammar accepts empty blocks and any indentation; Python does not, so these are noted here.
void Converter::block(Block& out)
{
  const auto before = out.size();
  std::uint32_t column = 0;
  std::uint32_t previous_row = 0;
  each_child([&](Node kind, TSNode node) {
    if (!is_statement(kind)) {
      if (kind == Node::error || is_expression(kind)) {
        out.push_back(error_statement());
      }
      return;
    }
    const auto start = ts_node_start_point(node);
    if (out.size() == before) {
      column = start.column;
    } else if (start.row > previous_row && start.column != column && !after_form_feed(node)) {
      note(span_of(node), "unexpected indentation");
    }
    previous_row = ts_node_end_point(node).row;
    out.push_back(statement());
  });
  if (out.size() == before && grammar_.kind(current()) == Node::block) {
    note(span_of(current()), "expected an indented block");
  }
}

/// A form feed before a statement starts the count of columns again.
bool Converter::after_form_feed(TSNode node) const
{
  const auto begin = ts_node_start_byte(node);
  const auto column = ts_node_start_point(node).column;
  return text_.substr(begin - column, column).find('\f') != std::string_view::npos;
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
