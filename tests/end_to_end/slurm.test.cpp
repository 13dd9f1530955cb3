// SPDX-License-Identifier: MIT
// The job array of docs/scaling.md on a real Slurm of this host, started and stopped here.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"

#include <SQLiteCpp/Database.h>

using namespace assay::test;

namespace {

namespace fs = std::filesystem;

/// The first block of `language` in a document.
std::string shown_block(const fs::path& document, const std::string& language)
{
  const std::string text = read_text(document);
  const std::string fence = "\n```" + language + "\n";
  const auto begin = text.find(fence);
  REQUIRE(begin != std::string::npos);
  const auto from = begin + fence.size();
  return text.substr(from, text.find("```", from) - from);
}

std::string answer(const fs::path& database, const std::string& query)
{
  SQLite::Database opened(database.string());
  return opened.execAndGet(query).getString();
}

} // namespace

TEST_CASE("The job array that docs/scaling.md shows grades a batch on a real Slurm")
{
  const TemporaryFolder home;
  const fs::path document = fs::path(ASSAY_SOURCE_DIR) / "docs/scaling.md";
  std::string rows = "candidate,repository\n";
  for (const char* sample : {"select-joined",
                             "single-script",
                             "async-espanol",
                             "flask-migrate-pt",
                             "classic-single-file",
                             "junior-loops-pt"}) {
    rows += std::string(sample) + "," + sample_folder(sample).string() + "\n";
  }
  home.write("candidates.csv", rows);
  home.write("batch.slurm", shown_block(document, "slurm"));
  home.write("commands.sh",
             "set -e\ncd " + home.path().string() + "\n" + shown_block(document, "console"));
  // What a submission does when it runs is not what is tested here.
  home.write("bin/assay",
             "#!/bin/sh\ncase $1 in batch) exec " + k_assay + " \"$@\" --no-run ;; esac\nexec "
               + k_assay + " \"$@\"\n");
  fs::permissions(home / "bin/assay", fs::perms::owner_all);
  const CommandResult result = run({"env",
                                    "PATH=" + (home / "bin").string() + ":/usr/bin:/bin",
                                    ASSAY_SOURCE_DIR "/tests/support/slurm.sh",
                                    (home / "slurm").string(),
                                    "sh",
                                    (home / "commands.sh").string()},
                                   at_home(home));
  CAPTURE(result.out, result.err);
  if (result.code == 77) {
    WARN(result.out);
    return;
  }
  REQUIRE(result.code == 0);
  const std::string graded = "SELECT count(*) || ' ' || count(run_id) FROM batch_entries";
  CHECK(answer(home / "results.sqlite", graded) == "6 6");
  int parts = 0;
  for (const char* part : {"part-1.sqlite", "part-2.sqlite", "part-3.sqlite"}) {
    parts += std::stoi(answer(home / part, graded));
  }
  CHECK(parts == 6);
  // The same scores as on one machine.
  REQUIRE(grader(home,
                 {"batch",
                  (home / "candidates.csv").string(),
                  "--db",
                  (home / "whole.sqlite").string(),
                  "--no-run"})
            .code
          == 0);
  const std::string scores =
    "SELECT group_concat(line) FROM (SELECT candidate || ' ' || point AS line"
    " FROM v_batches ORDER BY candidate)";
  CHECK(answer(home / "results.sqlite", scores) == answer(home / "whole.sqlite", scores));
}
