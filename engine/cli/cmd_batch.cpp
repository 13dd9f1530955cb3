// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/batch/manifest.hpp"
#include "engine/batch/run_batch.hpp"
#include "engine/batch/shard.hpp"
#include "engine/batch/standing.hpp"
#include "engine/cli/batch_display.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/grading.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/rubric_source.hpp"
#include "engine/probe/sandbox.hpp"
#include "engine/store/batches.hpp"
#include "engine/store/reviews.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <thread>

namespace assay::cli {

namespace {

struct BatchArguments {
  std::string manifest;
  std::string name;
  std::string database;
  std::string rubric = k_default_rubric;
  std::string runtime;
  std::string progress = "auto";
  std::string shard;
  bool blind = false;
  int jobs = 0;
  int obtainers = 4;
  int timeout_seconds = 300;
  int max_received_mebibytes = 512;
  bool dry_run = false;
  bool no_run = false;
  bool no_cache = false;
  bool no_ledger = false;
  bool trusted = false;
  probe::DatabaseChoice run_on = probe::DatabaseChoice::evident;
};

using Rubrics = std::map<std::string, checks::BoundRubric>;

/// Opens every rubric that is named; entries whose rubric is none become issues.
Rubrics open_rubrics(batch::Manifest& manifest)
{
  Rubrics rubrics;
  std::map<std::string, std::string> refused;
  for (const BatchEntry& entry : manifest.entries) {
    if (rubrics.contains(entry.rubric) || refused.contains(entry.rubric)) {
      continue;
    }
    auto opened = open_rubric(entry.rubric);
    if (opened) {
      rubrics.emplace(entry.rubric, std::move(*opened));
    } else {
      refused.emplace(entry.rubric, opened.error().message);
    }
  }
  std::erase_if(manifest.entries, [&](const BatchEntry& entry) {
    const auto found = refused.find(entry.rubric);
    if (found == refused.end()) {
      return false;
    }
    manifest.issues.push_back({entry.row, entry.row, "rubric", found->second});
    return true;
  });
  return rubrics;
}

/// A local repository that is not there: said before anything is graded.
void check_places(batch::Manifest& manifest)
{
  std::erase_if(manifest.entries, [&](const BatchEntry& entry) {
    std::error_code ignored;
    if (!entry.repository.starts_with('/') || std::filesystem::exists(entry.repository, ignored)) {
      return false;
    }
    manifest.issues.push_back({entry.row,
                               entry.row,
                               "repository",
                               fmt::format("{}: there is no such folder", entry.repository)});
    return true;
  });
}

void report_issues(const BatchArguments& arguments, const batch::Manifest& manifest)
{
  for (const batch::ManifestIssue& issue : manifest.issues) {
    complain(batch::describe(issue, arguments.manifest));
  }
}

std::size_t bad_rows(const batch::Manifest& manifest)
{
  std::set<int> rows;
  for (const batch::ManifestIssue& issue : manifest.issues) {
    rows.insert(issue.row);
  }
  return rows.size();
}

std::string batch_name(const BatchArguments& arguments)
{
  return arguments.name.empty() ? std::filesystem::path(arguments.manifest).stem().string()
                                : arguments.name;
}

Exit dry_run(const BatchArguments& arguments, batch::Manifest& manifest)
{
  check_places(manifest);
  report_issues(arguments, manifest);
  fmt::print("{} of {} rows can be graded",
             manifest.entries.size(),
             manifest.entries.size() + bad_rows(manifest));
  if (!manifest.columns.empty()) {
    fmt::print("; kept as they are: {}", printable(join(manifest.columns, ", ")));
  }
  fmt::print("\n");
  return manifest.issues.empty() ? Exit::graded : Exit::incomplete;
}

/// Makes sure that submissions can be run before the first one is obtained: a batch whose whole
/// work was only read by accident would be thrown away.
Result<std::function<std::unique_ptr<probe::Sandboxes>(int)>>
sandbox_maker(const BatchArguments& arguments)
{
  ASSAY_ASSIGN(const probe::Installation installation,
               probe::find_installation(executable_folder()));
  probe::SandboxOptions options;
  options.database = arguments.run_on;
  options.trust = arguments.trusted ? probe::Trust::yes : probe::Trust::no;
  if (!arguments.runtime.empty()) {
    options.runtime = arguments.runtime;
  }
  const auto tried = probe::Sandbox::open(installation, options);
  if (!tried) {
    return Error{tried.error().code,
                 tried.error().message + " (--no-run only reads the submissions)"};
  }
  return std::function<std::unique_ptr<probe::Sandboxes>(int)>(
    [installation, options, runtime = arguments.runtime](int worker) {
      probe::SandboxOptions own = options;
      own.slot = worker;
      return std::make_unique<probe::Sandboxes>(installation, runtime, own);
    });
}

void print_summary(const std::string& name,
                   const batch::Manifest& manifest,
                   const batch::BatchSummary& summary)
{
  const auto line = [](const char* what, std::size_t count) {
    if (count > 0) {
      fmt::print("  {:<34}{:>6}\n", what, count);
    }
  };
  const auto size = [](int count) { return static_cast<std::size_t>(count); };
  const std::size_t rows = manifest.entries.size() + bad_rows(manifest);
  fmt::print("Batch {}: {} of {} rows are graded\n",
             printable(name),
             summary.graded + summary.earlier,
             rows);
  line("graded now", size(summary.graded));
  line("  of these unchanged, not executed", size(summary.from_ledger));
  line("graded earlier", size(summary.earlier));
  line("not obtained", size(summary.not_obtained));
  line("engine fault, not graded", size(summary.engine_faults));
  line("stopped before their turn", size(summary.waiting));
  line("rows that cannot be used", bad_rows(manifest));
  if (summary.waiting + summary.not_obtained + summary.engine_faults > 0) {
    fmt::print("The same command again goes on with what is not graded.\n");
  }
}

batch::BatchOptions batch_options(const BatchArguments& arguments)
{
  batch::BatchOptions options;
  options.jobs = arguments.jobs > 0
                   ? arguments.jobs
                   : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  options.obtainers = arguments.obtainers;
  options.ledger = arguments.no_ledger ? batch::UseLedger::no : batch::UseLedger::yes;
  options.intake.limits.max_wall = std::chrono::seconds{arguments.timeout_seconds};
  options.intake.limits.max_received_bytes =
    static_cast<std::uint64_t>(arguments.max_received_mebibytes) << 20U;
  options.intake.cache_directory = intake::default_cache_directory();
  options.intake.use_cache = arguments.no_cache ? intake::UseCache::no : intake::UseCache::yes;
  options.intake.credentials = intake::credentials_from_environment();
  options.intake.authorities = intake::default_authorities();
  return options;
}

/// Entries that an earlier run of the batch graded by another text of their rubric.
std::size_t outdated(const store::Store& database,
                     const std::vector<BatchEntry>& entries,
                     const Rubrics& rubrics)
{
  std::size_t count = 0;
  for (const BatchEntry& entry : entries) {
    if (!entry.run) {
      continue;
    }
    const auto digest = database.rubric_digest(*entry.run);
    count += digest && *digest != rubrics.at(entry.rubric).rubric.digest ? 1U : 0U;
  }
  return count;
}

Result<Exit> grade_all(const BatchArguments& arguments,
                       batch::Manifest& manifest,
                       const Rubrics& rubrics,
                       const batch::Guarded& guarded)
{
  batch::BatchOptions options = batch_options(arguments);
  if (!arguments.no_run) {
    ASSAY_ASSIGN(options.sandboxes, sandbox_maker(arguments));
  }
  const std::filesystem::path path =
    arguments.database.empty() ? default_database() : std::filesystem::path(arguments.database);
  ASSAY_ASSIGN(store::Store database, store::Store::open(path, store::OpenMode::create));
  const std::string name = batch_name(arguments);
  ASSAY_ASSIGN(const std::vector<BatchEntry> entries,
               store::Batches(database).set_entries(name, manifest.entries, SystemClock{}.now()));
  if (const std::size_t count = outdated(database, entries, rubrics); count > 0) {
    complain(fmt::format(
      "{} rows were graded by another version of their rubric; \"assay regrade\" applies this one",
      count));
  }
  if (arguments.blind) {
    ASSAY_TRY(store::Reviews(database).set_blind());
  }
  ASSAY_ASSIGN(const bool blind, store::Reviews(database).blind());
  ASSAY_ASSIGN(const std::string key, store::Reviews(database).alias_key());
  const auto label = [blind, key](BatchEntry entry) {
    if (blind) {
      batch::hide(entry, key);
    }
    return entry.candidate;
  };
  options.stop = &watch_interrupts();
  BatchDisplay display(progress_style(arguments.progress),
                       batch::Progress(entries, label, std::chrono::steady_clock::now()));
  options.on_event = [&](batch::BatchEvent event) {
    if (blind && !event.detail.empty()) {
      event.detail = "(left out)";
    }
    display.note(event);
  };
  options.on_tick = [&] { display.tick(); };
  ASSAY_ASSIGN(const batch::BatchSummary summary,
               batch::run_batch_after(guarded, database, entries, rubrics, options, SystemClock{}));
  display.finish();
  print_summary(name, manifest, summary);
  if (summary.waiting > 0) {
    return Exit::stopped;
  }
  const bool complete =
    summary.not_obtained + summary.engine_faults == 0 && manifest.issues.empty();
  return complete ? Exit::graded : Exit::incomplete;
}

Exit run(const BatchArguments& arguments)
{
  auto manifest = batch::load_manifest(arguments.manifest, arguments.rubric);
  if (!manifest) {
    return refuse(manifest.error());
  }
  if (auto rubric = open_rubric(arguments.rubric); !rubric) {
    complain(rubric.error().message);
    return Exit::usage;
  }
  const Rubrics rubrics = open_rubrics(*manifest);
  if (arguments.dry_run) {
    return dry_run(arguments, *manifest);
  }
  if (!arguments.shard.empty()) {
    const auto shard = batch::parse_shard(arguments.shard);
    if (!shard) {
      return refuse(shard.error());
    }
    batch::keep_shard(manifest->entries, *shard);
    if (shard->number > 1) {
      manifest->issues.clear(); // the first part tells them
    }
  }
  report_issues(arguments, *manifest);
  const auto work = [&](const batch::Guarded& guarded) {
    const auto exit = grade_all(arguments, *manifest, rubrics, guarded);
    return static_cast<int>(exit ? *exit : refuse(exit.error()));
  };
  return static_cast<Exit>(batch::run_guarded(work, static_cast<int>(Exit::bug)));
}

} // namespace

void add_batch(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<BatchArguments>();
  CLI::App* command =
    application.add_subcommand("batch", "Grade every submission of a list; stops and goes on");
  command
    ->add_option(
      "manifest", arguments->manifest, "CSV, TSV or JSON lines with a column \"repository\"")
    ->required()
    ->type_name("MANIFEST");
  command
    ->add_option(
      "--db", arguments->database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  command->add_option(
    "--name", arguments->name, "Name of the batch; that of the manifest unless given");
  command
    ->add_option("--jobs",
                 arguments->jobs,
                 "Submissions executed at a time; as many as there are processors unless given")
    ->type_name("N")
    ->check(CLI::Range(1, 64));
  command->add_option("--obtain", arguments->obtainers, "Repositories obtained at a time")
    ->type_name("N")
    ->check(CLI::Range(1, 32))
    ->capture_default_str();
  command->add_option("--rubric", arguments->rubric, "Rubric of rows that name none")
    ->capture_default_str();
  command->add_option("--shard", arguments->shard, "Only part I of N, for jobs that share the list")
    ->type_name("I/N");
  command->add_flag("--blind",
                    arguments->blind,
                    "Make the database blind: aliases in place of names in every output");
  command->add_flag(
    "--dry-run", arguments->dry_run, "Only say what is wrong with the manifest; grade nothing");
  command->add_option("--progress", arguments->progress, "How progress is shown on standard error")
    ->check(CLI::IsMember({"auto", "plain", "json", "none"}))
    ->capture_default_str();
  command->add_flag("--no-cache", arguments->no_cache, "Fetch everything anew and keep no copy");
  command->add_flag(
    "--no-ledger", arguments->no_ledger, "Execute submissions whose facts are known, too");
  CLI::Option* no_run =
    command->add_flag("--no-run", arguments->no_run, "Only read submissions; execute nothing");
  command
    ->add_flag("--trust-this-code",
               arguments->trusted,
               "Run it even where nothing holds it; the report says so (isolation L0)")
    ->excludes(no_run);
  command
    ->add_option("--runtime",
                 arguments->runtime,
                 "Runtime to run in; the one that fits each submission unless given")
    ->type_name("NAME");
  add_database_option(*command, arguments->run_on);
  command
    ->add_option("--timeout", arguments->timeout_seconds, "Seconds for obtaining one submission")
    ->check(CLI::Range(1, 86'400))
    ->capture_default_str();
  command
    ->add_option("--max-received", arguments->max_received_mebibytes, "MiB received from a remote")
    ->check(CLI::Range(1, 65'536))
    ->capture_default_str();
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
