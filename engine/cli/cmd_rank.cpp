// SPDX-License-Identifier: MIT
#include "engine/batch/tables.hpp"
#include "engine/cli/batch_source.hpp"

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
  return show_batch(
    arguments.source, "rank", arguments.output, [](std::vector<batch::Standing> standings) {
      batch::sort_standings(standings);
      return batch::render_rank(standings);
    });
}

} // namespace

void add_rank(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<RankArguments>();
  CLI::App* command = application.add_subcommand(
    "rank", "Rank a batch: places, scores, intervals, what a person should look at");
  add_batch_options(*command, arguments->source);
  add_output_file(*command, arguments->output);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
