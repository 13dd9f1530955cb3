// SPDX-License-Identifier: MIT
#include "engine/batch/tables.hpp"
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"

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
  auto standings = open_batch(arguments.source, "stats");
  if (!standings) {
    return refuse(standings.error());
  }
  const auto delivered = deliver(batch::render_stats(*standings), arguments.output);
  return delivered ? Exit::graded : refuse(delivered.error());
}

} // namespace

void add_stats(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<StatsArguments>();
  CLI::App* command = application.add_subcommand(
    "stats", "Distribution of a batch's scores, and what each check tells");
  add_batch_options(*command, arguments->source);
  command
    ->add_option("--output", arguments->output.output, "Write to FILE instead of standard output")
    ->type_name("FILE");
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
