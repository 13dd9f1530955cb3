// SPDX-License-Identifier: MIT
// One run as a page or in another format; or, without a run, a site over many.
#include "engine/base/text.hpp"
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"
#include "engine/cli/rubric_source.hpp"
#include "engine/report/site.hpp"
#include "engine/store/batches.hpp"
#include "engine/store/store.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

struct ReportArguments {
  std::string run;
  std::string database;
  std::string rubric = k_default_rubric;
  std::optional<std::string> batch;
  BatchSource names; ///< whether they are shown
  bool everything = false;
  OutputOptions output;
};

fs::path database_of(const ReportArguments& arguments)
{
  return arguments.database.empty() ? default_database() : fs::path(arguments.database);
}

/// Lifting blindness is noted in the database.
store::OpenMode mode_of(const ReportArguments& arguments)
{
  return arguments.names.reveal.empty() ? store::OpenMode::read_only : store::OpenMode::existing;
}

Result<std::string> rendered(const ReportArguments& arguments)
{
  ASSAY_ASSIGN(store::Store database,
               store::Store::open(database_of(arguments), mode_of(arguments)));
  ASSAY_ASSIGN(const RunSummary summary, database.find_one(arguments.run));
  ASSAY_ASSIGN(const batch::Blind blind, blindness(database, arguments.names, "report"));
  ASSAY_ASSIGN(const RunRecord record, record_to_show(database, summary.id, blind));
  auto render = render_options(arguments.output);
  render.detail = arguments.everything ? report::Detail::everything : report::Detail::summary;
  render.run = summary.id;
  return report::find_format(arguments.output.format)->render(record, render);
}

/// A candidate of the site: a run, or why there is none.
struct Listed {
  std::string name;
  std::string source;
  std::optional<RunId> run;
  std::string failure;
};

Result<std::vector<Listed>> listed_of_batch(store::Store& database, std::string& name)
{
  store::Batches batches(database);
  ASSAY_ASSIGN(name, batches.find(name));
  ASSAY_ASSIGN(const auto entries, batches.entries(name));
  std::vector<Listed> listed;
  for (const BatchEntry& entry : entries) {
    listed.push_back({entry.name.empty() ? entry.candidate : entry.name,
                      entry.repository,
                      entry.run,
                      entry.state == EntryState::waiting ? "not graded yet" : entry.detail});
  }
  return listed;
}

Result<std::vector<Listed>> listed_of_rubric(const store::Store& database,
                                             const std::string& rubric)
{
  store::RunFilter filter;
  filter.rubric_id = rubric;
  filter.latest_only = true;
  ASSAY_ASSIGN(const auto runs, database.list(filter));
  std::vector<Listed> listed;
  for (const RunSummary& run : runs) {
    listed.push_back({report::candidate_name(run.source), run.source, run.id, ""});
  }
  return listed;
}

Result<void> write_page(const fs::path& path, const std::string& bytes)
{
  OutputOptions output;
  output.output = path.string();
  return deliver(bytes, output);
}

/// Pages one after the other: no more than one record is held at a time.
Result<report::Site> write_candidates(const ReportArguments& arguments,
                                      store::Store& database,
                                      const std::vector<Listed>& listed,
                                      batch::Blind blind)
{
  const fs::path folder = arguments.output.output;
  std::error_code code;
  fs::create_directories(folder / "candidates", code);
  if (code) {
    return Error{ErrorCode::io, fmt::format("{}: {}", folder.string(), code.message())};
  }
  report::Site site;
  const auto render = render_options(arguments.output);
  for (const Listed& each : listed) {
    if (!each.run) {
      report::SiteEntry& entry = site.entries.emplace_back();
      entry.name = each.name;
      entry.source = each.source;
      entry.failure = each.failure;
      continue;
    }
    ASSAY_ASSIGN(const RunRecord record, record_to_show(database, *each.run, blind));
    if (site.rubric.digest.empty()) {
      site.rubric = record.rubric;
    } else if (site.rubric.digest != record.rubric.digest) {
      ++site.of_other_versions;
      continue;
    }
    const std::string page = fmt::format("candidates/{}.html", each.run->value);
    ASSAY_TRY(write_page(folder / page, report::render_html(record, render)));
    site.entries.push_back(report::site_entry(record, each.name, page));
  }
  return site;
}

Result<std::string> write_site(const ReportArguments& arguments)
{
  ASSAY_ASSIGN(store::Store database,
               store::Store::open(database_of(arguments), mode_of(arguments)));
  ASSAY_ASSIGN(const batch::Blind blind, blindness(database, arguments.names, "report"));
  std::string title = arguments.batch.value_or("");
  auto listed = arguments.batch ? listed_of_batch(database, title)
                                : listed_of_rubric(database, arguments.rubric);
  if (!listed) {
    return listed.error();
  }
  if (blind == batch::Blind::yes) {
    ASSAY_ASSIGN(const std::string key, store::Reviews(database).alias_key());
    for (Listed& each : *listed) {
      BatchEntry entry;
      entry.repository = each.source;
      batch::hide(entry, key);
      each.name = entry.candidate;
      each.source = entry.candidate;
      each.failure = each.failure.empty() ? "" : "no score";
    }
  }
  ASSAY_ASSIGN(report::Site site, write_candidates(arguments, database, *listed, blind));
  if (site.rubric.digest.empty()) {
    return Error{ErrorCode::not_found,
                 fmt::format("{}: there is no run to report", database_of(arguments).string())};
  }
  site.title = title.empty() ? "Candidates" : title;
  const fs::path folder = arguments.output.output;
  ASSAY_TRY(write_page(folder / "matrix.html", report::render_site_matrix(site)));
  ASSAY_TRY(write_page(folder / "index.html", report::render_site_index(site)));
  return fmt::format("{} in {}\n",
                     site.entries.size() == 1 ? std::string("1 candidate")
                                              : fmt::format("{} candidates", site.entries.size()),
                     printable((folder / "index.html").string()));
}

Exit run(const ReportArguments& arguments)
{
  if (!arguments.run.empty()) {
    const auto bytes = rendered(arguments);
    if (!bytes) {
      return refuse(bytes.error());
    }
    const auto delivered = deliver(*bytes, arguments.output);
    return delivered ? Exit::graded : refuse(delivered.error());
  }
  if (arguments.output.output.empty() || arguments.output.format != "html") {
    complain("report: name a run, or say --output FOLDER for a site of HTML over all of them");
    return Exit::usage;
  }
  const auto written = write_site(arguments);
  if (!written) {
    return refuse(written.error());
  }
  const auto delivered = deliver(*written, {});
  return delivered ? Exit::graded : refuse(delivered.error());
}

} // namespace

void add_report(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<ReportArguments>();
  arguments->output.format = "html";
  CLI::App* command = application.add_subcommand(
    "report", "Write the report of a stored run, or a site over many (--output FOLDER)");
  CLI::Option* run_option =
    command
      ->add_option("run",
                   arguments->run,
                   "Number of a run, prefix of a commit, or a source; a site unless given")
      ->type_name("RUN");
  add_blind_options(*command, arguments->names);
  command->add_option("--batch", arguments->batch, "The site of this batch; empty: of the newest")
    ->type_name("NAME")
    ->excludes(run_option);
  command
    ->add_option("--rubric",
                 arguments->rubric,
                 "Without a batch: the newest run of every submission graded by this rubric")
    ->type_name("ID")
    ->capture_default_str();
  command
    ->add_option(
      "--db", arguments->database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  command->add_flag("--all", arguments->everything, "Show every check, not only what matters");
  add_output_options(*command, arguments->output, WithFormat::yes);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
