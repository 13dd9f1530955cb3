// SPDX-License-Identifier: MIT
#include "engine/facts/queries/sessions.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

/// A function of a package that is neither the candidate's nor known: who closes what it gives
/// cannot be told.
bool made_elsewhere(const Value& callee)
{
  const Value& value = settled(callee);
  return value.kind == ValueKind::symbol && value.text.find('.') != std::string::npos
         && !value.text.starts_with("sqlalchemy") && !value.text.starts_with("sqlmodel")
         && !value.text.starts_with("flask");
}

constexpr std::array<std::string_view, 14> k_names = {"session",
                                                      "db",
                                                      "s",
                                                      "sess",
                                                      "conn",
                                                      "connection",
                                                      "uow",
                                                      "dbsession",
                                                      "sesion",
                                                      "sessao",
                                                      "engine",
                                                      "con",
                                                      "tx",
                                                      "database"};

bool named_like_session(std::string_view name)
{
  const auto words = identifier_words(name);
  return std::ranges::any_of(words, [](const std::string& word) {
    return std::ranges::find(k_names, word) != k_names.end();
  });
}

bool mentions(std::string_view dotted, std::string_view part)
{
  return dotted.find(part) != std::string_view::npos;
}

/// The library names in an annotation: "Annotated[AsyncSession, Depends(...)]" mentions
/// AsyncSession.
std::string annotation_names(ValueRef annotation)
{
  if (annotation == nullptr) {
    return {};
  }
  const Value& value = settled(*annotation);
  std::string names = dotted_name(value);
  if (names.empty()) {
    names = value.text;
  }
  if (value.kind == ValueKind::subscript) {
    names += " " + annotation_names(value.base);
  }
  for (const ValueRef item : value.items) {
    names += " " + annotation_names(item);
  }
  return names;
}

bool names_session_class(std::string_view names)
{
  return mentions(names, "Session") || mentions(names, "scoped_session")
         || mentions(names, "sessionmaker") || mentions(names, "Connection")
         || mentions(names, "Engine");
}

const syntax::Parameter* declared(const Value& parameter)
{
  if (parameter.function == nullptr) {
    return nullptr;
  }
  const auto& parameters = parameter.function->syntax->parameters;
  const auto found = std::ranges::find_if(
    parameters, [&](const syntax::Parameter& entry) { return entry.name == parameter.text; });
  return found == parameters.end() ? nullptr : &*found;
}

bool calls_depends(const syntax::Expr* expression)
{
  if (expression == nullptr) {
    return false;
  }
  const bool call =
    expression->kind == syntax::ExprKind::call && expression->value != nullptr
    && (expression->value->text == "Depends" || expression->value->text == "Security"
        || expression->value->text == "Provide" || expression->value->text == "inject");
  return call
         || (expression->kind == syntax::ExprKind::subscript
             && std::ranges::any_of(expression->items,
                                    [](const syntax::Expr* item) { return calls_depends(item); }));
}

bool value_depends(ValueRef annotation)
{
  if (annotation == nullptr) {
    return false;
  }
  const Value& value = settled(*annotation);
  const bool call = value.kind == ValueKind::call && mentions(dotted_name(*value.base), "Depends");
  return call
         || std::ranges::any_of(value.items, [](ValueRef item) { return value_depends(item); });
}

/// Written at module level: inside no function of its module.
bool at_module_level(const Value& value)
{
  if (value.module == nullptr || value.origin == nullptr) {
    return false;
  }
  return std::ranges::none_of(value.module->functions, [&](const FunctionInfo* function) {
    const auto& span = function->statement->span;
    return span.begin <= value.origin->span.begin && value.origin->span.end <= span.end;
  });
}

bool same_place(ValueRef a, ValueRef b)
{
  return a == b || (a->origin != nullptr && a->origin == b->origin);
}

} // namespace

bool is_dependency(const syntax::Parameter& parameter)
{
  return calls_depends(parameter.fallback) || calls_depends(parameter.annotation);
}

bool is_session(Reader& reader, ValueRef ref)
{
  const Value& written = settled(*ref);
  if (written.kind == ValueKind::attribute && named_like_session(written.text)) {
    return true;
  }
  const Value& value = settled(*reader.resolve(ref));
  switch (value.kind) {
  case ValueKind::parameter:
    return names_session_class(annotation_names(value.base))
           || (value.class_info == nullptr && named_like_session(value.text));
  case ValueKind::call:
  case ValueKind::symbol:
  case ValueKind::attribute: {
    const std::string dotted = to_lower(dotted_name(value));
    return mentions(dotted, "session") || mentions(dotted, ".connect()")
           || mentions(dotted, ".begin()") || mentions(dotted, "get_db")
           || mentions(dotted, "create_engine")
           || (value.kind == ValueKind::attribute && named_like_session(value.text));
  }
  case ValueKind::unknown:
    return named_like_session(value.text);
  case ValueKind::element:
  case ValueKind::subscript:
    return value.base != nullptr && is_session(reader, value.base);
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::dict:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
  case ValueKind::function_ref:
  case ValueKind::operation:
  case ValueKind::lambda:
  case ValueKind::either:
  case ValueKind::comprehension:
    return false;
  }
  return false;
}

bool is_async_session(Reader& reader, ValueRef ref)
{
  const Value& value = settled(*reader.resolve(ref));
  const std::string names =
    value.kind == ValueKind::parameter ? annotation_names(value.base) : dotted_name(value);
  return mentions(names, "AsyncSession") || mentions(names, "async_sessionmaker")
         || mentions(names, "AsyncConnection") || mentions(names, "async_scoped_session")
         || mentions(names, "create_async_engine");
}

SessionSource session_source(Reader& reader, ValueRef session, const FlowContext& context)
{
  const Value& written = settled(*session);
  const Value& value = settled(*reader.resolve(session));
  for (const ValueRef opened : context.with_contexts) {
    if (same_place(&settled(*opened), &written) || same_place(&settled(*opened), &value)) {
      return SessionSource::context_manager;
    }
  }
  const std::string dotted = dotted_name(value);
  if (mentions(dotted, "flask_sqlalchemy") || mentions(dotted, "SQLAlchemy()")) {
    return SessionSource::framework;
  }
  if (mentions(dotted, "scoped_session")) {
    return SessionSource::scoped;
  }
  if (value.kind == ValueKind::parameter) {
    const syntax::Parameter* parameter = declared(value);
    const bool injected =
      (parameter != nullptr && is_dependency(*parameter)) || value_depends(value.base);
    const bool own = written.kind == ValueKind::attribute;
    return injected ? SessionSource::dependency
           : own    ? SessionSource::attribute
                    : SessionSource::parameter;
  }
  if (written.kind == ValueKind::attribute && reader.instance_class(written.base) != nullptr) {
    return SessionSource::attribute;
  }
  if (value.kind == ValueKind::attribute && (value.text == "session" || value.text == "query")) {
    return SessionSource::framework; // db.session, Post.query
  }
  if (value.kind == ValueKind::call) {
    if (mentions(dotted_name(*value.base), "Depends")) {
      return SessionSource::dependency;
    }
    if (made_elsewhere(*value.base)) {
      return SessionSource::unknown;
    }
    return at_module_level(value) ? SessionSource::module_global : SessionSource::local_unclosed;
  }
  if (value.kind == ValueKind::element || value.kind == ValueKind::subscript) {
    return SessionSource::local_unclosed;
  }
  return SessionSource::unknown;
}

} // namespace assay::facts::queries
