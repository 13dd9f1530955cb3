// SPDX-License-Identifier: MIT
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"
#include "engine/store/store.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace assay::cli {

namespace {

struct ListArguments {
  BatchSource source;
  store::RunFilter filter;
  bool review = false;
  OutputOptions output;
};

Result<std::string> listed(const ListArguments& arguments)
{
  const auto mode =
    arguments.source.reveal.empty() ? store::OpenMode::read_only : store::OpenMode::existing;
  ASSAY_ASSIGN(store::Store database, store::Store::open(database_path(arguments.source), mode));
  store::RunFilter filter = arguments.filter;
  if (arguments.review) {
    filter.needs_review = true;
  }
  ASSAY_ASSIGN(std::vector<RunSummary> runs, database.list(filter));
  ASSAY_ASSIGN(const batch::Blind blind, blindness(database, arguments.source, "list"));
  if (blind == batch::Blind::yes) {
    ASSAY_ASSIGN(const std::string key, store::Reviews(database).alias_key());
    for (RunSummary& run : runs) {
      run.source = batch::alias_of(key, run.source);
    }
  }
  return report::render_list(runs, render_options(arguments.output));
}

Exit run(const ListArguments& arguments)
{
  const auto bytes = listed(arguments);
  if (!bytes) {
    return refuse(bytes.error());
  }
  if (auto delivered = deliver(*bytes, arguments.output); !delivered) {
    return refuse(delivered.error());
  }
  return Exit::graded;
}

} // namespace

void add_list(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<ListArguments>();
  CLI::App* command = application.add_subcommand("list", "List stored runs, newest first");
  command
    ->add_option(
      "--db", arguments->source.database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  add_blind_options(*command, arguments->source);
  command->add_option("--source", arguments->filter.source, "Only sources that contain this text");
  command->add_option("--commit", arguments->filter.commit, "Only commits that start with this");
  command->add_option("--rubric", arguments->filter.rubric_id, "Only runs of this rubric");
  command->add_option("--band", arguments->filter.band, "Only this band");
  command->add_flag("--review", arguments->review, "Only runs that a person should look at");
  command->add_flag(
    "--latest", arguments->filter.latest_only, "Only the newest run of each submission");
  command->add_option("--limit", arguments->filter.limit, "At most N runs")
    ->type_name("N")
    ->check(CLI::Range(1, 1'000'000));
  add_output_options(*command, arguments->output, WithFormat::no);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
