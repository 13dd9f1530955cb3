// SPDX-License-Identifier: MIT
// A few kinds whose findings tests dictate, and a small rubric that uses them.
#pragma once

#include "engine/checks/bind.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace assay::test {

/// What the sample kinds answer, by the `answer` parameter of the check, or for the query kinds by
/// the chosen callables: "query:ref", "ref+ref". Unknown keys give a failed finding.
inline std::map<std::string, checks::Finding>& answers()
{
  static std::map<std::string, checks::Finding> all;
  return all;
}

/// How often the kinds were evaluated since it was last set to 0.
inline int& evaluations()
{
  static int count = 0;
  return count;
}

namespace sample {

using checks::Finding;
using checks::Kind;
using checks::Level;
using checks::Param;
using checks::Params;
using checks::ParamType;
using checks::Subject;

inline constexpr std::array<std::string_view, 3> k_colours = {"red", "green", "blue"};

inline constexpr std::array<Param, 10> k_params = {{
  {"answer", ParamType::text, true, "", "", "Which answer to give.", {}},
  {"entity", ParamType::entity, true, "", "", "An entity.", {}},
  {"relation", ParamType::relation, false, "", "", "A relation.", {}},
  {"columns", ParamType::column_role_list, false, "[]", "", "Columns.", {}},
  {"paths", ParamType::path_list, false, "[]", "", "Paths.", {}},
  {"colour", ParamType::text, false, "green", "", "A colour.", k_colours},
  {"colours", ParamType::text_list, false, "[red, blue]", "", "Colours.", k_colours},
  {"size", ParamType::number, false, "1.5", "", "A size.", {}},
  {"loud", ParamType::flag, false, "false", "", "Loud or not.", {}},
  {"column", ParamType::column_role, false, "", "", "One column.", {}},
}};

inline constexpr std::array<Level, 2> k_levels = {
  {{"half", 0.5, "Half."}, {"tenth", 0.1, "A tenth."}}};

inline constexpr std::array<Param, 1> k_query_param = {
  {{"query", ParamType::query, true, "", "", "A query.", {}}}};

inline constexpr std::array<Param, 1> k_queries_param = {
  {{"queries", ParamType::query_list, true, "", "", "Queries.", {}}}};

inline Finding answer(const std::string& key)
{
  ++evaluations();
  const auto found = answers().find(key);
  return found == answers().end() ? checks::failed(0.9, "no answer for " + key) : found->second;
}

inline Finding evaluate_sample(const Subject& /*subject*/, const Params& params)
{
  return answer(params.text("answer"));
}

inline std::string chosen(const Subject& subject, const std::string& query)
{
  const auto found = subject.roles.queries.find(query);
  return found == subject.roles.queries.end() ? "none" : found->second;
}

inline Finding evaluate_query(const Subject& subject, const Params& params)
{
  return answer(params.text("query") + ":" + chosen(subject, params.text("query")));
}

inline Finding evaluate_queries(const Subject& subject, const Params& params)
{
  std::string key;
  for (const std::string& query : params.list("queries")) {
    key += (key.empty() ? "" : "+") + chosen(subject, query);
  }
  return answer(key);
}

inline Kind make_kind(std::string_view id,
                      std::span<const Param> params,
                      std::span<const Level> levels,
                      Finding (*evaluate)(const Subject&, const Params&))
{
  Kind kind{};
  kind.id = id;
  kind.since = "0.1";
  kind.summary = "A kind for tests.";
  kind.params = params;
  kind.levels = levels;
  kind.evaluate = evaluate;
  return kind;
}

} // namespace sample

/// Declares most types of parameters and the levels `half` (0.5) and `tenth` (0.1).
inline const checks::Kind k_sample_kind =
  sample::make_kind("sample.kind", sample::k_params, sample::k_levels, sample::evaluate_sample);
/// One required `query` parameter.
inline const checks::Kind k_one_query_kind =
  sample::make_kind("sample.one_query", sample::k_query_param, {}, sample::evaluate_query);
/// One required `queries` parameter.
inline const checks::Kind k_two_queries_kind =
  sample::make_kind("sample.two_queries", sample::k_queries_param, {}, sample::evaluate_queries);

inline std::span<const checks::Kind* const> sample_kinds()
{
  static const std::array<const checks::Kind*, 3> kinds = {
    &k_sample_kind, &k_one_query_kind, &k_two_queries_kind};
  return kinds;
}

inline Rubric sample_rubric()
{
  auto rubric =
    rubric::load_rubric(std::string(ASSAY_SOURCE_DIR) + "/tests/checks/bind/sample.yaml");
  if (!rubric) {
    FAIL(rubric.error().message);
  }
  return *rubric;
}

inline checks::BoundRubric bound(const Rubric& rubric)
{
  checks::Binding binding = checks::bind_against(rubric, sample_kinds());
  REQUIRE(binding.issues.empty());
  return binding.bound;
}

} // namespace assay::test
