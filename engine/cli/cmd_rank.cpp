// SPDX-License-Identifier: MIT
#include "engine/batch/tables.hpp"
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace assay::cli {

namespace {

struct RankArguments {
  BatchSource source;
  OutputOptions output;
};

Exit run(const RankArguments& arguments)
{
  auto standings = open_batch(arguments.source, "rank");
  if (!standings) {
    return refuse(standings.error());
  }
  batch::sort_standings(*standings);
  const auto delivered = deliver(batch::render_rank(*standings), arguments.output);
  return delivered ? Exit::graded : refuse(delivered.error());
}

} // namespace

void add_rank(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<RankArguments>();
  CLI::App* command = application.add_subcommand(
    "rank", "Rank a batch: places, scores, intervals, what a person should look at");
  add_batch_options(*command, arguments->source);
  command
    ->add_option("--output", arguments->output.output, "Write to FILE instead of standard output")
    ->type_name("FILE");
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
