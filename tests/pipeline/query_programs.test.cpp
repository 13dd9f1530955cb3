// SPDX-License-Identifier: MIT
// Small query programs with what they deserve: good code that a careless grader fails, bad code
// that it passes. A file in tests/queries/ is a case: lines `key: value`, then `--- path` sections
// with the submission's files; models.py comes from tests/queries/models.py unless a case has its
// own. `expect` lists checks, without their category, and credits; `flag` an integrity flag that
// must be raised; `lookups` the foreign keys by which tables are read whole, none unless given.
#include "engine/base/text.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/sample_key.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>

using namespace assay;
namespace fs = std::filesystem;

namespace {

bool agrees(const Verdict& verdict, const std::string& wanted)
{
  if (wanted == "n/a") {
    return verdict.outcome == Outcome::not_applicable;
  }
  return verdict.credit.has_value() && std::abs(*verdict.credit - std::stod(wanted)) <= 0.05;
}

/// "comments(post_id) posts(user_id)": what would be found faster with an index.
std::string lookups_of(const RunRecord& record)
{
  std::set<std::string> found;
  for (const DrivenCallable& driven : record.facts.query_runs.callables) {
    for (const TableScan& scan : driven.scans) {
      found.insert(fmt::format("{}({})", scan.table, scan.column));
    }
  }
  const auto signal = std::ranges::find(record.facts.signals, "unindexed_lookups", &Signal::id);
  const bool told = signal != record.facts.signals.end() && signal->present;
  return told == !found.empty() ? fmt::format("{}", fmt::join(found, " ")) : "no signal";
}

} // namespace

TEST_CASE("Query programs earn what they deserve when they are called")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const fs::path folder = fs::path(ASSAY_SOURCE_DIR) / "tests" / "queries";
  const std::string models = test::read_text(folder / "models.py");
  for (const fs::path& path : test::case_paths(folder)) {
    test::CaseFile program = test::read_case(path);
    program.sections.try_emplace("models.py", models);
    const test::TemporaryFolder repository;
    for (const auto& [name, text] : program.sections) {
      repository.write(name, text);
    }
    const RunRecord record =
      test::run_and_judge(*sandboxes, repository.path(), test::blog_rubric());
    const std::string expect = program.value("expect");
    REQUIRE_FALSE(expect.empty());
    for (const std::string_view expectation : split(expect, ' ')) {
      const auto equals = expectation.find('=');
      REQUIRE(equals != std::string_view::npos);
      const std::string check = "queries." + std::string(expectation.substr(0, equals));
      const std::string wanted(expectation.substr(equals + 1));
      const auto verdict = std::ranges::find(record.judgement.verdicts, check, &Verdict::check);
      CAPTURE(program.name, check, wanted);
      REQUIRE(verdict != record.judgement.verdicts.end());
      CAPTURE(test::shown(*verdict), verdict->reason, record.facts.query_runs.not_run);
      const bool right = agrees(*verdict, wanted);
      if (test::only_case() != nullptr) {
        std::cout << fmt::format("{} {} got {} wanted {} basis {}: {}\n",
                                 right ? "   " : "***",
                                 check,
                                 test::shown(*verdict),
                                 wanted,
                                 static_cast<int>(verdict->basis),
                                 verdict->reason);
      }
      CHECK(right);
      // Reading alone would not do: the programs are to be called.
      CHECK((program.value("called").empty() || verdict->basis >= Basis::cross_checked
             || verdict->outcome == Outcome::not_applicable));
    }
    const auto flagged = [&](const std::string& flag) {
      return std::ranges::any_of(record.facts.integrity,
                                 [&](const IntegrityFlag& each) { return each.flag == flag; });
    };
    CAPTURE(program.name);
    CHECK(lookups_of(record) == program.value("lookups"));
    if (const std::string flag = program.value("flag"); !flag.empty()) {
      CHECK(flagged(flag));
    } else {
      CHECK_FALSE(flagged("data_dependent_behaviour"));
      CHECK_FALSE(flagged("answer_without_sql"));
    }
  }
}
