// SPDX-License-Identifier: MIT
#include "engine/facts/queries/describe.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/queries/labels.hpp"
#include "engine/facts/queries/recorder.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::facts::queries {

namespace {

using syntax::Expr;
using syntax::ExprKind;

constexpr std::array<std::string_view, 11> k_route_methods = {"get",
                                                              "post",
                                                              "put",
                                                              "patch",
                                                              "delete",
                                                              "route",
                                                              "api_route",
                                                              "websocket",
                                                              "add_url_rule",
                                                              "head",
                                                              "options"};
constexpr std::array<std::string_view, 6> k_handler_methods = {
  "get", "post", "put", "patch", "delete", "dispatch_request"};

/// @app.get("/posts"), @bp.route("/users/<int:id>"), @router.get(path="/x")
bool is_route_decorator(const Expr& decorator)
{
  if (decorator.kind != ExprKind::call || decorator.value == nullptr
      || decorator.value->kind != ExprKind::attribute
      || !among(decorator.value->text, k_route_methods)) {
    return false;
  }
  const bool path =
    !decorator.items.empty() && decorator.items.front()->kind == ExprKind::string
    && (decorator.items.front()->text.starts_with('/') || decorator.items.front()->text.empty());
  const bool named = std::ranges::any_of(decorator.keywords, [](const auto& keyword) {
    return keyword.name == "path" || keyword.name == "response_model";
  });
  return path || named || decorator.value->text == "route";
}

bool has_decorator(const FunctionInfo& function, std::initializer_list<std::string_view> names)
{
  return std::ranges::any_of(function.syntax->decorators, [&](const Expr* decorator) {
    const Expr* named = decorator->kind == ExprKind::call && decorator->value != nullptr
                          ? decorator->value
                          : decorator;
    return std::ranges::find(names, named->text) != names.end();
  });
}

bool returns_value(const syntax::Block& block)
{
  return std::ranges::any_of(block, [](const syntax::Stmt* statement) {
    const bool value = statement->kind == syntax::StmtKind::return_ && statement->value != nullptr
                       && statement->value->kind != ExprKind::constant;
    const bool yields = statement->kind == syntax::StmtKind::expression
                        && statement->value != nullptr
                        && statement->value->kind == ExprKind::yield_;
    return value || yields || returns_value(statement->body) || returns_value(statement->orelse)
           || returns_value(statement->finally)
           || std::ranges::any_of(statement->handlers,
                                  [](const auto& handler) { return returns_value(handler.body); });
  });
}

void collect_returned(const syntax::Block& block, std::vector<const Expr*>& returned)
{
  for (const syntax::Stmt* statement : block) {
    if (statement->kind == syntax::StmtKind::return_ && statement->value != nullptr) {
      returned.push_back(statement->value);
    }
    collect_returned(statement->body, returned);
    collect_returned(statement->orelse, returned);
    collect_returned(statement->finally, returned);
    for (const auto& handler : statement->handlers) {
      collect_returned(handler.body, returned);
    }
  }
}

/// {"title": ...}, PostView(...), f"{...}"
bool is_built(const Expr* value)
{
  const bool made = value->kind == ExprKind::call && value->value != nullptr
                    && !value->value->text.empty()
                    && std::isupper(static_cast<unsigned char>(value->value->text.front())) != 0;
  return made || value->kind == ExprKind::dict || value->kind == ExprKind::format_string;
}

/// Of a class with one method to call, the class says what that method does.
std::string_view handler_docstring(const FunctionInfo& function)
{
  if (function.owner == nullptr) {
    return {};
  }
  const auto callable = [](const FunctionInfo* method) {
    const std::string_view name = method->syntax->name;
    return !name.starts_with('_') || name == "__call__";
  };
  const bool alone =
    callable(&function) && std::ranges::count_if(function.owner->methods, callable) == 1;
  return alone ? std::string_view(function.owner->syntax->docstring) : std::string_view();
}

CallableKind kind_of(const Program& program, const FunctionInfo& function)
{
  if (is_route(program, function)) {
    return CallableKind::route;
  }
  if (has_decorator(function, {"property", "cached_property", "hybrid_property"})) {
    return CallableKind::property;
  }
  if (function.owner != nullptr) {
    return CallableKind::method;
  }
  return function.syntax->is_async ? CallableKind::coroutine : CallableKind::function;
}

} // namespace

std::string written(const ModuleInfo& module, const Expr* expression)
{
  if (expression == nullptr || module.syntax == nullptr) {
    return {};
  }
  const std::string& source = *module.syntax->source;
  const auto& span = expression->span;
  if (span.end > source.size() || span.begin >= span.end) {
    return {};
  }
  std::string text;
  bool blank = false;
  for (const char c : std::string_view(source).substr(span.begin, span.end - span.begin)) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space || !blank) {
      text += space ? ' ' : c;
    }
    blank = space;
  }
  // 200 characters, as Location::text: an annotation that is longer tells no more.
  return text.size() > 200 ? to_utf8_lossy(text.substr(0, 200)) : text;
}

namespace {

/// A comment's text lies in the source, behind its mark.
bool stands_on_own_line(const ModuleInfo& module, std::string_view comment)
{
  if (comment.empty()) {
    return false;
  }
  const std::string& source = *module.syntax->source;
  for (const char* at = comment.data(); at != source.data() && *(at - 1) != '\n'; --at) {
    if (std::string_view("# \t!:").find(*(at - 1)) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

/// One sentence over two lines.
bool goes_on(std::string_view first, std::string_view second)
{
  const bool ends = std::string_view(".!?:;").find(first.back()) != std::string_view::npos;
  return !ends && second.front() >= 'a' && second.front() <= 'z';
}

} // namespace

std::vector<std::string> comments_between(const ModuleInfo& module, int first, int last)
{
  std::vector<std::string> found;
  const auto& comments = module.syntax->comments;
  const auto start = std::ranges::lower_bound(comments, first, {}, &syntax::Comment::line);
  int line = first - 1;
  auto above = start;
  while (above != comments.begin() && std::prev(above)->line == line) {
    --above;
    --line;
  }
  for (auto comment = above; comment != comments.end() && comment->line <= last; ++comment) {
    const bool joins = comment != above && std::prev(comment)->line + 1 == comment->line
                       && stands_on_own_line(module, std::prev(comment)->text)
                       && stands_on_own_line(module, comment->text)
                       && goes_on(std::prev(comment)->text, comment->text);
    if (joins) {
      found.back() += ' ' + std::string(comment->text);
    } else {
      found.emplace_back(comment->text);
    }
  }
  return found;
}

bool is_route(const Program& program, const FunctionInfo& function)
{
  const auto& decorators = function.syntax->decorators;
  if (std::ranges::any_of(decorators,
                          [](const Expr* decorator) { return is_route_decorator(*decorator); })) {
    return true;
  }
  if (function.owner == nullptr || !among(function.syntax->name, k_handler_methods)) {
    return false;
  }
  static_cast<void>(program);
  return std::ranges::any_of(function.owner->syntax->bases, [](const Expr* base) {
    return base->text == "MethodView" || base->text == "Resource" || base->text == "View"
           || base->text == "HTTPEndpoint" || base->text == "APIView"
           || base->text == "RequestHandler";
  });
}

const Expr* response_model(const FunctionInfo& function)
{
  for (const Expr* decorator : function.syntax->decorators) {
    for (const auto& keyword : decorator->keywords) {
      if (keyword.name == "response_model") {
        return keyword.value;
      }
    }
  }
  return function.syntax->returns;
}

bool stands_alone(const FunctionInfo& function)
{
  const bool needs_arguments =
    std::ranges::any_of(function.syntax->parameters, [](const syntax::Parameter& parameter) {
      return parameter.fallback == nullptr
             && (parameter.kind == syntax::ParameterKind::positional
                 || parameter.kind == syntax::ParameterKind::keyword_only);
    });
  return !needs_arguments && function.owner == nullptr && function.outer == nullptr
         && !returns_value(function.syntax->body);
}

bool is_renderer(const FunctionInfo& function)
{
  const std::string_view name = function.syntax->name;
  const std::string lower = to_lower(name);
  constexpr std::array<std::string_view, 9> k_parts = {"to_dict",
                                                       "as_dict",
                                                       "serializ",
                                                       "serialis",
                                                       "to_json",
                                                       "as_json",
                                                       "_dict",
                                                       "todict",
                                                       "tojson"};
  const bool named = std::ranges::any_of(
    k_parts, [&](std::string_view part) { return lower.find(part) != std::string::npos; });
  const bool dunder = name == "__repr__" || name == "__str__" || name == "__json__"
                      || name == "__iter__" || name == "__html__";
  const bool method =
    function.owner != nullptr
    && (lower == "dict" || lower == "json" || lower == "dump" || dunder
        || has_decorator(function, {"property", "cached_property", "hybrid_property"}));
  return named || method || lower.starts_with("render_");
}

bool gives_something_back(const FunctionInfo& function)
{
  return returns_value(function.syntax->body);
}

bool is_command(const FunctionInfo& function)
{
  return has_decorator(function, {"command"});
}

bool builds_what_it_shows(const FunctionInfo& function)
{
  std::vector<const Expr*> returned;
  collect_returned(function.syntax->body, returned);
  return !returned.empty() && std::ranges::all_of(returned, is_built);
}

void describe(const Program& program, const FunctionInfo& function, Callable& callable)
{
  const syntax::Function& syntax = *function.syntax;
  callable.ref = reference(function);
  callable.name = std::string(syntax.name);
  callable.owner = function.owner == nullptr ? std::string() : function.owner->qualified;
  callable.kind = kind_of(program, function);
  callable.is_async = syntax.is_async;
  for (const syntax::Parameter& parameter : syntax.parameters) {
    const bool receiver = function.owner != nullptr && &parameter == &syntax.parameters.front()
                          && (parameter.name == "self" || parameter.name == "cls");
    if (receiver) {
      continue;
    }
    callable.parameters.push_back({std::string(parameter.name),
                                   written(*function.module, parameter.annotation),
                                   parameter.fallback != nullptr,
                                   written(*function.module, parameter.fallback)});
  }
  callable.return_annotation = written(*function.module, syntax.returns);
  callable.docstring =
    std::string(syntax.docstring.empty() ? handler_docstring(function) : syntax.docstring);
  int first = syntax.name_span.line;
  for (const Expr* decorator : syntax.decorators) {
    first = std::min(first, decorator->span.line);
  }
  callable.comments = comments_between(*function.module, first, function.statement->span.end_line);
  callable.where = program.locate(*function.module, syntax.name_span);
  callable.where.end_line = function.statement->span.end_line;
  callable.bad_example_reason = bad_example_label(syntax.name, syntax.docstring, callable.comments);
  if (callable.bad_example_reason.empty() && function.owner != nullptr) {
    callable.bad_example_reason = bad_example_label(function.owner->syntax->name, {}, {});
  }
  callable.bad_example = !callable.bad_example_reason.empty();
}

} // namespace assay::facts::queries
