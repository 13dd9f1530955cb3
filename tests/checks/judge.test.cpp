// SPDX-License-Identifier: MIT
#include "engine/checks/judge.hpp"

#include "tests/checks/sample_kinds.hpp"

#include <stdexcept>
#include <vector>

using namespace assay;
using checks::Finding;
using test::answers;

namespace {

constexpr double k_sure = 0.75;

/// Books and authors, mapped; every test adds its callables.
Facts library()
{
  Facts facts;
  facts.queries.confidence = k_sure;
  Relationship books;
  books.owner = "app.Author";
  books.name = "books";
  books.target = "app.Book";
  Relationship author;
  author.owner = "app.Book";
  author.name = "author";
  author.target = "app.Author";
  facts.schema.relationships = {books, author};
  return facts;
}

Resolution resolved()
{
  Resolution resolution;
  for (const auto& [role, name] : std::vector<std::pair<std::string, std::string>>{
         {"book", "app.Book"}, {"author", "app.Author"}}) {
    ResolvedEntity& entity = resolution.entities[role];
    entity.role = role;
    entity.class_name = name;
    entity.table = role + "s";
    entity.where.path = role + ".py";
  }
  return resolution;
}

Callable selecting(const std::string& ref, const std::string& root)
{
  Callable callable;
  callable.ref = ref;
  callable.name = ref.substr(ref.find("::") + 2);
  callable.live = Truth::yes;
  Statement statement;
  statement.roots = {root};
  callable.statements = {statement};
  return callable;
}

Judgement judged(const Facts& facts, const std::vector<Resolution>& resolutions)
{
  return checks::judge(facts, test::bound(test::sample_rubric()), resolutions);
}

Verdict verdict_of(const Finding& finding,
                   const Resolution& resolution = resolved(),
                   const Facts& facts = library())
{
  answers() = {{"one", finding}};
  return judged(facts, {resolution}).verdicts[0];
}

} // namespace

TEST_CASE("a decided finding becomes a verdict whose shares make up the whole")
{
  const Verdict verdict = verdict_of(checks::shared(0.4, k_sure, "Two of five."));
  CHECK(verdict.outcome == Outcome::partial);
  CHECK(verdict.credit == Approx(0.4));
  CHECK(verdict.earned == Approx(0.4));
  CHECK(verdict.lost == Approx(0.6));
  CHECK(verdict.reason == "Two of five.");
}

TEST_CASE("levels multiply, with the rubric's credit")
{
  Finding finding = checks::at_level("half", k_sure, "Half.");
  finding.levels.emplace_back("tenth");
  const Verdict verdict = verdict_of(finding);
  CHECK(verdict.credit == Approx(0.06));
  CHECK(verdict.levels == std::vector<std::string>{"half", "tenth"});
}

TEST_CASE("noted levels are named but not counted again")
{
  Finding finding = checks::shared(0.8, k_sure, "Most.");
  finding.noted = {"half"};
  const Verdict verdict = verdict_of(finding);
  CHECK(verdict.credit == Approx(0.8));
  CHECK(verdict.reason == "Half of one. Most.");
}

TEST_CASE("nearly everything is a pass and nearly nothing a fail")
{
  struct Row {
    double share;
    Outcome outcome;
  };

  const auto row = GENERATE(values<Row>({{1.0, Outcome::pass},
                                         {0.995, Outcome::pass},
                                         {0.994, Outcome::partial},
                                         {0.006, Outcome::partial},
                                         {0.005, Outcome::fail},
                                         {0.0, Outcome::fail}}));
  CAPTURE(row.share);
  CHECK(verdict_of(checks::shared(row.share, k_sure, "So.")).outcome == row.outcome);
}

TEST_CASE("below confidence 0.6 nothing is decided")
{
  const Verdict verdict = verdict_of(checks::failed(0.59, "Perhaps not."));
  CHECK(verdict.outcome == Outcome::unverified);
  CHECK_FALSE(verdict.credit.has_value());
  CHECK(verdict.lost == 0.0);
  CHECK(verdict.earned == 0.0);
  CHECK(verdict_of(checks::failed(0.6, "No.")).outcome == Outcome::fail);
}

TEST_CASE("an undetermined finding costs nothing and keeps its guess")
{
  const Verdict verdict = verdict_of(checks::undetermined("Built at run time.", 0.5));
  CHECK(verdict.outcome == Outcome::unverified);
  CHECK(verdict.expected == Approx(0.5));
  CHECK(verdict.earned + verdict.lost == 0.0);
}

TEST_CASE("what does not apply has no shares")
{
  const Verdict verdict = verdict_of(checks::not_applicable("There is none."));
  CHECK(verdict.outcome == Outcome::not_applicable);
  CHECK_FALSE(verdict.credit.has_value());
  CHECK(verdict.earned + verdict.lost + verdict.expected == 0.0);
}

TEST_CASE("the message of the rubric comes before the sentence of the kind")
{
  CHECK(verdict_of(checks::failed(k_sure, "There is none.")).reason == "Not one. There is none.");
  CHECK(verdict_of(checks::passed(k_sure, "There is one.")).reason == "There is one.");
}

TEST_CASE("reading earns no more than the static cap and loses only what is missing")
{
  Facts facts = library();
  facts.queries.callables = {selecting("a.py::books_by_author", "app.Book")};
  answers() = {{"by_author:a.py::books_by_author", checks::shared(0.8, k_sure, "Mostly.")}};
  const Verdict verdict = judged(facts, {resolved()}).verdicts[2];
  CHECK(verdict.credit == Approx(0.8));
  CHECK(verdict.earned == Approx(0.56));
  CHECK(verdict.lost == Approx(0.2));
  CHECK(verdict.expected == Approx(0.56));
}

TEST_CASE("what was seen running is not capped")
{
  Facts facts = library();
  facts.queries.callables = {selecting("a.py::books_by_author", "app.Book")};
  Finding finding = checks::passed(1.0, "It ran.");
  finding.basis = Basis::observed;
  answers() = {{"by_author:a.py::books_by_author", finding}};
  CHECK(judged(facts, {resolved()}).verdicts[2].earned == Approx(1.0));
}

TEST_CASE("a file that does not parse costs 40 percent of what rests on it")
{
  Facts facts = library();
  SourceFile file;
  file.path = "book.py";
  file.role = FileRole::graded;
  file.syntax_errors = {Evidence{}};
  facts.files = {file};
  SECTION("the file of an entity that the check is about")
  {
    const Verdict verdict = verdict_of(checks::passed(k_sure, "Fine."), resolved(), facts);
    CHECK(verdict.earned == Approx(0.6));
    CHECK(verdict.lost == Approx(0.4));
    CHECK(verdict.reason.find("book.py cannot be imported") != std::string::npos);
  }
  SECTION("a file that the evidence is from")
  {
    Evidence evidence;
    evidence.where.path = "book.py";
    answers() = {{"two", checks::passed(k_sure, "Fine.", {evidence})}};
    CHECK(judged(facts, {resolved()}).verdicts[1].earned == Approx(0.6));
  }
  SECTION("other checks are not touched")
  {
    answers() = {{"two", checks::passed(k_sure, "Fine.")}};
    CHECK(judged(facts, {resolved()}).verdicts[1].earned == Approx(1.0));
  }
  SECTION("a broken test costs nothing")
  {
    facts.files[0].role = FileRole::test;
    CHECK(verdict_of(checks::passed(k_sure, "Fine."), resolved(), facts).earned == Approx(1.0));
  }
}

TEST_CASE("a doubtful match withholds a fail but not a clean pass")
{
  struct Row {
    std::string what;
    double confidence;
    bool weak;
    bool ambiguous;
    double share;
    Outcome outcome;
  };

  const auto row = GENERATE(values<Row>({
    {"weak and sure enough", 0.75, true, false, 0.0, Outcome::fail},
    {"ambiguous and sure enough", 0.75, false, true, 0.0, Outcome::fail},
    {"both", 0.75, true, true, 0.0, Outcome::unverified},
    {"both, partly", 0.75, true, true, 0.5, Outcome::unverified},
    {"both, clean pass", 0.75, true, true, 1.0, Outcome::pass},
    {"too little to begin with", 0.5, true, true, 1.0, Outcome::unverified},
  }));
  CAPTURE(row.what);
  Resolution resolution = resolved();
  resolution.entities["book"].weak = row.weak;
  resolution.ambiguous = row.ambiguous;
  const Verdict verdict = verdict_of(checks::shared(row.share, row.confidence, "So."), resolution);
  CHECK(verdict.outcome == row.outcome);
  CHECK((verdict.confidence >= 0.6 - 1e-9) == (row.outcome != Outcome::unverified));
}

TEST_CASE("a weak match of one entity does not touch checks about others")
{
  Resolution resolution = resolved();
  resolution.entities["book"].weak = true;
  answers() = {{"two", checks::failed(k_sure, "No.")}};
  CHECK(judged(library(), {resolution}).verdicts[1].confidence == Approx(k_sure));
}

TEST_CASE("a finding at a level that its kind does not declare is a bug")
{
  CHECK_THROWS_AS(verdict_of(checks::at_level("third", k_sure, "What?")), std::logic_error);
}

TEST_CASE("the pair of callables with the most expected points is chosen and judged as a whole")
{
  Facts facts = library();
  facts.queries.callables = {selecting("a.py::first", "app.Book"),
                             selecting("a.py::second", "app.Book")};
  const Finding good = checks::passed(k_sure, "Good.");
  answers() = {{"by_author:a.py::first", good},
               {"fast:a.py::first", good},
               {"fast:a.py::second", good},
               {"a.py::first+a.py::second", good}};
  const Judgement judgement = judged(facts, {resolved()});
  CHECK(judgement.resolution.queries.at("by_author") == "a.py::first");
  CHECK(judgement.resolution.queries.at("fast") == "a.py::second");
  CHECK(judgement.verdicts[4].outcome == Outcome::pass);
}

TEST_CASE("one callable may serve both queries")
{
  Facts facts = library();
  facts.queries.callables = {selecting("a.py::only", "app.Book")};
  answers().clear();
  const Judgement judgement = judged(facts, {resolved()});
  CHECK(judgement.resolution.queries.at("by_author") == "a.py::only");
  CHECK(judgement.resolution.queries.at("fast") == "a.py::only");
}

TEST_CASE("equal pairs are decided by different callables, then by rank, then by reference")
{
  Facts facts = library();
  facts.queries.callables = {selecting("z.py::books_by_author", "app.Book"),
                             selecting("b.py::other", "app.Book"),
                             selecting("a.py::other", "app.Book")};
  answers().clear();
  const Judgement judgement = judged(facts, {resolved()});
  CHECK(judgement.resolution.queries.at("by_author") == "z.py::books_by_author");
  CHECK(judgement.resolution.queries.at("fast") == "a.py::other");
  facts.queries.callables.erase(facts.queries.callables.begin());
  CHECK(judged(facts, {resolved()}).resolution.queries.at("by_author") == "a.py::other");
}

TEST_CASE("dead code, bad examples and code about something else are never chosen")
{
  Facts facts = library();
  Callable dead = selecting("a.py::dead", "app.Book");
  dead.live = Truth::no;
  Callable bad = selecting("a.py::slow_way", "app.Book");
  bad.bad_example = true;
  facts.queries.callables = {dead, bad, selecting("a.py::shelves", "app.Shelf")};
  answers().clear();
  CHECK(judged(facts, {resolved()}).resolution.queries.empty());
}

TEST_CASE("an eager query may start at the owner of its root")
{
  Facts facts = library();
  Callable callable = selecting("a.py::shelves_of_authors", "app.Author");
  LoadPath path;
  path.steps = {{"selectinload", "app.Author", "books"}};
  callable.statements[0].options = {path};
  facts.queries.callables = {callable};
  answers().clear();
  const auto queries = judged(facts, {resolved()}).resolution.queries;
  CHECK(queries.at("fast") == "a.py::shelves_of_authors");
}

TEST_CASE("SQL text that names the root's table is a candidate")
{
  Facts facts = library();
  Callable callable = selecting("a.py::raw", "");
  callable.statements[0].roots.clear();
  callable.statements[0].style = StatementStyle::text;
  callable.statements[0].sql = "SELECT * FROM books WHERE author_id = :id";
  facts.queries.callables = {callable};
  answers().clear();
  CHECK(judged(facts, {resolved()}).resolution.queries.at("by_author") == "a.py::raw");
  facts.queries.callables[0].statements[0].sql = "SELECT * FROM bookshops";
  CHECK(judged(facts, {resolved()}).resolution.queries.empty());
}

TEST_CASE("a query without candidates is judged without a callable")
{
  answers() = {{"by_author:none", checks::failed(k_sure, "Nothing returns books.")}};
  const Judgement judgement = judged(library(), {resolved()});
  CHECK(judgement.verdicts[2].reason == "Nothing returns books.");
}

TEST_CASE("many candidates do not multiply the work")
{
  Facts facts = library();
  for (int i = 0; i < 100; ++i) {
    facts.queries.callables.push_back(selecting("a.py::query" + std::to_string(i), "app.Book"));
  }
  const Finding good = checks::passed(k_sure, "Good.");
  answers() = {{"by_author:a.py::query0", good},
               {"fast:a.py::query0", good},
               {"a.py::query0+a.py::query0", good}};
  test::evaluations() = 0;
  const Judgement judgement = judged(facts, {resolved()});
  CHECK(judgement.verdicts[4].outcome == Outcome::pass);
  CHECK(test::evaluations() <= 2 + 8 + 8 + 8);
}

TEST_CASE("of several readings the best for the candidate counts, of equal ones the first")
{
  Facts facts = library();
  facts.queries.callables = {selecting("a.py::volumes", "app.Volume")};
  answers() = {{"by_author:a.py::volumes", checks::passed(k_sure, "Good.")}};
  Resolution other = resolved();
  other.entities["book"].class_name = "app.Volume";
  CHECK(judged(facts, {resolved(), other}).resolution.entities.at("book").class_name
        == "app.Volume");
  answers().clear();
  CHECK(judged(facts, {resolved(), other}).resolution.entities.at("book").class_name == "app.Book");
}

TEST_CASE("a submission without any resolution still gets one verdict per check")
{
  answers().clear();
  CHECK(judged(Facts{}, {}).verdicts.size() == 5);
}
