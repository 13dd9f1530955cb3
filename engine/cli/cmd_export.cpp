// SPDX-License-Identifier: MIT
#include "engine/batch/tables.hpp"
#include "engine/cli/batch_source.hpp"

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
  return show_batch(arguments.source,
                    "export",
                    arguments.output,
                    [&](const std::vector<batch::Standing>& standings) {
                      return batch::render_export(standings, export_formats().at(arguments.format));
                    });
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
  add_output_file(*command, arguments->output);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
