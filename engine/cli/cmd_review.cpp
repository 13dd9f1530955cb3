// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/cli/batch_source.hpp"
#include "engine/cli/command.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace assay::cli {

namespace {

struct ReviewArguments {
  std::string run;
  std::string check;
  std::optional<double> credit;
  bool withdraw = false;
  std::string reason;
  std::string by;
  std::string database;
};

Result<const Verdict*> find_check(const RunRecord& record, const std::string& check)
{
  std::vector<std::string> known;
  for (const Verdict& verdict : record.judgement.verdicts) {
    if (verdict.check == check) {
      return &verdict;
    }
    known.push_back(verdict.check);
  }
  const auto near = nearest(check, known);
  return Error{ErrorCode::invalid_input,
               fmt::format("the run has no check \"{}\"{}",
                           check,
                           near ? fmt::format(" (did you mean \"{}\"?)", *near) : "")};
}

Result<void> review(const ReviewArguments& arguments)
{
  if (trim(arguments.reason).empty() || trim(arguments.by).empty()) {
    return Error{ErrorCode::invalid_input, "--reason and --by say why and who: neither is empty"};
  }
  BatchSource source;
  source.database = arguments.database;
  ASSAY_ASSIGN(store::Store database,
               store::Store::open(database_path(source), store::OpenMode::existing));
  ASSAY_ASSIGN(const RunSummary summary, database.find_one(arguments.run));
  ASSAY_ASSIGN(RunRecord record, database.load(summary.id));
  ASSAY_ASSIGN(const Verdict* verdict, find_check(record, arguments.check));
  const Interval before = record.scorecard.total;
  store::Review made;
  made.run = summary.id;
  made.source = record.submission.source;
  made.check = arguments.check;
  made.credit = arguments.withdraw ? std::nullopt : arguments.credit;
  made.reason = std::string(trim(arguments.reason));
  made.reviewer = std::string(trim(arguments.by));
  made.reviewed_at = SystemClock{}.now();
  made.basis_digest = store::basis_digest(*verdict);
  store::Reviews reviews(database);
  ASSAY_TRY(reviews.add(made));
  ASSAY_ASSIGN(const std::vector<store::Review> current, reviews.current(made.source));
  batch::apply_reviews(record, current);
  fmt::print("{}: {} by {}; run {} now counts {:.1f} (as judged {:.1f})\n",
             printable(made.check),
             made.credit ? fmt::format("credit {:.2f}", *made.credit) : "as judged again",
             printable(made.reviewer),
             summary.id.value,
             record.scorecard.total.point.value(),
             before.point.value());
  return {};
}

Exit run(const ReviewArguments& arguments)
{
  const auto done = review(arguments);
  return done ? Exit::graded : refuse(done.error());
}

} // namespace

void add_review(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<ReviewArguments>();
  CLI::App* command = application.add_subcommand(
    "review", "Give a check the credit that a person thinks right; kept for ever");
  command->add_option("run", arguments->run, "Number of a run, prefix of a commit, or a source")
    ->required()
    ->type_name("RUN");
  command->add_option("check", arguments->check, "Id of the check")->required()->type_name("CHECK");
  CLI::Option_group* what = command->add_option_group("what");
  what->add_option("--credit", arguments->credit, "From 0 to 1")
    ->type_name("N")
    ->check(CLI::Range(0.0, 1.0));
  what->add_flag("--withdraw", arguments->withdraw, "The engine's own verdict counts again");
  what->require_option(1);
  command->add_option("--reason", arguments->reason, "Why, in a sentence")->required();
  command->add_option("--by", arguments->by, "Who")->required()->type_name("NAME");
  command
    ->add_option(
      "--db", arguments->database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
