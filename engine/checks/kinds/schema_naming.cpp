// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace assay::checks::schema_naming {

namespace {

constexpr Level k_levels[] = {
  {"some_explicit", 0.5, "Some constraints have names."},
  {"database_names", 0.5, "The database names the constraints."},
  {"unnamed", 0, "The constraints stay without names."},
};

constexpr ExampleFile k_convention[] = {{"models.py", R"(
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    })

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
)"}};

constexpr ExampleFile k_unnamed[] = {{"models.py", R"(
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///library.db")

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
)"}};

constexpr Example k_examples[] = {
  {"A naming convention", k_convention, "{}", "pass"},
  {"No names on SQLite", k_unnamed, "{}", "fail"},
  {"Classes made from an existing database", k_reflected_models, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::environment};

struct Names {
  int named = 0;
  int unnamed = 0;
  std::vector<Evidence> examples;
};

Names count_names(const std::vector<Table>& tables)
{
  Names names;
  const auto note = [&](const std::string& name, const Location& where) {
    ++(name.empty() ? names.unnamed : names.named);
    if (!name.empty() && names.examples.empty()) {
      add_evidence(names.examples, where, "named " + name);
    }
  };
  for (const Table& table : tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      note(key.name, key.where);
    }
    for (const Key& key : table.keys) {
      if (key.kind == KeyKind::unique_constraint) {
        note(key.name, key.where);
      }
    }
    for (const Check& check : table.checks) {
      note(check.name, check.where);
    }
  }
  return names;
}

Truth convention_of(const SchemaFacts& schema, const std::string& id)
{
  const auto found = std::ranges::find(schema.metadata, id, &MetadataFacts::id);
  return found == schema.metadata.end() ? Truth::unknown : found->naming_convention;
}

/// Yes: all MetaData with tables have a convention; no: none has; unknown otherwise.
Truth convention(const SchemaFacts& schema, std::vector<Evidence>& evidence)
{
  std::set<std::string> used;
  for (const Table& table : schema.tables) {
    used.insert(table.metadata);
  }
  bool all = true;
  bool none = true;
  for (const std::string& id : used) {
    const Truth has = convention_of(schema, id);
    all = all && has == Truth::yes;
    none = none && has == Truth::no;
  }
  for (const MetadataFacts& metadata : schema.metadata) {
    if (metadata.naming_convention == Truth::yes) {
      add_evidence(evidence, metadata.where, "naming convention");
    }
  }
  return all ? Truth::yes : none ? Truth::no : Truth::unknown;
}

Finding without_names(const Subject& subject, double confidence)
{
  const std::string reason = "There is no naming convention and no constraint has a name";
  return subject.facts.environment.dialect == Dialect::sqlite
           ? at_level("unnamed", confidence, reason + ", and SQLite gives none")
           : at_level("database_names", confidence, reason + "; the database gives names");
}

Finding evaluate(const Subject& subject, const Params&)
{
  const SchemaFacts& schema = subject.facts.schema;
  if (schema.tables.empty()) {
    return nothing_to_inspect(subject);
  }
  std::vector<Evidence> evidence;
  const Truth has_convention = convention(schema, evidence);
  if (has_convention == Truth::yes) {
    return passed(schema.confidence, "The MetaData has a naming convention", std::move(evidence));
  }
  const Names names = count_names(schema.tables);
  if (names.named > 0 && names.unnamed == 0) {
    return passed(schema.confidence, "All constraints have names", names.examples);
  }
  if (has_convention == Truth::unknown) {
    return undetermined(
      "Whether the MetaData has a naming convention could not be read", 1, evidence);
  }
  if (names.named > 0) {
    return at_level("some_explicit",
                    schema.confidence,
                    fmt::format("{} of {} constraints have names and there is no naming convention",
                                names.named,
                                names.named + names.unnamed),
                    names.examples);
  }
  if (!absence_proves(subject)) {
    return undetermined(
      "No constraint has a name in what could be read, but " + why_incomplete(subject), 0.5);
  }
  return without_names(subject, schema.confidence);
}

} // namespace

extern constinit const Kind kind{
  .id = "schema.naming",
  .since = "0.1",
  .summary = "Constraints have names, by convention or one by one.",
  .why = "Alembic compares and drops constraints by name. A naming convention on the MetaData or a "
         "name on "
         "every foreign key, unique constraint and CHECK counts in full.",
  .blind_spots = "Names that only the migrations give.",
  .params = {},
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::schema_naming
