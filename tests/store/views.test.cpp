// SPDX-License-Identifier: MIT
#include "engine/store/store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_record.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <fstream>
#include <sstream>
#include <vector>

using namespace assay;
using store::OpenMode;
using store::Store;

namespace {

struct ViewFixture {
  test::TemporaryFolder folder;
  Store opened = Store::open(folder / "results.db", OpenMode::create).value();

  ViewFixture()
  {
    RunRecord record = test::sample_record();
    REQUIRE(opened.save(record));
    REQUIRE(opened.save(test::gated_record()));
    record.submission.source = "https://example.org/bruno/blog";
    record.judgement.verdicts[4].outcome = Outcome::pass;
    REQUIRE(opened.save(record));
  }

  /// One row as text, columns separated by " | ".
  std::string row(const std::string& sql) const
  {
    SQLite::Database database((folder / "results.db").string());
    SQLite::Statement statement(database, sql);
    std::string text;
    if (statement.executeStep()) {
      for (int i = 0; i < statement.getColumnCount(); ++i) {
        text += (i > 0 ? " | " : "") + statement.getColumn(i).getString();
      }
    }
    return text;
  }
};

} // namespace

TEST_CASE_METHOD(ViewFixture, "An analyst's questions are one line of SQL each")
{
  struct Row {
    const char* sql;
    const char* answer;
  };

  const auto question = GENERATE(values<Row>({
    {"SELECT point, low, high, band, needs_review, gates_tripped, flags FROM v_runs WHERE run_id = "
     "2",
     "71.55 | 60.15 | 80.15 | mixed | 1 | 2 | 2"},
    {"SELECT group_concat(run_id) FROM (SELECT run_id FROM v_latest_runs ORDER BY run_id)", "2,3"},
    {"SELECT title, weight, point, low, high FROM v_scores WHERE run_id = 1 AND category = "
     "'queries'",
     "Optimized queries | 20 | 64.0 | 28.0 | 100.0"},
    {"SELECT category, outcome, credit, points, earned, lost, undetermined, basis, place FROM "
     "v_verdicts"
     " WHERE run_id = 1 AND check_id = 'models.user-identity-unique'",
     "models | partial | 0.7 | 30.0 | 21.0 | 9.0 | 0.0 | reading | app/models.py:16"},
    {"SELECT check_id, title, lost, place FROM v_lost_points WHERE run_id = 1 LIMIT 1",
     "relationships.post-tags-many-to-many | Posts and tags are many-to-many | 40.0 | "
     "app/models.py:28"},
    {"SELECT count(*), sum(lost) FROM v_lost_points WHERE run_id = 1", "3 | 61.0"},
    {"SELECT count(*), sum(undetermined) FROM v_undetermined WHERE run_id = 1", "3 | 100.0"},
    {"SELECT runs, passed, partly, failed, unverified, not_applicable, mean_lost FROM "
     "v_check_statistics"
     " WHERE check_id = 'relationships.post-tags-many-to-many'",
     "2 | 1 | 0 | 1 | 0 | 0 | 40.0"},
    {"SELECT count(*), sum(unverified), sum(not_applicable) FROM v_check_statistics", "10 | 2 | 2"},
    {"SELECT count(*) FROM v_evidence WHERE run_id = 1", "10"},
    {"SELECT gate, reason FROM v_gates ORDER BY gate DESC",
     "n_plus_one | one statement per post in posts_of, and no eager loading elsewhere"},
    {"SELECT group_concat(flag) FROM (SELECT flag FROM v_flags WHERE run_id = 2 ORDER BY flag)",
     "instructions_to_grader,shadowed_library"},
    {"SELECT role, line FROM queries WHERE run_id = 1 AND ref LIKE '%posts_eager'", "eager | 30"},
    {"SELECT role FROM queries WHERE run_id = 1 AND ref LIKE '%posts_naive'", "bad_example"},
    {"SELECT kind, directory, revisions, heads FROM migrations WHERE run_id = 1",
     "alembic | migrations | 1 | 1"},
    {"SELECT reason, detail FROM skipped_paths WHERE path = 'assets/demo.mp4' AND submission_id = "
     "1",
     "too_large | 83886080 bytes"},
  }));
  CAPTURE(question.sql);
  CHECK(row(question.sql) == question.answer);
}

TEST_CASE_METHOD(ViewFixture,
                 "Earned, lost and undetermined points of every stored check are its points")
{
  CHECK(row("SELECT count(*), sum(earned + lost + undetermined <> available), sum(available)"
            " FROM check_scores")
        == "30 | 0 | 114000");
}

TEST_CASE_METHOD(ViewFixture, "Deleting a run leaves nothing of it behind")
{
  SQLite::Database database((folder / "results.db").string(), SQLite::OPEN_READWRITE);
  database.exec("PRAGMA foreign_keys = ON; DELETE FROM runs WHERE id = 2");
  for (const char* table : {"verdicts",
                            "evidence",
                            "check_scores",
                            "category_scores",
                            "gates",
                            "flags",
                            "queries",
                            "migrations",
                            "review_reasons",
                            "verdict_levels"}) {
    CAPTURE(table);
    CHECK(row(std::string("SELECT count(*) FROM ") + table + " WHERE run_id = 2") == "0");
  }
  CHECK(opened.load(RunId{3}));
}

TEST_CASE_METHOD(ViewFixture, "docs/database.md names every table, view and column")
{
  std::ifstream stream(std::string(ASSAY_SOURCE_DIR) + "/docs/database.md");
  std::ostringstream text;
  text << stream.rdbuf();
  SQLite::Database database((folder / "results.db").string());
  SQLite::Statement columns(
    database,
    "SELECT master.name, info.name FROM sqlite_master AS master"
    " JOIN pragma_table_info(master.name) AS info"
    " WHERE master.type IN ('table', 'view') AND master.name NOT LIKE 'sqlite_%'");
  while (columns.executeStep()) {
    const std::string table = columns.getColumn(0).getString();
    const std::string column = columns.getColumn(1).getString();
    CAPTURE(table, column);
    const std::size_t start = text.str().find("### " + table + "\n");
    REQUIRE(start != std::string::npos);
    const std::string section =
      text.str().substr(start, text.str().find("\n### ", start + 1) - start);
    CHECK(section.find("`" + column + "`") != std::string::npos);
  }
}
