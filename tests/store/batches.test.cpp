// SPDX-License-Identifier: MIT
#include "engine/store/batches.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_record.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>

using namespace assay;
using store::Batches;
using store::OpenMode;
using store::Store;

namespace {

struct BatchesFixture {
  test::TemporaryFolder folder;
  Store opened = Store::open(folder / "results.db", OpenMode::create).value();
  Batches batches{opened};
};

BatchEntry entry_of(const std::string& candidate, int row)
{
  BatchEntry entry;
  entry.row = row;
  entry.candidate = candidate;
  entry.name = "Name of " + candidate;
  entry.email = candidate + "@example.org";
  entry.repository = "https://example.org/" + candidate + "/blog";
  entry.ref = "main";
  entry.deadline = Instant{std::chrono::seconds{1'700'000'000}};
  entry.rubric = "tiny";
  entry.tags = {"senior", "remote"};
  entry.extra = {{"team", "red"}, {"", "=x"}};
  return entry;
}

} // namespace

TEST_CASE_METHOD(BatchesFixture, "Entries come back as they were given")
{
  const auto written = batches.set_entries("autumn", {entry_of("ana", 2)}, Instant{}).value();
  REQUIRE(written.size() == 1);
  BatchEntry expected = entry_of("ana", 2);
  expected.id = written[0].id;
  CHECK(written[0] == expected);
  CHECK(batches.entries("autumn").value() == written);
}

TEST_CASE_METHOD(BatchesFixture, "A row that is given again keeps what became of it")
{
  const auto first =
    batches.set_entries("autumn", {entry_of("ana", 2), entry_of("bruno", 3)}, Instant{}).value();
  const RunId run = batches.save_graded(first[0].id, test::sample_record()).value();
  REQUIRE(batches.save_failed(first[1].id, EntryState::not_obtained, "gone", Instant{}));
  BatchEntry moved = entry_of("ana", 9);
  moved.name = "Ana, married";
  moved.tags = {"new"};
  const auto second =
    batches.set_entries("autumn", {entry_of("carla", 2), moved}, Instant{}).value();
  CHECK(second[1].id == first[0].id);
  CHECK(second[1].run == run);
  CHECK(second[1].name == "Ana, married");
  CHECK(second[1].tags == std::vector<std::string>{"new"});
  CHECK(second[0].state == EntryState::waiting);
  // Bruno is listed no more, and is known again when he comes back.
  CHECK(batches.entries("autumn").value().size() == 2);
  const auto third = batches.set_entries("autumn", {entry_of("bruno", 2)}, Instant{}).value();
  CHECK(third[0].state == EntryState::not_obtained);
  CHECK(third[0].detail == "gone");
}

TEST_CASE_METHOD(BatchesFixture, "A failure never takes a run away")
{
  const auto written = batches.set_entries("autumn", {entry_of("ana", 2)}, Instant{}).value();
  REQUIRE(batches.save_graded(written[0].id, test::sample_record()));
  REQUIRE(batches.save_failed(written[0].id, EntryState::engine_fault, "x", Instant{}));
  CHECK(batches.entries("autumn").value()[0].state == EntryState::graded);
}

TEST_CASE_METHOD(BatchesFixture, "Deleting a run leaves an entry to be graded again")
{
  const auto written = batches.set_entries("autumn", {entry_of("ana", 2)}, Instant{}).value();
  const RunId run = batches.save_graded(written[0].id, test::sample_record()).value();
  SQLite::Database database((folder / "results.db").string(), SQLite::OPEN_READWRITE);
  database.exec("PRAGMA foreign_keys = ON; DELETE FROM runs WHERE id = "
                + std::to_string(run.value));
  CHECK_FALSE(batches.entries("autumn").value()[0].run);
}

TEST_CASE_METHOD(BatchesFixture, "A batch is found by name, or is the newest")
{
  CHECK(batches.find("").error().code == ErrorCode::not_found);
  REQUIRE(batches.set_entries("spring", {}, Instant{}));
  REQUIRE(batches.set_entries("autumn", {}, Instant{}));
  CHECK(batches.find("").value() == "autumn");
  CHECK(batches.find("spring").value() == "spring");
  CHECK(batches.find("winter").error().message
        == "there is no batch \"winter\" (there is autumn, spring)");
}

TEST_CASE_METHOD(BatchesFixture, "Reviews and disclosures are only added")
{
  SQLite::Database database((folder / "results.db").string(), SQLite::OPEN_READWRITE);
  database.exec("INSERT INTO reviews (run_id, source, check_id, credit, reason, reviewer,"
                " reviewed_at, basis_digest) VALUES (1, 's', 'c', 1, 'r', 'me', 'now', 'd');"
                "INSERT INTO disclosures (disclosed_at, reviewer, what) VALUES ('now', 'me', 'x')");
  CHECK_THROWS(database.exec("UPDATE reviews SET credit = 0"));
  CHECK_THROWS(database.exec("DELETE FROM reviews"));
  CHECK_THROWS(database.exec("UPDATE disclosures SET reviewer = 'you'"));
  CHECK_THROWS(database.exec("DELETE FROM disclosures"));
}

TEST_CASE_METHOD(BatchesFixture, "Runs that executed the same files are found")
{
  RunRecord record = test::sample_record();
  record.submission.tree_digest = "sha256:t";
  record.execution = {};
  REQUIRE(opened.save(record));
  CHECK(opened.executed_runs("sha256:t").value().empty());
  record.execution.runtime = "sqlalchemy-2.0";
  const RunId executed = opened.save(record).value();
  CHECK(opened.executed_runs("sha256:t").value() == std::vector<RunId>{executed});
  CHECK(opened.executed_runs("sha256:other").value().empty());
  CHECK(opened.rubric_digest(executed).value() == record.rubric.digest);
}
