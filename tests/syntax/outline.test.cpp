// SPDX-License-Identifier: MIT
#include "tests/syntax/outline.hpp"

#include <array>
#include <string_view>

namespace assay::tests {

using namespace syntax;

namespace {

std::string escaped(std::string_view text)
{
  std::string out = "\"";
  for (const char character : text) {
    if (character == '\n') {
      out += "\\n";
    } else if (character == '"' || character == '\\') {
      out += '\\';
      out += character;
    } else if (static_cast<unsigned char>(character) < 0x20) {
      out += '?';
    } else {
      out += character;
    }
  }
  return out + '"';
}

std::string joined(const std::vector<const Expr*>& items)
{
  std::string out;
  for (const auto* item : items) {
    out += ' ' + outline(item);
  }
  return out;
}

std::string outline_of(const std::vector<Keyword>& keywords)
{
  std::string out;
  for (const auto& keyword : keywords) {
    out += ' ' + (keyword.name.empty() ? "**" : std::string{keyword.name} + '=')
           + outline(keyword.value);
  }
  return out;
}

std::string outline_of(const std::vector<Parameter>& parameters)
{
  std::string out = "[";
  for (const auto& parameter : parameters) {
    if (out.size() > 1) {
      out += ' ';
    }
    constexpr std::array<std::string_view, 4> marks{"", "kw:", "*", "**"};
    out += marks.at(static_cast<std::size_t>(parameter.kind));
    out += parameter.name;
    if (parameter.annotation != nullptr) {
      out += ':' + outline(parameter.annotation);
    }
    if (parameter.fallback != nullptr) {
      out += '=' + outline(parameter.fallback);
    }
  }
  return out + ']';
}

std::string outline_of(const Clause& clause)
{
  std::string out = clause.is_async ? " (async-for " : " (for ";
  out += outline(clause.target) + ' ' + outline(clause.iterable);
  for (const auto* condition : clause.conditions) {
    out += " if " + outline(condition);
  }
  return out + ')';
}

std::string dict_items(const Expr& dict)
{
  std::string out;
  for (std::size_t index = 0; index < dict.items.size(); ++index) {
    out += dict.keys.at(index) == nullptr ? " **" : ' ' + outline(dict.keys.at(index)) + ':';
    out += outline(dict.items.at(index));
  }
  return out;
}

class Printer {
public:
  void block(const Block& statements)
  {
    indent_ += 2;
    for (const auto* statement : statements) {
      this->statement(*statement);
    }
    indent_ -= 2;
  }

  void line(const std::string& text)
  {
    out_ += std::string(static_cast<std::size_t>(indent_), ' ') + text + '\n';
  }

  std::string take() { return std::move(out_); }

private:
  void labelled(const char* label, const Block& statements)
  {
    if (!statements.empty()) {
      line(label);
      block(statements);
    }
  }

  void function(const Stmt& statement)
  {
    const auto& made = *statement.function;
    std::string head = made.is_async ? "async-def " : "def ";
    head += std::string{made.name} + ' ' + outline_of(made.parameters);
    if (made.returns != nullptr) {
      head += " -> " + outline(made.returns);
    }
    definition(head, made.decorators, made.docstring, made.body);
  }

  void class_definition(const Stmt& statement)
  {
    const auto& made = *statement.class_def;
    definition("class " + std::string{made.name} + " [" + joined(made.bases)
                 + outline_of(made.keywords) + " ]",
               made.decorators,
               made.docstring,
               made.body);
  }

  void definition(std::string head,
                  const std::vector<const Expr*>& decorators,
                  std::string_view docstring,
                  const Block& body)
  {
    for (const auto* decorator : decorators) {
      head += " @" + outline(decorator);
    }
    if (!docstring.empty()) {
      head += " doc=" + escaped(docstring);
    }
    line(head);
    block(body);
  }

  void import(const Stmt& statement)
  {
    std::string head = "import";
    if (statement.kind == StmtKind::import_from) {
      head = "from " + std::string(static_cast<std::size_t>(statement.level), '.')
             + std::string{statement.text} + " import";
    }
    for (const auto& name : statement.names) {
      head += ' ' + std::string{name.name};
      head += name.alias.empty() ? "" : " as " + std::string{name.alias};
    }
    line(head);
  }

  void try_(const Stmt& statement)
  {
    line("try");
    block(statement.body);
    handlers("except", statement);
    labelled("else", statement.orelse);
    labelled("finally", statement.finally);
  }

  void handlers(const std::string& label, const Stmt& statement)
  {
    for (const auto& handler : statement.handlers) {
      std::string head = label;
      head += handler.type == nullptr ? "" : ' ' + outline(handler.type);
      head += handler.name.empty() ? "" : " as " + std::string{handler.name};
      line(head);
      block(handler.body);
    }
  }

  void with(const Stmt& statement)
  {
    std::string head = statement.is_async ? "async-with" : "with";
    for (const auto& item : statement.with_items) {
      head += ' ' + outline(item.context);
      head += item.target == nullptr ? "" : " as " + outline(item.target);
    }
    line(head);
    block(statement.body);
  }

  void loop(const Stmt& statement, const std::string& head)
  {
    line(head);
    block(statement.body);
    labelled("else", statement.orelse);
  }

  static std::string value_of(const Stmt& statement)
  {
    return statement.value == nullptr ? "" : ' ' + outline(statement.value);
  }

  void statement(const Stmt& made)
  {
    switch (made.kind) {
    case StmtKind::error:
      return line("error");
    case StmtKind::expression:
      return line(outline(made.value));
    case StmtKind::assign:
      return line("=" + joined(made.targets) + " <-" + value_of(made));
    case StmtKind::annotated:
      return line("annotated" + joined(made.targets) + ": " + outline(made.annotation)
                  + (made.value == nullptr ? "" : " <-" + value_of(made)));
    case StmtKind::augmented:
      return line(std::string{made.text} + joined(made.targets) + " <-" + value_of(made));
    case StmtKind::return_:
      return line("return" + value_of(made));
    case StmtKind::if_:
      return loop(made, "if" + value_of(made));
    case StmtKind::for_:
      return loop(made,
                  (made.is_async ? "async-for" : "for") + joined(made.targets) + " in"
                    + value_of(made));
    case StmtKind::while_:
      return loop(made, "while" + value_of(made));
    case StmtKind::with:
      return with(made);
    case StmtKind::try_:
      return try_(made);
    case StmtKind::function:
      return function(made);
    case StmtKind::class_:
      return class_definition(made);
    case StmtKind::import:
    case StmtKind::import_from:
      return import(made);
    case StmtKind::raise:
      return line("raise" + value_of(made));
    case StmtKind::pass:
      return line("pass");
    case StmtKind::delete_:
      return line("del" + joined(made.targets));
    case StmtKind::assert_:
      return line("assert" + value_of(made));
    case StmtKind::global: {
      std::string head = "global";
      for (const auto& name : made.names) {
        head += ' ' + std::string{name.name};
      }
      return line(head);
    }
    case StmtKind::match:
      line("match" + value_of(made));
      return handlers("case", made);
    case StmtKind::jump:
      return line(std::string{made.text});
    case StmtKind::type_alias:
      return line("type " + std::string{made.text} + " <-" + value_of(made));
    }
  }

  std::string out_;
  int indent_ = -2;
};

std::string lambda(const Expr& made)
{
  return "(lambda " + outline_of(made.parameters) + ' ' + outline(made.value) + ')';
}

std::string comprehension(const Expr& made)
{
  std::string out = '(' + std::string{made.text} + "-comprehension" + joined(made.items);
  for (const auto& clause : made.clauses) {
    out += outline_of(clause);
  }
  return out + ')';
}

} // namespace

std::string outline(const Expr* expression)
{
  if (expression == nullptr) {
    return "-";
  }
  const auto& made = *expression;
  const std::string text{made.text};
  switch (made.kind) {
  case ExprKind::unknown:
    return "<unknown>";
  case ExprKind::name:
  case ExprKind::number:
  case ExprKind::constant:
    return text;
  case ExprKind::attribute:
    return "(. " + outline(made.value) + ' ' + text + ')';
  case ExprKind::call:
    return "(call " + outline(made.value) + joined(made.items) + outline_of(made.keywords) + ')';
  case ExprKind::string:
    return escaped(text);
  case ExprKind::format_string:
    return "(f " + escaped(text) + joined(made.items) + ')';
  case ExprKind::list:
    return "(list" + joined(made.items) + ')';
  case ExprKind::tuple:
    return "(tuple" + joined(made.items) + ')';
  case ExprKind::set:
    return "(set" + joined(made.items) + ')';
  case ExprKind::dict:
    return "(dict" + dict_items(made) + ')';
  case ExprKind::subscript:
    return "([] " + outline(made.value) + joined(made.items) + ')';
  case ExprKind::slice:
    return "(slice" + joined(made.items) + ')';
  case ExprKind::binary:
  case ExprKind::boolean:
  case ExprKind::compare:
    return '(' + text + joined(made.items) + ')';
  case ExprKind::unary:
    return '(' + text + ' ' + outline(made.value) + ')';
  case ExprKind::conditional:
    return "(if-else" + joined(made.items) + ')';
  case ExprKind::lambda:
    return lambda(made);
  case ExprKind::comprehension:
    return comprehension(made);
  case ExprKind::await_:
    return "(await " + outline(made.value) + ')';
  case ExprKind::yield_:
    return '(' + text + (made.value == nullptr ? "" : ' ' + outline(made.value)) + ')';
  case ExprKind::starred:
    return '(' + text + ' ' + outline(made.value) + ')';
  case ExprKind::named:
    return "(:=" + joined(made.items) + ' ' + outline(made.value) + ')';
  }
  return "?";
}

std::string outline(const Module& module)
{
  Printer printer;
  printer.block(module.body);
  auto out = printer.take();
  for (const auto& comment : module.comments) {
    out += "comment " + std::to_string(comment.line) + ": " + std::string{comment.text} + '\n';
  }
  for (const auto& error : module.errors) {
    out += "syntax error " + std::to_string(error.span.line) + ':'
           + std::to_string(error.span.column) + ": " + error.message + '\n';
  }
  return out;
}

} // namespace assay::tests
