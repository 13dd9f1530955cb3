// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/batch/tables.hpp"
#include "engine/cli/batch_source.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace assay::cli {

namespace {

struct CompareArguments {
  BatchSource source;
  OutputOptions output;
  std::vector<std::string> candidates;
};

/// A candidate by what the batch calls it, or by the number of its run.
Result<batch::Standing> chosen(const std::vector<batch::Standing>& standings,
                               const std::string& wanted)
{
  std::vector<std::string> names;
  for (const batch::Standing& each : standings) {
    const bool by_run = each.entry.run && std::to_string(each.entry.run->value) == wanted;
    if (each.entry.candidate == wanted || by_run) {
      return each;
    }
    names.push_back(each.entry.candidate);
  }
  const auto near = nearest(wanted, names);
  return Error{ErrorCode::not_found,
               fmt::format("the batch has no candidate \"{}\"{}",
                           wanted,
                           near ? fmt::format(" (did you mean \"{}\"?)", *near) : "")};
}

Result<std::string> compared(const std::vector<batch::Standing>& standings,
                             const std::vector<std::string>& candidates)
{
  std::vector<batch::Standing> picked;
  for (const std::string& wanted : candidates) {
    ASSAY_ASSIGN(batch::Standing standing, chosen(standings, wanted));
    picked.push_back(std::move(standing));
  }
  return batch::render_compare(picked);
}

Exit run(const CompareArguments& arguments)
{
  return show_batch(arguments.source,
                    "compare",
                    arguments.output,
                    [&](const std::vector<batch::Standing>& standings) {
                      return compared(standings, arguments.candidates);
                    });
}

} // namespace

void add_compare(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* command =
    application.add_subcommand("compare", "Candidates of a batch side by side, check by check");
  command->add_option("candidates", arguments->candidates, "Candidates, or numbers of their runs")
    ->required()
    ->expected(2, 12)
    ->type_name("CANDIDATE");
  add_batch_options(*command, arguments->source);
  add_output_file(*command, arguments->output);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
