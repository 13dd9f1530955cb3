// SPDX-License-Identifier: MIT
#include "engine/probe/migrations.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/migration_parts.hpp"
#include "engine/probe/reflect.hpp"
#include "engine/probe/rows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace assay::probe {

using wire::Value;

namespace {

/// How the environment is opened; tried in order until one does.
struct Opening {
  std::string folder;                    ///< working directory
  std::optional<std::string> location{}; ///< script folder, where the configuration leads nowhere
  bool lone = false;                     ///< the revisions without env.py
};

class Migrations {
public:
  explicit Migrations(SubmissionRun& submission)
    : submission_(submission),
      migration_(submission.facts().migration),
      dialect_(submission.facts().environment.dialect),
      has_schemas_(std::ranges::any_of(submission.facts().schema.tables,
                                       [](const Table& table) { return !table.schema.empty(); }))
  {
  }

  void observe()
  {
    if (migration_.revisions.empty()) {
      run_.not_run = "There is no revision to run.";
    } else {
      try_openings();
    }
    locate(run_.tables, migration_.tables);
    migration_.run = std::move(run_);
  }

private:
  [[nodiscard]] std::vector<Opening> openings() const
  {
    if (migration_.kind == MigrationKind::lone_revision) {
      return {{.folder = "", .lone = true}};
    }
    const std::string above = folder_above(migration_.config_path);
    const bool flask = migration_.kind == MigrationKind::flask_migrate;
    if (migration_.config_path.empty() || flask) {
      return {{.folder = flask ? "" : folder_above(migration_.directory),
               .location = migration_.directory}};
    }
    std::vector<Opening> found{{.folder = above}};
    if (!above.empty()) {
      found.push_back({.folder = ""});
    }
    found.push_back({.folder = above, .location = migration_.directory});
    return found;
  }

  void try_openings()
  {
    MigrationRun first;
    const std::vector<Opening> all = openings();
    std::optional<MigrationRun> elsewhere;
    for (const Opening& opening : all) {
      if (work(opening)) {
        // R30: what is read by a relative path may be meant from another folder.
        const bool misplaced =
          !run_.steps.empty() && run_.steps.front().error.type == "FileNotFoundError";
        if (misplaced && &opening != &all.back()) {
          elsewhere = elsewhere ? elsewhere : std::optional(std::move(run_));
          continue;
        }
        run_.located = opening.location.has_value() && !first.load_error.type.empty();
        return;
      }
      if (run_.load_error.type.empty()) {
        return; // not even that: a fault, or the process ended
      }
      if (first.load_error.type.empty()) {
        first = run_;
      }
    }
    if (elsewhere) {
      run_ = *std::move(elsewhere);
      return;
    }
    run_ = std::move(first);
    // R34: what the revisions do without the rest of the candidate's code.
    if (run_.loads == Truth::no) {
      const RunError error = run_.load_error;
      const Opening alone{.folder = folder_above(migration_.config_path), .lone = true};
      const bool opened = work(alone);
      run_.alone = opened;
      run_.ran = true;
      run_.loads = Truth::no;
      run_.load_error = error;
    }
  }

  /// One fresh box; false if the environment did not open.
  bool work(const Opening& opening)
  {
    run_ = {};
    run_.database = submission_.database_kind();
    const BoxEnd end = submission_.in_box([&](cell::Run& run) {
      run_ = {};
      run_.database = submission_.database_kind();
      changes_.clear();
      const bool whole = session(run, opening);
      count_changes(run);
      return whole;
    });
    if (!end.ran) {
      run_.ran = false;
      run_.not_run = "Engine fault: " + end.fault;
      return false;
    }
    if (!end.whole) {
      stopped(end);
    }
    return run_.loads == Truth::yes;
  }

  /// The process ended before all was answered.
  void stopped(const BoxEnd& end)
  {
    Location where;
    where.path = migration_.where.path;
    submission_.note_flag(end.ending, where);
    RunError error;
    error.message = cell::describe(end.ending, submission_.limits());
    error.where = where;
    const Truth ok = is_candidates(end.ending.kind) ? Truth::no : Truth::unknown;
    if (run_.loads != Truth::yes) {
      run_.ran = true;
      run_.loads = ok;
      run_.load_error = error;
    } else if (!run_.steps.empty() && !answered_) {
      run_.steps.back().ok = ok;
      run_.steps.back().error = error;
    }
  }

  bool session(cell::Run& run, const Opening& opening)
  {
    if (!submission_.prepare(run, {{"foreign_keys", Value(false)}})) {
      return false;
    }
    if (!open(run, opening)) {
      return false;
    }
    if (run_.loads != Truth::yes) {
      return true;
    }
    if (!move(run, "upgrade", "up", "heads")) {
      return false;
    }
    if (!forgotten_.empty() && !again_with(run)) {
      return false;
    }
    read_schema(run);
    if (run_.steps.back().ok == Truth::unknown) {
      return true;
    }
    if (run_.steps.back().ok == Truth::yes) {
      return move(run, "downgrade", "down", "base")
             && (run_.steps.back().ok != Truth::yes
                 || (move(run, "upgrade again", "up", "heads") && with_rows(run)));
    }
    return downgrade_from_models(run);
  }

  bool open(cell::Run& run, const Opening& opening)
  {
    Value::Dict arguments{{"folder", Value(opening.folder)},
                          {"backend", Value(std::string(backend_of(dialect_)))},
                          {"lone", Value(opening.lone)}};
    if (opening.lone) {
      Value::List paths;
      for (const Revision& revision : migration_.revisions) {
        paths.emplace_back(revision.path);
      }
      arguments.emplace_back("revisions", Value(std::move(paths)));
    } else {
      arguments.emplace_back("config", Value(migration_.config_path));
    }
    if (opening.location) {
      arguments.emplace_back("location", Value(*opening.location));
    }
    if (migration_.kind == MigrationKind::flask_migrate) {
      Value::List modules;
      for (const PlannedImport& planned : submission_.plan().modules) {
        if (!submission_.fatal().contains(planned.name)) {
          modules.emplace_back(planned.name);
        }
      }
      arguments.emplace_back("flask", Value(true));
      arguments.emplace_back("modules", Value(std::move(modules)));
    }
    const cell::Reply reply = run.step("migration_open", Value(std::move(arguments)));
    if (reply.kind != cell::Reply::Kind::value) {
      run_.not_run = "The migrations could not be opened.";
      return reply.kind == cell::Reply::Kind::error;
    }
    run_.ran = true;
    read_opening(reply.value);
    return true;
  }

  void read_opening(const Value& value)
  {
    run_.stand_ins = texts_at(value, "stubbed");
    for (const std::string& variable : texts_at(value, "variables")) {
      run_.stand_ins.push_back("$" + variable);
    }
    run_.load_error = error_at(value, "error");
    const bool opened = text_at(value, "outcome") == "ok";
    run_.loads = opened                                       ? Truth::yes
                 : is_outside(run_.load_error, run_.database) ? Truth::unknown
                                                              : Truth::no;
    run_.stage = text_at(value, "stage", 20);
    run_.offline = truth_at(value, "offline");
    run_.heads = texts_at(value, "heads");
    order_.clear();
    for (const Value& item : list_at(value, "revisions")) {
      order_.push_back(text_at(item, "id", 100));
    }
    for (const Value& item : list_at(value, "metadatas")) {
      if (item.get<Value::Dict>() == nullptr) {
        run_.has_metadata = either(run_.has_metadata, Truth::no);
        continue;
      }
      run_.has_metadata = Truth::yes;
      for (std::string& table : texts_at(item, "tables")) {
        run_.wired_tables.push_back(std::move(table));
      }
    }
    if (truth_at(value, "configured") && run_.has_metadata == Truth::unknown) {
      run_.has_metadata = Truth::no;
    }
  }

  /// One move; false if the process ended.
  bool move(cell::Run& run,
            std::string name,
            std::string_view direction,
            std::string target,
            const std::string& import = {})
  {
    MigrationStep& step = run_.steps.emplace_back();
    step.name = std::move(name);
    Value::Dict arguments{{"direction", Value(std::string(direction))},
                          {"target", Value(std::move(target))}};
    if (!import.empty()) {
      arguments.emplace_back("imports", Value(Value::List{Value(import)}));
    }
    answered_ = false;
    const cell::Reply reply = run.step("migration_run", Value(std::move(arguments)));
    if (reply.kind == cell::Reply::Kind::ended) {
      return false;
    }
    answered_ = true;
    changes_[run.number()] = run_.steps.size() - 1;
    read_move(reply, step);
    if (direction == "down" && step.ok == Truth::yes && run_.database == "postgresql") {
      migration_.types_left = submission_.database().types(); // seen, where reading only expects
    }
    for (const Table& table : tables_of(run, submission_.database())) {
      step.tables.push_back(table.name);
    }
    return true;
  }

  void read_move(const cell::Reply& reply, MigrationStep& step)
  {
    if (reply.kind != cell::Reply::Kind::value) {
      step.error.message = "The step could not be taken.";
      return;
    }
    const Value& value = reply.value;
    step.error = error_at(value, "error");
    step.revision = text_at(value, "revision", 100);
    const Value::List& place = list_at(value, "place");
    if (place.size() == 2 && place[0].get<std::string>() != nullptr
        && place[1].get<std::int64_t>() != nullptr) {
      step.error.where.path = one_line(*place[0].get<std::string>(), 400);
      step.error.where.line =
        static_cast<int>(std::clamp<std::int64_t>(*place[1].get<std::int64_t>(), 0, 1'000'000));
    }
    const bool own = truth_at(value, "innermost");
    step.declared = own && step.error.type == "NotImplementedError";
    const bool elsewhere = !own
                           && (is_of_database(step.error, dialect_, has_schemas_, run_.database)
                               || is_outside(step.error, run_.database));
    step.ok = text_at(value, "outcome") == "ok" ? Truth::yes
              : elsewhere                       ? Truth::unknown
                                                : Truth::no;
    forgotten_ = text_at(value, "forgotten", 60);
    for (const Value& item : list_at(value, "neutralised")) {
      const auto* const pair = item.get<Value::List>();
      if (pair != nullptr && pair->size() == 2 && (*pair)[0].get<std::string>() != nullptr
          && (*pair)[1].get<std::int64_t>() != nullptr) {
        Location where;
        where.path = one_line(*(*pair)[0].get<std::string>(), 400);
        where.line =
          static_cast<int>(std::clamp<std::int64_t>(*(*pair)[1].get<std::int64_t>(), 0, 1'000'000));
        if (std::ranges::find(run_.neutralised, where) == run_.neutralised.end()) {
          run_.neutralised.push_back(std::move(where));
        }
      }
    }
  }

  /// The upgrade once more on an empty database, with the library that a revision forgot to import.
  bool again_with(cell::Run& run)
  {
    const std::string forgotten = forgotten_;
    const MigrationStep failed = run_.steps.back();
    if (!clear_all(run, submission_.database())) {
      return true;
    }
    run_.steps.clear();
    changes_.clear();
    if (!move(run, "upgrade", "up", "heads", forgotten)) {
      return false;
    }
    if (run_.steps.back().ok == Truth::yes) {
      run_.forgotten = forgotten;
      run_.steps.back().error = failed.error;
    }
    return true;
  }

  /// One revision after the other, with rows in every table that is there by then.
  bool with_rows(cell::Run& run)
  {
    constexpr std::size_t k_most = 12;
    const std::size_t before = run_.steps.size();
    const bool judged = run_.steps.back().ok == Truth::yes && order_.size() > 1
                        && order_.size() <= k_most
                        && databases_of(run, submission_.database()).size() == 1;
    if (!judged || !clear_all(run, submission_.database())) {
      return true;
    }
    std::map<std::string, bool> filled;
    bool answered = true;
    for (const std::string& revision : order_) {
      answered = move(run, "rows", "up", revision);
      if (!answered || !keeps_rows(run, revision, filled)) {
        break;
      }
    }
    run_.steps.resize(before);
    return answered;
  }

  /// Looks at the rows there were and fills the tables that are new; false if there is no going on.
  bool keeps_rows(cell::Run& run, const std::string& revision, std::map<std::string, bool>& filled)
  {
    const MigrationStep& step = run_.steps.back();
    const auto found = std::ranges::find(migration_.revisions, revision, &Revision::id);
    Location where = step.error.where;
    if (where.line == 0 && found != migration_.revisions.end()) {
      where = found->where;
    }
    if (step.ok != Truth::yes) {
      if (step.error.message.find("Cannot add a NOT NULL column") != std::string::npos
          || step.error.message.find("contains null values") != std::string::npos) {
        run_.harms_rows.push_back(
          {where, "a required column without a default cannot be added to a table with rows"});
      }
      return false;
    }
    constexpr std::size_t k_most = 20;
    for (const Table& table : tables_of(run, submission_.database())) {
      if (run_.harms_rows.size() == k_most) {
        return false;
      }
      const auto seen = filled.find(table.name);
      if (seen == filled.end()) {
        filled[table.name] = fill(submission_.database(), table);
      } else if (seen->second && count_rows(submission_.database(), table.name) == 0) {
        run_.harms_rows.push_back({where, "the rows of " + table.name + " are gone"});
        seen->second = false;
      }
    }
    return true;
  }

  /// R25: the downgrade of an upgrade that stops is judged from what the models create.
  bool downgrade_from_models(cell::Run& run)
  {
    if (!clear_all(run, submission_.database())) {
      return true;
    }
    const cell::Reply made = run.step("migration_create_all", Value(Value::Dict{}));
    if (made.kind == cell::Reply::Kind::ended) {
      return false;
    }
    if (made.kind != cell::Reply::Kind::value || text_at(made.value, "outcome") != "ok"
        || tables_of(run, submission_.database()).empty()) {
      return true;
    }
    const std::size_t before = run_.steps.size();
    if (!move(run, "stamp", "stamp", "heads")) {
      return false;
    }
    const bool stamped = run_.steps.back().ok == Truth::yes;
    run_.steps.resize(before);
    if (!stamped) {
      return true;
    }
    const bool answered = move(run, "downgrade", "down", "base");
    run_.steps.back().from_models = true;
    return answered;
  }

  void read_schema(cell::Run& run)
  {
    run_.tables = tables_of(run, submission_.database());
    const cell::Reply reply = run.step("surroundings", Value(Value::Dict{}));
    for (const Value& shim : list_at(reply.value, "shims")) {
      const std::string kind = text_at(shim, "kind", 100);
      const std::string what = text_at(shim, "what", 200);
      run_.shims.push_back(kind + " " + what);
      // Passed over as a whole, although only its beginning means nothing here.
      const auto end = what.find(';');
      const bool several =
        what.size() >= 200 || (end != std::string::npos && end + 1 < what.size());
      if (kind == "statement" && several) {
        run_.steps.back().ok = Truth::unknown;
        run_.steps.back().error.message = "a script for another database was passed over";
      }
    }
  }

  void count_changes(cell::Run& run)
  {
    auto log = run.log();
    if (!log) {
      return;
    }
    for (const broker::LoggedStatement& statement : log->statements) {
      const auto step = changes_.find(static_cast<int>(statement.step));
      const bool changes = statement.kind == "ddl" || statement.kind == "insert"
                           || statement.kind == "update" || statement.kind == "delete";
      if (step != changes_.end() && step->second < run_.steps.size() && changes
          && statement.error.empty() && statement.sql.find("version_num") == std::string::npos
          && statement.sql.find("alembic_version") == std::string::npos) {
        ++run_.steps[step->second].changes;
      }
    }
  }

  SubmissionRun& submission_;
  MigrationFacts& migration_;
  const Dialect dialect_;
  const bool has_schemas_; ///< SQLite keeps their tables side by side
  MigrationRun run_;
  std::map<int, std::size_t> changes_; ///< the migration step of each step of the run
  bool answered_ = true;
  std::vector<std::string> order_; ///< identifiers of the revisions, as they apply
  std::string forgotten_;          ///< a library that the last move would have needed
};

} // namespace

void observe_migrations(SubmissionRun& submission)
{
  Migrations(submission).observe();
}

} // namespace assay::probe
