// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/report/html/diagram.hpp"
#include "engine/report/html/layout.hpp"
#include "engine/report/html/markup.hpp"
#include "engine/report/html/sections.hpp"
#include "engine/report/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_record.hpp"

#include <string>

using namespace assay;
using namespace assay::report;

namespace {

Column column(std::string name, TypeFamily family, Truth nullable = Truth::no)
{
  Column of;
  of.attribute = name;
  of.name = std::move(name);
  of.family = family;
  of.nullable = nullable;
  of.primary_key = of.name == "id" ? Truth::yes : Truth::no;
  return of;
}

Table table(std::string name, std::string class_name, std::vector<Column> columns)
{
  Table of;
  of.name = std::move(name);
  if (!class_name.empty()) {
    of.classes = {"app.models." + class_name};
  }
  of.columns = std::move(columns);
  return of;
}

void refer(Table& from, const std::string& by, const std::string& to)
{
  ForeignKey key;
  key.columns = {by};
  key.target_table = to;
  key.target_columns = {"id"};
  key.ondelete = "CASCADE";
  from.foreign_keys.push_back(key);
}

DriveRun drive(int posts, int comments, int statements)
{
  DriveRun run;
  run.roots = posts;
  run.leaves = comments;
  run.in_call = statements;
  run.roots_seen = posts;
  run.leaves_seen = posts * comments;
  run.rows = posts * (comments + 1);
  return run;
}

/// The sample with a schema, measured queries and migrations that ran.
RunRecord drawn_record()
{
  RunRecord record = test::gated_record();
  record.rubric.relations.resize(1);
  record.rubric.relations[0].id = "tagged";
  record.rubric.relations[0].from = "post";
  record.rubric.relations[0].to = "tag";
  record.rubric.relations[0].cardinality = Cardinality::many_to_many;
  CheckSpec& link = record.rubric.checks[4];
  link.kind = "relation.many_to_many";
  ParamValue relation;
  relation.text = "tagged";
  link.params.kind = ParamValue::Kind::map;
  link.params.fields = {{"relation", relation}};
  record.rubric.checks[2].kind = "entity.not_null";
  for (QuerySpec& query : record.rubric.queries) {
    query.title = query.id == "eager" ? "Eager" : "Posts with comments";
    query.root = "post";
    query.paths = {{"post", "comment"}};
  }
  auto& tables = record.facts.schema.tables;
  tables = {
    table("users",
          "User",
          {column("id", TypeFamily::integer), column("email", TypeFamily::string, Truth::yes)}),
    table(
      "posts", "Post", {column("id", TypeFamily::integer), column("user_id", TypeFamily::integer)}),
    table("comments",
          "Comment",
          {column("id", TypeFamily::integer),
           column("body", TypeFamily::text, Truth::yes),
           column("post_id", TypeFamily::integer, Truth::yes)})};
  refer(tables[1], "user_id", "users");
  refer(tables[2], "post_id", "posts");
  DrivenCallable driven;
  driven.ref = "app/queries.py::posts_of";
  driven.root = "post";
  driven.outcome = DriveOutcome::ran;
  driven.runs = {drive(3, 2, 4), drive(9, 2, 10), drive(3, 6, 4), drive(40, 2, 41)};
  driven.runs[3].repeated = {{"SELECT comments.id FROM comments WHERE ? = comments.post_id", 40}};
  record.facts.query_runs.callables = {driven};
  MigrationRun& run = record.facts.migration.run;
  run.ran = true;
  run.database = "sqlite";
  run.steps.resize(2);
  run.steps[0].name = "upgrade";
  run.steps[0].ok = Truth::yes;
  run.steps[0].tables = {"users", "posts"};
  run.steps[1].name = "downgrade";
  run.steps[1].ok = Truth::no;
  run.steps[1].error.type = "OperationalError";
  run.steps[1].error.message = "no such table: tags";
  return record;
}

/// The page without its style sheet.
std::string body_of(const RunRecord& record, Audience audience = Audience::manager)
{
  RenderOptions options;
  options.audience = audience;
  std::string page = render_html(record, options);
  const auto from = page.find("<style>");
  page.erase(from, page.find("</style>") - from);
  return page;
}

bool shows(const std::string& page, const std::string& part)
{
  return page.find(part) != std::string::npos;
}

html::Diagram diagram_of_sample(const RunRecord& record)
{
  return html::diagram_of(record, check_figures(record));
}

} // namespace

TEST_CASE("The page looks as approved")
{
  test::check_golden("report/drawn.html", body_of(drawn_record()));
}

TEST_CASE("A page needs nothing else and runs nothing")
{
  const std::string page = render_html(drawn_record());
  CHECK(shows(page, "default-src 'none'"));
  for (const char* absent : {"<script", "<link", "<iframe", "url(http", "@import", "src="}) {
    CAPTURE(absent);
    CHECK_FALSE(shows(page, absent));
  }
  CHECK(page.ends_with("</html>\n"));
}

TEST_CASE("A manager sees flags and questions, a candidate examples")
{
  const std::string manager = body_of(drawn_record());
  CHECK(shows(manager, "A file takes the place of a library"));
  CHECK(shows(manager, "How do you model posts and tags, and why?"));
  CHECK_FALSE(shows(manager, "For example, in SQLAlchemy 2.0"));
  RunRecord record = drawn_record();
  record.rubric.gates[2].when = {{"", 0, "any:cheat"}};
  const std::string candidate = body_of(record, Audience::candidate);
  CHECK_FALSE(shows(candidate, "A file takes the place of a library"));
  CHECK_FALSE(shows(candidate, "How do you model posts and tags, and why?"));
  CHECK_FALSE(shows(candidate, "A person should look"));
  CHECK(shows(candidate, "secondary=post_tags"));
}

TEST_CASE("The losses on the page sum to what the total lost, the most first")
{
  const std::string page = body_of(drawn_record());
  CHECK(shows(page, "19.9 of 100 points, the most first"));
  const auto most = page.find("\u2212"
                              "12.5");
  const auto least = page.find("\u2212"
                               "3.2");
  REQUIRE(most != std::string::npos);
  CHECK(most < least);
}

TEST_CASE("The cost of a query is told as what one more row costs")
{
  const std::string page = body_of(drawn_record());
  CHECK(shows(page, "Every posts costs 1 more statement; a thousand would cost about 1000."));
  CHECK(shows(page, "40 \u00d7"));
  CHECK(shows(page, "SELECT comments.id FROM comments"));
  CHECK(shows(page, "plot-line plot-grows"));
}

TEST_CASE("A constant query is drawn without alarm")
{
  RunRecord record = drawn_record();
  for (DriveRun& run : record.facts.query_runs.callables[0].runs) {
    run.in_call = 2;
  }
  const std::string page = body_of(record);
  CHECK(shows(page, "It takes 2 statements at the largest size; the number does not grow"));
  CHECK_FALSE(shows(page, "plot-grows"));
}

TEST_CASE("The diagram marks what the reasons name, and nothing else")
{
  const html::Diagram diagram = diagram_of_sample(drawn_record());
  REQUIRE(diagram.tables.size() == 4);
  std::string faults;
  for (const html::DrawnTable& of : diagram.tables) {
    for (const html::DrawnColumn& each : of.columns) {
      faults += each.faults.empty() ? "" : of.name + "." + each.name + " ";
    }
  }
  CHECK(faults == "users.email comments.body ");
  CHECK(diagram.tables[3].missing);
  CHECK(diagram.tables[3].role == "Tags");
}

TEST_CASE("The diagram has a line for every foreign key and for a relation that is missing")
{
  const html::Diagram diagram = diagram_of_sample(drawn_record());
  REQUIRE(diagram.links.size() == 3);
  CHECK(diagram.links[0].required);
  CHECK_FALSE(diagram.links[1].required);
  CHECK(diagram.links[1].rule == "CASCADE");
  CHECK(diagram.links[2].missing);
  CHECK(diagram.links[2].label == "no link table");
}

TEST_CASE("A column is not marked for another whose name begins like it")
{
  RunRecord record = drawn_record();
  record.judgement.verdicts[2].reason = "users.email_address may be NULL; old.users.email too";
  const html::Diagram diagram = diagram_of_sample(record);
  CHECK(diagram.tables[0].columns[1].faults.empty());
}

TEST_CASE("A large schema is drawn in part and says so")
{
  RunRecord record = drawn_record();
  for (int i = 0; i < 60; ++i) {
    auto& of = record.facts.schema.tables.emplace_back(table("t" + std::to_string(i), "", {}));
    for (int k = 0; k < 40; ++k) {
      of.columns.push_back(column("c" + std::to_string(k), TypeFamily::text));
    }
    refer(of, "c1", "posts");
  }
  const html::Diagram diagram = diagram_of_sample(record);
  CHECK(diagram.tables.size() == 25); // the missing tag besides
  CHECK(diagram.more_tables == 39);
  CHECK(diagram.tables[5].columns.size() == 16);
  CHECK(diagram.tables[5].more_columns == 24);
  CHECK(shows(body_of(record), "39 more tables are not drawn"));
}

TEST_CASE("Graphviz places boxes beside each other and joins them")
{
  const std::vector<html::Box> boxes(3, html::Box{120, 80, {}});
  const auto layout = html::placed(boxes, {{0, 1, {}}, {1, 2, {}}, {2, 2, {}}, {0, 1, {}}});
  REQUIRE(layout);
  CHECK(layout->boxes[0].centre.x + 120 < layout->boxes[1].centre.x);
  CHECK(layout->boxes[1].centre.x + 120 < layout->boxes[2].centre.x);
  for (const html::Link& link : layout->links) {
    CHECK(link.spline.size() >= 4);
    CHECK(link.spline.size() % 3 == 1);
  }
  for (const html::Box& box : layout->boxes) {
    CHECK(box.centre.y >= 40 - 1);
    CHECK(box.centre.y <= layout->height - 40 + 1);
  }
}

TEST_CASE("Values never become markup")
{
  html::Markup markup;
  const std::string text = "<b>&\"'";
  const char* const pointer = "<i>";
  markup << "<p class=\"x\">" << text << pointer << 12 << 1.50 << -0.001 << "</p>";
  CHECK(markup.bytes() == "<p class=\"x\">&lt;b&gt;&amp;&quot;&#39;&lt;i&gt;121.50</p>");
}

TEST_CASE("Ids of checks become titles where people read them, whole ids only")
{
  RunRecord record = drawn_record();
  record.scorecard.review_reasons = {
    "most is open in migration.single-head, migration.single-head-of and xmigration.upgrade-clean"};
  CHECK(shows(body_of(record),
              "most is open in \u201cThe revisions have one head\u201d, migration.single-head-of"));
}

TEST_CASE("A submission has a short name")
{
  struct Row {
    const char* source;
    const char* name;
  };

  const auto row = GENERATE(values<Row>({
    {"https://example.org/ana/blog.git", "blog"},
    {"git@example.org:blog.git", "blog"},
    {"/home/ana/blog/", "blog"},
    {"samples/single-script/repo", "single-script"},
    {"repo", "repo"},
    {"", "submission"},
    {"///", "submission"},
  }));
  CAPTURE(row.source);
  CHECK(html::short_name(row.source) == row.name);
}
