// SPDX-License-Identifier: MIT
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"
#include "engine/cli/rubric_source.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace assay::cli {

namespace {

struct RubricArguments {
  std::string file = k_default_rubric;
  OutputOptions output;
};

std::string summary_of(const Rubric& rubric)
{
  return fmt::format("{} version {}: {} categories, {} checks, {} entities, {} queries",
                     rubric.id,
                     rubric.version,
                     rubric.categories.size(),
                     rubric.checks.size(),
                     rubric.entities.size(),
                     rubric.queries.size());
}

std::string describe_check(const CheckSpec& check)
{
  std::string text =
    fmt::format("  {:>5.1f}  {:<48} {}\n", check.points.value(), check.id, check.kind);
  if (!check.title.empty()) {
    text += fmt::format("         {}\n", check.title);
  }
  for (const auto& [level, credit] : check.partial) {
    text += fmt::format("         {:>3.0f} %  {}\n", credit * 100, level);
  }
  return text;
}

std::string describe(const Rubric& rubric)
{
  std::string text = fmt::format("{}\n{}\n{}\n", rubric.title, summary_of(rubric), rubric.digest);
  for (const CategorySpec& category : rubric.categories) {
    text += fmt::format("\n{} ({} % of the grade)\n", category.title, category.weight);
    for (const CheckSpec& check : rubric.checks) {
      if (check.category == category.id) {
        text += describe_check(check);
      }
    }
  }
  text += "\nBands:";
  for (const BandSpec& band : rubric.bands) {
    text += fmt::format(" {} from {:g}", band.id, band.at_least);
  }
  text += "\nGates:\n";
  for (const GateSpec& gate : rubric.gates) {
    text += fmt::format("  {:<24} {}\n", gate.id, gate.title);
  }
  return text;
}

Exit check(const RubricArguments& arguments)
{
  const auto rubric = open_rubric(arguments.file);
  if (!rubric) {
    complain(rubric.error().message);
    return Exit::usage;
  }
  const auto delivered = deliver("ok: " + summary_of(rubric->rubric) + "\n", arguments.output);
  return delivered ? Exit::graded : refuse(delivered.error());
}

Exit show(const RubricArguments& arguments)
{
  const auto rubric = open_rubric(arguments.file);
  if (!rubric) {
    complain(rubric.error().message);
    return Exit::usage;
  }
  const auto delivered = deliver(describe(rubric->rubric), arguments.output);
  return delivered ? Exit::graded : refuse(delivered.error());
}

void add(CLI::App& parent,
         const char* name,
         const char* help,
         Exit (*run)(const RubricArguments&),
         std::function<Exit()>& action)
{
  auto arguments = std::make_shared<RubricArguments>();
  CLI::App* command = parent.add_subcommand(name, help);
  command->add_option("file", arguments->file, "Path, or the id of a built-in rubric")
    ->type_name("FILE")
    ->capture_default_str();
  add_output_file(*command, arguments->output);
  command->callback(
    [arguments, run, &action] { action = [arguments, run] { return run(*arguments); }; });
}

} // namespace

void add_rubric(CLI::App& application, std::function<Exit()>& action)
{
  CLI::App* command = application.add_subcommand("rubric", "Check or show a rubric");
  command->require_subcommand(1);
  add(*command, "check", "Say everything that is wrong with a rubric", check, action);
  add(*command, "show", "Show categories, checks, levels, bands and gates", show, action);
}

} // namespace assay::cli
