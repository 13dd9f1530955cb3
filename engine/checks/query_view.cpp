// SPDX-License-Identifier: MIT
#include "engine/checks/query_view.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks {

namespace {

// checks.md section 7: nothing to read, and nothing that could hide it.
constexpr double k_absent = 0.75;

double confidence_of_queries(const Subject& subject)
{
  const double known = subject.facts.queries.confidence;
  return known > 0 ? known : k_absent;
}

/// A statement over a class that reading does not know, as a generic base class builds it.
const Callable* selects_something_unknown(const QueryFacts& queries)
{
  const auto found = std::ranges::find_if(queries.callables, [](const Callable& callable) {
    return callable.live != Truth::no && !callable.bad_example
           && std::ranges::any_of(callable.statements, [](const Statement& statement) {
                return statement.roots.empty() && statement.columns.empty()
                       && (statement.style == StatementStyle::select
                           || statement.style == StatementStyle::query);
              });
  });
  return found == queries.callables.end() ? nullptr : &*found;
}

} // namespace

bool stands_for(const EntityView& view, const std::string& name)
{
  return std::ranges::find(view.classes, name) != view.classes.end()
         || std::ranges::any_of(view.tables,
                                [&](const Table* table) { return names_table(name, *table); });
}

bool selects(const Statement& statement, const EntityView& view)
{
  const auto column_of = [&](const std::string& column) {
    const auto dot = column.rfind('.');
    return dot != std::string::npos && stands_for(view, column.substr(0, dot));
  };
  return std::ranges::any_of(statement.roots,
                             [&](const std::string& name) { return stands_for(view, name); })
         || std::ranges::any_of(statement.columns, column_of);
}

QueryView view_query(const Subject& subject, std::string_view id)
{
  QueryView view;
  const auto spec = std::ranges::find_if(subject.rubric.queries,
                                         [&](const QuerySpec& query) { return query.id == id; });
  if (spec == subject.rubric.queries.end()) {
    return view;
  }
  view.spec = &*spec;
  view.root = view_entity(subject, spec->root);
  if (!spec->by.empty()) {
    view.by = view_entity(subject, spec->by);
  }
  view.confidence =
    std::min(confidence_of_queries(subject),
             view.root.found() ? view.root.confidence : confidence_of_queries(subject));
  const auto chosen = subject.roles.queries.find(std::string(id));
  if (chosen == subject.roles.queries.end()) {
    return view;
  }
  const auto& callables = subject.facts.queries.callables;
  const auto callable = std::ranges::find_if(
    callables, [&](const Callable& each) { return each.ref == chosen->second; });
  if (callable == callables.end()) {
    return view;
  }
  view.callable = &*callable;
  for (const Statement& statement : callable->statements) {
    if (selects(statement, view.root) || (view.by.found() && selects(statement, view.by))) {
      view.statements.push_back(&statement);
    }
  }
  return view;
}

Finding no_callable(const Subject& subject, const QueryView& view)
{
  const std::string title =
    view.spec == nullptr || view.spec->title.empty() ? std::string("the query") : view.spec->title;
  const std::string reason = fmt::format("No code was found for \"{}\"", title);
  const QueryFacts& queries = subject.facts.queries;
  if (queries.complete != Truth::yes || !absence_proves(subject)) {
    const std::string why = queries.gaps.empty() ? why_incomplete(subject) : queries.gaps.front();
    return undetermined(why.empty() ? reason : reason + ", but " + why, 0.3);
  }
  if (!queries.hidden.empty() && !subject.facts.query_runs.ran) {
    const Callable& first = queries.hidden.front();
    return undetermined(
      fmt::format("{}, but what {} asks the database could not be read", reason, label(first)),
      0.3,
      {{first.where, ""}});
  }
  if (const Callable* unread = selects_something_unknown(queries); unread != nullptr) {
    std::vector<Evidence> evidence;
    add_evidence(evidence, unread->where, "selects what could not be read");
    return undetermined(
      fmt::format("{}, but what {} selects could not be read", reason, label(*unread)),
      0.3,
      std::move(evidence));
  }
  return failed(k_absent, reason);
}

std::optional<Finding> without_queries(const Subject& subject)
{
  const QueryFacts& queries = subject.facts.queries;
  const bool any = std::ranges::any_of(queries.callables, [](const Callable& callable) {
    return !callable.statements.empty() && callable.live != Truth::no;
  });
  if (any) {
    return std::nullopt;
  }
  if (queries.complete != Truth::yes || !absence_proves(subject)) {
    return undetermined("No query was found, but not everything could be read", 0.3);
  }
  return failed(k_absent, "There is no query");
}

bool is_constant(Loading loading)
{
  return loading == Loading::eager || loading == Loading::separate;
}

bool returns_one(const Statement& statement)
{
  constexpr std::array<std::string_view, 6> k_single = {
    "one", "one_or_none", "scalar_one", "scalar_one_or_none", "get", "first"};
  return statement.style == StatementStyle::get
         || std::ranges::find(k_single, statement.execute_method) != k_single.end();
}

bool is_eager_strategy(std::string_view strategy)
{
  constexpr std::array<std::string_view, 4> k_eager = {
    "selectinload", "joinedload", "subqueryload", "contains_eager"};
  return std::ranges::find(k_eager, strategy) != k_eager.end();
}

bool is_eager_mapping(const Relationship& relationship)
{
  constexpr std::array<std::string_view, 4> k_eager = {"selectin", "joined", "subquery", "False"};
  return std::ranges::find(k_eager, relationship.lazy) != k_eager.end();
}

bool is_query_collection(const Relationship& relationship)
{
  const auto is = [](const std::string& text) { return text == "dynamic" || text == "write_only"; };
  return is(relationship.lazy) || is(relationship.collection);
}

bool is_to_many(const Relationship& relationship)
{
  if (relationship.direction == Direction::unknown) {
    return relationship.uselist != Truth::no;
  }
  return relationship.direction == Direction::one_to_many
         || relationship.direction == Direction::many_to_many;
}

const Relationship* relationship_of(const Subject& subject, const LoadStep& step)
{
  const auto& all = subject.facts.schema.relationships;
  const auto exact = std::ranges::find_if(all, [&](const Relationship& each) {
    return each.owner == step.class_name && each.name == step.attribute;
  });
  if (exact != all.end()) {
    return &*exact;
  }
  // Inherited attributes are owned by a base or mixin.
  const MappedClass* owner = find_class(subject.facts.schema, step.class_name);
  const auto inherited = std::ranges::find_if(all, [&](const Relationship& each) {
    return each.name == step.attribute && owner != nullptr
           && std::ranges::find(owner->bases, each.owner) != owner->bases.end();
  });
  return inherited == all.end() ? nullptr : &*inherited;
}

std::string label(const Callable& callable)
{
  const auto colons = callable.ref.rfind("::");
  return colons == std::string::npos ? callable.ref : callable.ref.substr(colons + 2);
}

std::vector<Evidence> evidence_of(const QueryView& view)
{
  std::vector<Evidence> evidence;
  if (view.callable != nullptr) {
    add_evidence(evidence, view.callable->where, label(*view.callable));
  }
  return evidence;
}

RaisesOnRows read_raising(const Subject& subject, const QueryView& view)
{
  RaisesOnRows result;
  if (view.callable == nullptr) {
    return result;
  }
  if (view.callable->always_raises) {
    return {Truth::yes,
            fmt::format("{} raises before it returns anything", label(*view.callable)),
            view.callable->where};
  }
  for (const Statement* statement : view.statements) {
    const bool modern = statement->style == StatementStyle::select && statement->columns.empty();
    if (!modern || statement->unique_called == Truth::yes || statement->executed == Truth::no) {
      continue;
    }
    for (const LoadPath& path : statement->options) {
      if (path.live == Truth::no) {
        continue;
      }
      for (const LoadStep& step : path.steps) {
        const Relationship* relationship = relationship_of(subject, step);
        const bool joined_collection =
          (step.strategy == "joinedload" || step.strategy == "contains_eager")
          && relationship != nullptr && is_to_many(*relationship);
        if (!joined_collection) {
          if (step.strategy == "selectinload" || step.strategy == "subqueryload") {
            break; // what follows is loaded by another statement
          }
          continue;
        }
        result.raises = statement->executed == Truth::yes && statement->unique_called == Truth::no
                          ? Truth::yes
                          : Truth::unknown;
        result.reason = fmt::format(
          "{} joins the collection {} and never calls .unique(): SQLAlchemy refuses the result as "
          "soon as there are rows",
          label(*view.callable),
          step.attribute);
        result.where = path.where;
        return result;
      }
    }
  }
  return result;
}

const Statement* cut_by_limit(const QueryView& view)
{
  const auto found = std::ranges::find_if(view.statements, [](const Statement* statement) {
    return statement->limited == Truth::yes
           && std::ranges::any_of(statement->options, [](const LoadPath& path) {
                return path.live != Truth::no
                       && std::ranges::any_of(path.steps, [](const LoadStep& step) {
                            return step.strategy == "contains_eager";
                          });
              });
  });
  return found == view.statements.end() ? nullptr : *found;
}

namespace {

/// Lower is worse; levels count as half, whatever their credit, because the rubric decides it.
double standing(const Finding& finding)
{
  if (finding.state == Finding::State::not_applicable) {
    return 2;
  }
  return finding.levels.empty() ? finding.share : finding.share * 0.5;
}

} // namespace

Finding lower_of(const Subject& subject,
                 const std::vector<std::string>& queries,
                 Finding (*judge_one)(const Subject&, const QueryView&))
{
  std::optional<Finding> lowest;
  for (const std::string& id : queries) {
    Finding finding = judge_one(subject, view_query(subject, id));
    if (!lowest || standing(finding) < standing(*lowest)) {
      lowest = std::move(finding);
    }
  }
  return lowest.value_or(not_applicable("No query is named"));
}

} // namespace assay::checks
