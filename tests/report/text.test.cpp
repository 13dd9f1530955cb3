// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"

#include "engine/report/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/filled.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_record.hpp"

#include <string>
#include <vector>

using namespace assay;
using report::Charset;
using report::Colour;
using report::Detail;
using report::RenderOptions;

namespace {

RenderOptions options(int width, Colour colour = Colour::no, Charset charset = Charset::unicode)
{
  RenderOptions chosen;
  chosen.width = width;
  chosen.colour = colour;
  chosen.charset = charset;
  return chosen;
}

std::vector<std::string> lines_of(const std::string& text)
{
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) {
    lines.emplace_back(line);
  }
  return lines;
}

/// Without the escapes that set colours.
std::string without_colour(const std::string& text)
{
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b') {
      at = text.find('m', at);
    } else {
      plain += text[at];
    }
  }
  return plain;
}

/// Letters and digits in order: what wrapping must not change.
std::string letters(const std::string& text)
{
  std::string kept;
  for (const char letter : text) {
    if (letter != ' ' && letter != '\n') {
      kept += letter;
    }
  }
  return kept;
}

std::string text_of(const RunRecord& record, int width = 80)
{
  return report::render_text(record, options(width));
}

bool contains(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

/// What a hostile candidate may put into names, code and paths.
RunRecord hostile_record()
{
  RunRecord record = test::gated_record();
  const std::string hostile = "\x1b[2J\x1b]0;pwned\x07\xE2\x80\xAEgnp.exe\r\n  Score: 100 \xFF";
  record.judgement.verdicts[1].reason = hostile;
  record.judgement.verdicts[1].evidence[0].where.text = hostile;
  record.judgement.verdicts[1].evidence[0].where.path = "app/\x1b[31m.py";
  record.judgement.resolution.entities["user"].class_name = hostile;
  record.submission.source = "https://example.org/\x1b[8m";
  record.submission.ref = hostile;
  record.submission.skipped[0].path = hostile;
  record.facts.integrity[0].detail = hostile;
  record.facts.queries.callables[2].ref = hostile;
  record.facts.migration.directory = hostile;
  record.facts.environment.sqlalchemy_pin = hostile;
  return record;
}

} // namespace

TEST_CASE("The report of the sample is as approved")
{
  struct Row {
    const char* name;
    int width;
    Colour colour;
    Charset charset;
    Detail detail;
    bool gated;
  };

  const auto row = GENERATE(values<Row>({
    {"sample-60", 60, Colour::no, Charset::unicode, Detail::summary, false},
    {"sample-80", 80, Colour::no, Charset::unicode, Detail::summary, false},
    {"sample-120", 120, Colour::no, Charset::unicode, Detail::summary, false},
    {"sample-80-colour", 80, Colour::yes, Charset::unicode, Detail::summary, false},
    {"sample-80-ascii", 80, Colour::no, Charset::ascii, Detail::summary, false},
    {"sample-80-all", 80, Colour::no, Charset::unicode, Detail::everything, false},
    {"gated-80", 80, Colour::no, Charset::unicode, Detail::summary, true},
  }));
  RenderOptions chosen = options(row.width, row.colour, row.charset);
  chosen.detail = row.detail;
  chosen.run = RunId{12};
  const RunRecord record = row.gated ? test::gated_record() : test::sample_record();
  test::check_golden(std::string("report/") + row.name + ".txt",
                     report::render_text(record, chosen));
}

TEST_CASE("No line is wider than the terminal and none ends in a space")
{
  const int width = GENERATE(40, 60, 77, 80, 120, 300);
  const auto detail = GENERATE(Detail::summary, Detail::everything);
  const auto charset = GENERATE(Charset::ascii, Charset::unicode);
  RunRecord record =
    GENERATE(as<RunRecord>(), test::gated_record(), hostile_record(), test::filled<RunRecord>());
  record.judgement.verdicts[0].evidence = {
    {test::place(
       std::string(300, 'p') + ".py", 7, "\xE6\x97\xA5\xE6\x9C\xAC" + std::string(5000, 'x')),
     "huge"}};
  RenderOptions chosen = options(width, Colour::no, charset);
  chosen.detail = detail;
  for (const std::string& line : lines_of(report::render_text(record, chosen))) {
    CAPTURE(line);
    CHECK(display_width(line) <= static_cast<std::size_t>(width));
    CHECK_FALSE(line.ends_with(' '));
  }
}

TEST_CASE("A width below 40 is treated as 40")
{
  CHECK(text_of(test::sample_record(), 0) == text_of(test::sample_record(), 40));
  CHECK(text_of(test::sample_record(), -5) == text_of(test::sample_record(), 40));
}

TEST_CASE("Wrapping cuts nothing: every width has the same letters")
{
  RunRecord record = test::gated_record();
  record.scorecard.categories.clear(); // their bars depend on the width
  const std::string wide = letters(text_of(record, 1000));
  CHECK(letters(text_of(record, 40)) == wide);
  CHECK(letters(text_of(record, 83)) == wide);
}

TEST_CASE("Colours add escapes and nothing else")
{
  const std::string coloured = report::render_text(test::gated_record(), options(80, Colour::yes));
  CHECK(coloured != text_of(test::gated_record()));
  CHECK(without_colour(coloured) == text_of(test::gated_record()));
  for (const std::string& line : lines_of(coloured)) {
    CAPTURE(line);
    const std::size_t last = line.rfind('\x1b');
    CHECK((last == std::string::npos || line.substr(last).starts_with("\x1b[0m")));
  }
}

TEST_CASE("ASCII is ASCII, also where the candidate writes other letters")
{
  RunRecord record = test::sample_record();
  record.judgement.verdicts[1].evidence[0].where.text = "contrase\xC3\xB1"
                                                        "a \xF0\x9F\x98\x80";
  const std::string text = report::render_text(record, options(80, Colour::no, Charset::ascii));
  CHECK(std::ranges::all_of(
    text, [](char letter) { return letter == '\n' || (letter >= ' ' && letter < '\x7f'); }));
  CHECK(contains(text, "contrase\\u00f1a \\U0001f600"));
}

TEST_CASE("What a candidate writes cannot steer the terminal or forge a line")
{
  const auto charset = GENERATE(Charset::ascii, Charset::unicode);
  RenderOptions chosen = options(80, Colour::no, charset);
  chosen.detail = Detail::everything;
  const std::string text = report::render_text(hostile_record(), chosen);
  CHECK(is_utf8(text));
  for (const char* forbidden : {"\x1b", "\x07", "\r", "\xE2\x80\xAE", "\xFF"}) {
    CHECK_FALSE(contains(text, forbidden));
  }
  CHECK(contains(letters(text), "\\x1b[2J\\x1b]0;pwned\\x07\\u202egnp.exe"));
  for (const std::string& line : lines_of(text)) {
    CHECK_FALSE(line.starts_with("  Score: 100"));
  }
}

TEST_CASE("Gates and flags stand before the score, grave ones first")
{
  const std::string text = text_of(test::gated_record());
  const std::size_t gate = text.find("GATE      N+1 in the queries");
  const std::size_t flag = text.find("FLAG      shadowed_library");
  const std::size_t notice = text.find("NOTICE    instructions_to_grader");
  const std::size_t score = text.find("71.6 of 100");
  REQUIRE(score != std::string::npos);
  CHECK(gate < flag);
  CHECK(flag < notice);
  CHECK(notice < score);
  CHECK_FALSE(contains(text_of(test::sample_record()), "GATE"));
}

TEST_CASE("Lost points come in the order of what they cost in the total")
{
  const std::string text = text_of(test::sample_record(), 120);
  const std::size_t first = text.find("-12.5  Posts and tags are many-to-many");
  const std::size_t second = text.find("-4.2  Required columns are NOT NULL");
  const std::size_t third = text.find("-3.2  A login identity is unique and required");
  REQUIRE(third != std::string::npos);
  CHECK(first < second);
  CHECK(second < third);
  CHECK(contains(text,
                 "app/models.py:28  tag_id = Column(ForeignKey(\"tags.id\"))  (one tag per post)"));
  CHECK(contains(text, "Better: Use a link table"));
}

TEST_CASE("What is lost and what is uncertain is the rest of the interval")
{
  const std::string text = text_of(test::sample_record());
  CHECK(contains(text, "between 60.2 and 80.2: 20.0 points could not be settled"));
  CHECK(contains(text, "Points lost: 19.9 of 100"));
  CHECK(contains(text, "Not certain: 20.0 of 100"));
}

TEST_CASE("Rounding never lifts a score into a better band")
{
  RunRecord record = test::sample_record();
  record.scorecard.total = {{8496}, {8496}, {8496}};
  CHECK(contains(text_of(record), "84.96 of 100   good"));
  record.scorecard.total = {{8494}, {8494}, {8494}};
  CHECK(contains(text_of(record), "84.9 of 100   good"));
  CHECK(contains(text_of(record), "every point is settled"));
}

TEST_CASE("Checks that are uncertain for the same reason share one explanation")
{
  RunRecord record = test::sample_record();
  for (const std::size_t i : {std::size_t{6}, std::size_t{8}}) {
    record.judgement.verdicts[i].outcome = Outcome::unverified;
    record.judgement.verdicts[i].reason = "No migration was understood.";
  }
  const std::string text = text_of(record, 120);
  const std::size_t once = text.find("No migration was understood.");
  REQUIRE(once != std::string::npos);
  CHECK(text.find("No migration was understood.", once + 1) == std::string::npos);
}

TEST_CASE("A pass that only a run can prove is not among what passed beyond doubt")
{
  const std::string text = text_of(test::sample_record(), 200);
  CHECK(contains(text, "Optimized queries, up to 2.4: Eager loading reaches the comments (2.4)"));
  CHECK(
    contains(text, "Working migration, up to 5.6: The migration upgrades an empty database (5.6)"));
  const std::size_t passed = text.find("\nPassed\n");
  REQUIRE(passed != std::string::npos);
  CHECK(text.find("Eager loading reaches the comments", passed) == std::string::npos);
  CHECK(text.find("The revisions have one head", passed) != std::string::npos);
}

TEST_CASE("Of many lost checks the later ones are shorter and none is left out")
{
  RunRecord record = test::sample_record();
  record.rubric.checks.clear();
  record.judgement.verdicts.clear();
  record.scorecard.checks.clear();
  for (int i = 0; i < 20; ++i) {
    const std::string id = "models.check-" + std::to_string(i);
    CheckSpec& spec = record.rubric.checks.emplace_back();
    spec.id = id;
    spec.category = "models";
    spec.points = Points{500};
    spec.advice = "advice on " + id + ".";
    Verdict& verdict = record.judgement.verdicts.emplace_back();
    verdict.check = id;
    verdict.outcome = Outcome::fail;
    verdict.reason = "reason of " + id + ".";
    verdict.evidence.assign(2, {test::place("a.py", i + 1, "x"), ""});
    record.scorecard.checks.push_back({id, "models", {500}, {}, {500}, {}, {}, true});
  }
  const std::string text = text_of(record, 120);
  for (int i = 0; i < 20; ++i) {
    CAPTURE(i);
    const std::string id = "models.check-" + std::to_string(i);
    CHECK(contains(text, "reason of " + id + "."));
    CHECK(contains(text, "a.py:" + std::to_string(i + 1) + "  x"));
    CHECK(contains(text, "Better: advice on " + id + ".") == (i < 10));
  }
  CHECK(contains(text, "and 1 more place"));
}

TEST_CASE("One sentence explains a submission in another technology")
{
  struct Row {
    const char* technology;
    int python_files;
    const char* sentence;
  };

  const auto row = GENERATE(values<Row>({
    {"django",
     9,
     "This submission does not use SQLAlchemy; its data model is written with Django's ORM."},
    {"raw-sql",
     9,
     "This submission does not use SQLAlchemy; its data model is written with SQL without an ORM."},
    {"none", 9, "This submission uses neither SQLAlchemy nor another database library."},
    {"none", 0, "There is no Python in this submission."},
  }));
  RunRecord record = test::sample_record();
  record.submission.python_files = row.python_files;
  record.facts.environment.uses_sqlalchemy = false;
  record.facts.environment.other_technology = row.technology;
  CHECK(contains(text_of(record, 120), row.sentence));
}

TEST_CASE("Without anything established there is no number")
{
  RunRecord record = test::sample_record();
  record.scorecard.band = "none";
  const std::string text = text_of(record);
  CHECK(contains(text, "No score: nothing of it could be established."));
  CHECK_FALSE(contains(text, "71.6"));
}

TEST_CASE("Damaged files, deadlines and dates are noted")
{
  RunRecord record = test::sample_record();
  record.facts.files[1].syntax_errors = {
    {test::place("app/queries.py", 9, "def ("), "syntax error"}};
  record.submission.before = record.graded_at;
  record.submission.history.commits_after = 2;
  const std::string text = text_of(record, 200);
  CHECK(
    contains(text, "1 file has syntax errors (app/queries.py:9); the rest of the code counts."));
  CHECK(contains(
    text,
    "The last commit up to 2026-11-22T14:00:00Z was graded; 2 commits of the branch are later."));
  CHECK(contains(text, "Commit dates are the candidate's own claim"));
}

TEST_CASE("Many skipped paths are counted, and listed on request")
{
  RunRecord record = test::sample_record();
  record.submission.skipped.assign(5000, {"a/link", SkipReason::symlink, ""});
  CHECK(contains(text_of(record), "Not graded: 5000 paths"));
  CHECK(contains(text_of(record), "symlink: a/link, a/link, a/link and 4997 more"));
  RenderOptions chosen = options(80);
  chosen.detail = Detail::everything;
  CHECK_FALSE(contains(report::render_text(record, chosen), "more"));
}

TEST_CASE("The report says how to see more")
{
  RenderOptions chosen = options(200);
  CHECK(contains(
    report::render_text(test::sample_record(), chosen),
    "With --all the report has every check with its evidence; --format json gives it as data."));
  chosen.run = RunId{7};
  CHECK(contains(report::render_text(test::sample_record(), chosen),
                 "assay show 7 --all prints every check"));
}

TEST_CASE("Formats are found by name")
{
  REQUIRE(report::find_format("json") != nullptr);
  CHECK(report::find_format("json")->extension == ".json");
  CHECK(report::find_format("text")->render(test::sample_record(), {})
        == report::render_text(test::sample_record()));
  CHECK(report::find_format("yaml") == nullptr);
}
