// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_restriction.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_exists {

namespace {

constexpr Param k_params[] = {
  {.name = "query",
   .type = ParamType::query,
   .required = true,
   .summary = "The query of the rubric."},
};

constexpr Level k_levels[] = {
  {"fixed_target", 0.7, "It always asks for the same object."},
  {"readme_only", 0.25, "The query stands only in the README."},
  {"raises", 0.25, "It raises as soon as there are rows."},
  {"other_technology", 0.25, "It is written for another library or in SQL."},
};

constexpr Example k_examples[] = {
  {"A function with a statement", k_eager_books, "{query: books_of_author}", "pass"},
  {"No query at all", k_no_books, "{query: books_of_author}", "fail"},
  {"A query behind an unknown package", k_opaque_books, "{query: books_of_author}", "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::queries, FactFamily::schema, FactFamily::environment};

/// Every filter that says whose objects are wanted compares with a constant: nobody else can be
/// asked for.
bool is_fixed(const Subject& subject, const QueryView& view)
{
  const Restrictions restrictions(subject, view);
  bool any = false;
  for (const Statement* statement : view.statements) {
    for (const Filter& filter : statement->filters) {
      if (restrictions.of(filter) == Restriction::none) {
        continue;
      }
      if (filter.operand != Operand::constant) {
        return false;
      }
      any = true;
    }
  }
  const bool asks =
    std::ranges::any_of(view.callable->parameters,
                        [](const CallableParameter& parameter) { return !parameter.has_default; });
  return any && (!asks || view.callable->kind == CallableKind::script);
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const QueryView view = view_query(subject, params.text("query"));
  if (!subject.facts.environment.other_technology.empty()
      && !subject.facts.environment.uses_sqlalchemy) {
    return view.callable == nullptr
             ? failed(view.confidence,
                      fmt::format("There is no SQLAlchemy query: the submission uses {}",
                                  subject.facts.environment.other_technology))
             : at_level("other_technology",
                        view.confidence,
                        fmt::format("The query is written for {}",
                                    subject.facts.environment.other_technology),
                        evidence_of(view));
  }
  if (view.callable == nullptr) {
    if (!subject.facts.queries.readme_queries.empty()) {
      return at_level("readme_only",
                      no_callable(subject, view).confidence,
                      "The query stands only in the README");
    }
    return no_callable(subject, view);
  }
  if (const DrivenCallable* calls = driven(subject, view)) {
    if (std::string why = why_nothing(subject, view, *calls); !why.empty()) {
      return seen(subject, at_level("raises", 1, std::move(why), evidence_of(view)));
    }
    if (calls->asked || !is_fixed(subject, view)) {
      return seen(subject,
                  passed(1,
                         fmt::format("{} answers it{}{}",
                                     label(*view.callable),
                                     calls->detail.empty() ? "" : ". ",
                                     calls->detail),
                         evidence_of(view)));
    }
  }
  if (const RaisesOnRows raising = read_raising(subject, view); raising.raises == Truth::yes) {
    return at_level("raises", view.confidence, raising.reason, {{raising.where, ""}});
  }
  if (!view.understood()) {
    return undetermined(
      fmt::format("What {} returns could not be read completely", label(*view.callable)),
      0.9,
      evidence_of(view));
  }
  if (is_fixed(subject, view)) {
    return at_level("fixed_target",
                    view.confidence,
                    fmt::format("{} always asks for the same {}",
                                label(*view.callable),
                                role_title(subject, view.spec->by)),
                    evidence_of(view));
  }
  return passed(
    view.confidence, fmt::format("{} answers it", label(*view.callable)), evidence_of(view));
}

} // namespace

extern constinit const Kind kind{
  .id = "query.exists",
  .since = "0.1",
  .summary = "A callable or statement that answers the query exists.",
  .why = "Functions, methods, routes, scripts and bare statements count, whatever they are called.",
  .blind_spots = "Whether the database accepts the statement.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_exists
