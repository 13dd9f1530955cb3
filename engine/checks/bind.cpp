// SPDX-License-Identifier: MIT
#include "engine/checks/bind.hpp"

#include "engine/base/text.hpp"
#include "engine/checks/catalogue.hpp"
#include "engine/checks/param_value.hpp"
#include "engine/checks/references.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace assay::checks {

namespace {

constexpr std::array<std::string_view, 12> k_common_keys = {"id",
                                                            "kind",
                                                            "category",
                                                            "title",
                                                            "points",
                                                            "partial",
                                                            "messages",
                                                            "advice",
                                                            "topics",
                                                            "static_cap",
                                                            "by_reading",
                                                            "hidden"};

constexpr std::array<std::string_view, 4> k_outcome_messages = {
  "pass", "fail", "unverified", "not_applicable"};

SourcePosition position_of(const CheckSpec& check, const std::string& key)
{
  const auto found = check.positions.find(key);
  return found == check.positions.end() ? check.position : found->second;
}

class CheckBinder {
public:
  CheckBinder(const References& references,
              const CheckSpec& check,
              std::vector<RubricIssue>& issues)
    : references_(references),
      check_(check),
      issues_(issues)
  {
  }

  BoundCheck bind(const Kind& kind)
  {
    refuse_unknown_keys(kind);
    std::vector<std::pair<std::string, ParamValue>> values;
    BoundCheck bound;
    bound.kind = &kind;
    std::set<std::string> roles;
    for (const Param& param : kind.params) {
      ParamValue value = value_of(param);
      references_.collect_roles(param.type, value, roles);
      collect_queries(param.type, value, bound.queries);
      values.emplace_back(param.name, std::move(value));
    }
    bound.roles.assign(roles.begin(), roles.end());
    bound.params = Params(std::move(values), credits_of(kind));
    refuse_unknown_messages(kind);
    return bound;
  }

private:
  void issue(SourcePosition position, std::string message)
  {
    issues_.push_back({position, std::move(message)});
  }

  static void
  collect_queries(ParamType type, const ParamValue& value, std::vector<std::string>& queries)
  {
    if (type == ParamType::query && !value.text.empty()) {
      queries.push_back(value.text);
    } else if (type == ParamType::query_list) {
      for (const ParamValue& item : value.items) {
        queries.push_back(item.text);
      }
    }
  }

  const ParamValue* given(std::string_view name) const
  {
    for (const auto& [key, value] : check_.params.fields) {
      if (key == name) {
        return &value;
      }
    }
    return nullptr;
  }

  void refuse_unknown_keys(const Kind& kind)
  {
    std::vector<std::string> known(k_common_keys.begin(), k_common_keys.end());
    for (const Param& param : kind.params) {
      known.emplace_back(param.name);
    }
    for (const auto& [key, value] : check_.params.fields) {
      if (std::ranges::find(known, key) == known.end()) {
        issue(value.key_position,
              "kind \"" + std::string(kind.id) + "\" has no parameter \"" + printable(key) + "\""
                + suggestion(key, known));
      }
    }
  }

  ParamValue value_of(const Param& param)
  {
    const ParamValue* written = given(param.name);
    if (written == nullptr) {
      if (param.required) {
        issue(check_.position,
              "check \"" + check_.id + "\" lacks parameter \"" + std::string(param.name)
                + "\" of kind \"" + check_.kind + "\"");
      }
      return parse_fallback(param);
    }
    ParamValue value = *written;
    for (RubricIssue& found : validate(param, value, references_)) {
      issues_.push_back(std::move(found));
    }
    return value;
  }

  std::map<std::string, double> credits_of(const Kind& kind)
  {
    std::map<std::string, double> credits;
    std::vector<std::string> names;
    for (const Level& level : kind.levels) {
      credits.emplace(level.name, level.credit);
      names.emplace_back(level.name);
    }
    for (const auto& [name, credit] : check_.partial) {
      const auto found = credits.find(name);
      if (found == credits.end()) {
        issue(position_of(check_, "partial." + name),
              "kind \"" + std::string(kind.id) + "\" has no level \"" + printable(name) + "\""
                + suggestion(name, names));
      } else {
        found->second = credit;
      }
    }
    return credits;
  }

  void refuse_unknown_messages(const Kind& kind)
  {
    std::vector<std::string> names(k_outcome_messages.begin(), k_outcome_messages.end());
    for (const Level& level : kind.levels) {
      names.emplace_back(level.name);
    }
    for (const auto& [name, text] : check_.messages) {
      if (std::ranges::find(names, name) == names.end()) {
        issue(position_of(check_, "messages." + name),
              "check \"" + check_.id + "\" has a message for \"" + printable(name)
                + "\", which is neither an outcome nor a level of kind \"" + std::string(kind.id)
                + "\"" + suggestion(name, names));
      }
    }
  }

  const References& references_;
  const CheckSpec& check_;
  std::vector<RubricIssue>& issues_;
};

} // namespace

Binding bind_against(const Rubric& rubric, std::span<const Kind* const> kinds)
{
  Binding binding;
  binding.bound.rubric = rubric;
  const References references(rubric);
  std::vector<std::string> ids;
  for (const Kind* kind : kinds) {
    ids.emplace_back(kind->id);
  }
  for (const CheckSpec& check : rubric.checks) {
    const auto found =
      std::ranges::find_if(kinds, [&](const Kind* kind) { return kind->id == check.kind; });
    if (found == kinds.end()) {
      binding.issues.push_back(
        {position_of(check, "kind"),
         "unknown check kind \"" + printable(check.kind) + "\"" + suggestion(check.kind, ids)});
      continue;
    }
    CheckBinder binder(references, check, binding.issues);
    binding.bound.checks.push_back(binder.bind(**found));
  }
  return binding;
}

Result<BoundRubric> bind(const Rubric& rubric)
{
  Binding binding = bind_against(rubric, catalogue());
  if (!binding.issues.empty()) {
    return to_error(rubric.path, std::move(binding.issues));
  }
  return std::move(binding.bound);
}

std::span<const std::string_view> common_check_keys()
{
  return k_common_keys;
}

} // namespace assay::checks
