// SPDX-License-Identifier: MIT
#include "engine/batch/similar.hpp"

#include "engine/batch/merge.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/store/batches.hpp"
#include "engine/store/fingerprints.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::batch;

namespace {

/// Nothing but functions that no two people write alike.
std::string peculiar_text()
{
  std::string text = "from sqlalchemy import select\n";
  for (int i = 0; i < 12; ++i) {
    text += "def step_" + std::to_string(i) + "(session, first, second):\n";
    for (int j = 0; j < i % 4 + 2; ++j) {
      text += "    first = session.execute(select(first)"
              + std::string(j % 3 == 0 ? ".where" : ".join") + "(second["
              + std::string(static_cast<std::size_t>(i % 5), '-') + "first] "
              + (i % 2 == 0 ? "or" : "and") + " not second)).all()\n";
    }
    text += "    return [each for each in first if each " + std::string(i % 3 == 0 ? "<" : ">=")
            + " second] * len(first)\n";
  }
  return text;
}

struct Batch {
  test::TemporaryFolder folder;
  store::Store opened = store::Store::open(folder / "results.db", store::OpenMode::create).value();

  void grade(const std::vector<std::pair<std::string, std::string>>& paths_of_candidates)
  {
    std::vector<BatchEntry> wanted;
    for (const auto& [candidate, path] : paths_of_candidates) {
      BatchEntry& entry = wanted.emplace_back();
      entry.row = static_cast<int>(wanted.size()) + 1;
      entry.candidate = candidate;
      entry.repository = "https://example.org/" + std::to_string(wanted.size());
      entry.rubric = "tiny";
    }
    const auto entries = store::Batches(opened).set_entries("autumn", wanted, Instant{}).value();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      Snapshot snapshot = test::memory_snapshot({{paths_of_candidates[i].second, peculiar_text()}});
      snapshot.submission.source = entries[i].repository;
      snapshot.tree_digest = "sha256:" + std::to_string(i);
      const RunRecord record = pipeline::read_record(snapshot, SystemClock{});
      REQUIRE(store::Batches(opened).save_graded(entries[i].id, record));
      REQUIRE(
        store::Fingerprints(opened).save(snapshot.tree_digest, pipeline::fingerprint(snapshot)));
    }
  }

  std::string rendered(SimilarFormat format, Blind blind = Blind::no)
  {
    const auto standings = load_standings(opened, "autumn", blind).value();
    return render_similar(standings, find_similar(opened, standings, {}, {}).value(), format);
  }
};

} // namespace

TEST_CASE_METHOD(Batch, "Pairs are shown with their lines, for a person to judge")
{
  grade({{"ana", "a/queries.py"}, {"bruno", "b/consultas.py"}});
  const std::string text = rendered(SimilarFormat::text);
  CHECK(text.starts_with("ana and bruno: "));
  CHECK(text.find("\n    a/queries.py:") != std::string::npos);
  CHECK(text.find("  b/consultas.py:") != std::string::npos);
  CHECK(text.find("Submissions compared: 2; pairs from 50 % on: 1\n") != std::string::npos);
  CHECK(text.find("a common source, or none") != std::string::npos);
  const auto record = nlohmann::json::parse(rendered(SimilarFormat::json));
  CHECK(record["compared"] == 2);
  CHECK(record["pairs"][0]["candidate_b"] == "bruno");
  CHECK(record["pairs"][0]["passages"][0]["a"]["path"] == "a/queries.py");
}

TEST_CASE_METHOD(Batch, "Names that mean harm are shown harmless, and blind ones not at all")
{
  grade({{"=ana()\x1b[31m", "a/\x1b[2J.py"}, {"bruno", "b/queries.py"}});
  const std::string text = rendered(SimilarFormat::text);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("bruno") != std::string::npos);
  CHECK(rendered(SimilarFormat::csv).find("'=ana()") != std::string::npos);
  for (const SimilarFormat format :
       {SimilarFormat::text, SimilarFormat::csv, SimilarFormat::json}) {
    const std::string blind = rendered(format, Blind::yes);
    CHECK(blind.find("bruno") == std::string::npos);
    CHECK(blind.find("=ana") == std::string::npos);
    CHECK(blind.find("candidate-") != std::string::npos);
  }
}

TEST_CASE_METHOD(Batch, "What was graded without fingerprints is counted, and merging keeps them")
{
  grade({{"ana", "a.py"}, {"bruno", "b.py"}});
  store::Store into = store::Store::open(folder / "into.db", store::OpenMode::create).value();
  REQUIRE(merge(opened, into, SystemClock{}));
  const auto standings = load_standings(into, "autumn", Blind::no).value();
  CHECK(find_similar(into, standings, {}, {}).value().pairs.size() == 1);

  BatchEntry late;
  late.row = 4;
  late.candidate = "carla";
  late.repository = "https://example.org/carla";
  late.rubric = "tiny";
  auto wanted = store::Batches(opened).entries("autumn").value();
  wanted.push_back(late);
  const auto entries = store::Batches(opened).set_entries("autumn", wanted, Instant{}).value();
  Snapshot snapshot = test::memory_snapshot({{"c.py", peculiar_text()}});
  snapshot.submission.source = late.repository;
  snapshot.tree_digest = "sha256:carla";
  REQUIRE(store::Batches(opened).save_graded(entries.back().id,
                                             pipeline::read_record(snapshot, SystemClock{})));
  CHECK(rendered(SimilarFormat::text).find("Not compared: 1, ") != std::string::npos);
}

TEST_CASE("Starter code is a folder or a repository like any other")
{
  const test::TemporaryFolder folder;
  folder.write("app.py", peculiar_text());
  CHECK(starter_code(folder.path().string()).value().files.size() == 1);
  CHECK_FALSE(starter_code((folder / "nowhere").string()));
}
