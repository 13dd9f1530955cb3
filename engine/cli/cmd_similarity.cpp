// SPDX-License-Identifier: MIT
#include "engine/batch/similar.hpp"
#include "engine/cli/batch_source.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>

namespace assay::cli {

namespace {

struct SimilarityArguments {
  BatchSource source;
  OutputOptions output;
  std::vector<std::string> starter;
  int threshold = 50; // per cent
};

const std::map<std::string, batch::SimilarFormat>& similar_formats()
{
  static const std::map<std::string, batch::SimilarFormat> k_formats{
    {"csv", batch::SimilarFormat::csv},
    {"json", batch::SimilarFormat::json},
    {"text", batch::SimilarFormat::text}};
  return k_formats;
}

Result<std::string> compared(const SimilarityArguments& arguments,
                             const std::vector<batch::Standing>& standings)
{
  std::vector<TreeFingerprints> starter;
  for (const std::string& source : arguments.starter) {
    ASSAY_ASSIGN(TreeFingerprints tree, batch::starter_code(source));
    starter.push_back(std::move(tree));
  }
  ASSAY_ASSIGN(store::Store database,
               store::Store::open(database_path(arguments.source), store::OpenMode::read_only));
  ASSAY_ASSIGN(
    const batch::Similar similar,
    batch::find_similar(database, standings, starter, {.threshold = arguments.threshold / 100.0}));
  return batch::render_similar(standings, similar, similar_formats().at(arguments.output.format));
}

Exit run(const SimilarityArguments& arguments)
{
  return show_batch(
    arguments.source,
    "similarity",
    arguments.output,
    [&](const std::vector<batch::Standing>& standings) { return compared(arguments, standings); });
}

} // namespace

void add_similarity(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<SimilarityArguments>();
  CLI::App* command = application.add_subcommand(
    "similarity", "Submissions of a batch with structure in common, for a person to judge");
  add_batch_options(*command, arguments->source);
  command
    ->add_option("--starter",
                 arguments->starter,
                 "Folder or repository of code that all candidates were given")
    ->type_name("PATH");
  command
    ->add_option("--threshold",
                 arguments->threshold,
                 "Show pairs from this share on of what sets one of the two apart, in per cent")
    ->type_name("N")
    ->check(CLI::Range(1, 100))
    ->capture_default_str();
  command->add_option("--format", arguments->output.format, "text, csv or json")
    ->check(CLI::IsMember({"csv", "json", "text"}))
    ->capture_default_str();
  add_output_file(*command, arguments->output);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
