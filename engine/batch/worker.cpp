// SPDX-License-Identifier: MIT
#include "engine/batch/worker.hpp"

#include "engine/batch/same_trials.hpp"

#include <exception>
#include <utility>

namespace assay::batch {

namespace {

std::int64_t elapsed_ms(std::chrono::steady_clock::time_point from,
                        std::chrono::steady_clock::time_point to)
{
  return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
}

} // namespace

Worker::Worker(int number,
               std::filesystem::path database,
               const BatchOptions& options,
               const Clock& clock)
  : number_(number),
    database_(std::move(database)),
    options_(options),
    clock_(clock)
{
}

Worker::Grade Worker::grade(const Snapshot& snapshot,
                            const checks::BoundRubric& rubric,
                            const std::function<void(const std::string&)>& repeating)
{
  Attempt made = attempt(snapshot, rubric);
  if (!made.fault.empty()) {
    repeating(made.fault);
    sandboxes_.reset(); // whatever was wrong with them is gone with them
    made = attempt(snapshot, rubric);
  }
  if (!made.fault.empty()) {
    sandboxes_.reset();
    return {std::nullopt, std::move(made.fault), false, {}};
  }
  return {std::move(made.record), {}, made.from_ledger, std::move(made.fingerprints)};
}

Worker::Attempt Worker::attempt(const Snapshot& snapshot, const checks::BoundRubric& rubric)
{
  Attempt made;
  try {
    const auto started = clock_.ticks();
    made.record = pipeline::read_record(snapshot, clock_);
    const auto read = clock_.ticks();
    pipeline::GradeOptions grading;
    grading.not_run = "not asked for";
    if (options_.sandboxes) {
      if (sandboxes_ == nullptr) {
        sandboxes_ = options_.sandboxes(number_);
      }
      grading.sandboxes = sandboxes_.get();
      made.from_ledger = take_known_facts(made.record, rubric.rubric);
    }
    if (!made.from_ledger) {
      options_.execute(made.record, snapshot, rubric.rubric, grading);
    }
    const auto executed = clock_.ticks();
    made.fault = pipeline::engine_fault(made.record.facts);
    // A sandbox that could be opened for the others and not for this one is our fault as well.
    if (options_.sandboxes && made.fault.empty() && !made.record.facts.execution.ran
        && made.record.facts.execution.modules.empty() && made.record.submission.python_files > 0
        && !grading.sandboxes->fit(made.record.facts.environment)) {
      made.fault = made.record.facts.execution.not_run;
    }
    if (made.fault.empty()) {
      pipeline::judge_record(made.record, rubric);
      made.fingerprints = pipeline::fingerprint(snapshot);
    }
    const auto finished = clock_.ticks();
    made.record.timings.execute_ms = elapsed_ms(read, executed);
    made.record.timings.total_ms = elapsed_ms(started, finished);
    made.record.timings.read_ms = made.record.timings.total_ms - made.record.timings.execute_ms;
  } catch (const std::exception& exception) {
    made.fault = std::string("bug: ") + exception.what();
  }
  return made;
}

bool Worker::take_known_facts(RunRecord& record, const Rubric& rubric)
{
  if (options_.ledger == UseLedger::no || database_.empty()) {
    return false;
  }
  if (!store_) {
    auto opened = store::Store::open(database_, store::OpenMode::read_only);
    if (!opened) {
      return false;
    }
    store_ = std::move(*opened);
  }
  const auto runs = store_->executed_runs(record.submission.tree_digest);
  if (!runs) {
    return false;
  }
  for (const RunId id : *runs) {
    auto known = store_->load(id);
    if (known && fits(*known, record, rubric)) {
      record.facts = std::move(known->facts);
      record.execution = std::move(known->execution);
      return true;
    }
  }
  return false;
}

/// Whether executing the submission again would show what `known` holds.
bool Worker::fits(const RunRecord& known, const RunRecord& record, const Rubric& rubric)
{
  if (!known.facts.execution.ran || !pipeline::engine_fault(known.facts).empty()
      || known.submission.skipped != record.submission.skipped
      || !same_trials(known.rubric, rubric)) {
    return false;
  }
  // A submission that says nothing of its version may have been run with the older one.
  EnvironmentFacts environment = record.facts.environment;
  if (environment.sqlalchemy_major == 0 && known.execution.sqlalchemy.starts_with("1.")) {
    environment.sqlalchemy_major = 14;
  }
  const auto sandbox = sandboxes_->fit(environment);
  if (!sandbox) {
    return false;
  }
  const probe::DatabaseChoice choice = (*sandbox)->database_choice();
  const bool on_postgres =
    choice == probe::DatabaseChoice::postgresql
    || (choice == probe::DatabaseChoice::evident && environment.dialect == Dialect::postgresql);
  ExecutionRecord expected = (*sandbox)->record();
  expected.database = on_postgres ? "postgresql" : "sqlite";
  return expected == known.execution;
}

} // namespace assay::batch
