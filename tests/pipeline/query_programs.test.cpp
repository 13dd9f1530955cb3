// SPDX-License-Identifier: MIT
// Small query programs with what they deserve: good code that a careless grader fails, bad code
// that it passes. A file in tests/queries/ is a case: lines `key: value`, then `--- path` sections
// with the submission's files; models.py comes from tests/queries/models.py unless a case has its
// own. `expect` lists checks, without their category, and credits; `flag` an integrity flag that
// must be raised, `no-flags` that none may be.
#include "engine/base/text.hpp"
#include "engine/checks/bind.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

using namespace assay;
namespace fs = std::filesystem;

namespace {

struct Program {
  std::string name;
  std::map<std::string, std::string> header;
  std::map<std::string, std::string> files;
};

Program read_program(const fs::path& path, const std::string& models)
{
  Program program;
  program.name = path.stem().string();
  std::string section;
  const std::string text = test::read_text(path);
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with("--- ")) {
      section = trim(line.substr(4));
      program.files[section];
    } else if (!section.empty()) {
      program.files[section] += std::string(line) + "\n";
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
      std::string& value = program.header[std::string(line.substr(0, colon))];
      value += (value.empty() ? "" : " ") + std::string(trim(line.substr(colon + 1)));
    }
  }
  program.files.try_emplace("models.py", models);
  return program;
}

std::string program_credit(const Verdict& verdict)
{
  return verdict.outcome == Outcome::not_applicable ? "n/a"
         : verdict.credit                           ? fmt::format("{:.2f}", *verdict.credit)
                                                    : "unverified";
}

bool agrees(const Verdict& verdict, const std::string& wanted)
{
  if (wanted == "n/a") {
    return verdict.outcome == Outcome::not_applicable;
  }
  return verdict.credit.has_value() && std::abs(*verdict.credit - std::stod(wanted)) <= 0.05;
}

} // namespace

TEST_CASE("Query programs earn what they deserve when they are called")
{
  const auto installation = probe::find_installation(fs::path(ASSAY_BUILD_DIR) / "tests");
  REQUIRE(installation);
  probe::Sandboxes sandboxes(*installation, "");
  if (const auto usual = sandboxes.fit({}); !usual) {
    WARN("not run: " << usual.error().message);
    return;
  }
  const fs::path source(ASSAY_SOURCE_DIR);
  const auto rubric = checks::bind(
    rubric::load_rubric(source / "rubrics" / "sqlalchemy-blog" / "rubric.yaml").value());
  REQUIRE(rubric);
  const fs::path folder = source / "tests" / "queries";
  const std::string models = test::read_text(folder / "models.py");
  const char* const only = std::getenv("ASSAY_CASE");
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".case" && (only == nullptr || entry.path().stem() == only)) {
      paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    const Program program = read_program(path, models);
    const test::TemporaryFolder repository;
    for (const auto& [name, text] : program.files) {
      fs::create_directories((repository.path() / name).parent_path());
      std::ofstream(repository.path() / name) << text;
    }
    Submission submission;
    submission.source = repository.path();
    pipeline::GradeOptions options;
    options.intake.use_cache = intake::UseCache::no;
    options.sandboxes = &sandboxes;
    const auto record = pipeline::grade(submission, *rubric, options, SystemClock{});
    REQUIRE(record);
    REQUIRE(program.header.contains("expect"));
    for (const std::string_view expectation : split(program.header.at("expect"), ' ')) {
      const auto equals = expectation.find('=');
      REQUIRE(equals != std::string_view::npos);
      const std::string check = "queries." + std::string(expectation.substr(0, equals));
      const std::string wanted(expectation.substr(equals + 1));
      const auto verdict = std::ranges::find(record->judgement.verdicts, check, &Verdict::check);
      CAPTURE(program.name, check, wanted);
      REQUIRE(verdict != record->judgement.verdicts.end());
      CAPTURE(program_credit(*verdict), verdict->reason, record->facts.query_runs.not_run);
      const bool right = agrees(*verdict, wanted);
      if (only != nullptr) {
        std::cout << fmt::format("{} {} got {} wanted {} basis {}: {}\n",
                                 right ? "   " : "***",
                                 check,
                                 program_credit(*verdict),
                                 wanted,
                                 static_cast<int>(verdict->basis),
                                 verdict->reason);
      }
      CHECK(right);
      // Reading alone would not do: the programs are to be called.
      CHECK((!program.header.contains("called") || verdict->basis >= Basis::cross_checked
             || verdict->outcome == Outcome::not_applicable));
    }
    const auto flagged = [&](const std::string& flag) {
      return std::ranges::any_of(record->facts.integrity,
                                 [&](const IntegrityFlag& each) { return each.flag == flag; });
    };
    CAPTURE(program.name);
    if (program.header.contains("flag")) {
      CHECK(flagged(program.header.at("flag")));
    } else {
      CHECK_FALSE(flagged("data_dependent_behaviour"));
      CHECK_FALSE(flagged("answer_without_sql"));
    }
  }
}
