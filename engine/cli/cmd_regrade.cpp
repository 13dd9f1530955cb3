// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/batch/regrade.hpp"
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/rubric_source.hpp"
#include "engine/store/batches.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <thread>

namespace assay::cli {

namespace {

struct RegradeArguments {
  std::string rubric = k_default_rubric;
  BatchSource source;
  int jobs = 0;
  bool diff = false;
};

void print_regraded(const std::string& name, const batch::RegradeSummary& summary)
{
  fmt::print("Batch {}: {} judged again, {} of them changed\n",
             printable(name),
             summary.judged,
             summary.changed);
  if (summary.other_rubric > 0) {
    fmt::print("  {} left alone: graded by a rubric of another id\n", summary.other_rubric);
  }
  if (summary.not_graded > 0) {
    fmt::print("  {} left alone: not graded yet\n", summary.not_graded);
  }
  if (summary.other_trials > 0) {
    complain(fmt::format("{} submissions were executed for other entities or queries than this "
                         "rubric has; what it asks for may not have been tried: grade the batch "
                         "with it (assay batch)",
                         summary.other_trials));
  }
}

Result<Exit> regrade_batch(const RegradeArguments& arguments)
{
  ASSAY_ASSIGN(store::Store database,
               store::Store::open(database_path(arguments.source), store::OpenMode::existing));
  store::Batches batches(database);
  ASSAY_ASSIGN(const std::string name, batches.find(arguments.source.batch));
  ASSAY_ASSIGN(const std::vector<BatchEntry> entries, batches.entries(name));
  ASSAY_ASSIGN(const checks::BoundRubric rubric, open_rubric(arguments.rubric));
  const int jobs = arguments.jobs > 0
                     ? arguments.jobs
                     : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  ASSAY_ASSIGN(const batch::RegradeSummary summary,
               batch::regrade(database,
                              entries,
                              rubric,
                              jobs,
                              arguments.diff ? batch::WithDiff::yes : batch::WithDiff::no,
                              SystemClock{}));
  print_regraded(name, summary);
  if (arguments.diff) {
    ASSAY_ASSIGN(const batch::Blind blind, blindness(database, arguments.source, "regrade"));
    ASSAY_ASSIGN(const std::string key, store::Reviews(database).alias_key());
    fmt::print("{}", batch::render_changes(summary, entries, [&](BatchEntry entry) {
                 if (blind == batch::Blind::yes) {
                   batch::hide(entry, key);
                 }
                 return entry.candidate;
               }));
  }
  return Exit::graded;
}

Exit run(const RegradeArguments& arguments)
{
  const auto exit = regrade_batch(arguments);
  return exit ? *exit : refuse(exit.error());
}

} // namespace

void add_regrade(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<RegradeArguments>();
  CLI::App* command = application.add_subcommand(
    "regrade", "Judge a batch again by a changed rubric; executes nothing");
  command->add_option("--rubric", arguments->rubric, "Id of a built-in rubric, or a path")
    ->capture_default_str();
  add_batch_options(*command, arguments->source);
  command->add_option("--jobs", arguments->jobs, "Threads that judge")
    ->type_name("N")
    ->check(CLI::Range(1, 64));
  command->add_flag("--diff", arguments->diff, "Show what changed, check by check");
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
