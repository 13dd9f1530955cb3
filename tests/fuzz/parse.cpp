// SPDX-License-Identifier: MIT
// Any bytes yield a Module whose nodes lie inside the source and whose nesting is bounded.
#include "engine/syntax/ast.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace assay::syntax;

namespace {

/// Blocks and expressions count together, and a statement may be two levels of the grammar.
constexpr int k_deepest = 1000;

void require(bool holds)
{
  if (!holds) {
    std::abort();
  }
}

std::size_t source_bytes = 0;

void check(const Span& span)
{
  require(span.begin <= span.end && span.end <= source_bytes);
  require(span.line >= 1 && span.column >= 1 && span.end_line >= span.line);
}

void visit(const Expr* made, int depth);

void visit_all(const std::vector<const Expr*>& all, int depth)
{
  for (const auto* made : all) {
    visit(made, depth);
  }
}

void visit(const Expr* made, int depth)
{
  require(depth < k_deepest);
  if (made == nullptr) {
    return;
  }
  check(made->span);
  visit(made->value, depth + 1);
  visit_all(made->items, depth + 1);
  visit_all(made->keys, depth + 1);
  require(made->kind != ExprKind::dict || made->keys.size() == made->items.size());
  for (const auto& keyword : made->keywords) {
    require(keyword.value != nullptr);
    visit(keyword.value, depth + 1);
  }
  for (const auto& parameter : made->parameters) {
    visit(parameter.annotation, depth + 1);
    visit(parameter.fallback, depth + 1);
  }
  for (const auto& clause : made->clauses) {
    require(clause.target != nullptr && clause.iterable != nullptr);
    visit(clause.target, depth + 1);
    visit(clause.iterable, depth + 1);
    visit_all(clause.conditions, depth + 1);
  }
}

void visit(const Block& block, int depth)
{
  require(depth < k_deepest);
  for (const auto* made : block) {
    require(made != nullptr);
    check(made->span);
    visit_all(made->targets, depth + 1);
    visit(made->value, depth + 1);
    visit(made->annotation, depth + 1);
    visit(made->body, depth + 1);
    visit(made->orelse, depth + 1);
    visit(made->finally, depth + 1);
    for (const auto& handler : made->handlers) {
      visit(handler.body, depth + 1);
    }
    require((made->kind == StmtKind::function) == (made->function != nullptr));
    require((made->kind == StmtKind::class_) == (made->class_def != nullptr));
    if (made->function) {
      visit(made->function->body, depth + 1);
    }
    if (made->class_def) {
      visit(made->class_def->body, depth + 1);
      visit_all(made->class_def->bases, depth + 1);
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string source{reinterpret_cast<const char*>(data), size};
  auto module = parse(source);
  source_bytes = module.source->size();
  visit(module.body, 0);
  for (const auto& error : module.errors) {
    check(error.span);
    line_text(module, error.span.line);
  }
  visit(parse_expression(module, std::string_view{source}.substr(0, 200), Span{0, 0, 1, 1, 1}), 0);
  return 0;
}
