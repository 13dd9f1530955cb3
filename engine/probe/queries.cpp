// SPDX-License-Identifier: MIT
#include "engine/probe/queries.hpp"

#include "engine/base/text.hpp"
#include "engine/model/query_cost.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/query_driven.hpp"
#include "engine/probe/query_scripts.hpp"
#include "engine/probe/seed_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace assay::probe {

using wire::Value;

namespace {

constexpr std::size_t k_large = 3;

class Queries {
public:
  Queries(SubmissionRun& submission,
          const Rubric& rubric,
          const Resolution& roles,
          const QueryPlan& plan,
          std::string_view secret)
    : submission_(submission),
      rubric_(rubric),
      roles_(roles),
      plan_(plan),
      secret_(secret),
      facts_(submission.facts().query_runs)
  {
  }

  void observe()
  {
    facts_.not_run.clear();
    if (!submission_.facts().execution.ran) {
      facts_.not_run = "The submission was not run.";
      return;
    }
    choose();
    if (driven_.empty()) {
      facts_.not_run = "There is no query code to call.";
      return;
    }
    scripts_.emplace(driven_, submission_.facts().queries);
    for (std::size_t size = 0; size < k_drive_sizes.size(); ++size) {
      const BoxEnd end = submission_.in_box([&](cell::Run& run) { return work(run, size); });
      if (!end.ran) {
        facts_.not_run = "Engine fault: " + end.fault;
        break;
      }
      if (!end.whole) {
        blame(end);
      }
      if (!facts_.not_run.empty()) {
        break;
      }
    }
    if (!facts_.not_run.empty()) {
      blame_mappers();
    }
    for (Driven& each : driven_) {
      conclude(each);
      facts_.callables.push_back(std::move(each.facts));
    }
    facts_.ran = facts_.ran || facts_.not_run.empty();
  }

private:
  static const Callable* callable_of(const QueryFacts& queries, const std::string& ref)
  {
    for (const auto* list : {&queries.callables, &queries.hidden}) {
      const auto found = std::ranges::find(*list, ref, &Callable::ref);
      if (found != list->end()) {
        return &*found;
      }
    }
    return nullptr;
  }

  void choose()
  {
    const Facts& facts = submission_.facts();
    for (const QueryTask& task : plan_.tasks) {
      const Callable* const callable = callable_of(facts.queries, task.ref);
      const auto [path, name] = path_and_name(task.ref);
      const auto planned =
        std::ranges::find(submission_.plan().modules, path, &PlannedImport::path);
      if (callable == nullptr) {
        continue;
      }
      Driven each;
      each.task = &task;
      each.callable = callable;
      each.name = name;
      each.facts.ref = task.ref;
      each.facts.root = plan_.shape.root;
      each.facts.by = plan_.shape.by;
      if (planned == submission_.plan().modules.end()
          || submission_.fatal().contains(planned->name)) {
        each.give_up(DriveOutcome::unsuitable, "Its module cannot be imported.");
      } else {
        each.module = planned->name;
      }
      driven_.push_back(std::move(each));
    }
  }

  bool work(cell::Run& run, std::size_t size)
  {
    running_ = nullptr;
    if (!submission_.prepare(run) || !submission_.import_again(run)
        || run.step("registries", Value()).kind == cell::Reply::Kind::ended) {
      return false;
    }
    Ground ground;
    if (!lay_ground(run, size, ground)) {
      return !facts_.not_run.empty();
    }
    for (std::size_t i = 0; i < driven_.size(); ++i) {
      if (driven_[i].given_up || driven_[i].is_script()) {
        continue;
      }
      running_ = &driven_[i];
      if (!drive(run, size, ground, driven_[i], ground.described[i])) {
        return false;
      }
    }
    running_ = nullptr;
    return scripts_->drive(run, ground, *tables_, plan_.shape, k_drive_sizes[size], running_);
  }

  bool lay_ground(cell::Run& run, std::size_t size, Ground& ground)
  {
    RunDatabase& database = submission_.database();
    ground.database = &database;
    ground.create = submission_.create_arguments();
    if (!tables_ || tables_->rows_only) {
      static_cast<void>(database.clear());
      const cell::Reply created = run.step("create_all", Value(submission_.create_arguments()));
      if (created.kind == cell::Reply::Kind::ended) {
        return false;
      }
      auto image = database.snapshot();
      if (!image) {
        facts_.not_run = "Engine fault: " + describe(image.failure());
        return false;
      }
      tables_ = std::move(*image);
    } else if (!database.restore(*tables_)) {
      facts_.not_run = "Engine fault: the database could not be made anew";
      return false;
    }
    if (!describe_callables(run, ground)) {
      return false;
    }
    auto schema = schema_in_database(database, submission_.facts().schema);
    if (!schema) {
      facts_.not_run = "Engine fault: " + describe(schema.failure());
      return false;
    }
    ground.schema = std::move(*schema);
    hints_.values = values_asked_for(submission_.facts().queries, ground.schema);
    ground.seeds = make_seeds(ground.schema,
                              roles_,
                              rubric_,
                              plan_.shape,
                              k_drive_sizes[size],
                              hints_,
                              fmt::format("{}|{}", secret_, size));
    if (!ground.seeds.gaps.empty()) {
      facts_.not_run = "No rows could be made: " + join(ground.seeds.gaps, "; ") + ".";
      return false;
    }
    if (auto inserted = insert_seeds(database, ground.schema, ground.seeds, 0, ground.seeds.later);
        !inserted) {
      facts_.not_run = "No rows could be made: " + describe(inserted.failure());
      return false;
    }
    for (const SeedRow& row : ground.seeds.rows) {
      if (!row.role.empty()) {
        facts_.seeded.emplace(row.role, row.table);
      }
    }
    auto image = database.snapshot();
    if (!image) {
      facts_.not_run = "Engine fault: " + describe(image.failure());
      return false;
    }
    ground.image = std::move(*image);
    ground.index.emplace(ground.seeds, ground.schema);
    forget_log(run, ground);
    return true;
  }

  bool describe_callables(cell::Run& run, Ground& ground)
  {
    Value::List items;
    for (const Driven& each : driven_) {
      items.emplace_back(Value::List{Value(each.module), Value(each.name)});
    }
    const cell::Reply reply =
      run.step("callables", Value(Value::Dict{{"items", Value(std::move(items))}}));
    if (reply.kind == cell::Reply::Kind::ended) {
      return false;
    }
    ground.described = list_at(reply.value, "items");
    ground.described.resize(driven_.size());
    hints_ = hints_in(reply.value);
    return true;
  }

  /// One callable in one box; false if the process ended.
  bool drive(cell::Run& run, std::size_t size, Ground& ground, Driven& each, const Value& described)
  {
    const Bindings bindings =
      bind_callable({rubric_, roles_, ground.schema, plan_.shape, ground.seeds},
                    *each.callable,
                    each.module,
                    described);
    if (bindings.ways.empty()) {
      each.give_up(DriveOutcome::unbindable,
                   fmt::format("It could not be called: {}.", bindings.why));
      return true;
    }
    const Follow follow = follow_of(submission_.facts().schema, roles_, plan_.shape, *each.task);
    for (std::size_t way = each.way.value_or(0); way < bindings.ways.size(); ++way) {
      Attempt attempt;
      if (each.without_links) {
        remove_links(ground);
      }
      if (!call_once(run, ground, plan_.shape, follow, bindings.ways[way], attempt)) {
        return false;
      }
      if (attempt.fault && !each.without_links && !attempt.error.type.starts_with("sqlalchemy.")
          && !try_without_links(run, ground, each, bindings.ways[way], attempt)) {
        return false;
      }
      if (each.without_links) {
        put_back(run, ground);
      }
      const bool last = each.way.has_value() || way + 1 == bindings.ways.size();
      if (attempt.fault && (is_of_argument(attempt.error) || bindings.ways[way].guessed)) {
        if (!last) {
          continue;
        }
        each.give_up(DriveOutcome::unbindable,
                     "It could not be called: no value at hand has the type that it wants.");
        return true;
      }
      const bool delivers = attempt.ok
                            && (attempt.run.roots_seen > 0 || attempt.run.leaves_seen > 0
                                || attempt.run.roots_foreign > 0);
      if (!delivers && !last && !(attempt.fault && is_fault_of_code(attempt.error))) {
        continue;
      }
      accept(size, ground, each, bindings.ways[way], way, attempt);
      if (size == k_large && attempt.ok && each.facts.outcome == DriveOutcome::ran) {
        return call_again(run, ground, each, bindings.ways[way]);
      }
      return true;
    }
    return true;
  }

  /// Links to objects that the query is not about.
  void remove_links(const Ground& ground) const
  {
    for (const RelationSpec& relation : rubric_.relations) {
      const bool of_query = relation.from == plan_.shape.by || relation.to == plan_.shape.by
                            || relation.from == plan_.shape.leaf || relation.to == plan_.shape.leaf;
      const auto links = roles_.relations.find(relation.id);
      if (relation.cardinality != Cardinality::many_to_many || of_query
          || links == roles_.relations.end() || links->second.links.empty()) {
        continue;
      }
      static_cast<void>(ground.database->execute(
        "DELETE FROM " + ground.database->table(links->second.links.front())));
    }
  }

  /// An error that only objects beside the question cause is a fault of their class, not of the
  /// query. False if the process ended.
  bool try_without_links(
    cell::Run& run, Ground& ground, Driven& each, const Binding& binding, Attempt& attempt)
  {
    remove_links(ground);
    Attempt second;
    const Follow follow = follow_of(submission_.facts().schema, roles_, plan_.shape, *each.task);
    if (!call_once(run, ground, plan_.shape, follow, binding, second)) {
      return false;
    }
    if (second.ok) {
      each.without_links = true;
      each.facts.detail =
        "It raises an error when its objects are linked to others: "
        + ground.index->without_secrets(attempt.error.type + ": " + attempt.error.message);
      attempt = std::move(second);
    } else {
      put_back(run, ground);
    }
    return true;
  }

  void accept(std::size_t size,
              Ground& ground,
              Driven& each,
              const Binding& binding,
              std::size_t way,
              Attempt& attempt)
  {
    each.facts.bound = binding.bound;
    each.facts.asked = binding.asked && !(binding.guessed && attempt.run.roots_foreign > 0);
    each.way = way;
    accept_warnings(each, ground, attempt);
    if (!attempt.ok) {
      attempt.error.message = ground.index->without_secrets(attempt.error.message);
      each.facts.error = attempt.error;
      if (attempt.fault && is_fault_of_code(attempt.error)) {
        each.give_up(DriveOutcome::raised, {});
      } else {
        each.give_up(
          attempt.boundary ? DriveOutcome::unbindable : DriveOutcome::unsuitable,
          fmt::format("It could not be called: {} {}", attempt.error.type, attempt.error.message));
      }
      return;
    }
    accept_run(each, ground, k_drive_sizes[size], attempt);
  }

  /// R1: once more, after one more root and leaf were written.
  bool call_again(cell::Run& run, Ground& ground, Driven& each, const Binding& binding)
  {
    auto inserted = insert_seeds(
      *ground.database, ground.schema, ground.seeds, ground.seeds.later, ground.seeds.rows.size());
    if (!inserted) {
      return true;
    }
    Attempt attempt;
    const Follow follow = follow_of(submission_.facts().schema, roles_, plan_.shape, *each.task);
    const bool answered = call_once(run, ground, plan_.shape, follow, binding, attempt);
    if (answered && attempt.ok && attempt.node && !each.facts.printed) {
      const DriveRun& first = each.facts.runs.back();
      const bool whole = first.roots_seen + first.bare_seen >= first.roots + 1;
      // Old is an answer that leaves out what it had: roots, and leaves only where it had them.
      const bool with_leaves = first.roots_seen > 0 && first.roots_whole == first.roots_seen;
      const bool there = has_later_rows(*ground.index, *attempt.node, with_leaves);
      each.facts.stale = there ? Truth::no : whole ? Truth::yes : Truth::unknown;
    }
    static_cast<void>(run.step("release", Value()));
    put_back(run, ground);
    return answered;
  }

  void blame(const BoxEnd& end)
  {
    if (running_ == nullptr) {
      facts_.not_run = "The process ended before a query was called.";
      return;
    }
    if (!running_->is_script()) { // one may do for its author what a query must not
      submission_.note_flag(end.ending, running_->callable->where);
    }
    running_->facts.runs.clear();
    const bool blamed = is_candidates(end.ending.kind) && !running_->is_script();
    running_->give_up(blamed ? DriveOutcome::raised : DriveOutcome::unsuitable,
                      cell::describe(end.ending, submission_.limits()));
    running_ = nullptr;
  }

  /// Where no mapper configures, every query for mapped objects raises that error, on any rows.
  void blame_mappers()
  {
    const std::vector<RegistryRun>& registries = submission_.facts().execution.registries;
    const bool all_broken = std::ranges::all_of(
      registries, [](const RegistryRun& each) { return each.configures == Truth::no; });
    if (registries.empty() || !all_broken) {
      return;
    }
    for (Driven& each : driven_) {
      const bool selects =
        std::ranges::any_of(each.callable->statements,
                            [](const Statement& statement) { return !statement.roots.empty(); });
      if (!each.given_up && selects) {
        each.facts.runs.clear();
        each.facts.error = registries.front().error;
        each.give_up(DriveOutcome::raised, {});
        facts_.not_run.clear();
      }
    }
  }

  void flag(const Driven& each, std::string_view name, std::string detail)
  {
    submission_.facts().integrity.push_back(
      {std::string(name), each.callable->where, std::move(detail)});
  }

  /// Sizes at which it did not run make the others worthless.
  void conclude(Driven& each)
  {
    if (each.facts.without_sql) {
      flag(each, "answer_without_sql", each.name + " answers rightly without asking the database");
    } else if (each.facts.stale == Truth::yes) {
      flag(each,
           "data_dependent_behaviour",
           each.name + " does not see what was written after its first answer");
    } else if (each.facts.outcome == DriveOutcome::ran && cost_of(each.facts).for_little_data) {
      flag(each,
           "data_dependent_behaviour",
           each.name + " needs a statement for each object only where there are many");
    }
    if (each.changed_schema) {
      flag(each,
           "schema_changed_by_query",
           each.name + " changes tables, views or indexes before it answers");
    }
    if (each.facts.outcome == DriveOutcome::ran && each.facts.runs.size() < k_large) {
      each.facts.outcome = DriveOutcome::unsuitable;
      each.facts.detail = "It did not run at every size.";
    }
  }

  SubmissionRun& submission_;
  const Rubric& rubric_;
  const Resolution& roles_;
  const QueryPlan& plan_;
  std::string_view secret_;
  QueryRunFacts& facts_;
  std::vector<Driven> driven_;
  std::optional<Scripts> scripts_;
  Driven* running_ = nullptr;
  SeedHints hints_;
  std::optional<DatabaseImage> tables_; ///< the database with tables and without rows
};

} // namespace

void observe_queries(SubmissionRun& submission,
                     const Rubric& rubric,
                     const Resolution& roles,
                     const QueryPlan& plan,
                     std::string_view secret)
{
  Queries(submission, rubric, roles, plan, secret).observe();
}

} // namespace assay::probe
