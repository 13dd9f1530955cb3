// SPDX-License-Identifier: MIT
// What kind of session, connection or engine a parameter is for.
#include "engine/base/text.hpp"
#include "engine/probe/query_arguments.hpp"

#include <algorithm>
#include <array>

namespace assay::probe {

namespace {

bool speaks_of(const std::string& type, std::string_view part)
{
  return type.find(part) != std::string::npos;
}

bool has_word(const Parameter& parameter, std::initializer_list<std::string_view> list)
{
  return std::ranges::any_of(parameter.words, [&](const std::string& word) {
    return std::ranges::find(list, word) != list.end();
  });
}

} // namespace

std::optional<std::string> Binder::session_for(const Parameter& parameter) const
{
  const std::string& type = parameter.annotation;
  const std::string prefix = asynchronous_ ? "async_" : "";
  if (speaks_of(type, "sessionmaker")
      || (speaks_of(type, "Callable") && speaks_of(type, "Session"))) {
    return speaks_of(type, "async") || speaks_of(type, "Async") ? "async_sessionmaker"
                                                                : prefix + "sessionmaker";
  }
  if (speaks_of(type, "scoped_session")) {
    return "scoped_session";
  }
  if (speaks_of(type, "AsyncSession")) {
    return "async_session";
  }
  if (speaks_of(type, "AsyncEngine")) {
    return "async_engine";
  }
  if (speaks_of(type, "AsyncConnection")) {
    return "async_connection";
  }
  if (speaks_of(type, "Session")) {
    return prefix + "session";
  }
  if (speaks_of(type, "Engine")) {
    return "engine";
  }
  if (speaks_of(type, "Connection")) {
    return "connection";
  }
  const std::string name = to_lower(parameter.name);
  const bool many_words = has_word(parameter, {"factory", "maker", "local", "provider"});
  if (!type.empty() && !speaks_of(type, "Any") && !speaks_of(type, "None")) {
    return std::nullopt;
  }
  if (many_words && has_word(parameter, {"session", "sesion", "sessao", "db"})) {
    return prefix + "sessionmaker";
  }
  if (name == "sessionlocal" || name == "session_factory" || name == "sessionmaker") {
    return prefix + "sessionmaker";
  }
  if (name == "engine" || name == "motor") {
    return prefix + "engine";
  }
  constexpr std::array<std::string_view, 16> k_sessions = {"session",
                                                           "db",
                                                           "s",
                                                           "sess",
                                                           "db_session",
                                                           "sesion",
                                                           "sessao",
                                                           "database",
                                                           "dbsession",
                                                           "sqla_session",
                                                           "_session",
                                                           "ses",
                                                           "sql_session",
                                                           "orm_session",
                                                           "async_session",
                                                           "dbs"};
  if (std::ranges::find(k_sessions, name) != k_sessions.end()) {
    return prefix + "session";
  }
  if (name == "conn" || name == "connection" || name == "conexion" || name == "conexao") {
    return prefix + "connection";
  }
  return std::nullopt;
}

std::vector<Choice> Binder::unnamed_session() const
{
  const bool given =
    callable_.session == SessionSource::parameter || callable_.session == SessionSource::attribute;
  const std::string kind = asynchronous_ ? "async_session" : "session";
  return given ? std::vector<Choice>{{wire::Value(wire::Value::Dict{{"is", wire::Value(kind)}}),
                                      kind,
                                      false}}
               : std::vector<Choice>{};
}

} // namespace assay::probe
