// SPDX-License-Identifier: MIT
// Blocks that contain syntax errors. tree-sitter wraps what it could not fit into ERROR nodes and may close a class or a
// function too early or too late; the columns at which statements start tell where they belong.
#include "engine/syntax/converter.hpp"

#include <utility>

namespace assay::syntax {

/// One block being put together from statements found in any order of nesting.
struct Converter::Recovery {
  struct Scope {
    int column = 0;
    Block* body = nullptr;
  };

  /// `class Name(bases):` or `def name(parameters):` found loose in an ERROR node.
  struct Header {
    Node kind = Node::other;
    Span span;
    std::string_view name;
    Span name_span;
    std::vector<const Expr*> bases;
    std::vector<Keyword> keywords;
    std::vector<Parameter> parameters;
    const Expr* returns = nullptr;
    bool is_async = false;
  };

  explicit Recovery(Block& block) : root(block) {}

  Block& root;
  std::vector<Scope> scopes;
  Header header;
  std::vector<const Expr*> decorators;
  Span garbage;
  int previous_line = 0;
  Block* previous_target = nullptr;

  Block& target(const Span& span)
  {
    if (span.line == previous_line && previous_target != nullptr) {
      return *previous_target;
    }
    while (!scopes.empty() && scopes.back().column >= span.column) {
      scopes.pop_back();
    }
    return scopes.empty() ? root : *scopes.back().body;
  }

  void place(const Stmt* statement, Block* body)
  {
    auto& block = target(statement->span);
    block.push_back(statement);
    previous_line = statement->span.end_line;
    previous_target = &block;
    if (body != nullptr) {
      scopes.push_back({statement->span.column, body});
    }
  }
};

void Converter::recover_block(Block& out)
{
  Recovery recovery{out};
  each_child([&](Node kind, TSNode) { recover_child(recovery, kind); });
  recover_header(recovery);
  recover_garbage(recovery);
}

void Converter::recover_child(Recovery& recovery, Node kind)
{
  const auto node = current();
  if (kind == Node::error || kind == Node::block) {
    if (too_deep()) {
      skip();
      return;
    }
    ++depth_;
    each_child([&](Node part, TSNode) { recover_child(recovery, part); });
    --depth_;
  } else if (is_statement(kind) && (kind != Node::assignment || stands_alone(node))) {
    recover_header(recovery);
    recover_garbage(recovery);
    recover_statement(recovery);
  } else if (kind == Node::call && recovery.header.kind == Node::other && stands_alone(node)) {
    recover_garbage(recovery);
    auto& made = make_statement(StmtKind::expression);
    made.value = expression();
    recovery.place(&made, nullptr);
  } else if (kind == Node::decorator) {
    recover_header(recovery);
    recover_garbage(recovery);
    recovery.decorators.push_back(only_child());
  } else if (!recover_header_part(recovery, kind) && kind != Node::token_semicolon) {
    const auto span = span_of(node);
    if (recovery.garbage.line == 0) {
      recovery.garbage = span;
    }
    recovery.garbage.end = span.end;
    recovery.garbage.end_line = span.end_line;
    skip();
  }
}

void Converter::recover_statement(Recovery& recovery)
{
  decorators_ = std::exchange(recovery.decorators, {});
  const auto column = span_of(current()).column;
  open_body_ = nullptr;
  const auto* made = statement();
  decorators_.clear();
  auto* body = open_body_;
  if (column <= owner_column_) {
    hoisted_.push_back({made, body});
    return;
  }
  recovery.place(made, body);
  for (const auto& [statement, inner] : std::exchange(hoisted_, {})) {
    if (statement->span.column <= owner_column_) {
      hoisted_.push_back({statement, inner});
    } else {
      recovery.place(statement, inner);
    }
  }
}

/// True if the node was taken as part of a loose `class` or `def` header.
bool Converter::recover_header_part(Recovery& recovery, Node kind)
{
  const auto node = current();
  auto& header = recovery.header;
  if (kind == Node::token_class || kind == Node::token_def) {
    recover_header(recovery);
    recover_garbage(recovery);
    recovery.header.kind = kind;
    recovery.header.span = span_of(node);
    return true;
  }
  if (header.kind == Node::other) {
    return false;
  }
  if (kind == Node::identifier && header.name.empty()) {
    header.name = text(node);
    header.name_span = span_of(node);
  } else if (kind == Node::argument_list) {
    arguments(header.bases, header.keywords);
  } else if (kind == Node::parameters) {
    parameters(header.parameters);
  } else if (kind == Node::type) {
    header.returns = expression();
  } else if (kind == Node::token_colon) {
    header.span.end_line = span_of(node).end_line;
    recover_header(recovery);
  } else {
    return kind == Node::token_arrow;
  }
  return true;
}

/// Opens the class or function whose header has been seen.
void Converter::recover_header(Recovery& recovery)
{
  auto header = std::exchange(recovery.header, {});
  if (header.kind == Node::other || header.name.empty()) {
    return;
  }
  auto& made = make_statement(StmtKind::error);
  made.span = header.span;
  Block* body = nullptr;
  if (header.kind == Node::token_class) {
    auto definition = std::make_unique<Class>();
    definition->name = header.name;
    definition->name_span = header.name_span;
    definition->bases = std::move(header.bases);
    definition->keywords = std::move(header.keywords);
    definition->decorators = std::exchange(recovery.decorators, {});
    body = &definition->body;
    made.kind = StmtKind::class_;
    made.class_def = std::move(definition);
  } else {
    auto function = std::make_unique<Function>();
    function->name = header.name;
    function->name_span = header.name_span;
    function->parameters = std::move(header.parameters);
    function->returns = header.returns;
    function->decorators = std::exchange(recovery.decorators, {});
    body = &function->body;
    made.kind = StmtKind::function;
    made.function = std::move(function);
  }
  recovery.place(&made, body);
}

/// What lay between whole statements becomes one `error` statement.
void Converter::recover_garbage(Recovery& recovery)
{
  const auto span = std::exchange(recovery.garbage, {});
  if (span.line == 0) {
    return;
  }
  auto& made = make_statement(StmtKind::error);
  made.span = span;
  recovery.target(span).push_back(&made);
}

/// Whether nothing but white space and a comment shares the lines of the node.
bool Converter::stands_alone(TSNode node) const
{
  const auto before = text_.substr(0, ts_node_start_byte(node));
  const auto line_start = before.find_last_of('\n');
  const auto indent = before.substr(line_start == std::string_view::npos ? 0 : line_start + 1);
  auto after = text_.substr(ts_node_end_byte(node));
  after = after.substr(0, after.find('\n'));
  const auto rest = after.find_first_not_of(" \t\f");
  return indent.find_first_not_of(" \t\f") == std::string_view::npos
         && (rest == std::string_view::npos || after[rest] == '#');
}

} // namespace assay::syntax
