// SPDX-License-Identifier: MIT
// docs/report-formats.md, "json"; docs/report.schema.json. Every field is always there; null means
// nothing.
#include "engine/codec/json.hpp"

#include "engine/codec/enums.hpp"
#include "engine/codec/time.hpp"
#include "engine/model/query_cost.hpp"
#include "engine/model/query_role.hpp"
#include "engine/report/figures.hpp"
#include "engine/report/report.hpp"

#include <algorithm>
#include <cmath>

namespace assay::report {

namespace {

using codec::Json;

constexpr int k_schema_version = 1;

Json or_null(const std::string& text)
{
  return text.empty() ? Json() : Json(text);
}

Json or_null(int number)
{
  return number > 0 ? Json(number) : Json();
}

Json or_null(const std::optional<Instant>& instant)
{
  return instant ? Json(codec::time_text(*instant)) : Json();
}

/// Shares and confidence to four decimals: products of them would show the noise of their last
/// bits.
Json share(double value)
{
  return std::round(value * 10'000.0) / 10'000.0;
}

template<class Range, class Convert>
Json list(const Range& range, Convert convert)
{
  Json::List items;
  for (const auto& each : range) {
    items.push_back(convert(each));
  }
  return items;
}

Json texts(const std::vector<std::string>& values)
{
  return list(values, [](const std::string& value) { return Json(value); });
}

Json submission(const SubmissionRecord& of)
{
  const bool plain = of.commit.empty();
  return Json::Record{{"source", of.source},
                      {"ref", or_null(of.ref)},
                      {"commit", or_null(of.commit)},
                      {"tree", of.tree_digest},
                      {"committed_at", or_null(of.history.committed_at)},
                      {"commits", plain ? Json() : Json(of.history.commits)},
                      {"first_commit_at", or_null(of.history.first_commit_at)},
                      {"files", of.files},
                      {"python_files", of.python_files},
                      {"before", or_null(of.before)},
                      {"commits_after", plain ? Json() : Json(of.history.commits_after)},
                      {"shallow", of.history.shallow},
                      {"skipped", list(of.skipped, [](const SkippedPath& path) {
                         return Json::Record{{"path", path.path},
                                             {"reason", codec::word(path.reason)},
                                             {"detail", or_null(path.detail)}};
                       })}};
}

Json environment(const ExecutionRecord& of)
{
  return Json::Record{{"runtime", or_null(of.runtime)},
                      {"python", or_null(of.python)},
                      {"sqlalchemy", or_null(of.sqlalchemy)},
                      {"alembic", or_null(of.alembic)},
                      {"database", or_null(of.database)},
                      {"isolation", of.isolation}};
}

Json score(const Scorecard& card)
{
  return Json::Record{{"point", card.total.point},
                      {"low", card.total.low},
                      {"high", card.total.high},
                      {"band", card.band},
                      {"band_before_gates", card.band_before_gates},
                      {"needs_review", card.needs_review},
                      {"review_reasons", texts(card.review_reasons)}};
}

Json gate(const GateResult& of)
{
  return Json::Record{
    {"id", of.id}, {"title", of.title}, {"tripped", of.tripped}, {"reason", of.reason}};
}

Json category(const CategoryScore& of)
{
  const auto points = [&](Points value) { return of.applicable ? Json(value) : Json(); };
  return Json::Record{{"id", of.category},
                      {"title", of.title},
                      {"weight", of.weight},
                      {"point", points(of.score.point)},
                      {"low", points(of.score.low)},
                      {"high", points(of.score.high)}};
}

Json evidence(const Evidence& of)
{
  return Json::Record{{"path", or_null(of.where.path)},
                      {"line", or_null(of.where.line)},
                      {"column", or_null(of.where.column)},
                      {"end_line", or_null(of.where.end_line)},
                      {"text", of.where.text},
                      {"note", of.note}};
}

Json check(const CheckFigures& of)
{
  const Verdict& verdict = *of.verdict;
  const bool has_credit = verdict.credit && verdict.outcome != Outcome::unverified
                          && verdict.outcome != Outcome::not_applicable;
  return Json::Record{{"id", of.id},
                      {"category", of.category},
                      {"title", of.title},
                      {"points", of.points},
                      {"outcome", codec::word(verdict.outcome)},
                      {"credit", has_credit ? share(*verdict.credit) : Json()},
                      {"earned", of.earned},
                      {"lost", of.lost},
                      {"undetermined", of.undetermined},
                      {"lost_of_total", of.lost_of_total},
                      {"undetermined_of_total", of.undetermined_of_total},
                      {"basis", basis_word(verdict.basis)},
                      {"confidence", share(verdict.confidence)},
                      {"reason", verdict.reason},
                      {"evidence", list(verdict.evidence, evidence)}};
}

Json entities(const RunRecord& record)
{
  Json::Record roles;
  for (const EntitySpec& spec : record.rubric.entities) {
    const auto found = record.judgement.resolution.entities.find(spec.id);
    if (found == record.judgement.resolution.entities.end()) {
      roles.emplace_back(spec.id, nullptr);
      continue;
    }
    const ResolvedEntity& entity = found->second;
    roles.emplace_back(spec.id,
                       Json::Record{{"class", or_null(entity.class_name)},
                                    {"table", or_null(entity.table)},
                                    {"confidence", share(entity.confidence)}});
  }
  return roles;
}

std::string not_run_because(const Callable& callable)
{
  if (callable.bad_example) {
    return "the candidate shows it as the way not to do it"
           + (callable.bad_example_reason.empty() ? "" : " (" + callable.bad_example_reason + ")");
  }
  if (callable.live == Truth::no) {
    return "nothing can reach it"
           + (callable.dead_reason.empty() ? "" : ": " + callable.dead_reason);
  }
  return "the submission was read, not executed";
}

Json drive_run(const DriveRun& run)
{
  return Json::Record{{"posts", run.roots},
                      {"comments", run.leaves},
                      {"statements", statements_of(run)},
                      {"rows", run.rows}};
}

double in_hundredths(double value)
{
  const double rounded = std::round(value * 100) / 100;
  return rounded == 0 ? 0 : rounded; // never -0
}

/// Relationships that cost a statement for each of their objects.
Json loaded_one_by_one(const DrivenCallable& driven)
{
  std::vector<std::string> names;
  for (const LateLoad& load : driven.runs[1].loads) {
    const auto before = std::ranges::find(driven.runs[0].loads, load.relation, &LateLoad::relation);
    const int small = before == driven.runs[0].loads.end() ? 0 : before->count;
    if (!load.refresh && load.count > small) {
      names.push_back(load.relation);
    }
  }
  return texts(names);
}

std::string drive_word(DriveOutcome outcome)
{
  // What is unsuitable to be run was not run; the detail says why.
  return std::string(
    codec::word(outcome == DriveOutcome::unsuitable ? DriveOutcome::not_run : outcome));
}

/// What calling it showed; nothing but the reason if it was not called.
Json query(const RunRecord& record, const Callable& callable)
{
  const auto roles = query_roles(record.rubric, record.judgement.resolution, callable);
  const auto& runs = record.facts.query_runs.callables;
  const auto driven = std::ranges::find(runs, callable.ref, &DrivenCallable::ref);
  const bool tried = driven != runs.end() && driven->outcome != DriveOutcome::not_run;
  const bool measured = tried && driven->runs.size() >= 3;
  const QueryCost cost = measured ? cost_of(*driven) : QueryCost();
  const std::string error =
    tried && !driven->error.type.empty() ? driven->error.type + ": " + driven->error.message : "";
  return Json::Record{{"ref", callable.ref},
                      {"line", or_null(callable.where.line)},
                      {"role", roles.front()},
                      {"roles", texts(roles)},
                      {"outcome", tried ? drive_word(driven->outcome) : "not_run"},
                      {"detail",
                       !tried                   ? not_run_because(callable)
                       : driven->detail.empty() ? error
                                                : driven->detail},
                      {"runs", measured ? list(driven->runs, drive_run) : Json::List{}},
                      {"statements_model",
                       measured ? Json(Json::Record{{"constant", in_hundredths(cost.constant)},
                                                    {"per_post", in_hundredths(cost.per_root)},
                                                    {"per_comment", in_hundredths(cost.per_leaf)}})
                                : Json(nullptr)},
                      {"n_plus_one", measured ? Json(cost.grows()) : Json(nullptr)},
                      {"lazy", measured ? loaded_one_by_one(*driven) : Json::List{}}};
}

/// Whether the step of that name ran; null where it was not taken or tells nothing.
Json outcome_of(const MigrationRun& run, std::string_view step)
{
  const auto found = std::ranges::find(run.steps, step, &MigrationStep::name);
  return found == run.steps.end() || found->ok == Truth::unknown ? Json()
                                                                 : Json(found->ok == Truth::yes);
}

/// The verdicts on checks that compare models and migration.
std::vector<const Verdict*> comparisons(const RunRecord& record)
{
  std::vector<const Verdict*> found;
  for (const CheckSpec& check : record.rubric.checks) {
    for (const Verdict& verdict : record.judgement.verdicts) {
      if (check.kind == "migration.matches" && verdict.check == check.id
          && verdict.outcome != Outcome::not_applicable) {
        found.push_back(&verdict);
      }
    }
  }
  return found;
}

Json matches_models(const RunRecord& record)
{
  const auto found = comparisons(record);
  const bool open = std::ranges::any_of(
    found, [](const Verdict* verdict) { return verdict->outcome == Outcome::unverified; });
  return found.empty() || open ? Json()
                               : Json(std::ranges::all_of(found, [](const Verdict* verdict) {
                                   return verdict->outcome == Outcome::pass;
                                 }));
}

Json differences(const RunRecord& record)
{
  Json::List items;
  for (const Verdict* verdict : comparisons(record)) {
    if (verdict->outcome == Outcome::partial || verdict->outcome == Outcome::fail) {
      items.emplace_back(verdict->reason);
    }
  }
  return items;
}

Json migration(const RunRecord& record)
{
  const MigrationFacts& of = record.facts.migration;
  return Json::Record{{"kind", migration_word(of.kind)},
                      {"directory", or_null(of.directory)},
                      {"revisions", static_cast<std::int64_t>(of.revisions.size())},
                      {"heads", static_cast<std::int64_t>(of.heads.size())},
                      {"upgrade", outcome_of(of.run, "upgrade")},
                      {"downgrade", outcome_of(of.run, "downgrade")},
                      {"reupgrade", outcome_of(of.run, "upgrade again")},
                      {"matches_models", matches_models(record)},
                      {"differences", differences(record)}};
}

Json flag(const RunRecord& record, const IntegrityFlag& of)
{
  const auto weight = record.rubric.flag_weights.find(of.flag);
  return Json::Record{
    {"flag", of.flag},
    {"weight", weight == record.rubric.flag_weights.end() ? Json() : Json(weight->second)},
    {"path", or_null(of.where.path)},
    {"line", or_null(of.where.line)},
    {"detail", of.detail}};
}

Json signal(const Signal& of)
{
  return Json::Record{
    {"id", of.id}, {"present", of.present}, {"evidence", list(of.evidence, evidence)}};
}

Json topic(const InterviewTopic& of)
{
  return Json::Record{{"topic", of.topic->id},
                      {"question", of.topic->question},
                      {"because", list(of.because, [](std::string_view id) { return Json(id); })}};
}

Json timings(const Timings& of)
{
  return Json::Record{{"clone_ms", of.clone_ms},
                      {"read_ms", of.read_ms},
                      {"execute_ms", of.execute_ms},
                      {"total_ms", of.total_ms}};
}

} // namespace

std::string render_json(const RunRecord& record, const RenderOptions&)
{
  const Rubric& rubric = record.rubric;
  const Json document = Json::Record{
    {"schema_version", k_schema_version},
    {"engine", Json::Record{{"name", "assay"}, {"version", record.engine_version}}},
    {"graded_at", codec::time_text(record.graded_at)},
    {"submission", submission(record.submission)},
    {"rubric",
     Json::Record{{"id", rubric.id}, {"version", rubric.version}, {"digest", rubric.digest}}},
    {"environment", environment(record.execution)},
    {"score", score(record.scorecard)},
    {"gates", list(record.scorecard.gates, gate)},
    {"categories", list(record.scorecard.categories, category)},
    {"checks", list(check_figures(record), check)},
    {"entities", entities(record)},
    {"queries",
     list(record.facts.queries.callables,
          [&](const Callable& callable) { return query(record, callable); })},
    {"migration", migration(record)},
    {"integrity",
     list(record.facts.integrity, [&](const IntegrityFlag& of) { return flag(record, of); })},
    {"signals", list(record.facts.signals, signal)},
    {"interview", list(interview_topics(record), topic)},
    {"timings", timings(record.timings)}};
  return codec::dump(document, codec::Layout::indented);
}

} // namespace assay::report
