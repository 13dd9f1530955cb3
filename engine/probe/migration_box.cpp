// SPDX-License-Identifier: MIT
#include "engine/probe/migration_box.hpp"

#include "engine/probe/answers.hpp"
#include "engine/probe/migration_parts.hpp"

#include <algorithm>
#include <utility>

namespace assay::probe {

using wire::Value;

namespace {

bool is_of_versions(const broker::LoggedStatement& statement)
{
  return statement.sql.find("version_num") != std::string::npos
         || statement.sql.find("alembic_version") != std::string::npos;
}

} // namespace

MigrationBox::MigrationBox(SubmissionRun& submission, cell::Run& run, MigrationRun& seen)
  : submission_(submission),
    run_(run),
    seen_(seen),
    dialect_(submission.facts().environment.dialect),
    has_schemas_(std::ranges::any_of(submission.facts().schema.tables,
                                     [](const Table& table) { return !table.schema.empty(); }))
{
}

bool MigrationBox::open(const Opening& opening)
{
  const MigrationFacts& migration = submission_.facts().migration;
  if (!submission_.prepare(run_, {{"foreign_keys", Value(false)}})) {
    return false;
  }
  Value::Dict arguments{{"folder", Value(opening.folder)},
                        {"backend", Value(std::string(backend_of(dialect_)))},
                        {"lone", Value(opening.lone)}};
  if (opening.lone) {
    Value::List paths;
    for (const Revision& revision : migration.revisions) {
      paths.emplace_back(revision.path);
    }
    arguments.emplace_back("revisions", Value(std::move(paths)));
  } else {
    arguments.emplace_back("config", Value(migration.config_path));
  }
  if (opening.location) {
    arguments.emplace_back("location", Value(*opening.location));
  }
  if (migration.kind == MigrationKind::flask_migrate) {
    Value::List modules;
    for (const PlannedImport& planned : submission_.plan().modules) {
      if (!submission_.fatal().contains(planned.name)) {
        modules.emplace_back(planned.name);
      }
    }
    arguments.emplace_back("flask", Value(true));
    arguments.emplace_back("modules", Value(std::move(modules)));
  }
  const cell::Reply reply = run_.step("migration_open", Value(std::move(arguments)));
  if (reply.kind != cell::Reply::Kind::value) {
    seen_.not_run = "The migrations could not be opened.";
    return reply.kind == cell::Reply::Kind::error;
  }
  seen_.ran = true;
  read_opening(reply.value);
  return true;
}

void MigrationBox::read_opening(const Value& value)
{
  seen_.stand_ins = texts_at(value, "stubbed");
  for (const std::string& variable : texts_at(value, "variables")) {
    seen_.stand_ins.push_back("$" + variable);
  }
  seen_.load_error = error_at(value, "error");
  const bool opened = text_at(value, "outcome") == "ok";
  seen_.loads = opened                                         ? Truth::yes
                : is_outside(seen_.load_error, seen_.database) ? Truth::unknown
                                                               : Truth::no;
  seen_.stage = text_at(value, "stage", 20);
  seen_.offline = truth_at(value, "offline");
  seen_.heads = texts_at(value, "heads");
  order_.clear();
  for (const Value& item : list_at(value, "revisions")) {
    order_.push_back(text_at(item, "id", 100));
  }
  for (const Value& item : list_at(value, "metadatas")) {
    if (item.get<Value::Dict>() == nullptr) {
      seen_.has_metadata = either(seen_.has_metadata, Truth::no);
      continue;
    }
    seen_.has_metadata = Truth::yes;
    for (std::string& table : texts_at(item, "tables")) {
      seen_.wired_tables.push_back(std::move(table));
    }
  }
  if (truth_at(value, "configured") && seen_.has_metadata == Truth::unknown) {
    seen_.has_metadata = Truth::no;
  }
}

bool MigrationBox::move(const Move& move)
{
  MigrationStep& step = seen_.steps.emplace_back();
  step.name = move.name;
  Value::Dict arguments{{"direction", Value(move.direction)}, {"target", Value(move.target)}};
  if (!move.import.empty()) {
    arguments.emplace_back("imports", Value(Value::List{Value(move.import)}));
  }
  if (!move.from.empty()) {
    arguments.emplace_back("from", Value(move.from));
  }
  const cell::Reply reply = run_.step("migration_run", Value(std::move(arguments)));
  if (reply.kind == cell::Reply::Kind::ended) {
    ended_ = true;
    return false;
  }
  changes_[run_.number()] = seen_.steps.size() - 1;
  read_move(reply, step);
  for (const Table& table : tables()) {
    step.tables.push_back(table.name);
  }
  return true;
}

void MigrationBox::read_move(const cell::Reply& reply, MigrationStep& step)
{
  if (reply.kind != cell::Reply::Kind::value) {
    step.error.message = "The step could not be taken.";
    return;
  }
  const Value& value = reply.value;
  step.error = error_at(value, "error");
  step.revision = text_at(value, "revision", 100);
  if (Location place = place_at(value, "place"); !place.path.empty()) {
    step.error.where = std::move(place);
  }
  const bool own = truth_at(value, "innermost");
  step.declared = own && step.error.type == "NotImplementedError";
  const bool elsewhere = !own
                         && (is_of_database(step.error, dialect_, has_schemas_, seen_.database)
                             || is_outside(step.error, seen_.database));
  step.ok = text_at(value, "outcome") == "ok" ? Truth::yes : elsewhere ? Truth::unknown : Truth::no;
  forgotten_ = text_at(value, "forgotten", 60);
  for (const Value& item : list_at(value, "neutralised")) {
    Location where = place_at(Value(Value::Dict{{"place", item}}), "place");
    if (!where.path.empty()
        && std::ranges::find(seen_.neutralised, where) == seen_.neutralised.end()) {
      seen_.neutralised.push_back(std::move(where));
    }
  }
}

bool MigrationBox::create_models()
{
  const cell::Reply made = run_.step("migration_create_all", Value(Value::Dict{}));
  ended_ = made.kind == cell::Reply::Kind::ended;
  return made.kind == cell::Reply::Kind::value && text_at(made.value, "outcome") == "ok"
         && !tables().empty();
}

void MigrationBox::count_changes()
{
  auto log = run_.log();
  if (!log) {
    return;
  }
  for (const broker::LoggedStatement& statement : log->statements) {
    const auto step = changes_.find(static_cast<int>(statement.step));
    const bool changes = statement.kind == "ddl" || statement.kind == "insert"
                         || statement.kind == "update" || statement.kind == "delete";
    if (step != changes_.end() && step->second < seen_.steps.size() && changes
        && statement.error.empty() && !is_of_versions(statement)) {
      ++seen_.steps[step->second].changes;
    }
  }
}

bool MigrationBox::updated_rows(std::size_t first)
{
  auto log = run_.log();
  return !log || std::ranges::any_of(log->statements, [&](const auto& statement) {
    const auto step = changes_.find(static_cast<int>(statement.step));
    return statement.kind == "update" && step != changes_.end() && step->second >= first
           && !is_of_versions(statement);
  });
}

void MigrationBox::forget(std::size_t first)
{
  seen_.steps.resize(first);
  std::erase_if(changes_, [&](const auto& entry) { return entry.second >= first; });
}

bool MigrationBox::clear()
{
  return clear_all(run_, submission_.database());
}

std::vector<Table> MigrationBox::tables()
{
  return tables_of(run_, submission_.database());
}

std::size_t MigrationBox::databases()
{
  return databases_of(run_, submission_.database()).size();
}

} // namespace assay::probe
