// SPDX-License-Identifier: MIT
#include "engine/batch/tables.hpp"
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>

namespace assay::cli {

namespace {

struct ExportArguments {
  BatchSource source;
  OutputOptions output;
  std::string format = "csv";
};

const std::map<std::string, batch::ExportFormat>& export_formats()
{
  static const std::map<std::string, batch::ExportFormat> k_formats{
    {"csv", batch::ExportFormat::csv},
    {"excel", batch::ExportFormat::excel},
    {"jsonl", batch::ExportFormat::jsonl}};
  return k_formats;
}

Exit run(const ExportArguments& arguments)
{
  const auto standings = open_batch(arguments.source, "export");
  if (!standings) {
    return refuse(standings.error());
  }
  const auto delivered = deliver(
    batch::render_export(*standings, export_formats().at(arguments.format)), arguments.output);
  return delivered ? Exit::graded : refuse(delivered.error());
}

} // namespace

void add_export(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command =
    application.add_subcommand("export", "Everything about a batch, one row for each entry");
  add_batch_options(*command, arguments->source);
  command
    ->add_option(
      "--format", arguments->format, "csv, jsonl, or excel: CSV as spreadsheets take it for UTF-8")
    ->check(CLI::IsMember({"csv", "excel", "jsonl"}))
    ->capture_default_str();
  command
    ->add_option("--output", arguments->output.output, "Write to FILE instead of standard output")
    ->type_name("FILE");
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
