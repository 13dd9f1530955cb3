// SPDX-License-Identifier: MIT
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"
#include "engine/store/store.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace assay::cli {

namespace {

struct ReportArguments {
  std::string run;
  std::string database;
  bool everything = false;
  OutputOptions output;
};

Result<std::string> rendered(const ReportArguments& arguments)
{
  const std::filesystem::path path =
    arguments.database.empty() ? default_database() : std::filesystem::path(arguments.database);
  ASSAY_ASSIGN(const store::Store database, store::Store::open(path, store::OpenMode::read_only));
  ASSAY_ASSIGN(const RunSummary summary, database.find_one(arguments.run));
  ASSAY_ASSIGN(const RunRecord record, database.load(summary.id));
  auto render = render_options(arguments.output);
  render.detail = arguments.everything ? report::Detail::everything : report::Detail::summary;
  render.run = summary.id;
  return report::find_format(arguments.output.format)->render(record, render);
}

Exit run(const ReportArguments& arguments)
{
  const auto bytes = rendered(arguments);
  if (!bytes) {
    return refuse(bytes.error());
  }
  if (auto delivered = deliver(*bytes, arguments.output); !delivered) {
    return refuse(delivered.error());
  }
  return Exit::graded;
}

} // namespace

void add_report(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<ReportArguments>();
  arguments->output.format = "html";
  CLI::App* command = application.add_subcommand("report", "Write the report of a stored run");
  command->add_option("run", arguments->run, "Number of a run, prefix of a commit, or a source")
    ->required()
    ->type_name("RUN");
  command
    ->add_option(
      "--db", arguments->database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  command->add_flag("--all", arguments->everything, "Show every check, not only what matters");
  add_output_options(*command, arguments->output, WithFormat::yes);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
