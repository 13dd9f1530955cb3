// SPDX-License-Identifier: MIT
// Grades what a record says was graded once more, and compares.
#include "engine/base/text.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/grading.hpp"
#include "engine/cli/output.hpp"
#include "engine/report/verify.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

namespace assay::cli {

namespace {

constexpr std::size_t k_most_shown = 40;
constexpr std::size_t k_most_letters = 200; // of one value

struct VerifyArguments {
  std::string record;
  std::string source;
  std::string rubric;
  GradingArguments grading;
};

Result<std::string> read_record(const std::string& path)
{
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream) {
    return Error{ErrorCode::not_found, path + ": cannot be read"};
  }
  return bytes.str();
}

std::string value_text(const std::string& json)
{
  if (json.empty()) {
    return "nothing";
  }
  const std::string shown = printable(json);
  return shown.size() > k_most_letters ? to_utf8_lossy(shown.substr(0, k_most_letters)) + "..."
                                       : shown;
}

Exit show(const report::Comparison& comparison)
{
  const auto& differences = comparison.differences;
  if (differences.empty()) {
    fmt::print("reproduced: all {} values are equal; times are not compared\n", comparison.values);
    return Exit::graded;
  }
  fmt::print("not reproduced: {} of {} values differ\n", differences.size(), comparison.values);
  for (std::size_t i = 0; i < differences.size() && i < k_most_shown; ++i) {
    const report::Difference& each = differences[i];
    fmt::print("  {}\n    recorded  {}\n    now       {}\n",
               printable(each.place),
               value_text(each.recorded),
               value_text(each.again));
  }
  if (differences.size() > k_most_shown) {
    fmt::print("  and {} more\n", differences.size() - k_most_shown);
  }
  return Exit::not_reproduced;
}

Exit run(const VerifyArguments& arguments)
{
  const auto bytes = read_record(arguments.record);
  if (!bytes) {
    return refuse(bytes.error());
  }
  const auto recorded = report::read_recorded(*bytes);
  if (!recorded) {
    return refuse(with_context(recorded.error(), arguments.record));
  }
  GradingArguments grading = arguments.grading;
  grading.source = arguments.source.empty() ? recorded->source : arguments.source;
  grading.ref = recorded->commit;
  grading.no_run = recorded->runtime.empty();
  grading.runtime = recorded->runtime;
  const auto rubric = open_rubric(arguments.rubric.empty() ? recorded->rubric : arguments.rubric);
  if (!rubric) {
    complain(rubric.error().message);
    return Exit::usage;
  }
  if (rubric->rubric.digest != recorded->rubric_digest) {
    complain(fmt::format("the record was made with rubric {} of digest {}; the one here has {} "
                         "(--rubric FILE names another)",
                         recorded->rubric,
                         recorded->rubric_digest,
                         rubric->rubric.digest));
    return Exit::usage;
  }
  auto record = grade_one(grading, *rubric);
  if (!record) {
    return refuse(record.error());
  }
  record->submission.source = recorded->source; // where it was fetched from is not what was graded
  const auto comparison = report::compare(*bytes, report::render_json(*record));
  return comparison ? show(*comparison) : refuse(comparison.error());
}

} // namespace

void add_verify(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* command =
    application.add_subcommand("verify", "Grade again what a JSON record says, and compare");
  command->add_option("record", arguments->record, "Record as --format json writes it")
    ->required()
    ->type_name("RECORD.json");
  command
    ->add_option(
      "--source", arguments->source, "Where the commit is now; the recorded place unless given")
    ->type_name("SOURCE");
  command->add_option(
    "--rubric", arguments->rubric, "Id or file of the rubric; the recorded id unless given");
  command
    ->add_option("--map", arguments->grading.roles, "ROLE=CLASS, if the record was made with it")
    ->type_name("ROLE=CLASS");
  command->add_flag("--trust-this-code",
                    arguments->grading.trusted,
                    "Run it even where nothing holds it, as the record may have been");
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
