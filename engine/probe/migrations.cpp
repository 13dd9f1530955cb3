// SPDX-License-Identifier: MIT
#include "engine/probe/migrations.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/migration_box.hpp"
#include "engine/probe/migration_parts.hpp"
#include "engine/probe/migration_rows.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace assay::probe {

using wire::Value;

namespace {

class Migrations {
public:
  explicit Migrations(SubmissionRun& submission)
    : submission_(submission),
      migration_(submission.facts().migration)
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
        name_culprit(opening);
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
      if (opened) {
        name_culprit(alone);
      }
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
      MigrationBox box(submission_, run, run_);
      const bool whole = session(box, opening);
      box.count_changes();
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
    const RunError error = error_of(end, where);
    const Truth ok = is_candidates(end.ending.kind) ? Truth::no : Truth::unknown;
    if (run_.loads != Truth::yes) {
      run_.ran = true;
      run_.loads = ok;
      run_.load_error = error;
    } else if (!run_.steps.empty() && is_unanswered(run_.steps.back())) {
      run_.steps.back().ok = ok;
      run_.steps.back().error = error;
    }
  }

  [[nodiscard]] RunError error_of(const BoxEnd& end, const Location& where) const
  {
    RunError error;
    error.message = cell::describe(end.ending, submission_.limits());
    error.where = where;
    return error;
  }

  static bool is_unanswered(const MigrationStep& step)
  {
    return step.ok == Truth::unknown && step.error == RunError{};
  }

  bool session(MigrationBox& box, const Opening& opening)
  {
    if (!box.open(opening)) {
      return false;
    }
    if (run_.loads != Truth::yes) {
      return true;
    }
    if (!box.move({"upgrade", "up", "heads"})) {
      return false;
    }
    if (!box.forgotten().empty() && !again_with(box)) {
      return false;
    }
    read_schema(box);
    if (run_.steps.back().ok == Truth::unknown) {
      return true;
    }
    if (run_.steps.back().ok == Truth::yes) {
      return downgrade(box)
             && (run_.steps.back().ok != Truth::yes
                 || (box.move({"upgrade again", "up", "heads"}) && with_rows(box)));
    }
    return downgrade_from_models(box);
  }

  bool downgrade(MigrationBox& box)
  {
    const bool answered = box.move({"downgrade", "down", "base"});
    if (run_.steps.back().ok == Truth::yes && run_.database == "postgresql") {
      migration_.types_left = submission_.database().types(); // seen, where reading only expects
    }
    return answered;
  }

  /// The upgrade once more on an empty database, with the library that a revision forgot to import.
  bool again_with(MigrationBox& box)
  {
    const std::string forgotten = box.forgotten();
    const MigrationStep failed = run_.steps.back();
    if (!box.clear()) {
      return true;
    }
    box.forget(0);
    if (!box.move({"upgrade", "up", "heads", forgotten})) {
      return false;
    }
    if (run_.steps.back().ok == Truth::yes) {
      run_.forgotten = forgotten;
      run_.steps.back().error = failed.error;
    }
    return true;
  }

  /// One revision after the other, with rows in every table that is there by then.
  bool with_rows(MigrationBox& box)
  {
    const std::size_t before = run_.steps.size();
    const bool judged =
      run_.steps.back().ok == Truth::yes && can_go_singly(box) && box.order().size() > 1;
    if (!judged || !box.clear()) {
      return true;
    }
    RowWatch watch(box.database());
    std::size_t taken = 0;
    while (taken < box.order().size() && box.move(forth("rows", box, taken))
           && keeps_rows(box, taken, before, watch)) {
      ++taken;
    }
    run_.rows_kept = taken == box.order().size() && run_.harms_rows.empty() && watch.complete();
    box.forget(before);
    return !box.ended();
  }

  /// Whether the rows there were are still there; false if there is no going on. `first`: the step
  /// that began with rows.
  bool keeps_rows(MigrationBox& box, std::size_t revision, std::size_t first, RowWatch& watch)
  {
    constexpr std::size_t k_most = 20;
    const MigrationStep& step = run_.steps.back();
    const Location where =
      step.error.where.line > 0 ? step.error.where : place_of(box.order()[revision]);
    if (step.ok != Truth::yes) {
      // What the candidate's own step makes of rows without a meaning proves nothing.
      if (is_missing_value(step.error) && !box.updated_rows(first)) {
        run_.harms_rows.push_back(
          {where, "a column is required that the rows there are have no value for"});
      }
      return false;
    }
    for (std::string& harm : watch.look(box.tables())) {
      if (run_.harms_rows.size() == k_most) {
        return false;
      }
      run_.harms_rows.push_back({where, std::move(harm)});
    }
    return true;
  }

  /// R25: the downgrade of an upgrade that stops is judged from what the models create.
  bool downgrade_from_models(MigrationBox& box)
  {
    if (!box.clear() || !box.create_models()) {
      return !box.ended();
    }
    const std::size_t before = run_.steps.size();
    if (!box.move({"stamp", "stamp", "heads"})) {
      return false;
    }
    const bool stamped = run_.steps.back().ok == Truth::yes;
    box.forget(before);
    if (!stamped) {
      return true;
    }
    const bool answered = downgrade(box);
    run_.steps.back().from_models = true;
    return answered;
  }

  void read_schema(MigrationBox& box)
  {
    run_.tables = box.tables();
    if (std::ranges::all_of(submission_.facts().schema.tables,
                            [](const Table& table) { return table.schema.empty(); })) {
      keep_one_tenant(run_.tables);
    }
    const cell::Reply reply = box.run().step("surroundings", Value(Value::Dict{}));
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

  /// Where a move fails, the revisions are taken one at a time in a box of their own.
  void name_culprit(const Opening& opening)
  {
    const auto failed = std::ranges::find(run_.steps, Truth::no, &MigrationStep::ok);
    if (failed == run_.steps.end() || migration_.revisions.size() < 2) {
      return;
    }
    MigrationRun again;
    Course course;
    const auto go = [&](const auto& way) {
      const std::vector<MigrationStep> so_far = again.steps;
      const BoxEnd end = submission_.in_box([&](cell::Run& run) {
        again = {};
        again.database = run_.database;
        again.steps = so_far;
        MigrationBox box(submission_, run, again);
        return box.open(opening) && again.loads == Truth::yes && can_go_singly(box) && way(box);
      });
      if (!again.steps.empty() && is_unanswered(again.steps.back())
          && is_candidates(end.ending.kind)) {
        again.steps.back().ok = Truth::no;
        again.steps.back().error = error_of(end, place_of(again.steps.back().revision));
      }
      return end.whole;
    };
    const bool whole = go([&](MigrationBox& box) {
      course = {};
      return up(box, course) && down(box, course);
    });
    if (!whole && !again.steps.empty() && again.steps.back().name == "upgrade") {
      course.fresh = false;
      go([&](MigrationBox& box) { return down(box, course); });
    }
    run_.singly = std::move(again.steps);
    const auto culprit = std::ranges::find_if(run_.singly, [&](const MigrationStep& step) {
      return step.ok == Truth::no && (step.name == "downgrade") == (failed->name == "downgrade");
    });
    if (culprit != run_.singly.end() && failed->revision.empty()) {
      failed->revision = culprit->revision;
      failed->error.where = culprit->error.where;
    }
  }

  /// How far up the database is.
  struct Course {
    std::size_t top = 0;
    bool fresh = true; ///< nothing stopped since it was empty
  };

  /// Until a revision stops; false if the process ended.
  bool up(MigrationBox& box, Course& course)
  {
    while (course.fresh && course.top < box.order().size()) {
      if (!take(box, forth("upgrade", box, course.top), course.top)) {
        return false;
      }
      course.fresh = box.seen().steps.back().ok == Truth::yes;
      course.top += course.fresh ? 1 : 0;
    }
    return true;
  }

  /// To the bottom: below a revision whose downgrade stops it is gone on with from a database that
  /// never saw that revision.
  bool down(MigrationBox& box, Course& course)
  {
    for (; course.top > 0; --course.top) {
      if (!course.fresh && !build(box, course.top)) {
        return !box.ended();
      }
      const std::string& id = box.order()[course.top - 1];
      if (!take(box, {"downgrade", "undo", id, {}, id}, course.top - 1)) {
        return false;
      }
      course.fresh = box.seen().steps.back().ok == Truth::yes;
    }
    return true;
  }

  /// One step of a revision, which is named whether it stops or not.
  bool take(MigrationBox& box, const Move& move, std::size_t revision)
  {
    const bool answered = box.move(move);
    MigrationStep& step = box.seen().steps.back();
    const bool placed = !step.revision.empty() && step.error.where.line > 0;
    step.revision = box.order()[revision];
    if (answered && !placed) {
      step.error.where = place_of(step.revision);
    }
    return answered;
  }

  /// The first `count` revisions on an empty database.
  bool build(MigrationBox& box, std::size_t count)
  {
    const std::size_t before = box.seen().steps.size();
    bool well = box.clear();
    for (std::size_t i = 0; well && i < count; ++i) {
      well = box.move(forth("upgrade", box, i)) && box.seen().steps.back().ok == Truth::yes;
    }
    box.forget(before);
    return well;
  }

  [[nodiscard]] Move forth(std::string name, MigrationBox& box, std::size_t revision) const
  {
    const std::string& id = box.order()[revision];
    const auto found = std::ranges::find(migration_.revisions, id, &Revision::id);
    const bool follows = found != migration_.revisions.end() && found->down_revisions.size() == 1;
    return {std::move(name), "up", id, {}, follows ? found->down_revisions.front() : std::string()};
  }

  static bool can_go_singly(MigrationBox& box)
  {
    constexpr std::size_t k_most = 12;
    return box.order().size() <= k_most && box.databases() <= 1;
  }

  [[nodiscard]] Location place_of(const std::string& revision) const
  {
    const auto found = std::ranges::find(migration_.revisions, revision, &Revision::id);
    return found == migration_.revisions.end() ? Location{} : found->where;
  }

  SubmissionRun& submission_;
  MigrationFacts& migration_;
  MigrationRun run_;
};

} // namespace

void observe_migrations(SubmissionRun& submission)
{
  Migrations(submission).observe();
}

} // namespace assay::probe
