// SPDX-License-Identifier: MIT
// One step of a CI job: grades what is checked out and puts the result where that service shows it.
#include "engine/base/text.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/grading.hpp"
#include "engine/cli/output.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

enum class Service { github, gitlab, none };

struct CiArguments {
  GradingArguments grading;
  std::string artifacts = "assay-report";
  std::string audience = "candidate";
};

struct Artifact {
  std::string_view name;
  std::string_view format;
  bool whole_record; ///< has what a candidate must not see
};

constexpr std::array k_artifacts{
  Artifact{"assay.html", "html", false},
  Artifact{"assay.md", "markdown", false},
  Artifact{"assay.sarif", "sarif", false},
  Artifact{"assay-junit.xml", "junit", false},
  Artifact{"gl-code-quality-report.json", "gitlab-codequality", false},
  Artifact{"assay.json", "json", true},
};

std::string variable(const char* name)
{
  const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): no thread sets any
  return value == nullptr ? std::string() : std::string(value);
}

Service service()
{
  if (variable("GITHUB_ACTIONS") == "true") {
    return Service::github;
  }
  return variable("GITLAB_CI") == "true" ? Service::gitlab : Service::none;
}

/// The folder that the service checked the commit out into.
std::string checkout(Service on)
{
  std::string folder;
  switch (on) {
  case Service::github:
    folder = variable("GITHUB_WORKSPACE");
    break;
  case Service::gitlab:
    folder = variable("CI_PROJECT_DIR");
    break;
  case Service::none:
    break;
  }
  return folder.empty() ? "." : folder;
}

Result<void> append(const std::string& path, const std::string& bytes)
{
  if (path.empty()) {
    return {};
  }
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << bytes;
  file.close();
  return file ? Result<void>() : Error{ErrorCode::io, path + ": cannot be written"};
}

Result<void>
write_artifacts(const CiArguments& arguments, const RunRecord& record, report::RenderOptions render)
{
  std::error_code code;
  fs::create_directories(arguments.artifacts, code);
  if (code) {
    return Error{ErrorCode::io, arguments.artifacts + ": " + code.message()};
  }
  for (const Artifact& artifact : k_artifacts) {
    if (artifact.whole_record && render.audience == report::Audience::candidate) {
      continue;
    }
    OutputOptions output;
    output.output = (fs::path(arguments.artifacts) / artifact.name).string();
    ASSAY_TRY(deliver(report::find_format(artifact.format)->render(record, render), output));
  }
  return {};
}

/// A word that what is graded cannot know.
std::string secret_word()
{
  std::random_device device;
  std::string word = "assay-";
  for (int i = 0; i < 4; ++i) {
    word += fmt::format("{:08x}", device());
  }
  return word;
}

/// Results for the steps after this one: numbers and words of the rubric, nothing of the
/// candidate's.
std::string step_outputs(const RunRecord& record)
{
  const Scorecard& card = record.scorecard;
  return fmt::format("score={:.2f}\nlow={:.2f}\nhigh={:.2f}\nband={}\nneeds_review={}\n",
                     card.total.point.value(),
                     card.total.low.value(),
                     card.total.high.value(),
                     printable(card.band),
                     card.needs_review);
}

/// The log. GitHub takes lines that begin with two colons for commands: while candidate's text is
/// printed, it is told not to.
void print_log(Service on, const std::string& summary, const std::string& annotations)
{
  if (on != Service::github) {
    fmt::print("{}", summary);
    return;
  }
  const std::string word = secret_word();
  fmt::print("::stop-commands::{}\n{}\n::{}::\n{}", word, summary, word, annotations);
}

Exit refuse_here(Service on, const Error& error)
{
  if (on == Service::github) {
    std::string text = printable(error.message);
    for (auto at = text.find('%'); at != std::string::npos; at = text.find('%', at + 3)) {
      text.replace(at, 1, "%25");
    }
    fmt::print("::error title=assay::{}\n", text);
  }
  return refuse(error);
}

Exit run(const CiArguments& given)
{
  const Service on = service();
  CiArguments arguments = given;
  if (arguments.grading.source.empty()) {
    arguments.grading.source = checkout(on);
  }
  const auto rubric = open_rubric(arguments.grading.rubric);
  if (!rubric) {
    refuse_here(on, rubric.error());
    return Exit::usage;
  }
  const auto record = grade_one(arguments.grading, *rubric);
  if (!record) {
    return refuse_here(on, record.error());
  }
  report::RenderOptions render;
  render.audience =
    arguments.audience == "manager" ? report::Audience::manager : report::Audience::candidate;
  const std::string summary = report::render_markdown(*record, render);
  print_log(on, summary, report::render_annotations(*record, render));
  auto written = write_artifacts(arguments, *record, render);
  if (written && on == Service::github) {
    written = append(variable("GITHUB_STEP_SUMMARY"), summary);
  }
  if (written && on == Service::github) {
    written = append(variable("GITHUB_OUTPUT"), step_outputs(*record));
  }
  if (!written) {
    refuse_here(on, written.error());
    return Exit::not_stored;
  }
  return verdict_of(arguments.grading, *record);
}

} // namespace

void add_ci(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<CiArguments>();
  CLI::App* command =
    application.add_subcommand("ci", "Grade what a CI job has checked out, and show it there");
  command
    ->add_option("source",
                 arguments->grading.source,
                 "What to grade; what the job has checked out unless given")
    ->type_name("SOURCE");
  command->add_option(
    "--ref", arguments->grading.ref, "Branch, tag or commit; what is checked out unless given");
  add_grading_options(*command, arguments->grading);
  command
    ->add_option("--artifacts", arguments->artifacts, "Folder for HTML, SARIF, JUnit and Markdown")
    ->type_name("FOLDER")
    ->capture_default_str();
  command
    ->add_option(
      "--audience",
      arguments->audience,
      "Who reads it: a candidate sees no hidden checks and no flags, and no JSON is written")
    ->check(CLI::IsMember({"manager", "candidate"}))
    ->capture_default_str();
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
