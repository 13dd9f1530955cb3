// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/catalogue.hpp"
#include "engine/checks/page.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace assay::cli {

namespace {

struct ChecksArguments {
  std::string kind;
  OutputOptions output;
};

std::string list_kinds()
{
  std::string text;
  for (const checks::Kind* kind : checks::catalogue()) {
    text += fmt::format("{:<28} {}\n", kind->id, kind->summary);
  }
  return text;
}

Result<std::string> show_kind(const std::string& id)
{
  if (const checks::Kind* kind = checks::find_kind(id)) {
    return checks::render_page(*kind);
  }
  std::vector<std::string> ids;
  for (const checks::Kind* kind : checks::catalogue()) {
    ids.emplace_back(kind->id);
  }
  const auto near = nearest(id, ids);
  return Error{ErrorCode::invalid_input,
               fmt::format("unknown check kind \"{}\"{}",
                           id,
                           near ? fmt::format(" (did you mean \"{}\"?)", *near) : "")};
}

Exit print(const Result<std::string>& text, const OutputOptions& output)
{
  if (!text) {
    return refuse(text.error());
  }
  const auto delivered = deliver(*text, output);
  return delivered ? Exit::graded : refuse(delivered.error());
}

} // namespace

void add_checks(CLI::App& application, std::function<Exit()>& action)
{
  CLI::App* command = application.add_subcommand("checks", "The kinds of checks a rubric can use");
  command->require_subcommand(1);
  auto arguments = std::make_shared<ChecksArguments>();
  CLI::App* list = command->add_subcommand("list", "List all kinds");
  list->callback([arguments, &action] {
    action = [arguments] { return print(list_kinds(), arguments->output); };
  });
  CLI::App* show = command->add_subcommand("show", "Explain one kind");
  show->add_option("kind", arguments->kind, "Id, e.g. entity.unique")
    ->required()
    ->type_name("KIND");
  show->callback([arguments, &action] {
    action = [arguments] { return print(show_kind(arguments->kind), arguments->output); };
  });
}

} // namespace assay::cli
