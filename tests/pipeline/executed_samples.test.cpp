// SPDX-License-Identifier: MIT
// Samples that run: what the run establishes must agree with the key, and be certain. What was
// measured, and every disagreement: ASSAY_TABLE=1.
#include "engine/base/text.hpp"
#include "tests/pipeline/run_tables.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/sample_key.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

using namespace assay;
namespace fs = std::filesystem;

namespace {

/// The blog, or what rubric.txt beside the sample names.
std::string rubric_of(const fs::path& sample)
{
  const std::string given =
    fs::exists(sample / "rubric.txt") ? test::read_text(sample / "rubric.txt") : "sqlalchemy-blog";
  return given.substr(0, given.find('\n'));
}

checks::BoundRubric load(const std::string& rubric)
{
  const fs::path rubrics = fs::path(ASSAY_SOURCE_DIR) / "rubrics";
  return checks::bind(rubric::load_rubric(rubrics / rubric / "rubric.yaml").value()).value();
}

/// Labelled submissions, by name; of them the one that ASSAY_CASE asks for. ASSAY_SAMPLES is a
/// folder of others.
std::vector<fs::path> samples()
{
  const char* const elsewhere = std::getenv("ASSAY_SAMPLES");
  std::vector<fs::path> found;
  for (const auto& entry :
       fs::directory_iterator(elsewhere == nullptr ? ASSAY_SOURCE_DIR "/samples" : elsewhere)) {
    if (fs::exists(entry.path() / "key.json")
        && (test::only_case() == nullptr || entry.path().filename() == test::only_case())) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

} // namespace

TEST_CASE("what a run of a sample establishes agrees with its key")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const bool table = std::getenv("ASSAY_TABLE") != nullptr;
  int judged = 0;
  for (const fs::path& sample : samples()) {
    const std::string name = sample.filename().string();
    const auto key = nlohmann::json::parse(test::read_text(sample / "key.json"));
    const auto open = test::known_open(sample, test::Judged::when_run);
    const RunRecord record =
      test::run_and_judge(*sandboxes, sample / "repo", load(rubric_of(sample)));
    if (table) {
      test::print_migration_run(name, record);
      test::print_query_runs(record);
    }
    CAPTURE(name, record.facts.execution.not_run, record.facts.execution.stopped);
    CHECK(record.facts.execution.ran);
    CHECK(record.execution.isolation >= "L2");
    for (const Verdict& verdict : record.judgement.verdicts) {
      const auto& expected = key["checks"][verdict.check];
      CAPTURE(verdict.check, verdict.reason, test::shown(verdict), expected.dump());
      if (verdict.check.starts_with("models.") || verdict.check.starts_with("relationships.")) {
        ++judged;
        CHECK(verdict.basis == Basis::observed);
        CHECK((verdict.confidence >= 0.6 || open.contains(verdict.check)));
      }
      const bool agrees =
        verdict.outcome != Outcome::unverified && !test::contradicts(verdict, expected);
      CHECK((agrees || open.contains(verdict.check)));
      if (table && !agrees) {
        fmt::print("  *** {} {}, key {}: {}\n",
                   verdict.check,
                   test::shown(verdict),
                   expected["credit"].dump(),
                   verdict.reason);
      }
    }
  }
  CHECK((test::only_case() != nullptr || judged >= 34 * 19));
}

TEST_CASE("a submission that ends its process loses that module and nothing else")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const Snapshot snapshot =
    test::memory_snapshot({{"models.py",
                            "from sqlalchemy import Column, Integer\n"
                            "from sqlalchemy.orm import declarative_base\n"
                            "Base = declarative_base()\n"
                            "class User(Base):\n"
                            "    __tablename__ = 'users'\n"
                            "    id = Column(Integer, primary_key=True)\n"},
                           {"worker.py", "import os\nimport models\nos._exit(3)\n"}});
  const Facts observed = test::read_and_run(*sandboxes, snapshot);
  REQUIRE(observed.execution.ran);
  REQUIRE(observed.execution.modules.size() == 2);
  CHECK(observed.execution.modules[0].outcome == ImportOutcome::imported);
  CHECK(observed.execution.modules[1].outcome == ImportOutcome::failed);
  REQUIRE(observed.execution.registries.size() == 1);
  CHECK(observed.execution.registries[0].configures == Truth::yes);
  // What the run saw comes after what reading suspects.
  REQUIRE_FALSE(observed.integrity.empty());
  CHECK(observed.integrity.back().flag == "early_exit");
  CHECK(observed.integrity.back().detail.find("ended by itself") != std::string::npos);
}

TEST_CASE("long texts of another alphabet reach the record as UTF-8")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const std::string accents = "'\u00e9' * 2000";
  const Snapshot snapshot =
    test::memory_snapshot({{"models.py",
                            "from sqlalchemy import Column, Integer, create_engine\n"
                            "from sqlalchemy.orm import declarative_base\n"
                            "Base = declarative_base()\n"
                            "class User(Base):\n"
                            "    __tablename__ = 'users'\n"
                            "    id = Column(Integer, primary_key=True)\n"
                            "engine = create_engine('sqlite://')\n"
                            "with engine.begin() as connection:\n"
                            "    connection.exec_driver_sql('create table x (y) -- ' + "
                              + accents + ")\n"},
                           {"other.py", "raise ValueError('x' + " + accents + ")\n"}});
  const Facts observed = test::read_and_run(*sandboxes, snapshot);
  REQUIRE(observed.execution.modules.size() == 2);
  CHECK(observed.execution.modules[1].error.message.size() > 400);
  CHECK(is_utf8(observed.execution.modules[1].error.message));
  REQUIRE_FALSE(observed.execution.import_statements.empty());
  for (const ImportStatement& statement : observed.execution.import_statements) {
    CHECK(is_utf8(statement.sql));
  }
}

TEST_CASE("tables made while importing are seen, whatever the code calls them")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const Snapshot snapshot =
    test::memory_snapshot({{"models.py",
                            "from sqlalchemy import Column, Integer, create_engine\n"
                            "from sqlalchemy.orm import declarative_base\n"
                            "Base = declarative_base()\n"
                            "engine = create_engine('postgresql://u:p@db.internal/blog')\n"
                            "class User(Base):\n"
                            "    __tablename__ = 'users'\n"
                            "    id = Column(Integer, primary_key=True)\n"
                            "getattr(Base.metadata, 'create' + '_all')(engine)\n"}});
  const Facts observed = test::read_and_run(*sandboxes, snapshot);
  REQUIRE(observed.execution.ran);
  CHECK(
    std::ranges::any_of(observed.execution.import_statements, [](const ImportStatement& statement) {
      return statement.kind == "ddl" && statement.module == "models";
    }));
}
