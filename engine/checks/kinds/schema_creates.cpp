// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/type_agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace assay::checks::schema_creates {

namespace {

constexpr Level k_levels[] = {
  {"other_dialect_only",
   0.5,
   "The tables can be created, but not on the candidate's own database."},
};

constexpr ExampleFile k_created[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
)"}};

constexpr ExampleFile k_dangling[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
)"}};

constexpr Example k_examples[] = {
  {"Foreign keys to existing tables", k_created, "{}", "pass"},
  {"A foreign key to a table that does not exist", k_dangling, "{}", "fail"},
  {"Classes made from an existing database", k_reflected_models, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::schema, FactFamily::environment, FactFamily::execution};

constexpr std::array<std::string_view, 3> k_everywhere = {
  "unresolved_fk_target", "duplicate_table", "duplicate_column"};

/// Types that only PostgreSQL has; SQLite cannot render them.
constexpr std::array<std::string_view, 8> k_postgresql_types = {
  "JSONB", "ARRAY", "TSVECTOR", "INET", "CIDR", "MACADDR", "HSTORE", "DATERANGE"};

struct Trouble {
  std::string detail;
  Location where;
};

bool is_postgresql_type(const Column& column)
{
  const std::string_view text = column.type_text;
  const std::string_view call = text.substr(0, text.find_first_of("(["));
  const std::string_view name = call.substr(call.rfind('.') + 1);
  const bool varies = text.find("with_variant") != std::string_view::npos;
  return !varies && std::ranges::find(k_postgresql_types, name) != k_postgresql_types.end();
}

std::vector<Trouble> troubles_everywhere(const SchemaFacts& schema)
{
  std::vector<Trouble> found;
  for (const MappingProblem& problem : schema.problems) {
    if (std::ranges::find(k_everywhere, problem.id) != k_everywhere.end()) {
      found.push_back({problem.detail, problem.where});
    }
  }
  return found;
}

void add_sqlite_troubles(std::vector<Trouble>& found, const SchemaFacts& schema)
{
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      if (is_postgresql_type(column)) {
        found.push_back({fmt::format("SQLite has no type {} ({})",
                                     column.type_text,
                                     label(ColumnRef{&table, &column})),
                         column.where});
      }
    }
  }
}

void add_postgresql_troubles(std::vector<Trouble>& found, const SchemaFacts& schema)
{
  for (const Table& table : schema.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      const Table* target = find_table(schema.tables, key.target_table);
      if (target != nullptr && types_agree(table, key, *target) == Truth::no) {
        found.push_back(
          {fmt::format(
             "PostgreSQL refuses the foreign key of {} on ({}): its type is not that of {}",
             table.name,
             fmt::join(key.columns, ", "),
             target->name),
           key.where});
      }
    }
  }
}

void add_mysql_troubles(std::vector<Trouble>& found, const SchemaFacts& schema)
{
  for (const MappingProblem& problem : schema.problems) {
    if (problem.id == "mysql_length") {
      found.push_back({problem.detail, problem.where});
    }
  }
}

std::vector<Trouble> troubles_on(Dialect dialect, const SchemaFacts& schema)
{
  std::vector<Trouble> found;
  switch (dialect) {
  case Dialect::sqlite:
    add_sqlite_troubles(found, schema);
    break;
  case Dialect::postgresql:
    add_postgresql_troubles(found, schema);
    break;
  case Dialect::mysql:
    add_mysql_troubles(found, schema);
    break;
  case Dialect::unknown:
  case Dialect::other:
    break;
  }
  return found;
}

bool resolves(const SchemaFacts& schema)
{
  return std::ranges::all_of(schema.tables, [](const Table& table) {
    return table.complete == Truth::yes
           && std::ranges::all_of(table.foreign_keys, [](const ForeignKey& key) {
                return key.target_known == Truth::yes;
              });
  });
}

std::vector<Evidence> evidence_of(const std::vector<Trouble>& troubles)
{
  std::vector<Evidence> evidence;
  for (const Trouble& trouble : troubles) {
    add_evidence(evidence, trouble.where, trouble.detail);
  }
  return evidence;
}

/// What the run showed; nothing if it does not decide.
std::optional<Finding> by_running(const Subject& subject)
{
  const ModelsRun run = models_run(subject);
  if (!run.usable) {
    return std::nullopt;
  }
  if (run.failed != nullptr) {
    std::vector<Evidence> evidence;
    add_evidence(evidence, run.failed->error.where, describe(run.failed->error));
    return failed(
      observed_confidence(run),
      fmt::format("{} cannot be imported: {}", run.failed->name, describe(run.failed->error)),
      std::move(evidence));
  }
  // A design for another database is not judged by what SQLite refuses.
  const Dialect dialect = subject.facts.environment.dialect;
  const bool on_postgresql = subject.facts.execution.database == "postgresql";
  const bool same_database = dialect == Dialect::unknown
                             || dialect == (on_postgresql ? Dialect::postgresql : Dialect::sqlite);
  int tables = 0;
  bool shims = !same_database;
  const SchemaRun* refused = nullptr;
  for (const SchemaRun& schema : subject.facts.execution.schemas) {
    if (schema.tables == 0 || !concerns_roles(subject, schema.metadata)) {
      continue;
    }
    if (schema.created == Truth::unknown) {
      return std::nullopt;
    }
    tables += schema.tables;
    shims = shims || !schema.shims.empty();
    refused = refused == nullptr && schema.created == Truth::no ? &schema : refused;
  }
  // Tables that only exist because SQLite was helped say nothing about a design for SQLite.
  const bool helped = dialect == Dialect::sqlite && shims;
  if (tables == 0 || helped || (refused != nullptr && !same_database)) {
    return std::nullopt;
  }
  const double confidence = observed_confidence(run, shims);
  if (refused == nullptr) {
    return passed(confidence,
                  fmt::format("{} {} created in an empty database",
                              tables,
                              tables == 1 ? "table was" : "tables were"));
  }
  std::vector<Evidence> evidence;
  add_evidence(evidence, refused->error.where, describe(refused->error));
  return failed(
    confidence, "The tables cannot be created: " + describe(refused->error), std::move(evidence));
}

Finding evaluate(const Subject& subject, const Params&)
{
  const SchemaFacts& schema = subject.facts.schema;
  if (auto finding = by_running(subject)) {
    return observed(std::move(*finding));
  }
  if (schema.tables.empty()) {
    return nothing_to_inspect(subject);
  }
  const std::vector<Trouble> everywhere = troubles_everywhere(schema);
  if (!everywhere.empty()) {
    const std::string reason = "The tables cannot be created: " + everywhere.front().detail;
    return absence_proves(subject) ? failed(schema.confidence, reason, evidence_of(everywhere))
                                   : undetermined(reason + "; but " + why_incomplete(subject),
                                                  0.5,
                                                  evidence_of(everywhere));
  }
  const std::vector<Trouble> here = troubles_on(subject.facts.environment.dialect, schema);
  if (!here.empty()) {
    return at_level(
      "other_dialect_only", schema.confidence, here.front().detail, evidence_of(here));
  }
  if (!resolves(schema) || !absence_proves(subject)) {
    const std::string why = why_incomplete(subject);
    return undetermined("Nothing was seen that keeps the tables from being created, but "
                          + (why.empty() ? "not all of them could be read" : why),
                        1);
  }
  return passed(schema.confidence,
                "All foreign keys lead to tables of the models and no name is used twice");
}

} // namespace

extern constinit const Kind kind{
  .id = "schema.creates",
  .since = "0.1",
  .summary = "The tables of the models can be created on the candidate's database.",
  .why = "Foreign keys lead to existing tables, no table or column is defined twice, and the types "
         "exist on the "
         "database that the submission is evidently written for.",
  .blind_spots =
    "By reading, only such mistakes are certain; what a database refuses besides is not seen.",
  .params = {},
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::schema_creates
