// SPDX-License-Identifier: MIT
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"
#include "engine/store/store.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace assay::cli {

namespace {

struct ShowArguments {
  std::string run;
  BatchSource source;
  bool everything = false;
  OutputOptions output;
};

Result<std::string> show(const ShowArguments& arguments)
{
  const auto mode =
    arguments.source.reveal.empty() ? store::OpenMode::read_only : store::OpenMode::existing;
  ASSAY_ASSIGN(store::Store database, store::Store::open(database_path(arguments.source), mode));
  ASSAY_ASSIGN(const RunSummary summary, database.find_one(arguments.run));
  ASSAY_ASSIGN(const batch::Blind blind, blindness(database, arguments.source, "show"));
  ASSAY_ASSIGN(const RunRecord record, record_to_show(database, summary.id, blind));
  auto render = render_options(arguments.output);
  render.detail = arguments.everything ? report::Detail::everything : report::Detail::summary;
  render.run = summary.id;
  return report::find_format(arguments.output.format)->render(record, render);
}

Exit run(const ShowArguments& arguments)
{
  const auto bytes = show(arguments);
  if (!bytes) {
    return refuse(bytes.error());
  }
  if (auto delivered = deliver(*bytes, arguments.output); !delivered) {
    return refuse(delivered.error());
  }
  return Exit::graded;
}

} // namespace

void add_show(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* command = application.add_subcommand("show", "Show a stored run");
  command->add_option("run", arguments->run, "Number of a run, prefix of a commit, or a source")
    ->required()
    ->type_name("RUN");
  command
    ->add_option(
      "--db", arguments->source.database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  add_blind_options(*command, arguments->source);
  command->add_flag("--all", arguments->everything, "Show every check, not only what matters");
  add_output_options(*command, arguments->output, WithFormat::yes);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
