// SPDX-License-Identifier: MIT
#include "engine/batch/tables.hpp"
#include "engine/cli/batch_source.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace assay::cli {

namespace {

struct StatsArguments {
  BatchSource source;
  OutputOptions output;
};

Exit run(const StatsArguments& arguments)
{
  return show_batch(arguments.source, "stats", arguments.output, batch::render_stats);
}

} // namespace

void add_stats(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<StatsArguments>();
  CLI::App* command = application.add_subcommand(
    "stats", "Distribution of a batch's scores, and what each check tells");
  add_batch_options(*command, arguments->source);
  add_output_file(*command, arguments->output);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
