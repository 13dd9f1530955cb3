// SPDX-License-Identifier: MIT
#include "engine/cli/command.hpp"
#include "engine/cli/grading.hpp"
#include "engine/cli/output.hpp"
#include "engine/store/store.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

namespace assay::cli {

namespace {

struct GradeArguments {
  GradingArguments grading;
  std::string database;
  bool no_store = false;
  bool everything = false;
  OutputOptions output;
};

/// The record goes to the database; a refusal is reported but takes nothing from the report.
Result<RunId> keep(const RunRecord& record, const std::filesystem::path& path)
{
  ASSAY_ASSIGN(store::Store database, store::Store::open(path, store::OpenMode::create));
  return database.save(record);
}

Exit run(const GradeArguments& arguments)
{
  const auto rubric = open_rubric(arguments.grading.rubric);
  if (!rubric) {
    complain(rubric.error().message);
    return Exit::usage;
  }
  const auto record = grade_one(arguments.grading, *rubric);
  if (!record) {
    return refuse(record.error());
  }
  auto render = render_options(arguments.output);
  render.detail = arguments.everything ? report::Detail::everything : report::Detail::summary;
  std::optional<Error> storing;
  if (!arguments.no_store) {
    const auto id = keep(*record,
                         arguments.database.empty() ? default_database()
                                                    : std::filesystem::path(arguments.database));
    if (id) {
      render.run = *id;
    } else {
      storing = id.error();
    }
  }
  const report::Format* format = report::find_format(arguments.output.format);
  if (auto delivered = deliver(format->render(*record, render), arguments.output); !delivered) {
    complain(delivered.error().message);
    return Exit::not_stored;
  }
  if (storing) {
    complain("the result was not stored: " + storing->message);
  }
  const Exit verdict = verdict_of(arguments.grading, *record);
  return verdict == Exit::graded && storing ? Exit::not_stored : verdict;
}

} // namespace

void add_grade(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<GradeArguments>();
  CLI::App* command = application.add_subcommand("grade", "Grade one submission");
  command->add_option("source", arguments->grading.source, "URL, local git repository, or folder")
    ->required()
    ->type_name("SOURCE");
  command->add_option(
    "--ref", arguments->grading.ref, "Branch, tag or commit; the default branch unless given");
  command
    ->add_option("--before",
                 arguments->grading.before,
                 "Grade the last commit at or before TIME (commit dates are a hint)")
    ->type_name("TIME");
  add_grading_options(*command, arguments->grading);
  command
    ->add_option(
      "--db", arguments->database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  command->add_flag("--no-store", arguments->no_store, "Do not keep the result");
  command->add_flag("--all", arguments->everything, "Show every check, not only what matters");
  add_output_options(*command, arguments->output, WithFormat::yes);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
