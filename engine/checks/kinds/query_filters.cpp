// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_restriction.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace assay::checks::query_filters {

namespace {

constexpr Param k_params[] = {
  {.name = "query",
   .type = ParamType::query,
   .required = true,
   .summary = "The query of the rubric."},
};

constexpr Level k_levels[] = {
  {"fixed_limit", 0.7, "Only the first page, without a parameter for more."},
  {"wrong_path", 0.5, "Another public path to the same result returns wrong rows."},
  {"other_technology", 0.25, "It is written for another library or in SQL."},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()", k_eager_books, "{query: books_of_author}", "pass"},
  {"A query in a loop", k_lazy_books, "{query: books_of_author}", "fail"},
  {"A query behind an unknown package", k_opaque_books, "{query: books_of_author}", "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::queries, FactFamily::schema, FactFamily::environment};

bool has_limit_parameter(const Callable& callable)
{
  constexpr std::array<std::string_view, 7> k_words = {
    "limit", "size", "page", "count", "per", "top", "n"};
  return std::ranges::any_of(callable.parameters, [&](const CallableParameter& parameter) {
    return std::ranges::any_of(identifier_words(parameter.name), [&](const std::string& word) {
      return std::ranges::find(k_words, word) != k_words.end();
    });
  });
}

/// A parameter of a class of the submission's own, a message or a page, may carry the limit.
bool takes_a_message(const Subject& subject, const Callable& callable)
{
  constexpr std::array<std::string_view, 7> k_plain = {
    "int", "str", "bool", "UUID", "None", "Optional", "EmailStr"};
  return std::ranges::any_of(callable.parameters, [&](const CallableParameter& parameter) {
    const std::string& type = parameter.annotation;
    const std::string_view last = std::string_view(type).substr(type.rfind('.') + 1);
    const bool mapped =
      std::ranges::any_of(subject.facts.schema.classes, [&](const MappedClass& each) {
        return each.name == last || each.name.ends_with("." + std::string(last));
      });
    return !type.empty() && !mapped && type.find("ession") == std::string::npos
           && type.find("Engine") == std::string::npos
           && type.find("Connection") == std::string::npos
           && std::ranges::none_of(k_plain,
                                   [&](std::string_view plain) { return last.starts_with(plain); });
  });
}

/// The statement that brings the roots, where a limit is written into it that nobody can raise;
/// nullptr if there is none.
const Statement* fixed_page(const Subject& subject, const QueryView& view)
{
  if (has_limit_parameter(*view.callable) || takes_a_message(subject, *view.callable)) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(view.statements, [&](const Statement* statement) {
    return statement->limited == Truth::yes && statement->limit == Operand::constant
           && selects(*statement, view.root);
  });
  return found == view.statements.end() ? nullptr : *found;
}

Finding only_first_page(const QueryView& view, const Statement& statement, double confidence)
{
  return at_level("fixed_limit",
                  confidence,
                  fmt::format("{} returns only the first page and has no parameter for more",
                              label(*view.callable)),
                  {{statement.where, ""}});
}

Finding without_filter(const QueryView& view, const Statement& statement)
{
  const auto loose =
    std::ranges::find_if(statement.filters, [](const Filter& filter) { return !filter.joined; });
  const std::string reason =
    loose == statement.filters.end()
      ? fmt::format(
        "{} does not restrict the result to one {}", label(*view.callable), label(view.by))
      : fmt::format("{} filters by {}.{} without joining it: every row matches",
                    label(*view.callable),
                    short_name(loose->class_name),
                    loose->attribute);
  if (!view.understood()) {
    return undetermined(reason + ", as far as it could be read", 0.5, evidence_of(view));
  }
  return failed(view.confidence, reason, {{statement.where, ""}});
}

/// Nothing if it was not told whose objects are wanted: then its rows prove nothing.
std::optional<Finding>
judge_runs(const Subject& subject, const QueryView& view, const DrivenCallable& calls)
{
  if (!calls.asked) {
    return std::nullopt;
  }
  const auto& runs = calls.runs;
  const auto foreign =
    std::ranges::find_if(runs, [](const DriveRun& run) { return run.roots_foreign > 0; });
  if (foreign != runs.end()) {
    return failed(1,
                  fmt::format("{} also returns what belongs to another {}",
                              label(*view.callable),
                              label(view.by)),
                  evidence_of(view));
  }
  const auto short_of =
    std::ranges::find_if(runs, [](const DriveRun& run) { return run.roots_seen < run.roots; });
  if (short_of == runs.end()) {
    if (const Statement* page = fixed_page(subject, view)) {
      return only_first_page(view, *page, 1); // more rows than the run had would not fit
    }
    return passed(1,
                  fmt::format("{} returns all of one {} and nothing else",
                              label(*view.callable),
                              label(view.by)),
                  evidence_of(view));
  }
  const bool limited = std::ranges::any_of(
    view.statements, [](const Statement* statement) { return statement->limited != Truth::no; });
  if (cut_by_limit(view) != nullptr) {
    return std::nullopt; // R5: that is charged elsewhere
  }
  if (limited && short_of->roots_seen > 0) {
    return at_level(
      "fixed_limit",
      1,
      fmt::format(
        "{} returned {} of {}", label(*view.callable), short_of->roots_seen, short_of->roots),
      evidence_of(view));
  }
  return failed(
    1,
    fmt::format(
      "{} returned {} of {}", label(*view.callable), short_of->roots_seen, short_of->roots),
    evidence_of(view));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const QueryView view = view_query(subject, params.text("query"));
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  if (!subject.facts.environment.other_technology.empty()
      && !subject.facts.environment.uses_sqlalchemy) {
    return at_level("other_technology",
                    view.confidence,
                    "The query is not written with SQLAlchemy",
                    evidence_of(view));
  }
  const auto runs = [&](const DrivenCallable& calls) { return judge_runs(subject, view, calls); };
  if (auto shown = judge_calls(subject, view, runs)) {
    return *shown;
  }
  if (const RaisesOnRows raising = read_raising(subject, view); raising.raises == Truth::yes) {
    return failed(view.confidence, raising.reason, {{raising.where, ""}});
  } else if (raising.raises == Truth::unknown) {
    return undetermined(raising.reason, 0.5, {{raising.where, ""}});
  }
  if (view.statements.empty()) {
    return undetermined(fmt::format("What {} selects could not be read", label(*view.callable)),
                        0.7,
                        evidence_of(view));
  }
  const Restrictions restrictions(subject, view);
  const auto found = std::ranges::find_if(view.statements, [&](const Statement* statement) {
    return restrictions.restricts(*statement);
  });
  if (found == view.statements.end()) {
    return without_filter(view, *view.statements.front());
  }
  const Statement& statement = **found;
  if (!view.understood()) {
    return undetermined(fmt::format("{} filters by {}, but not all of it could be read",
                                    label(*view.callable),
                                    label(view.by)),
                        0.9,
                        evidence_of(view));
  }
  if (const Statement* page = fixed_page(subject, view)) {
    return only_first_page(view, *page, view.confidence);
  }
  return passed(view.confidence,
                fmt::format("{} is restricted to one {}", label(*view.callable), label(view.by)),
                {{statement.where, ""}});
}

} // namespace

extern constinit const Kind kind{
  .id = "query.filters",
  .since = "0.1",
  .summary = "The result holds all and only the objects asked for.",
  .why = "The filter must lead to the entity that is asked for: by the foreign key, by a joined "
         "column, or by the relationship.",
  .blind_spots = "Filters that are computed; whether rows really come back.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_filters
