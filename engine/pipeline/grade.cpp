// SPDX-License-Identifier: MIT
#include "engine/pipeline/grade.hpp"

#include "engine/base/text.hpp"
#include "engine/checks/judge.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/extract.hpp"
#include "engine/pipeline/execute.hpp"
#include "engine/score/score.hpp"
#include "engine/similarity/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace assay::pipeline {

namespace {

std::int64_t milliseconds_between(std::chrono::steady_clock::time_point from,
                                  std::chrono::steady_clock::time_point to)
{
  return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
}

SubmissionRecord describe(const Snapshot& snapshot)
{
  SubmissionRecord record;
  record.source = snapshot.submission.source;
  record.ref = snapshot.resolved_ref.empty() ? snapshot.submission.ref : snapshot.resolved_ref;
  record.commit = snapshot.commit;
  record.tree_digest = snapshot.tree_digest;
  record.history = snapshot.history;
  record.before = snapshot.submission.before;
  record.files = static_cast<int>(snapshot.files.size());
  record.python_files = static_cast<int>(std::ranges::count_if(
    snapshot.files, [](const auto& entry) { return entry.first.ends_with(".py"); }));
  record.skipped = snapshot.skipped;
  return record;
}

/// A class the user names by hand must be there: a silent miss would grade something else.
Result<void> check_fixed_roles(const std::map<std::string, std::string>& fixed,
                               const Rubric& rubric,
                               const Facts& facts)
{
  for (const auto& [role, wanted] : fixed) {
    std::vector<std::string> roles;
    for (const EntitySpec& entity : rubric.entities) {
      roles.push_back(entity.id);
    }
    if (std::ranges::find(roles, role) == roles.end()) {
      return Error{
        ErrorCode::invalid_input,
        fmt::format(
          "--map: rubric {} has no role \"{}\" (it has {})", rubric.id, role, join(roles, ", "))};
    }
    std::vector<std::string> classes;
    for (const MappedClass& mapped : facts.schema.classes) {
      classes.push_back(mapped.name);
    }
    const bool present = std::ranges::any_of(classes, [&](const std::string& name) {
      return name == wanted || name.ends_with("." + wanted);
    });
    if (!present) {
      return Error{ErrorCode::not_found,
                   fmt::format("--map: the submission maps no class \"{}\" (it maps {})",
                               wanted,
                               classes.empty() ? "none" : join(classes, ", "))};
    }
  }
  return {};
}

} // namespace

RunRecord read_record(const Snapshot& snapshot, const Clock& clock)
{
  RunRecord record;
  record.engine_version = engine_version();
  record.graded_at = clock.now();
  record.submission = describe(snapshot);
  record.facts = facts::read(snapshot);
  return record;
}

TreeFingerprints fingerprint(const Snapshot& snapshot)
{
  std::vector<similarity::SourceText> files;
  for (const auto& [path, role] : facts::classify_python(snapshot)) {
    const Blob& blob = snapshot.files.at(path);
    if (role != FileRole::migration && role != FileRole::vendored && blob.content) {
      files.push_back({path, facts::decode(*blob.content).text});
    }
  }
  return similarity::fingerprint(files);
}

std::string engine_fault(const Facts& facts)
{
  // What the probe's phases begin such a reason with.
  constexpr std::string_view k_fault = "Engine fault: ";
  for (const std::string* reason :
       {&facts.execution.not_run, &facts.migration.run.not_run, &facts.query_runs.not_run}) {
    if (reason->starts_with(k_fault)) {
      return reason->substr(k_fault.size());
    }
  }
  return {};
}

void judge_record(RunRecord& record,
                  const checks::BoundRubric& rubric,
                  const std::map<std::string, std::string>& fixed_roles)
{
  record.rubric = rubric.rubric;
  judge_facts(record, rubric, fixed_roles);
}

void judge_facts(RunRecord& record,
                 const checks::BoundRubric& rubric,
                 const std::map<std::string, std::string>& fixed_roles)
{
  const std::vector<Resolution> resolutions =
    facts::resolve(record.facts, rubric.rubric, fixed_roles);
  record.judgement = checks::judge(record.facts, rubric, resolutions);
  record.scorecard = score::score(rubric.rubric, record.judgement, record.facts.integrity);
}

Result<RunRecord> grade(const Submission& submission,
                        const checks::BoundRubric& rubric,
                        const GradeOptions& options,
                        const Clock& clock)
{
  const Instant now = clock.now();
  const auto started = clock.ticks();
  ASSAY_ASSIGN(const Snapshot snapshot, intake::obtain(submission, options.intake));
  const auto obtained = clock.ticks();
  RunRecord record = read_record(snapshot, clock);
  record.graded_at = now;
  ASSAY_TRY(check_fixed_roles(options.fixed_roles, rubric.rubric, record.facts));
  const auto read = clock.ticks();
  execute(record, snapshot, rubric.rubric, options);
  const auto executed = clock.ticks();
  judge_record(record, rubric, options.fixed_roles);
  const auto finished = clock.ticks();
  record.timings.clone_ms = milliseconds_between(started, obtained);
  record.timings.execute_ms = milliseconds_between(read, executed);
  record.timings.read_ms = milliseconds_between(obtained, finished) - record.timings.execute_ms;
  record.timings.total_ms = milliseconds_between(started, finished);
  return record;
}

std::string_view engine_version()
{
  return ASSAY_VERSION;
}

} // namespace assay::pipeline
