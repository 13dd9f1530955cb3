// SPDX-License-Identifier: MIT
#include "engine/probe/models.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/reflect.hpp"
#include "engine/probe/schema_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace assay::probe {

using wire::Value;

namespace {

/// Boxes tried for one submission: one more for each module that takes the process with it.
constexpr int k_most_boxes = 4;

/// Errors that tell about the surroundings and not about the code.
bool is_of_surroundings(const RunError& error)
{
  constexpr std::array<std::string_view, 5> k_types = {
    "redis.exceptions.ConnectionError",
    "requests.exceptions.ConnectionError",
    "httpx.ConnectError",
    "urllib.error.URLError",
    "pydantic_settings.exceptions.SettingsError"};
  return is_of_box(error) || std::ranges::find(k_types, error.type) != k_types.end();
}

/// Errors that a database without the tables it expects can cause.
bool may_miss_tables(const RunError& error)
{
  constexpr std::array<std::string_view, 6> k_types = {"AttributeError",
                                                       "KeyError",
                                                       "sqlalchemy.exc.NoSuchTableError",
                                                       "sqlalchemy.exc.OperationalError",
                                                       "sqlalchemy.exc.ProgrammingError",
                                                       "sqlite3.OperationalError"};
  return std::ranges::find(k_types, error.type) != k_types.end();
}

/// What a module did to the database while it was imported.
struct Dealings {
  bool looked = false;  ///< at what tables there are, or into one
  bool created = false; ///< tables
};

ImportOutcome outcome_of(const Value& report, const RunError& error, bool helped)
{
  const std::string outcome = text_at(report, "outcome");
  if (outcome == "ok") {
    return helped ? ImportOutcome::stubbed : ImportOutcome::imported;
  }
  if (outcome != "error" || helped || is_of_surroundings(error)) {
    return ImportOutcome::missing;
  }
  return ImportOutcome::failed;
}

class Models {
public:
  explicit Models(SubmissionRun& submission)
    : submission_(submission),
      facts_(submission.facts().execution)
  {
    for (const PlannedImport& planned : submission.plan().modules) {
      ModuleImport module;
      module.path = planned.path;
      module.name = planned.name;
      facts_.modules.push_back(std::move(module));
    }
  }

  std::optional<SchemaFacts> observe()
  {
    run_boxes();
    if (schema_) {
      for (MappedClass& mapped : schema_->classes) {
        mapped.where = submission_.locate(mapped.where);
      }
    }
    return std::move(schema_);
  }

private:
  void run_boxes()
  {
    const bool older = submission_.record().sqlalchemy.starts_with("1.");
    const int wanted = submission_.facts().environment.sqlalchemy_major;
    facts_.other_version = wanted != 0 && (wanted < 20) != older;
    if (facts_.modules.empty()) {
      facts_.not_run = "There is no Python module to import.";
      return;
    }
    for (int boxes = 0; boxes < k_most_boxes; ++boxes) {
      const BoxEnd end = submission_.in_box([this](cell::Run& run) { return run_once(run); });
      facts_.ran = end.ran;
      facts_.database = end.ran ? submission_.database_kind() : std::string();
      facts_.not_run = end.ran ? std::string() : "Engine fault: " + end.fault;
      if (!end.ran || end.whole) {
        return;
      }
      facts_.stopped = cell::describe(end.ending, submission_.limits());
      Location where;
      where.path = running_ ? facts_.modules[*running_].path : std::string();
      submission_.note_flag(end.ending, where);
      if (!running_) {
        return; // not while importing: what was found until then stands
      }
      blame(end.ending);
    }
  }

  /// One box: true if every step was answered.
  bool run_once(cell::Run& run)
  {
    facts_.import_statements.clear();
    facts_.registries.clear();
    facts_.schemas.clear();
    schema_.reset();
    step_of_.clear();
    running_.reset();
    if (!submission_.prepare(run) || !import_all(run)) {
      return false;
    }
    read_statements(run);
    return look_at_registries(run) && look_at_schema(run) && create_tables(run);
  }

  bool import_all(cell::Run& run)
  {
    for (std::size_t i = 0; i < facts_.modules.size(); ++i) {
      ModuleImport& module = facts_.modules[i];
      if (submission_.fatal().contains(module.name)) {
        continue;
      }
      running_ = i;
      const cell::Reply reply =
        run.step("import", Value(Value::Dict{{"modules", Value(Value::List{Value(module.name)})}}));
      if (reply.kind == cell::Reply::Kind::ended) {
        return false;
      }
      step_of_[run.number()] = module.name;
      const Value::List& reports = list_at(reply.value, "modules");
      if (reply.kind != cell::Reply::Kind::value || reports.size() != 1) {
        module.outcome = ImportOutcome::missing;
        continue;
      }
      fill(module, reports.front());
    }
    running_.reset();
    return true;
  }

  static void fill(ModuleImport& module, const Value& report)
  {
    module.error = error_at(report, "error");
    module.stand_ins = texts_at(report, "stubbed");
    for (const std::string& variable : texts_at(report, "variables")) {
      module.stand_ins.push_back("$" + variable);
    }
    module.warnings = warnings_at(report, "warnings");
    // No surroundings have a library under a misspelt name.
    module.outcome = text_at(report, "misspelt").empty()
                       ? outcome_of(report, module.error, !module.stand_ins.empty())
                       : ImportOutcome::failed;
  }

  void read_statements(cell::Run& run)
  {
    auto log = run.log();
    if (!log) {
      return;
    }
    std::map<std::string, Dealings> dealings;
    for (const broker::LoggedStatement& statement : log->statements) {
      const auto module = step_of_.find(static_cast<int>(statement.step));
      if (module == step_of_.end() || statement.implicit) {
        continue;
      }
      Dealings& with = dealings[module->second];
      with.looked = with.looked || statement.kind == "pragma" || statement.kind == "select";
      with.created = with.created || statement.kind == "ddl";
      if (facts_.import_statements.size() < 200) {
        facts_.import_statements.push_back(
          {module->second,
           statement.kind,
           to_utf8_lossy(std::string_view(statement.sql).substr(0, 300))});
      }
    }
    // The tables that it counts on are made by its migrations, or were on its author's machine.
    for (ModuleImport& module : facts_.modules) {
      const Dealings& with = dealings[module.name];
      if (module.outcome == ImportOutcome::failed && with.looked && !with.created
          && may_miss_tables(module.error)) {
        module.outcome = ImportOutcome::missing;
      }
    }
  }

  bool look_at_registries(cell::Run& run)
  {
    const cell::Reply reply = run.step("registries", Value());
    if (reply.kind != cell::Reply::Kind::value) {
      return reply.kind == cell::Reply::Kind::error;
    }
    metadata_ = metadata_from(reply.value);
    for (const Value& item : list_at(reply.value, "registries")) {
      RegistryRun registry;
      registry.name = text_at(item, "name", 200);
      const std::int64_t index = number_at(item, "metadata");
      if (index >= 0 && index < static_cast<std::int64_t>(metadata_.size())) {
        registry.metadata = metadata_[static_cast<std::size_t>(index)].id;
      }
      registry.configures = truth(truth_at(item, "configured"));
      registry.error = error_at(item, "error");
      registry.classes = static_cast<int>(number_at(item, "classes"));
      registry.warnings = warnings_at(item, "warnings");
      for (const Value& broken : list_at(item, "broken")) {
        registry.broken.push_back(text_at(broken, "class", 200) + "."
                                  + text_at(broken, "key", 200));
      }
      facts_.registries.push_back(std::move(registry));
    }
    for (const Value& item : list_at(reply.value, "metadatas")) {
      SchemaRun schema;
      schema.metadata = metadata_[facts_.schemas.size()].id;
      schema.tables = static_cast<int>(number_at(item, "tables"));
      facts_.schemas.push_back(std::move(schema));
    }
    return true;
  }

  bool look_at_schema(cell::Run& run)
  {
    schema_ = ask_schema(run, metadata_);
    return schema_.has_value();
  }

  bool create_tables(cell::Run& run)
  {
    // Each on an empty database, so that one that fails does not hide behind the others.
    for (std::size_t i = 0; i < facts_.schemas.size(); ++i) {
      SchemaRun& schema = facts_.schemas[i];
      static_cast<void>(submission_.database().clear());
      const cell::Reply reply = run.step("create_all", create_arguments(i));
      if (reply.kind == cell::Reply::Kind::ended) {
        return false;
      }
      const Value::List& results = list_at(reply.value, "metadatas");
      if (reply.kind != cell::Reply::Kind::value || results.size() != 1) {
        continue;
      }
      schema.error = error_at(results.front(), "error");
      for (const Value& shim : list_at(reply.value, "shims")) {
        schema.shims.push_back(text_at(shim, "kind", 100) + " " + text_at(shim, "what", 200));
      }
      if (auto tables = submission_.database().reflect()) {
        schema.reflected = std::move(*tables);
        schema.tables_created = static_cast<int>(schema.reflected.size());
        locate(schema.reflected, submission_.facts().schema.tables);
      }
      // Said by the process and seen in the database.
      const bool said = text_at(results.front(), "outcome") == "ok";
      schema.created = !said                                    ? Truth::no
                       : schema.tables_created >= schema.tables ? Truth::yes
                                                                : Truth::unknown;
    }
    return true;
  }

  [[nodiscard]] Value create_arguments(std::size_t index) const
  {
    Value::Dict arguments = submission_.create_arguments();
    arguments.emplace_back("metadata", Value(static_cast<std::int64_t>(index)));
    return Value(std::move(arguments));
  }

  /// The module that was being imported took the process with it.
  void blame(const cell::Ending& ending)
  {
    ModuleImport& module = facts_.modules[*running_];
    module.outcome = is_candidates(ending.kind) ? ImportOutcome::failed : ImportOutcome::missing;
    module.error = {};
    module.error.message = cell::describe(ending, submission_.limits());
    module.error.where.path = module.path;
    submission_.fatal().insert(module.name);
  }

  SubmissionRun& submission_;
  ExecutionFacts& facts_;
  std::optional<std::size_t> running_; ///< the module being imported
  std::map<int, std::string> step_of_;
  std::vector<MetadataFacts> metadata_;
  std::optional<SchemaFacts> schema_;
};

} // namespace

bool is_of_older_version(const RunError& error)
{
  constexpr std::array<std::string_view, 4> k_marks = {"removed as of SQLAlchemy 2.0",
                                                       "removed in SQLAlchemy 2.0",
                                                       "no longer accepted in SQLAlchemy 2.0",
                                                       "from 'sqlalchemy"};
  const bool removed = error.type.starts_with("sqlalchemy.") || error.type == "ImportError"
                       || error.type == "TypeError";
  return removed && std::ranges::any_of(k_marks, [&](std::string_view mark) {
           return error.message.find(mark) != std::string::npos;
         });
}

std::optional<SchemaFacts> observe_models(SubmissionRun& submission)
{
  return Models(submission).observe();
}

} // namespace assay::probe
