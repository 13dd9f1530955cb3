// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/batch/merge.hpp"
#include "engine/cli/command.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace assay::cli {

namespace {

struct MergeArguments {
  std::vector<std::string> databases;
  std::string into;
};

Result<Exit> merge_all(const MergeArguments& arguments)
{
  ASSAY_ASSIGN(store::Store into, store::Store::open(arguments.into, store::OpenMode::create));
  bool conflicts = false;
  for (const std::string& path : arguments.databases) {
    ASSAY_ASSIGN(store::Store from, store::Store::open(path, store::OpenMode::existing));
    ASSAY_ASSIGN(const batch::MergeSummary summary, batch::merge(from, into, SystemClock{}));
    fmt::print("{}: {} entries, {} results and {} reviews taken\n",
               printable(path),
               summary.entries,
               summary.taken,
               summary.reviews);
    for (const std::string& conflict : summary.conflicts) {
      complain("conflict: " + conflict);
    }
    conflicts = conflicts || !summary.conflicts.empty();
  }
  return conflicts ? Exit::incomplete : Exit::graded;
}

Exit run(const MergeArguments& arguments)
{
  const auto exit = merge_all(arguments);
  return exit ? *exit : refuse(exit.error());
}

} // namespace

void add_merge(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<MergeArguments>();
  CLI::App* command =
    application.add_subcommand("merge", "Put databases of parts of a batch together");
  command->add_option("databases", arguments->databases, "Results databases")
    ->required()
    ->type_name("FILE");
  command->add_option("--into", arguments->into, "Database that takes them; made if need be")
    ->required()
    ->type_name("FILE");
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
