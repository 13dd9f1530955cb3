// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_style {

namespace {

constexpr Param k_params[] = {
  {.name = "queries",
   .type = ParamType::query_list,
   .required = true,
   .summary = "The queries of the rubric; the lower counts."},
};

constexpr Level k_levels[] = {
  {"untyped", 0.7, "Signatures without types; subtracted."},
  {"undocumented", 0.8, "Neither docstrings nor comments; subtracted."},
  {"mixed_styles", 0.5, "Two query styles mixed without need; subtracted."},
};

constexpr ExampleFile k_documented[] = {{"models.py", k_book_models},
                                        {"queries.py", k_eager_query}};

constexpr ExampleFile k_reflected[] = {
  {"models.py",
   "from sqlalchemy.ext.automap import automap_base\nBase = automap_base()\nBase.prepare()\n"},
};

constexpr Example k_examples[] = {
  {"Typed and documented", k_documented, "{queries: [books_of_author]}", "pass"},
  {"No query at all", k_no_books, "{queries: [books_of_author]}", "fail"},
  {"Nothing that can be read", k_reflected, "{queries: [books_of_author]}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::style};

bool is_typed(const Callable& callable)
{
  const auto typed = [](const CallableParameter& parameter) {
    return !parameter.annotation.empty() || parameter.name == "self" || parameter.name == "cls";
  };
  const bool parameters = std::ranges::all_of(callable.parameters, typed);
  return parameters && (!callable.parameters.empty() || !callable.return_annotation.empty());
}

/// Itself, or the query that it hands its work to.
bool is_documented(const Subject& subject, const Callable& callable)
{
  const auto says = [](const Callable& each) {
    return !each.docstring.empty() || !each.comments.empty();
  };
  return says(callable)
         || std::ranges::any_of(subject.facts.queries.callables, [&](const Callable& other) {
              return says(other) && !other.statements.empty()
                     && std::ranges::find(callable.calls, other.ref) != callable.calls.end();
            });
}

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto none = without_queries(subject)) {
    return *none;
  }
  bool untyped = false;
  bool undocumented = false;
  const Callable* first = nullptr;
  std::vector<Evidence> evidence;
  double confidence = 0.75;
  for (const std::string& id : params.list("queries")) {
    const QueryView view = view_query(subject, id);
    if (view.callable == nullptr) {
      continue;
    }
    first = first == nullptr ? view.callable : first;
    confidence = std::min(confidence, std::max(view.confidence, 0.6));
    const bool route = view.callable->kind == CallableKind::route;
    untyped =
      untyped || (!is_typed(*view.callable) && !(route && view.callable->parameters.empty()));
    undocumented = undocumented || !is_documented(subject, *view.callable);
    add_evidence(evidence, view.callable->where, label(*view.callable));
  }
  if (first == nullptr) {
    return no_callable(subject, view_query(subject, params.list("queries").front()));
  }
  const StyleFacts& style = subject.facts.style;
  const bool mixed = style.uses_legacy_query && style.uses_select;
  double share = 1;
  std::vector<std::string> noted;
  std::vector<std::string> remarks;
  const auto subtract = [&](bool applies, const char* level, const char* remark) {
    if (applies) {
      share -= 1 - params.credit(level);
      noted.emplace_back(level);
      remarks.emplace_back(remark);
    }
  };
  subtract(untyped, "untyped", "signatures without types");
  subtract(undocumented, "undocumented", "neither docstrings nor comments");
  subtract(mixed, "mixed_styles", "session.query() and select() mixed");
  Finding finding = shared(std::max(0.0, share),
                           confidence,
                           remarks.empty() ? "One style, typed and documented"
                                           : sentence(fmt::format("{}", fmt::join(remarks, "; "))),
                           evidence);
  finding.noted = noted;
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "query.style",
  .since = "0.1",
  .summary = "Queries are written in one style, typed and documented.",
  .why = "`session.query()` is as good as `select()`; mixing both without need is not.",
  .blind_spots = "Whether the documentation is true.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_style
