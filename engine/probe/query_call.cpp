// SPDX-License-Identifier: MIT
#include "engine/probe/query_call.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/submission_run.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace assay::probe {

using wire::Value;

namespace {

Value as_value(const std::map<std::string, std::vector<std::string>>& follow)
{
  Value::Dict dict;
  for (const auto& [owner, names] : follow) {
    Value::List list;
    for (const std::string& name : names) {
      list.emplace_back(name);
    }
    dict.emplace_back(owner, Value(std::move(list)));
  }
  return Value(std::move(dict));
}

std::vector<std::string> classes_of(const Resolution& roles, const std::string& role)
{
  std::vector<std::string> classes;
  const auto found = roles.entities.find(role);
  if (found != roles.entities.end()) {
    classes.push_back(found->second.class_name);
    classes.insert(classes.end(), found->second.aliases.begin(), found->second.aliases.end());
  }
  std::erase(classes, std::string());
  return classes;
}

/// One collection from one role to the next, directly or through the class of a link.
void add_hop(std::map<std::string, std::vector<std::string>>& follow,
             const SchemaFacts& schema,
             const Resolution& roles,
             const std::string& from,
             const std::string& to)
{
  const auto owners = classes_of(roles, from);
  const auto targets = classes_of(roles, to);
  const auto& all = schema.relationships;
  const auto is_in = [](const std::vector<std::string>& list, const std::string& name) {
    return std::ranges::find(list, name) != list.end();
  };
  const Relationship* best = nullptr;
  for (const Relationship& each : all) {
    const bool fits = is_in(owners, each.owner) && is_in(targets, each.target);
    const auto rank = [](const Relationship& one) {
      return (one.viewonly ? 4 : 0) + (one.custom_join ? 2 : 0)
             + (one.lazy == "dynamic" || one.lazy == "write_only" || one.lazy == "noload" ? 1 : 0);
    };
    if (fits && (best == nullptr || rank(each) < rank(*best))) {
      best = &each;
    }
  }
  if (best != nullptr) {
    follow[best->owner].push_back(best->name);
    return;
  }
  for (const Relationship& first : all) {
    for (const Relationship& second : all) {
      if (is_in(owners, first.owner) && second.owner == first.target
          && is_in(targets, second.target) && !is_in(owners, second.target)) {
        follow[first.owner].push_back(first.name);
        follow[second.owner].push_back(second.name);
        return;
      }
    }
  }
}

/// Statements of the steps since the last look.
std::map<int, StepStatements> read_log(cell::Run& run, Ground& ground)
{
  std::map<int, StepStatements> steps;
  for (;;) {
    auto part = run.databases().log(ground.logged);
    if (!part || part->statements.empty()) {
      return steps;
    }
    for (const broker::LoggedStatement& statement : part->statements) {
      add_statement(statement, steps[static_cast<int>(statement.step)]);
    }
    ground.logged = part->statements.back().sequence;
  }
}

void add_relations(DriveRun& run, const Value& answer)
{
  const auto state_of = [&](const std::string& relation) -> RelationState& {
    const auto known = std::ranges::find(run.relations, relation, &RelationState::relation);
    if (known != run.relations.end()) {
      return *known;
    }
    run.relations.push_back({relation, 0, 0, 0, {}});
    return run.relations.back();
  };
  const Value* loaded = answer.member("loaded");
  if (const auto* const dict = loaded == nullptr ? nullptr : loaded->get<Value::Dict>()) {
    for (const auto& [relation, counts] : *dict) {
      const auto* const pair = counts.get<Value::List>();
      if (pair == nullptr || pair->size() != 2 || run.relations.size() > 50) {
        continue;
      }
      const auto* const objects = (*pair)[0].get<std::int64_t>();
      const auto* const there = (*pair)[1].get<std::int64_t>();
      if (objects != nullptr && there != nullptr
          && std::ranges::find(run.relations, relation, &RelationState::relation)
               == run.relations.end()) {
        RelationState& state = state_of(to_utf8_lossy(relation.substr(0, 300)));
        state.objects = static_cast<int>(*objects);
        state.loaded = static_cast<int>(*there);
      }
    }
  }
  const Value* missing = answer.member("missing");
  if (const auto* const dict = missing == nullptr ? nullptr : missing->get<Value::Dict>()) {
    for (const auto& [relation, entry] : *dict) {
      if (run.relations.size() > 50) {
        continue;
      }
      RelationState& state = state_of(to_utf8_lossy(relation.substr(0, 300)));
      state.unreachable = static_cast<int>(number_at(entry, "count"));
      state.error = error_at(entry, "error").type;
    }
  }
}

/// Reads what reached the database and takes back what was changed.
std::map<int, StepStatements>
clean_up(cell::Run& run, Ground& ground, int call_step, Attempt& attempt)
{
  auto steps = read_log(run, ground);
  attempt.wrote = std::ranges::any_of(
    steps, [&](const auto& entry) { return entry.first >= call_step && entry.second.writes > 0; });
  attempt.changed_schema = std::ranges::any_of(
    steps, [&](const auto& entry) { return entry.first >= call_step && entry.second.ddl > 0; });
  if (attempt.wrote) {
    static_cast<void>(run.step("release", Value()));
    put_back(run, ground);
  }
  return steps;
}

} // namespace

void put_back(cell::Run& run, Ground& ground)
{
  RunDatabase& database = *ground.database;
  if (database.restore(ground.image) || !ground.image.rows_only) {
    return;
  }
  static_cast<void>(database.clear());
  static_cast<void>(run.step("create_all", Value(ground.create)));
  static_cast<void>(database.restore(ground.image));
}

Follow follow_of(const SchemaFacts& schema,
                 const Resolution& roles,
                 const SeedShape& shape,
                 const QueryTask& task)
{
  std::map<std::string, std::vector<std::string>> entry;
  std::map<std::string, std::vector<std::string>> paths;
  add_hop(entry, schema, roles, shape.by, shape.root);
  add_hop(paths, schema, roles, shape.root, shape.leaf);
  Follow follow{as_value(entry), as_value(paths), Value()};
  for (const auto& [owner, name] : task.claims) {
    auto& names = paths[owner];
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(name);
    }
  }
  if (!task.claims.empty()) {
    follow.claims = as_value(paths);
  }
  return follow;
}

namespace {

bool call_as_it_is(cell::Run& run,
                   Ground& ground,
                   const SeedShape& shape,
                   const Follow& follow,
                   const Binding& binding,
                   Attempt& attempt)
{
  const cell::Reply bound = run.step("bind", binding.arguments);
  if (bound.kind == cell::Reply::Kind::ended) {
    return false;
  }
  if (bound.kind != cell::Reply::Kind::value || text_at(bound.value, "outcome") != "ok") {
    attempt.boundary = true;
    attempt.error = error_at(bound.value, "error");
    return true;
  }
  const cell::Reply driven = run.step("drive", Value());
  const int call_step = run.number();
  if (driven.kind == cell::Reply::Kind::ended) {
    return false;
  }
  attempt.warnings = warnings_at(driven.value, "warnings");
  if (driven.kind != cell::Reply::Kind::value || text_at(driven.value, "outcome") != "ok") {
    attempt.error = error_at(driven.value, "error");
    attempt.boundary =
      driven.kind != cell::Reply::Kind::value || truth_at(driven.value, "boundary");
    attempt.fault = !attempt.boundary;
    clean_up(run, ground, call_step, attempt);
    return true;
  }
  attempt.ok = true;
  add_loads(attempt.run, driven.value);
  const cell::Reply walked =
    run.step("walk", Value(Value::Dict{{"follow", follow.paths}, {"entry", follow.entry}}));
  const int walk_step = run.number();
  if (walked.kind == cell::Reply::Kind::ended) {
    return false;
  }
  add_loads(attempt.run, walked.value);
  add_relations(attempt.run, walked.value);
  int claims_step = 0;
  if (follow.claims.get<Value::Dict>() != nullptr) {
    const cell::Reply claimed = run.step(
      "walk",
      Value(Value::Dict{{"follow", follow.claims}, {"entry", follow.entry}, {"quiet", true}}));
    claims_step = run.number();
    if (claimed.kind == cell::Reply::Kind::ended) {
      return false;
    }
    add_loads(attempt.run, claimed.value);
    add_relations(attempt.run, claimed.value);
  }
  if (const Value* node = walked.value.member("node"); node != nullptr) {
    attempt.node = *node;
    count_nodes(*ground.index, shape, *node, attempt.run);
  }
  const Value* output = driven.value.member("output");
  if (attempt.run.roots_seen == 0 && attempt.run.leaves_seen == 0 && output != nullptr
      && output->get<std::string>() != nullptr && !output->get<std::string>()->empty()) {
    count_printed(*ground.index, shape, *output->get<std::string>(), attempt.run);
    attempt.printed = attempt.run.roots_seen > 0 || attempt.run.leaves_seen > 0;
  }
  auto steps = clean_up(run, ground, call_step, attempt);
  attempt.run.in_call = steps[call_step].count;
  attempt.run.in_walk = steps[walk_step].count;
  attempt.run.in_claims = claims_step == 0 ? 0 : steps[claims_step].count;
  attempt.run.rows = steps[call_step].rows + steps[walk_step].rows;
  add_repeated(attempt.run, steps, {call_step, walk_step});
  add_selects(attempt, steps[call_step]);
  add_selects(attempt, steps[walk_step]);
  return true;
}

} // namespace

bool call_once(cell::Run& run,
               Ground& ground,
               const SeedShape& shape,
               const Follow& follow,
               const Binding& binding,
               Attempt& attempt)
{
  if (!call_as_it_is(run, ground, shape, follow, binding, attempt)) {
    return false;
  }
  // A pool of the submission may hold a connection that the engine ended to put tables back.
  const bool cut_off =
    !attempt.ok && attempt.error.message.find("due to administrator command") != std::string::npos;
  if (!cut_off) {
    return true;
  }
  attempt = {};
  return call_as_it_is(run, ground, shape, follow, binding, attempt);
}

void add_selects(Attempt& attempt, const StepStatements& step)
{
  for (const auto& [text, count] : step.texts) {
    const std::string word =
      to_lower(text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()), 6));
    const bool reads = word == "select" || word.starts_with("with");
    if (reads && text.size() < k_longest_statement
        && std::ranges::find(attempt.selects, text) == attempt.selects.end()) {
      attempt.selects.push_back(text);
    }
  }
}

void add_repeated(DriveRun& run,
                  std::map<int, StepStatements>& steps,
                  std::initializer_list<int> which)
{
  std::map<std::string, int> texts;
  for (const int step : which) {
    for (const auto& [text, count] : steps[step].texts) {
      texts[text] += count;
    }
  }
  for (const auto& [text, count] : texts) {
    if (count > 1) {
      run.repeated.push_back({to_utf8_lossy(std::string_view(text).substr(0, 300)), count});
    }
  }
  std::ranges::stable_sort(run.repeated, std::greater(), &RepeatedStatement::count);
  constexpr std::size_t k_most = 5;
  run.repeated.resize(std::min(run.repeated.size(), k_most));
}

void add_loads(DriveRun& run, const Value& answer)
{
  for (const Value& item : list_at(answer, "loads")) {
    LateLoad load;
    load.relation = text_at(item, "relation", 300);
    load.count = static_cast<int>(std::clamp<std::int64_t>(number_at(item, "count"), 0, 1'000'000));
    load.refresh = truth_at(item, "refresh");
    const auto& place = list_at(item, "place");
    if (place.size() == 2 && place[0].get<std::string>() != nullptr
        && place[1].get<std::int64_t>() != nullptr) {
      load.where.path = to_utf8_lossy(*place[0].get<std::string>());
      load.where.line = static_cast<int>(*place[1].get<std::int64_t>());
      load.where.end_line = load.where.line;
    }
    const auto known = std::ranges::find_if(run.loads, [&](const LateLoad& each) {
      return each.relation == load.relation && each.refresh == load.refresh;
    });
    if (known == run.loads.end()) {
      run.loads.push_back(std::move(load));
    } else {
      known->count += load.count;
      known->where = known->where.path.empty() ? load.where : known->where;
    }
  }
}

void forget_log(cell::Run& run, Ground& ground)
{
  for (;;) {
    auto part = run.databases().log(ground.logged);
    if (!part || part->statements.empty()) {
      return;
    }
    ground.logged = part->statements.back().sequence;
  }
}

SeedHints hints_in(const Value& answer)
{
  SeedHints hints;
  const Value* classes = answer.member("discriminators");
  const auto* const dict = classes == nullptr ? nullptr : classes->get<Value::Dict>();
  if (dict == nullptr) {
    return hints;
  }
  for (const auto& [name, parts] : *dict) {
    const auto* const list = parts.get<Value::List>();
    const auto* const column =
      list == nullptr || list->size() != 2 ? nullptr : (*list)[0].get<std::string>();
    const auto* const identity = column == nullptr ? nullptr : (*list)[1].get<std::string>();
    if (identity != nullptr) {
      hints.discriminators[name] = {*column, *identity};
    }
  }
  return hints;
}

bool is_of_argument(const RunError& error)
{
  constexpr std::array<std::string_view, 4> k_texts = {"operator does not exist: ",
                                                       "invalid input syntax for type ",
                                                       "invalid input for query argument ",
                                                       "cannot cast type "};
  return std::ranges::any_of(
    k_texts, [&](std::string_view text) { return error.message.find(text) != std::string::npos; });
}

bool is_fault_of_code(const RunError& error)
{
  constexpr std::array<std::string_view, 14> k_surely = {"sqlalchemy.exc.InvalidRequestError",
                                                         "sqlalchemy.exc.ArgumentError",
                                                         "sqlalchemy.exc.NoForeignKeysError",
                                                         "sqlalchemy.exc.AmbiguousForeignKeysError",
                                                         "sqlalchemy.exc.MissingGreenlet",
                                                         "sqlalchemy.exc.StatementError",
                                                         "sqlalchemy.exc.CompileError",
                                                         "sqlalchemy.exc.ProgrammingError",
                                                         "sqlalchemy.exc.ObjectNotExecutableError",
                                                         "sqlalchemy.orm.exc.DetachedInstanceError",
                                                         "AttributeError",
                                                         "NameError",
                                                         "TypeError",
                                                         "UnboundLocalError"};
  return std::ranges::find(k_surely, error.type) != k_surely.end() && !is_of_argument(error);
}

} // namespace assay::probe
