// SPDX-License-Identifier: MIT
#include "engine/syntax/converter.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

const std::vector<Converter::StatementHandler>& Converter::statement_handlers()
{
  static const auto table = [] {
    std::vector<StatementHandler> out(static_cast<std::size_t>(Node::count), nullptr);
    const auto set = [&out](StatementHandler handler, std::initializer_list<Node> kinds) {
      for (const auto kind : kinds) {
        out[static_cast<std::size_t>(kind)] = handler;
      }
    };
    set(&Converter::expression_statement, {Node::expression_statement});
    set(&Converter::assignment, {Node::assignment});
    set(&Converter::augmented_assignment, {Node::augmented_assignment});
    set(&Converter::return_statement, {Node::return_statement});
    set(&Converter::if_statement, {Node::if_statement});
    set(&Converter::for_statement, {Node::for_statement});
    set(&Converter::while_statement, {Node::while_statement});
    set(&Converter::with_statement, {Node::with_statement});
    set(&Converter::try_statement, {Node::try_statement});
    set(&Converter::function_definition, {Node::function_definition});
    set(&Converter::class_definition, {Node::class_definition});
    set(&Converter::decorated_definition, {Node::decorated_definition});
    set(&Converter::import_statement, {Node::import_statement});
    set(&Converter::import_from_statement,
        {Node::import_from_statement, Node::future_import_statement});
    set(&Converter::raise_statement, {Node::raise_statement});
    set(&Converter::simple_statement,
        {Node::pass_statement, Node::break_statement, Node::continue_statement});
    set(&Converter::delete_statement, {Node::delete_statement});
    set(&Converter::assert_statement, {Node::assert_statement});
    set(&Converter::global_statement, {Node::global_statement, Node::nonlocal_statement});
    set(&Converter::match_statement, {Node::match_statement});
    set(&Converter::type_alias_statement, {Node::type_alias_statement});
    set(&Converter::old_statement, {Node::print_statement, Node::exec_statement});
    return out;
  }();
  return table;
}

bool Converter::is_statement(Node kind)
{
  return statement_handlers()[static_cast<std::size_t>(kind)] != nullptr;
}

Stmt& Converter::make_statement(StmtKind kind)
{
  auto& made = module_.statements.emplace_back();
  made.kind = kind;
  made.span = span_of(current());
  return made;
}

const Stmt* Converter::statement()
{
  const auto handler = statement_handlers()[static_cast<std::size_t>(grammar_.kind(current()))];
  if (handler == nullptr || too_deep()) {
    return error_statement();
  }
  last_compound_ = {};
  ++depth_;
  const auto* made = (this->*handler)();
  --depth_;
  return made;
}

const Stmt* Converter::error_statement()
{
  skip();
  return &make_statement(StmtKind::error);
}

const Stmt* Converter::expression_statement()
{
  const auto first = ts_node_named_child(current(), 0);
  if (!damaged_ && ts_node_child_count(current()) == 1) {
    const auto kind = grammar_.kind(first);
    if (kind == Node::assignment || kind == Node::augmented_assignment) {
      const Stmt* inner = nullptr;
      each_child([&](Node, TSNode) { inner = assignment_of(kind); });
      return inner;
    }
  }
  const Stmt* inner = nullptr;
  std::vector<const Expr*> items;
  bool is_tuple = false;
  const bool whole = each_child([&](Node kind, TSNode) {
    if (inner == nullptr && (kind == Node::assignment || kind == Node::augmented_assignment)) {
      inner = assignment_of(kind);
    } else if (kind == Node::token_comma) {
      is_tuple = true;
    } else if (is_expression(kind)) {
      items.push_back(expression());
    }
  });
  if (inner != nullptr && whole) {
    return inner;
  }
  if (inner != nullptr) {
    auto& broken = make_statement(inner->kind);
    broken.targets = inner->targets;
    broken.annotation = inner->annotation == nullptr ? nullptr : &make(ExprKind::unknown);
    broken.text = inner->text;
    broken.value = &make(ExprKind::unknown);
    return &broken;
  }
  auto& made = make_statement(StmtKind::expression);
  if (!whole || items.empty()) {
    made.value = &make(ExprKind::unknown);
  } else if (!is_tuple && items.size() == 1) {
    made.value = items.front();
  } else {
    auto& several = make(ExprKind::tuple);
    several.items = std::move(items);
    made.value = &several;
  }
  return &made;
}

const Stmt* Converter::assignment_of(Node kind)
{
  return kind == Node::assignment ? assignment() : augmented_assignment();
}

/// `a = b = value` nests to the right; walked without recursion.
const Stmt* Converter::assignment()
{
  auto& made = make_statement(StmtKind::assign);
  int descended = 0;
  bool whole = true;
  bool more = true;
  while (more) {
    more = false;
    if (!ts_tree_cursor_goto_first_child(&cursor_)) {
      break;
    }
    ++descended;
    do {
      const auto kind = grammar_.kind(current());
      const auto role = field();
      if (kind == Node::comment) {
        note_comment(current());
      } else if (kind == Node::error) {
        note_error(current());
        whole = false;
      } else if (role == Field::left) {
        made.targets.push_back(expression());
      } else if (role == Field::type) {
        made.kind = StmtKind::annotated;
        made.annotation = expression();
      } else if (role == Field::right && kind == Node::assignment) {
        more = true;
        break;
      } else if (role == Field::right) {
        made.value = expression();
      }
    } while (ts_tree_cursor_goto_next_sibling(&cursor_));
  }
  for (; descended > 0; --descended) {
    while (ts_tree_cursor_goto_next_sibling(&cursor_)) {
      skip();
    }
    ts_tree_cursor_goto_parent(&cursor_);
  }
  if (!whole || (made.kind == StmtKind::assign && made.value == nullptr)) {
    made.value = &make(ExprKind::unknown);
  }
  return &made;
}

const Stmt* Converter::augmented_assignment()
{
  auto& made = make_statement(StmtKind::augmented);
  const bool whole = each_child([&](Node kind, TSNode node) {
    if (field() == Field::operator_) {
      made.text = text(node);
    } else if (is_expression(kind) && made.targets.empty()) {
      made.targets.push_back(expression());
    } else if (is_expression(kind)) {
      made.value = expression();
    }
  });
  if (!whole || made.value == nullptr) {
    made.value = &make(ExprKind::unknown);
  }
  return &made;
}

const Stmt* Converter::return_statement()
{
  auto& made = make_statement(StmtKind::return_);
  each_child([&](Node kind, TSNode) {
    if (is_expression(kind)) {
      made.value = expression();
    }
  });
  return &made;
}

const Stmt* Converter::raise_statement()
{
  auto& made = make_statement(StmtKind::raise);
  bool in_cause = false;
  each_child([&](Node kind, TSNode) {
    in_cause |= kind == Node::token_from;
    if (in_cause) {
      skip();
    } else if (is_expression(kind)) {
      made.value = expression();
    }
  });
  return &made;
}

const Stmt* Converter::simple_statement()
{
  const auto kind = grammar_.kind(current());
  auto& made = make_statement(kind == Node::pass_statement ? StmtKind::pass : StmtKind::jump);
  made.text = text(current());
  return &made;
}

const Stmt* Converter::delete_statement()
{
  auto& made = make_statement(StmtKind::delete_);
  each_child([&](Node kind, TSNode) {
    if (kind == Node::expression_list) {
      const auto* several = expression();
      made.targets.insert(made.targets.end(), several->items.begin(), several->items.end());
    } else if (is_expression(kind)) {
      made.targets.push_back(expression());
    }
  });
  return &made;
}

const Stmt* Converter::assert_statement()
{
  auto& made = make_statement(StmtKind::assert_);
  each_child([&](Node kind, TSNode) {
    if (is_expression(kind) && made.value == nullptr) {
      made.value = expression();
    } else {
      skip();
    }
  });
  if (made.value == nullptr) {
    made.value = &make(ExprKind::unknown);
  }
  return &made;
}

const Stmt* Converter::global_statement()
{
  auto& made = make_statement(StmtKind::global);
  each_child([&](Node kind, TSNode node) {
    if (kind == Node::identifier) {
      made.names.push_back(ImportedName{text(node), {}});
    }
  });
  return &made;
}

const Stmt* Converter::type_alias_statement()
{
  const auto node = current();
  const Expr* left = nullptr;
  const Expr* right = nullptr;
  each_child([&](Node kind, TSNode) {
    if (is_expression(kind)) {
      (left == nullptr ? left : right) = expression();
    }
  });
  const auto* name = left != nullptr && left->kind == ExprKind::subscript ? left->value : left;
  if (name == nullptr || name->kind != ExprKind::name) {
    return assignment_to_type(node);
  }
  auto& made = make_statement(StmtKind::type_alias);
  made.text = name->text;
  made.value = right == nullptr ? &make(ExprKind::unknown) : right;
  return &made;
}

/// The grammar takes `type(a).b = c` for an alias. With another word in place of `type` it is the
/// assignment it should be; the nodes made from that tree get their text from the real source.
const Stmt* Converter::assignment_to_type(TSNode alias)
{
  const auto begin = ts_node_start_byte(alias);
  const auto line_begin = begin - ts_node_start_point(alias).column;
  std::string renamed(begin - line_begin, ' ');
  renamed += text(alias);
  renamed.replace(begin - line_begin, 4, "Type");
  const Tree tree{renamed};
  if (!tree || tree.has_error()) {
    return error_statement();
  }
  Converter inner{module_, limits_};
  inner.depth_ = depth_;
  inner.at_ = at_;
  Block made;
  const auto row = static_cast<int>(ts_node_start_point(alias).row);
  inner.convert(tree.root(),
                text_.substr(line_begin, renamed.size()),
                {origin_.byte + line_begin, origin_.line + row, origin_.end_byte, origin_.end_line},
                made);
  return made.size() == 1 ? made.front() : error_statement();
}

/// Statements of Python 2.
const Stmt* Converter::old_statement()
{
  const auto is_print = grammar_.kind(current()) == Node::print_statement;
  note(span_of(current()), is_print ? "Python 2 'print' statement" : "Python 2 'exec' statement");
  return error_statement();
}

ImportedName Converter::imported_name(Node kind)
{
  ImportedName out;
  if (kind == Node::dotted_name) {
    out.name = dotted_text(current());
    return out;
  }
  each_child([&](Node part, TSNode node) {
    if (part == Node::dotted_name) {
      out.name = dotted_text(node);
    } else if (part == Node::identifier) {
      out.alias = text(node);
    }
  });
  return out;
}

const Stmt* Converter::import_statement()
{
  auto& made = make_statement(StmtKind::import);
  each_child([&](Node kind, TSNode) {
    if (kind == Node::dotted_name || kind == Node::aliased_import) {
      made.names.push_back(imported_name(kind));
    }
  });
  return &made;
}

const Stmt* Converter::import_from_statement()
{
  auto& made = make_statement(StmtKind::import_from);
  bool in_names = grammar_.kind(current()) == Node::future_import_statement;
  if (in_names) {
    made.text = "__future__";
  }
  each_child([&](Node kind, TSNode node) {
    if (kind == Node::relative_import) {
      in_names = true;
      each_child([&](Node part, TSNode part_node) {
        const auto spelling = text(part_node);
        if (part == Node::import_prefix) {
          made.level = static_cast<int>(std::count(spelling.begin(), spelling.end(), '.'));
        } else if (part == Node::dotted_name) {
          made.text = dotted_text(part_node);
        }
      });
    } else if (kind == Node::dotted_name && !in_names) {
      in_names = true;
      made.text = dotted_text(node);
    } else if (kind == Node::dotted_name || kind == Node::aliased_import) {
      made.names.push_back(imported_name(kind));
    } else if (kind == Node::wildcard_import) {
      made.names.push_back(ImportedName{"*", {}});
    }
  });
  return &made;
}

} // namespace assay::syntax
