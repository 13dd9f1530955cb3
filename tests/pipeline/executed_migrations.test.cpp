// SPDX-License-Identifier: MIT
// Migration projects as data: tests/migrations/*.case holds the files of a submission and what
// running its migrations must lead to. `like:` names a case whose files it starts from, `without:`
// files it lacks, `move: a=b` puts those whose path begins with a at b; `--- edit path` changes a
// file by lines
// "- old" and "+ new". `--- expect` has lines "check = credit", with "?" for what must stay open,
// "n/a", and " read" for what is judged by reading; "check ~ words" wants the words in the reason.
#include "engine/base/text.hpp"
#include "engine/checks/bind.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/probe/sandbox.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_key.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

using namespace assay;
namespace fs = std::filesystem;

namespace {

const fs::path k_cases = fs::path(ASSAY_SOURCE_DIR) / "tests" / "migrations";
const std::string k_prefix = "migration.";

struct MigrationCase {
  std::map<std::string, std::string> header;
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

MigrationCase read_case(const fs::path& path)
{
  MigrationCase found;
  std::string section;
  const std::string content = test::read_file(path);
  for (const std::string_view line : split(content, '\n')) {
    if (line.starts_with("--- ")) {
      section = std::string(trim(line.substr(4)));
      found.files[section];
    } else if (!section.empty()) {
      found.files[section] += std::string(line) + "\n";
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
      found.header[std::string(trim(line.substr(0, colon)))] =
        std::string(trim(line.substr(colon + 1)));
    }
  }
  for (const std::string_view line : split(found.files["expect"], '\n')) {
    if (!trim(line).empty() && !line.starts_with('#')) {
      found.expect.emplace_back(trim(line));
    }
  }
  found.files.erase("expect");
  std::map<std::string, std::string> files;
  if (!found.header["like"].empty()) {
    files = read_case(k_cases / (found.header["like"] + ".case")).files;
  }
  for (const std::string_view file : split(found.header["without"], ' ')) {
    files.erase(std::string(file));
  }
  for (const std::string_view pair : split(found.header["move"], ' ')) {
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
  for (auto& [file, text] : found.files) {
    if (file.starts_with("edit ")) {
      edit_text(files[file.substr(5)], text);
    } else {
      files[file] = text;
    }
  }
  found.files = std::move(files);
  return found;
}

std::optional<probe::Sandboxes> open_boxes()
{
  const auto installation = probe::find_installation(fs::path(ASSAY_BUILD_DIR) / "tests");
  REQUIRE(installation);
  probe::Sandboxes sandboxes(*installation, "");
  if (const auto usual = sandboxes.fit({}); !usual) {
    WARN("not run: " << usual.error().message);
    return std::nullopt;
  }
  return sandboxes;
}

const checks::BoundRubric& blog_rubric()
{
  static const checks::BoundRubric bound =
    checks::bind(rubric::load_rubric(fs::path(ASSAY_SOURCE_DIR) / "rubrics" / "sqlalchemy-blog"
                                     / "rubric.yaml")
                   .value())
      .value();
  return bound;
}

RunRecord run_and_judge(probe::Sandboxes& sandboxes, const fs::path& folder)
{
  Submission submission;
  submission.source = folder;
  pipeline::GradeOptions options;
  options.intake.use_cache = intake::UseCache::no;
  options.sandboxes = &sandboxes;
  auto record = pipeline::grade(submission, blog_rubric(), options, SystemClock{});
  REQUIRE(record);
  return *std::move(record);
}

std::string shown_credit(const Verdict& verdict)
{
  return verdict.outcome == Outcome::not_applicable ? "n/a"
         : verdict.outcome == Outcome::unverified   ? "?"
                                                    : fmt::format("{:.2f}", *verdict.credit);
}

std::string word_of(Truth truth)
{
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

void print_run(const std::string& name, const RunRecord& record)
{
  const MigrationRun& run = record.facts.migration.run;
  fmt::print("\n== {}: loads {} {} {} heads [{}] wired [{}] {}{}\n",
             name,
             word_of(run.loads),
             run.load_error.type,
             run.load_error.message,
             fmt::join(run.heads, " "),
             fmt::join(run.wired_tables, " "),
             run.not_run,
             run.alone ? " alone" : "");
  for (const MigrationStep& step : run.steps) {
    fmt::print("   {}: {} {} {} at {}:{} changes {} [{}]\n",
               step.name,
               word_of(step.ok),
               step.error.type,
               step.error.message.substr(0, 150),
               step.error.where.path,
               step.error.where.line,
               step.changes,
               fmt::join(step.tables, " "));
  }
  for (const Verdict& verdict : record.judgement.verdicts) {
    if (verdict.check.starts_with(k_prefix)) {
      fmt::print("   {:<44} {:>5} {} {}\n",
                 verdict.check,
                 shown_credit(verdict),
                 verdict.basis == Basis::observed ? "ran " : "read",
                 verdict.reason.substr(0, 160));
    }
  }
}

const Verdict& verdict_of(const RunRecord& record, const std::string& check)
{
  const auto found =
    std::ranges::find(record.judgement.verdicts, k_prefix + check, &Verdict::check);
  REQUIRE(found != record.judgement.verdicts.end());
  return *found;
}

void check_line(const RunRecord& record, const std::string& line)
{
  CAPTURE(line);
  const auto sign = line.find_first_of("=~");
  REQUIRE(sign != std::string::npos);
  const Verdict& verdict = verdict_of(record, std::string(trim(line.substr(0, sign))));
  std::string wanted(trim(line.substr(sign + 1)));
  CAPTURE(verdict.reason, shown_credit(verdict));
  if (line[sign] == '~') {
    CHECK(verdict.reason.find(wanted) != std::string::npos);
    return;
  }
  const bool by_reading = wanted.ends_with(" read");
  if (by_reading) {
    wanted = std::string(trim(wanted.substr(0, wanted.size() - 5)));
  }
  CHECK((verdict.basis == Basis::observed) == !by_reading);
  if (wanted == "?" || wanted == "n/a") {
    CHECK(shown_credit(verdict) == wanted);
    return;
  }
  double credit = -1;
  const auto parsed = std::from_chars(wanted.data(), wanted.data() + wanted.size(), credit);
  REQUIRE(parsed.ec == std::errc());
  REQUIRE(verdict.credit.has_value());
  CHECK(*verdict.credit == Approx(credit).margin(0.011));
}

} // namespace

TEST_CASE("migration projects are judged by what their migrations do")
{
  auto sandboxes = open_boxes();
  if (!sandboxes) {
    return;
  }
  const char* const only = std::getenv("ASSAY_CASE");
  int cases = 0;
  for (const auto& entry : fs::directory_iterator(k_cases)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".case" || (only != nullptr && name != only)) {
      continue;
    }
    const MigrationCase one = read_case(entry.path());
    const test::TemporaryFolder folder;
    for (const auto& [path, text] : one.files) {
      folder.write(path, text);
    }
    const RunRecord record = run_and_judge(*sandboxes, folder.path());
    if (std::getenv("ASSAY_TABLE") != nullptr) {
      print_run(name, record);
    }
    CAPTURE(name, record.facts.migration.run.not_run);
    REQUIRE_FALSE(one.expect.empty());
    for (const std::string& line : one.expect) {
      check_line(record, line);
    }
    ++cases;
  }
  CHECK((only != nullptr || cases >= 40));
}

TEST_CASE("what running a sample's migrations establishes agrees with its key")
{
  auto sandboxes = open_boxes();
  if (!sandboxes) {
    return;
  }
  for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "samples")) {
    if (!fs::exists(entry.path() / "key.json") || fs::exists(entry.path() / "rubric.txt")) {
      continue;
    }
    const auto key = nlohmann::json::parse(test::read_file(entry.path() / "key.json"));
    const RunRecord record = run_and_judge(*sandboxes, entry.path() / "repo");
    if (std::getenv("ASSAY_TABLE") != nullptr) {
      print_run(entry.path().filename().string(), record);
    }
    const auto open = test::known_open(entry.path(), test::Judged::when_run);
    for (const Verdict& verdict : record.judgement.verdicts) {
      if (!verdict.check.starts_with(k_prefix) || open.contains(verdict.check)) {
        continue;
      }
      const auto& expected = key["checks"][verdict.check];
      CAPTURE(entry.path().filename().string(), verdict.check, verdict.reason);
      CAPTURE(verdict.credit.value_or(-1), expected.dump());
      CHECK(verdict.outcome != Outcome::unverified);
      CHECK_FALSE(test::contradicts(verdict, expected));
    }
  }
}
