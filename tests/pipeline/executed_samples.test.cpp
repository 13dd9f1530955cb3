// SPDX-License-Identifier: MIT
// Samples that run: what the run establishes must agree with the key, and be certain.
#include "engine/base/text.hpp"
#include "engine/checks/bind.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/sample_key.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>

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

} // namespace

TEST_CASE("what a run of a sample establishes agrees with its key")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const fs::path samples = fs::path(ASSAY_SOURCE_DIR) / "samples";
  int judged = 0;
  for (const auto& entry : fs::directory_iterator(samples)) {
    if (!fs::exists(entry.path() / "key.json")) {
      continue;
    }
    const auto key = nlohmann::json::parse(test::read_text(entry.path() / "key.json"));
    const auto open = test::known_open(entry.path(), test::Judged::when_run);
    Submission submission;
    submission.source = entry.path() / "repo";
    pipeline::GradeOptions options;
    options.intake.use_cache = intake::UseCache::no;
    options.sandboxes = &*sandboxes;
    const auto record =
      pipeline::grade(submission, load(rubric_of(entry.path())), options, SystemClock{});
    REQUIRE(record);
    CAPTURE(entry.path().filename().string(),
            record->facts.execution.not_run,
            record->facts.execution.stopped);
    CHECK(record->facts.execution.ran);
    CHECK(record->execution.isolation >= "L2");
    for (const Verdict& verdict : record->judgement.verdicts) {
      CAPTURE(verdict.check, verdict.reason);
      const auto& expected = key["checks"][verdict.check];
      if (verdict.check.starts_with("models.") || verdict.check.starts_with("relationships.")) {
        ++judged;
        CHECK(verdict.basis == Basis::observed);
        CHECK((verdict.confidence >= 0.6 || open.contains(verdict.check)));
      }
      if (!open.contains(verdict.check)) {
        CAPTURE(verdict.credit.value_or(-1), expected.dump());
        CHECK(verdict.outcome != Outcome::unverified);
        CHECK_FALSE(test::contradicts(verdict, expected));
      }
    }
  }
  CHECK(judged >= 34 * 19);
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
