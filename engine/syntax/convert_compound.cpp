// SPDX-License-Identifier: MIT
// Statements with blocks.
#include "engine/syntax/converter.hpp"

#include <utility>

namespace assay::syntax {

/// An `elif` is an `if` inside the previous one's `else`; the chain is built without recursion.
const Stmt* Converter::if_statement()
{
  auto& first = make_statement(StmtKind::if_);
  auto* last = &first;
  const int outer_depth = depth_;
  each_child([&](Node kind, TSNode) {
    if (kind == Node::elif_clause) {
      if (too_deep()) {
        skip();
        if (last->orelse.empty()) {
          last->orelse.push_back(&make_statement(StmtKind::error));
        }
        return;
      }
      ++depth_;
      auto& nested = make_statement(StmtKind::if_);
      each_child([&](Node part, TSNode) {
        if (part == Node::block) {
          block(nested.body);
        } else if (is_expression(part) && nested.value == nullptr) {
          nested.value = expression();
        }
      });
      if (nested.value == nullptr) {
        nested.value = &make(ExprKind::unknown);
      }
      last->orelse.push_back(&nested);
      last = &nested;
    } else if (kind == Node::else_clause) {
      clause_block(last->orelse);
    } else if (kind == Node::block) {
      block(first.body);
    } else if (is_expression(kind) && first.value == nullptr) {
      first.value = expression();
    }
  });
  depth_ = outer_depth;
  if (first.value == nullptr) {
    first.value = &make(ExprKind::unknown);
  }
  last_compound_ = {&first, &first.body, nullptr, nullptr};
  return &first;
}

const Stmt* Converter::for_statement()
{
  auto& made = make_statement(StmtKind::for_);
  each_child([&](Node kind, TSNode) {
    const auto role = field();
    if (kind == Node::token_async) {
      made.is_async = true;
    } else if (role == Field::left) {
      made.targets.push_back(expression());
    } else if (role == Field::right) {
      made.value = expression();
    } else if (kind == Node::block) {
      block(made.body);
    } else if (kind == Node::else_clause) {
      clause_block(made.orelse);
    }
  });
  if (made.targets.empty()) {
    made.targets.push_back(&make(ExprKind::unknown));
  }
  if (made.value == nullptr) {
    made.value = &make(ExprKind::unknown);
  }
  last_compound_ = {&made, &made.body, nullptr, nullptr};
  return &made;
}

const Stmt* Converter::while_statement()
{
  auto& made = make_statement(StmtKind::while_);
  each_child([&](Node kind, TSNode) {
    if (kind == Node::block) {
      block(made.body);
    } else if (kind == Node::else_clause) {
      clause_block(made.orelse);
    } else if (is_expression(kind) && made.value == nullptr) {
      made.value = expression();
    }
  });
  if (made.value == nullptr) {
    made.value = &make(ExprKind::unknown);
  }
  last_compound_ = {&made, &made.body, nullptr, nullptr};
  return &made;
}

const Stmt* Converter::with_statement()
{
  auto& made = make_statement(StmtKind::with);
  each_child([&](Node kind, TSNode) {
    if (kind == Node::token_async) {
      made.is_async = true;
    } else if (kind == Node::with_clause) {
      each_child([&](Node item, TSNode) {
        if (item == Node::with_item) {
          each_child([&](Node, TSNode) { with_context(made.with_items); });
        }
      });
    } else if (kind == Node::block) {
      block(made.body);
    }
  });
  last_compound_ = {&made, &made.body, nullptr, nullptr};
  return &made;
}

/// `a as b`, or a parenthesised list of such items that the grammar took for a tuple.
void Converter::with_context(std::vector<WithItem>& out)
{
  const auto kind = grammar_.kind(current());
  const auto contains_alias = [this] {
    bool found = false;
    each_child([&](Node part, TSNode) { found |= part == Node::as_pattern; });
    return found;
  };
  const bool is_wrapped = kind == Node::tuple || kind == Node::parenthesized_expression;
  if (is_wrapped && contains_alias() && !too_deep()) {
    ++depth_;
    each_child([&](Node part, TSNode) {
      if (is_expression(part)) {
        with_context(out);
      }
    });
    --depth_;
    return;
  }
  if (is_expression(kind)) {
    alias_ = nullptr;
    const auto* context = expression();
    out.push_back(WithItem{context, std::exchange(alias_, nullptr)});
  }
}

const Stmt* Converter::try_statement()
{
  auto& made = make_statement(StmtKind::try_);
  each_child([&](Node kind, TSNode) {
    if (kind == Node::block) {
      block(made.body);
    } else if (kind == Node::except_clause || kind == Node::except_group_clause) {
      made.handlers.push_back(except_clause());
    } else if (kind == Node::else_clause) {
      clause_block(made.orelse);
    } else if (kind == Node::finally_clause) {
      clause_block(made.finally);
    }
  });
  last_compound_ = {&made, &made.body, nullptr, nullptr};
  return &made;
}

Handler Converter::except_clause()
{
  Handler out;
  bool after_comma = false;
  each_child([&](Node kind, TSNode node) {
    after_comma |= kind == Node::token_comma;
    if (kind == Node::block) {
      block(out.body);
    } else if (is_expression(kind) && out.type == nullptr) {
      alias_ = nullptr;
      out.type = expression();
      out.name = alias_ == nullptr ? std::string_view{} : std::exchange(alias_, nullptr)->text;
    } else if (kind == Node::identifier && !after_comma) {
      out.name = text(node);
    } else if (is_expression(kind)) {
      second_exception(out, node);
    }
  });
  return out;
}

/// `except A, b:` binds b in Python 2 and catches both from Python 3.14 on; the capital letter
/// tells.
void Converter::second_exception(Handler& out, TSNode node)
{
  const auto spelling = text(node);
  const bool is_variable =
    !spelling.empty()
    && (spelling.front() == '_' || (spelling.front() >= 'a' && spelling.front() <= 'z'))
    && spelling.find('.') == std::string_view::npos;
  if (is_variable) {
    note(span_of(node), "Python 2 'except' clause");
    out.name = spelling;
    skip();
    return;
  }
  auto& both = make(ExprKind::tuple);
  both.items = {out.type, expression()};
  out.type = &both;
}

const Stmt* Converter::match_statement()
{
  auto& made = make_statement(StmtKind::match);
  std::vector<const Expr*> subjects;
  bool is_tuple = false;
  each_child([&](Node kind, TSNode) {
    if (kind == Node::block) {
      each_child([&](Node part, TSNode) {
        if (part == Node::case_clause) {
          case_clause(made.handlers);
        }
      });
    } else if (kind == Node::case_clause) {
      case_clause(made.handlers);
    } else if (is_expression(kind)) {
      subjects.push_back(expression());
    } else {
      is_tuple |= kind == Node::token_comma;
    }
  });
  if (subjects.size() == 1 && !is_tuple) {
    made.value = subjects.front();
  } else {
    auto& several = make(subjects.empty() ? ExprKind::unknown : ExprKind::tuple);
    several.items = std::move(subjects);
    made.value = &several;
  }
  return &made;
}

void Converter::case_clause(std::vector<Handler>& out)
{
  Handler made;
  each_child([&](Node kind, TSNode) {
    if (kind == Node::block) {
      block(made.body);
    } else if (kind == Node::case_pattern && made.type == nullptr) {
      made.type = unknown();
    } else {
      skip();
    }
  });
  if (made.type == nullptr) {
    made.type = &make(ExprKind::unknown);
  }
  out.push_back(std::move(made));
}

const Stmt* Converter::function_definition()
{
  auto& made = make_statement(StmtKind::function);
  auto function = std::make_unique<Function>();
  function->decorators = std::exchange(decorators_, {});
  each_child([&](Node kind, TSNode node) {
    if (kind == Node::token_async) {
      function->is_async = true;
    } else if (kind == Node::identifier && function->name.empty()) {
      function->name = text(node);
      function->name_span = span_of(node);
    } else if (kind == Node::parameters) {
      parameters(function->parameters);
    } else if (kind == Node::type) {
      function->returns = expression();
    } else if (kind == Node::block) {
      block(function->body);
    }
  });
  function->docstring = docstring_of(function->body);
  last_compound_ = {&made, &function->body, &function->docstring, &function->decorators};
  made.function = std::move(function);
  return &made;
}

const Stmt* Converter::class_definition()
{
  auto& made = make_statement(StmtKind::class_);
  auto definition = std::make_unique<Class>();
  definition->decorators = std::exchange(decorators_, {});
  each_child([&](Node kind, TSNode node) {
    if (kind == Node::identifier && definition->name.empty()) {
      definition->name = text(node);
      definition->name_span = span_of(node);
    } else if (kind == Node::argument_list) {
      arguments(definition->bases, definition->keywords);
    } else if (kind == Node::block) {
      block(definition->body);
    }
  });
  definition->docstring = docstring_of(definition->body);
  last_compound_ = {&made, &definition->body, &definition->docstring, &definition->decorators};
  made.class_def = std::move(definition);
  return &made;
}

/// The statement is the definition, from its `def` or `class` on.
const Stmt* Converter::decorated_definition()
{
  const Stmt* definition = nullptr;
  std::vector<const Expr*> decorators;
  each_child([&](Node kind, TSNode) {
    if (kind == Node::decorator) {
      decorators.push_back(only_child());
    } else if (is_statement(kind)) {
      decorators_ = std::move(decorators);
      definition = statement();
    }
  });
  decorators_.clear();
  return definition == nullptr ? error_statement() : definition;
}

} // namespace assay::syntax
