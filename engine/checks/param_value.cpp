// SPDX-License-Identifier: MIT
#include "engine/checks/param_value.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace assay::checks {

namespace {

std::string_view unquoted(std::string_view text)
{
  text = trim(text);
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'')
                      && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

ParamValue scalar(std::string_view text)
{
  ParamValue value;
  value.text = std::string(unquoted(text));
  return value;
}

bool is_number(const std::string& text)
{
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end && std::isfinite(number);
}

std::string list_choices(std::span<const std::string_view> choices)
{
  std::string text;
  for (const std::string_view choice : choices) {
    text += (text.empty() ? "" : ", ") + std::string(choice);
  }
  return text;
}

std::optional<std::string> choice_problem(const Param& param, const std::string& text)
{
  if (param.choices.empty() || std::ranges::find(param.choices, text) != param.choices.end()) {
    return std::nullopt;
  }
  const std::vector<std::string> known(param.choices.begin(), param.choices.end());
  return "\"" + printable(text) + "\" is none of " + list_choices(param.choices)
         + suggestion(text, known);
}

std::optional<std::string>
scalar_problem(const Param& param, std::string& text, const References& references)
{
  switch (param.type) {
  case ParamType::text:
  case ParamType::text_list:
    return choice_problem(param, text);
  case ParamType::number:
    return is_number(text) ? std::nullopt
                           : std::optional("\"" + printable(text) + "\" is not a finite number");
  case ParamType::flag:
    return text == "true" || text == "false"
             ? std::nullopt
             : std::optional("\"" + printable(text) + "\" is neither true nor false");
  case ParamType::entity:
  case ParamType::entity_list:
    return references.entity(text);
  case ParamType::relation:
  case ParamType::relation_list:
    return references.relation(text);
  case ParamType::query:
  case ParamType::query_list:
    return references.query(text);
  case ParamType::column_role:
  case ParamType::column_role_list:
    return references.column_role(text);
  case ParamType::path_list:
    return references.path(text);
  }
  return std::nullopt;
}

} // namespace

std::string_view to_string(ParamType type)
{
  switch (type) {
  case ParamType::text:
    return "text";
  case ParamType::number:
    return "number";
  case ParamType::flag:
    return "true or false";
  case ParamType::text_list:
    return "list of texts";
  case ParamType::entity:
    return "entity";
  case ParamType::entity_list:
    return "list of entities";
  case ParamType::relation:
    return "relation";
  case ParamType::relation_list:
    return "list of relations";
  case ParamType::query:
    return "query";
  case ParamType::query_list:
    return "list of queries";
  case ParamType::column_role:
    return "column role";
  case ParamType::column_role_list:
    return "list of column roles";
  case ParamType::path_list:
    return "list of paths";
  }
  return "text";
}

bool is_list(ParamType type)
{
  switch (type) {
  case ParamType::text_list:
  case ParamType::entity_list:
  case ParamType::relation_list:
  case ParamType::query_list:
  case ParamType::column_role_list:
  case ParamType::path_list:
    return true;
  case ParamType::text:
  case ParamType::number:
  case ParamType::flag:
  case ParamType::entity:
  case ParamType::relation:
  case ParamType::query:
  case ParamType::column_role:
    return false;
  }
  return false;
}

ParamValue parse_fallback(const Param& param)
{
  const std::string_view text = trim(param.fallback);
  if (!is_list(param.type)) {
    return scalar(text);
  }
  ParamValue value;
  value.kind = ParamValue::Kind::list;
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') {
    return value;
  }
  const std::string_view inner = trim(text.substr(1, text.size() - 2));
  if (inner.empty()) {
    return value;
  }
  for (const std::string_view item : split(inner, ',')) {
    value.items.push_back(scalar(item));
  }
  return value;
}

std::vector<RubricIssue>
validate(const Param& param, ParamValue& value, const References& references)
{
  std::vector<RubricIssue> issues;
  const std::string name(param.name);
  const auto expected = is_list(param.type) ? ParamValue::Kind::list : ParamValue::Kind::scalar;
  if (value.kind != expected) {
    issues.push_back(
      {value.position, "\"" + name + "\" must be a " + std::string(to_string(param.type))});
    return issues;
  }
  const auto check = [&](ParamValue& item) {
    if (item.kind != ParamValue::Kind::scalar) {
      issues.push_back(
        {item.position, "\"" + name + "\" must be a " + std::string(to_string(param.type))});
    } else if (auto problem = scalar_problem(param, item.text, references)) {
      issues.push_back({item.position, "\"" + name + "\": " + *problem});
    }
  };
  if (value.kind == ParamValue::Kind::scalar) {
    check(value);
    return issues;
  }
  std::set<std::string> seen;
  for (ParamValue& item : value.items) {
    check(item);
    if (item.kind == ParamValue::Kind::scalar && !seen.insert(item.text).second) {
      issues.push_back(
        {item.position, "\"" + name + "\" names \"" + printable(item.text) + "\" twice"});
    }
  }
  if (param.required && value.items.empty()) {
    issues.push_back({value.position, "\"" + name + "\" must not be empty"});
  }
  return issues;
}

} // namespace assay::checks
