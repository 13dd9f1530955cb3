// SPDX-License-Identifier: MIT
// Migration projects as data: tests/migrations/*.case holds the files of a submission and what
// running its migrations must lead to. `like:` names a case whose files it starts from, `without:`
// files it lacks, `move: a=b` puts those whose path begins with a at b; `--- edit path` changes a
// file by lines
// "- old" and "+ new". `--- expect` has lines "check = credit", with "?" for what must stay open,
// "n/a", and " read" for what is judged by reading; "check ~ words" wants the words in the reason,
// "check @ words" in "path:line note" of a piece of evidence. "ran" is no check but the database of
// the run, and with "~" what is noted of it.
#include "engine/base/text.hpp"
#include "tests/pipeline/run_tables.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/sample_key.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

using namespace assay;
namespace fs = std::filesystem;

namespace {

const fs::path k_cases = fs::path(ASSAY_SOURCE_DIR) / "tests" / "migrations";
const std::string k_prefix = "migration.";

struct MigrationCase {
  std::map<std::string, std::string> files;
  std::vector<std::string> expect;
};

/// Lines "- old" are replaced by the lines "+ new" that follow them; "old" must be there.
void edit_text(std::string& text, const std::string& edits)
{
  std::string wanted;
  std::string instead;
  const auto apply = [&] {
    if (!wanted.empty()) {
      CAPTURE(wanted);
      const auto at = text.find(wanted);
      REQUIRE(at != std::string::npos);
      text.replace(at, wanted.size(), instead);
    }
    wanted.clear();
    instead.clear();
  };
  bool adding = false;
  for (const std::string_view line : split(edits, '\n')) {
    if (line.starts_with('-')) {
      if (adding) {
        apply();
      }
      adding = false;
      wanted += std::string(line.substr(line.size() > 1 ? 2 : 1)) + "\n";
    } else if (line.starts_with('+')) {
      adding = true;
      instead += std::string(line.substr(line.size() > 1 ? 2 : 1)) + "\n";
    }
  }
  apply();
}

MigrationCase read_migration_case(const fs::path& path)
{
  const test::CaseFile given = test::read_case(path);
  std::map<std::string, std::string> files;
  if (const std::string like = given.value("like"); !like.empty()) {
    files = read_migration_case(k_cases / (like + ".case")).files;
  }
  const std::string without = given.value("without");
  for (const std::string_view file : split(without, ' ')) {
    files.erase(std::string(file));
  }
  const std::string moves = given.value("move");
  for (const std::string_view pair : split(moves, ' ')) {
    const auto equals = pair.find('=');
    for (auto file = files.begin(); equals != std::string_view::npos && file != files.end();) {
      const auto here = file++;
      if (here->first.starts_with(pair.substr(0, equals))) {
        auto node = files.extract(here);
        node.key() = std::string(pair.substr(equals + 1)) + node.key().substr(equals);
        files.insert(std::move(node));
      }
    }
  }
  MigrationCase found;
  for (const auto& [file, text] : given.sections) {
    if (file == "expect") {
      found.expect = test::lines_of(text);
    } else if (file.starts_with("edit ")) {
      edit_text(files[file.substr(5)], text);
    } else {
      files[file] = text;
    }
  }
  found.files = std::move(files);
  return found;
}

const Verdict& verdict_of(const RunRecord& record, const std::string& check)
{
  const auto found =
    std::ranges::find(record.judgement.verdicts, k_prefix + check, &Verdict::check);
  REQUIRE(found != record.judgement.verdicts.end());
  return *found;
}

std::vector<std::string> places_of(const Verdict& verdict)
{
  std::vector<std::string> places;
  for (const Evidence& evidence : verdict.evidence) {
    places.push_back(
      fmt::format("{}:{} {}", evidence.where.path, evidence.where.line, evidence.note));
  }
  return places;
}

void check_line(const RunRecord& record, const std::string& line)
{
  CAPTURE(line);
  const auto sign = line.find_first_of("=~@");
  REQUIRE(sign != std::string::npos);
  const std::string check(trim(line.substr(0, sign)));
  std::string wanted(trim(line.substr(sign + 1)));
  if (check == "ran") {
    const ExecutionFacts& run = record.facts.execution;
    CAPTURE(run.database, run.database_note);
    CHECK((line[sign] == '=' ? run.database == wanted
                             : run.database_note.find(wanted) != std::string::npos));
    return;
  }
  const Verdict& verdict = verdict_of(record, check);
  CAPTURE(verdict.reason, test::shown(verdict));
  if (line[sign] == '~') {
    CHECK(verdict.reason.find(wanted) != std::string::npos);
    return;
  }
  if (line[sign] == '@') {
    const std::vector<std::string> places = places_of(verdict);
    CAPTURE(places);
    CHECK(std::ranges::any_of(
      places, [&](const std::string& place) { return place.find(wanted) != std::string::npos; }));
    return;
  }
  const bool by_reading = wanted.ends_with(" read");
  if (by_reading) {
    wanted = std::string(trim(wanted.substr(0, wanted.size() - 5)));
  }
  CHECK((verdict.basis == Basis::observed) == !by_reading);
  if (wanted == "?" || wanted == "n/a") {
    CHECK(test::shown(verdict) == wanted);
    return;
  }
  double credit = -1;
  const auto parsed = std::from_chars(wanted.data(), wanted.data() + wanted.size(), credit);
  REQUIRE(parsed.ec == std::errc());
  CHECK(verdict.credit.value_or(-1) == Approx(credit).margin(0.011));
}

} // namespace

TEST_CASE("migration projects are judged by what their migrations do")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const auto paths = test::case_paths(k_cases);
  REQUIRE((test::only_case() != nullptr || paths.size() >= 40));
  for (const fs::path& path : paths) {
    const std::string name = path.stem().string();
    const MigrationCase one = read_migration_case(path);
    const test::TemporaryFolder folder;
    for (const auto& [file, text] : one.files) {
      folder.write(file, text);
    }
    const RunRecord record = test::run_and_judge(*sandboxes, folder.path(), test::blog_rubric());
    if (std::getenv("ASSAY_TABLE") != nullptr) {
      test::print_migration_run(name, record);
      test::print_verdicts(record, k_prefix);
    }
    CAPTURE(name, record.facts.migration.run.not_run);
    REQUIRE_FALSE(one.expect.empty());
    for (const std::string& line : one.expect) {
      check_line(record, line);
    }
  }
}
