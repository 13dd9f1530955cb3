// SPDX-License-Identifier: MIT
#include "engine/report/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/filled.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/sample_record.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <string>

using namespace assay;
using nlohmann::json;

namespace {

json schema_document()
{
  std::ifstream stream(std::string(ASSAY_SOURCE_DIR) + "/docs/report.schema.json");
  return json::parse(stream);
}

json rendered(const RunRecord& record)
{
  return json::parse(report::render_json(record));
}

json check_named(const json& document, const std::string& id)
{
  for (const json& check : document["checks"]) {
    if (check["id"] == id) {
      return check;
    }
  }
  return nullptr;
}

/// A record in which everything that may be missing is missing.
RunRecord bare_record()
{
  RunRecord record = test::sample_record();
  record.submission.ref.clear();
  record.submission.commit.clear();
  record.submission.history = {};
  record.submission.skipped.clear();
  record.facts = {};
  record.judgement.resolution = {};
  record.scorecard.categories[1].applicable = false;
  record.judgement.verdicts[0].evidence = {{{}, "seen nowhere in particular"}};
  return record;
}

/// Schemas of records anywhere in `schema`.
void collect_objects(const json& schema, std::vector<json>& objects)
{
  if (schema.is_object() && schema.contains("properties") && schema["properties"].is_object()) {
    objects.push_back(schema);
  }
  if (schema.is_structured()) {
    for (const json& part : schema) {
      collect_objects(part, objects);
    }
  }
}

} // namespace

TEST_CASE("Every record follows the schema")
{
  const auto record = GENERATE(
    as<RunRecord>(), test::sample_record(), test::gated_record(), bare_record(), RunRecord{});
  CHECK(test::JsonSchema(schema_document()).problems(rendered(record))
        == std::vector<std::string>{});
}

TEST_CASE("The schema notices what is missing, unknown or of another type")
{
  struct Row {
    const char* patch;
    const char* problem;
  };

  const auto row = GENERATE(values<Row>({
    {R"([{"op": "remove", "path": "/timings/read_ms"}])", R"($.timings: no member "read_ms")"},
    {R"([{"op": "add", "path": "/checks/0/grade", "value": 1}])",
     "$.checks[0].grade: unknown member"},
    {R"([{"op": "replace", "path": "/score/point", "value": 101}])",
     "$.score.point: 101 is above 100"},
    {R"([{"op": "replace", "path": "/checks/0/evidence/0/line", "value": 0}])",
     "$.checks[0].evidence[0].line: 0 is below 1"},
    {R"([{"op": "replace", "path": "/entities/user", "value": "User"}])",
     R"($.entities.user: "User" is not of type ["object","null"])"},
    {R"([{"op": "replace", "path": "/submission/commit", "value": "main"}])",
     R"($.submission.commit: "main" does not match)"},
  }));
  const json broken = rendered(test::sample_record()).patch(json::parse(row.patch));
  CHECK(test::JsonSchema(schema_document()).problems(broken)
        == std::vector<std::string>{row.problem});
}

TEST_CASE("The schema requires every field of every record and allows no other")
{
  std::vector<json> objects;
  collect_objects(schema_document(), objects);
  CHECK(objects.size() > 15);
  for (const json& object : objects) {
    CAPTURE(object.dump());
    std::set<std::string> named;
    for (const auto& [name, member] : object["properties"].items()) {
      named.insert(name);
    }
    CHECK(object["required"].get<std::set<std::string>>() == named);
    CHECK(object["additionalProperties"] == false);
  }
}

TEST_CASE("The fields stand in the order of the contract")
{
  const auto document = nlohmann::ordered_json::parse(report::render_json(test::sample_record()));
  std::string names;
  for (const auto& item : document.items()) {
    names += item.key() + " ";
  }
  CHECK(names
        == "schema_version engine graded_at submission rubric environment score gates categories "
           "checks entities queries"
           " migration integrity signals interview timings ");
}

TEST_CASE("Points are exact in hundredths and their parts add up")
{
  const json document = rendered(test::sample_record());
  for (const json& check : document["checks"]) {
    CAPTURE(check["id"].get<std::string>());
    const auto hundredths = [&](const char* name) {
      return std::llround(check[name].get<double>() * 100.0);
    };
    const bool applies = check["outcome"] != "not_applicable";
    CHECK(hundredths("earned") + hundredths("lost") + hundredths("undetermined")
          == (applies ? hundredths("points") : 0));
    for (const char* name : {"points", "earned", "lost", "undetermined"}) {
      CHECK(check[name].dump().find("99999") == std::string::npos);
      CHECK(check[name].dump().size() <= 6);
    }
  }
  RunRecord record = test::sample_record();
  record.scorecard.checks[0].earned = Points{630};
  CHECK(check_named(rendered(record), "models.entities-present")["earned"].dump() == "6.3");
}

TEST_CASE("What was lost of the total agrees with the upper end of the interval")
{
  const json document = rendered(test::sample_record());
  double lost = 0;
  double undetermined = 0;
  for (const json& check : document["checks"]) {
    lost += check["lost_of_total"].get<double>();
    undetermined += check["undetermined_of_total"].get<double>();
  }
  CHECK(lost == Approx(100 - 80.15));
  CHECK(undetermined == Approx(80.15 - 60.15));
}

TEST_CASE("A check says outcome, credit, points, basis, reason and evidence")
{
  const json document = rendered(test::sample_record());
  const json partial = check_named(document, "models.user-identity-unique");
  CHECK(partial["outcome"] == "partial");
  CHECK(partial["credit"] == 0.7);
  CHECK(partial["points"] == 30.0);
  CHECK(partial["earned"] == 21.0);
  CHECK(partial["lost"] == 9.0);
  CHECK(partial["basis"] == "static");
  CHECK(partial["confidence"] == 0.75);
  CHECK(partial["evidence"][0]
        == json{{"path", "app/models.py"},
                {"line", 16},
                {"column", 5},
                {"end_line", 16},
                {"text", "email = Column(String(255), unique=True)"},
                {"note", "unique, nullable by default"}});

  CHECK(check_named(document, "queries.posts-by-user-constant-statements")["credit"].is_null());
  const json inapplicable = check_named(document, "relationships.self-reference-correct");
  CHECK(inapplicable["credit"].is_null());
  CHECK(inapplicable["points"] == 20.0);
  CHECK(inapplicable["undetermined"] == 0.0);
}

TEST_CASE("Credit and confidence show no noise of their last bits")
{
  RunRecord record = test::sample_record();
  record.judgement.verdicts[0].confidence = 0.75 * 0.9;
  record.judgement.verdicts[0].credit = 0.1 + 0.2;
  const json check = check_named(rendered(record), "models.entities-present");
  CHECK(check["confidence"].dump() == "0.675");
  CHECK(check["credit"].dump() == "0.3");
}

TEST_CASE("A declared role that was not found is null")
{
  const json entities = rendered(test::sample_record())["entities"];
  CHECK(entities["user"]
        == json{{"class", "app.models.User"}, {"table", "users"}, {"confidence", 0.97}});
  CHECK(entities["tag"].is_null());
  CHECK(entities.size() == 4);
}

TEST_CASE("Queries have their roles, and what was not measured is null")
{
  RunRecord record = test::sample_record();
  record.judgement.resolution.queries["eager"] = "app/queries.py::posts_of";
  record.facts.queries.callables[1].live = Truth::no;
  record.facts.queries.callables[1].dead_reason = "it stands after a return";
  const json queries = rendered(record)["queries"];
  REQUIRE(queries.size() == 4);
  CHECK(queries[0]["role"] == "posts_with_comments");
  CHECK(queries[0]["roles"] == json{"posts_with_comments", "eager"});
  CHECK(queries[0]["detail"] == "the submission was read, not executed");
  CHECK(queries[1]["role"] == "other");
  CHECK(queries[1]["detail"] == "nothing can reach it: it stands after a return");
  CHECK(queries[2]["role"] == "bad_example");
  CHECK(queries[2]["detail"]
        == "the candidate shows it as the way not to do it (its name says naive)");
  for (const json& query : queries) {
    CHECK(query["outcome"] == "not_run");
    CHECK(query["runs"] == json::array());
    CHECK(query["statements_model"].is_null());
    CHECK(query["n_plus_one"].is_null());
  }
}

TEST_CASE("Migrations are described and what was not run is null")
{
  RunRecord record = test::sample_record();
  CHECK(rendered(record)["migration"]
        == json{{"kind", "alembic"},
                {"directory", "migrations"},
                {"revisions", 1},
                {"heads", 1},
                {"upgrade", nullptr},
                {"downgrade", nullptr},
                {"reupgrade", nullptr},
                {"matches_models", nullptr},
                {"differences", json::array()}});
  record.facts.migration.kind = MigrationKind::flask_migrate;
  CHECK(rendered(record)["migration"]["kind"] == "flask-migrate");
  record.facts.migration.kind = MigrationKind::lone_revision;
  CHECK(rendered(record)["migration"]["kind"] == "lone-revision");
}

TEST_CASE("Interview topics are those whose checks lost points")
{
  CHECK(rendered(test::sample_record())["interview"]
        == json::array({{{"topic", "many-to-many"},
                         {"question", "How do you model posts and tags, and why?"},
                         {"because", {"relationships.post-tags-many-to-many"}}}}));
}

TEST_CASE("A plain folder has neither commit nor history")
{
  const json submission = rendered(bare_record())["submission"];
  CHECK(submission["commit"].is_null());
  CHECK(submission["ref"].is_null());
  CHECK(submission["commits"].is_null());
  CHECK(submission["committed_at"].is_null());
}

TEST_CASE("Evidence without a place has null for it")
{
  const json evidence =
    check_named(rendered(bare_record()), "models.entities-present")["evidence"][0];
  CHECK(evidence["path"].is_null());
  CHECK(evidence["line"].is_null());
  CHECK(evidence["text"] == "");
}

TEST_CASE(
  "The same record gives the same bytes whatever the terminal; timings and time alone may differ")
{
  const RunRecord record = test::sample_record();
  const std::string bytes = report::render_json(record);
  report::RenderOptions other_terminal;
  other_terminal.width = 40;
  other_terminal.colour = report::Colour::yes;
  CHECK(report::render_json(record, other_terminal) == bytes);

  RunRecord later = record;
  later.graded_at += std::chrono::hours{1};
  later.timings = {1, 2, 3, 4};
  json first = json::parse(bytes);
  json second = rendered(later);
  CHECK(first != second);
  for (const char* field : {"graded_at", "timings"}) {
    first.erase(field);
    second.erase(field);
  }
  CHECK(first == second);
}

TEST_CASE("Text that is not UTF-8 or controls terminals is valid JSON")
{
  RunRecord record = test::sample_record();
  record.judgement.verdicts[0].evidence[0].where.text = "x = '\x1b[2J\xFF\xE2\x80\xAE'";
  record.submission.source = "file:///caf\xE9";
  const std::string bytes = report::render_json(record);
  CHECK(bytes.find('\x1b') == std::string::npos);
  CHECK(bytes.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(check_named(json::parse(bytes), "models.entities-present")["evidence"][0]["text"]
        == "x = '\x1b[2J\xEF\xBF\xBD\xE2\x80\xAE'");
  CHECK(json::parse(bytes)["submission"]["source"] == "file:///caf\xEF\xBF\xBD");
}

TEST_CASE("A record with something in every member renders without trouble")
{
  const json document = rendered(test::filled<RunRecord>());
  CHECK(document["environment"]["isolation"].is_string());
  CHECK(document["checks"].size() == 2);
}
