// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/query_arguments.hpp"
#include "engine/probe/query_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace assay::probe {

using wire::Value;

namespace {

bool says(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

/// Every parameter with its choices, as ways to call: the first choices, then each other one.
struct Ways {
  std::vector<Binding> ways;
  std::string why;
};

Ways combine(const Binder& binder, const std::vector<Parameter>& parameters)
{
  Ways result;
  std::vector<std::pair<std::string, std::vector<Choice>>> choices;
  std::size_t most = 1;
  bool session_passed = std::ranges::any_of(parameters, [&](const Parameter& parameter) {
    return binder.session_for(parameter).has_value();
  });
  for (const Parameter& parameter : parameters) {
    auto found = binder.choices_for(parameter);
    if (!found) {
      continue;
    }
    if (found->empty() && !session_passed && parameter.annotation.empty()) {
      found = binder.unnamed_session();
      session_passed = true;
    }
    if (found->empty()) {
      found = binder.guesses(parameter);
    }
    if (found->empty()) {
      result.why = fmt::format("nothing is known to pass for {}", parameter.name);
      return result;
    }
    most = std::max(most, found->size());
    choices.emplace_back(parameter.name, std::move(*found));
  }
  for (std::size_t way = 0; way < most; ++way) {
    Binding binding;
    Value::Dict arguments;
    for (const auto& [name, list] : choices) {
      const Choice& choice = list[std::min(way, list.size() - 1)];
      arguments.emplace_back(name, choice.value);
      binding.bound.push_back(fmt::format("{}: {}", name, choice.says));
      binding.asked = binding.asked || choice.asks;
      binding.guessed = binding.guessed || choice.guessed;
    }
    binding.arguments = Value(std::move(arguments));
    result.ways.push_back(std::move(binding));
  }
  return result;
}

/// The parameters of an address: {user_id}, {user_id:int}, <int:user_id>.
std::vector<std::pair<std::string, std::string>> placeholders(const std::string& path)
{
  std::vector<std::pair<std::string, std::string>> found;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char close = path[i] == '{' ? '}' : path[i] == '<' ? '>' : '\0';
    const std::size_t end = close == '\0' ? std::string::npos : path.find(close, i);
    if (end == std::string::npos) {
      continue;
    }
    const std::string inner = path.substr(i + 1, end - i - 1);
    const auto colon = inner.find(':');
    const std::string name = colon == std::string::npos ? inner
                             : close == '>'             ? inner.substr(colon + 1)
                                                        : inner.substr(0, colon);
    found.emplace_back(path.substr(i, end - i + 1), name);
    i = end;
  }
  return found;
}

std::string text_of_value(const Value& choice)
{
  const Value* value = choice.member("value");
  if (value == nullptr) {
    return {};
  }
  if (const auto* const number = value->get<std::int64_t>()) {
    return std::to_string(*number);
  }
  const auto* const text = value->get<std::string>();
  return text == nullptr ? std::string() : *text;
}

Ways bind_route(const Binder& binder,
                const Value& described,
                const std::vector<Parameter>& parameters)
{
  Ways result;
  const Value& route = list_at(described, "routes").front();
  const auto methods = texts_at(route, "methods");
  if (std::ranges::find(methods, "GET") == methods.end()) {
    result.why = "it does not answer GET requests";
    return result;
  }
  std::string path = text_at(route, "path", 300);
  Binding binding;
  std::set<std::string> in_path;
  for (const auto& [hole, name] : placeholders(path)) {
    const auto known = std::ranges::find(parameters, name, &Parameter::name);
    Parameter parameter = known == parameters.end() ? Parameter() : *known;
    parameter.name = name;
    parameter.has_default = false;
    if (parameter.words.empty()) {
      parameter.words = identifier_words(name);
    }
    if (says(hole, "<int:")) {
      parameter.annotation = "int";
    } else if (parameter.annotation.empty()) {
      parameter.annotation = says(hole, "uuid") ? "UUID" : says(name, "id") ? "int" : "str";
    }
    auto choices = binder.choices_for(parameter);
    if (choices && choices->empty()) {
      choices = binder.guesses(parameter);
    }
    if (!choices || choices->empty() || text_of_value(choices->front().value).empty()) {
      result.why = fmt::format("nothing is known to pass for {}", name);
      return result;
    }
    path.replace(path.find(hole), hole.size(), text_of_value(choices->front().value));
    binding.bound.push_back(fmt::format("{}: {}", name, choices->front().says));
    binding.asked = binding.asked || choices->front().asks;
    binding.guessed = binding.guessed || choices->front().guessed;
    in_path.insert(name);
  }
  Value::Dict query;
  for (const Parameter& parameter : parameters) {
    if (in_path.contains(parameter.name)) {
      continue;
    }
    const auto choices = binder.choices_for(parameter);
    if (choices && !choices->empty()) {
      if (const std::string text = text_of_value(choices->front().value); !text.empty()) {
        query.emplace_back(parameter.name, Value(text));
        binding.bound.push_back(fmt::format("{}: {}", parameter.name, choices->front().says));
        binding.asked = binding.asked || choices->front().asks;
      }
    }
  }
  binding.arguments = Value(Value::Dict{{"how", Value(text_at(route, "framework"))},
                                        {"path", Value(path)},
                                        {"query", Value(std::move(query))}});
  result.ways.push_back(std::move(binding));
  return result;
}

} // namespace

std::pair<std::string, std::string> path_and_name(const std::string& ref)
{
  const auto colons = ref.find("::");
  if (colons == std::string::npos) {
    return {ref, {}};
  }
  std::string name = ref.substr(colons + 2);
  return {ref.substr(0, colons), name.substr(0, name.find('#'))};
}

Bindings bind_callable(const BindingSource& source,
                       const Callable& callable,
                       const std::string& module,
                       const Value& described)
{
  const std::string kind = text_at(described, "kind", 40);
  const std::string name = path_and_name(callable.ref).second;
  if (kind == "absent" || kind == "class" || kind == "object") {
    return {{}, "it is not there once its module is imported"};
  }
  const auto parameters = parameters_in(described, "parameters");
  const auto constructor = parameters_in(described, "constructor");
  const auto speaks_async = [](const Parameter& parameter) {
    return says(parameter.annotation, "Async");
  };
  const bool asynchronous = callable.is_async || truth_at(described, "asynchronous")
                            || std::ranges::any_of(parameters, speaks_async)
                            || std::ranges::any_of(constructor, speaks_async);
  const Binder binder(source, callable, asynchronous);
  if (!list_at(described, "routes").empty()) {
    Ways routed = bind_route(binder, described, parameters);
    return {std::move(routed.ways), std::move(routed.why)};
  }
  Ways ways = combine(binder, parameters);
  if (ways.ways.empty()) {
    return {{}, ways.why};
  }
  Value self;
  std::vector<std::string> self_bound;
  bool self_asks = false;
  bool self_guessed = false;
  if (kind == "method" || kind == "property") {
    const std::string owner = name.substr(0, name.rfind('.'));
    const auto& instances = list_at(described, "instances");
    if (truth_at(described, "mapped")) {
      const SeedRow* row = binder.row_of_class(text_at(described, "owner", 300), self_asks);
      auto instance = row == nullptr ? std::nullopt : binder.instance_of(*row);
      if (!instance) {
        return {{}, "there is no row of its class"};
      }
      self = std::move(*instance);
      self_bound.push_back(fmt::format("self: a {}", row->role));
    } else if (!instances.empty() && instances.front().get<Value::List>() != nullptr
               && instances.front().get<Value::List>()->size() == 2) {
      self = Value(Value::Dict{{"is", "global"},
                               {"module", (*instances.front().get<Value::List>())[0]},
                               {"name", (*instances.front().get<Value::List>())[1]}});
    } else {
      Ways made = combine(binder, constructor);
      if (made.ways.empty()) {
        return {{}, made.why};
      }
      self = Value(Value::Dict{{"is", "made"},
                               {"module", Value(module)},
                               {"name", Value(owner)},
                               {"arguments", made.ways.front().arguments}});
      self_bound = made.ways.front().bound;
      self_asks = made.ways.front().asked;
      self_guessed = made.ways.front().guessed;
    }
  }
  for (Binding& way : ways.ways) {
    way.arguments = Value(Value::Dict{{"how", Value(kind)},
                                      {"module", Value(module)},
                                      {"name", Value(name)},
                                      {"asynchronous", Value(asynchronous)},
                                      {"self", self},
                                      {"arguments", std::move(way.arguments)}});
    way.bound.insert(way.bound.begin(), self_bound.begin(), self_bound.end());
    way.asked = way.asked || self_asks;
    way.guessed = way.guessed || self_guessed;
  }
  return {std::move(ways.ways), {}};
}

} // namespace assay::probe
