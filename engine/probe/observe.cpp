// SPDX-License-Identifier: MIT
#include "engine/probe/observe.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/import_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace assay::probe {

using wire::Value;

namespace {

const std::string k_database = "/assay/main";

/// Boxes tried for one submission: one more for each module that takes the process with it.
constexpr int k_most_boxes = 4;

/// Errors that tell about the surroundings and not about the code.
bool is_of_surroundings(const RunError& error)
{
  constexpr std::array<std::string_view, 14> k_types = {
    "ModuleNotFoundError",
    "socket.gaierror",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "PermissionError",
    "TimeoutError",
    "BlockingIOError",
    "MemoryError",
    "redis.exceptions.ConnectionError",
    "requests.exceptions.ConnectionError",
    "httpx.ConnectError",
    "urllib.error.URLError",
    "pydantic_settings.exceptions.SettingsError"};
  return std::ranges::find(k_types, error.type) != k_types.end();
}

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

/// What the process was doing to end like this is its own doing.
bool is_candidates(cell::EndingKind kind)
{
  switch (kind) {
  case cell::EndingKind::by_itself:
  case cell::EndingKind::crashed:
  case cell::EndingKind::forbidden_call:
  case cell::EndingKind::cpu_limit:
  case cell::EndingKind::memory_limit:
  case cell::EndingKind::output_limit:
  case cell::EndingKind::invalid_reply:
    return true;
  case cell::EndingKind::finished:
  case cell::EndingKind::wall_limit:
  case cell::EndingKind::engine_fault:
    return false;
  }
  return false;
}

std::string_view flag_of(cell::EndingKind kind)
{
  constexpr std::array<std::pair<cell::EndingKind, std::string_view>, 3> k_flags = {
    {{cell::EndingKind::forbidden_call, "forbidden_syscall"},
     {cell::EndingKind::invalid_reply, "protocol_violation"},
     {cell::EndingKind::by_itself, "early_exit"}}};
  const auto* const found =
    std::ranges::find(k_flags, kind, &std::pair<cell::EndingKind, std::string_view>::first);
  return found == k_flags.end() ? std::string_view() : found->second;
}

class Observer {
public:
  Observer(Sandbox& sandbox, const Snapshot& snapshot, const Facts& read)
    : sandbox_(sandbox),
      snapshot_(snapshot),
      read_(read),
      plan_(plan_imports(read))
  {
    for (const PlannedImport& planned : plan_.modules) {
      ModuleImport module;
      module.path = planned.path;
      module.name = planned.name;
      observation_.facts.modules.push_back(std::move(module));
    }
  }

  Observation observe()
  {
    ExecutionFacts& facts = observation_.facts;
    const bool older = sandbox_.record().sqlalchemy.starts_with("1.");
    const int wanted = read_.environment.sqlalchemy_major;
    facts.other_version = wanted != 0 && (wanted < 20) != older;
    if (plan_.modules.empty()) {
      facts.not_run = "There is no Python module to import.";
      return observation_;
    }
    auto archive = pack_submission();
    if (!archive) {
      facts.not_run = "Engine fault: " + describe(archive.failure());
      return observation_;
    }
    int faults = 0;
    for (int boxes = 0; boxes < k_most_boxes; ++boxes) {
      auto run = sandbox_.slot().start(*archive, limits_);
      if (!run) {
        facts.not_run = "Engine fault: " + describe(run.failure());
        if (++faults < 2) {
          continue;
        }
        return observation_;
      }
      running_.reset();
      const bool whole = run_once(**run);
      const cell::Ending ending = (*run)->finish();
      if (whole && ending.kind == cell::EndingKind::finished) {
        facts.ran = true;
        facts.not_run.clear();
        return observation_;
      }
      if (ending.kind == cell::EndingKind::engine_fault) {
        facts.not_run = "Engine fault: " + ending.fault;
        if (++faults < 2) {
          continue;
        }
        return observation_;
      }
      facts.ran = true;
      facts.not_run.clear();
      facts.stopped = cell::describe(ending, limits_);
      note_flag(ending);
      if (!running_) {
        return observation_; // not while importing: what was found until then stands
      }
      blame(ending);
    }
    return observation_;
  }

private:
  Expected<cell::Archive> pack_submission()
  {
    std::vector<cell::SubmittedFile> files;
    for (const auto& [path, blob] : snapshot_.files) {
      if (blob.content != nullptr) {
        files.push_back({path, *blob.content});
      }
    }
    return cell::pack(files);
  }

  /// One box: true if every step was answered.
  bool run_once(cell::Run& run)
  {
    observation_.facts.import_statements.clear();
    observation_.facts.registries.clear();
    observation_.facts.schemas.clear();
    Value::List roots;
    for (const std::string& root : plan_.roots) {
      roots.emplace_back(root);
    }
    const cell::Reply prepared = run.step(
      "prepare", Value(Value::Dict{{"roots", Value(std::move(roots))}, {"database", k_database}}));
    if (prepared.kind != cell::Reply::Kind::value) {
      return false;
    }
    if (!import_all(run)) {
      return false;
    }
    read_statements(run);
    return look_at_registries(run) && create_tables(run);
  }

  bool import_all(cell::Run& run)
  {
    for (std::size_t i = 0; i < observation_.facts.modules.size(); ++i) {
      ModuleImport& module = observation_.facts.modules[i];
      if (fatal_.contains(i)) {
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
    module.outcome = outcome_of(report, module.error, !module.stand_ins.empty());
  }

  void read_statements(cell::Run& run)
  {
    auto log = run.log();
    if (!log) {
      return;
    }
    for (const broker::LoggedStatement& statement : log->statements) {
      const auto module = step_of_.find(static_cast<int>(statement.step));
      if (module != step_of_.end() && !statement.implicit
          && observation_.facts.import_statements.size() < 200) {
        observation_.facts.import_statements.push_back(
          {module->second,
           statement.kind,
           to_utf8_lossy(std::string_view(statement.sql).substr(0, 300))});
      }
    }
  }

  bool look_at_registries(cell::Run& run)
  {
    const cell::Reply reply = run.step("registries", Value());
    if (reply.kind != cell::Reply::Kind::value) {
      return reply.kind == cell::Reply::Kind::error;
    }
    for (const Value& item : list_at(reply.value, "registries")) {
      RegistryRun registry;
      registry.name = text_at(item, "name", 200);
      registry.configures = truth(truth_at(item, "configured"));
      registry.error = error_at(item, "error");
      registry.classes = static_cast<int>(number_at(item, "classes"));
      registry.warnings = warnings_at(item, "warnings");
      for (const Value& broken : list_at(item, "broken")) {
        registry.broken.push_back(text_at(broken, "class", 200) + "."
                                  + text_at(broken, "key", 200));
      }
      observation_.facts.registries.push_back(std::move(registry));
    }
    for (const Value& item : list_at(reply.value, "metadatas")) {
      SchemaRun schema;
      schema.metadata = text_at(item, "name", 200);
      schema.tables = static_cast<int>(number_at(item, "tables"));
      observation_.facts.schemas.push_back(std::move(schema));
    }
    return true;
  }

  bool create_tables(cell::Run& run)
  {
    // Each on an empty database, so that one that fails does not hide behind the others.
    for (std::size_t i = 0; i < observation_.facts.schemas.size(); ++i) {
      SchemaRun& schema = observation_.facts.schemas[i];
      static_cast<void>(clear_database(run));
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
      const auto tables = run.databases().execute(
        k_database,
        "SELECT count(*) FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'");
      if (tables && tables->rows.size() == 1 && tables->rows[0][0].get<std::int64_t>() != nullptr) {
        schema.tables_created = static_cast<int>(*tables->rows[0][0].get<std::int64_t>());
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
    Value::Dict arguments{{"metadata", Value(static_cast<std::int64_t>(index))}};
    switch (read_.environment.dialect) {
    case Dialect::postgresql:
      arguments.emplace_back("backend", Value("postgresql"));
      break;
    case Dialect::mysql:
      arguments.emplace_back("backend", Value("mysql"));
      break;
    case Dialect::sqlite:
      arguments.emplace_back("backend", Value("sqlite"));
      break;
    case Dialect::unknown:
    case Dialect::other:
      break;
    }
    return Value(std::move(arguments));
  }

  static Expected<void> clear_database(cell::Run& run)
  {
    auto image = run.databases().snapshot(k_database);
    if (!image) {
      return image.failure();
    }
    return run.databases().restore(k_database, {}, broker::Client::Force::yes);
  }

  /// The module that was being imported took the process with it.
  void blame(const cell::Ending& ending)
  {
    ModuleImport& module = observation_.facts.modules[*running_];
    module.outcome = is_candidates(ending.kind) ? ImportOutcome::failed : ImportOutcome::missing;
    module.error = {};
    module.error.message = cell::describe(ending, limits_);
    module.error.where.path = module.path;
    fatal_.insert(*running_);
  }

  void note_flag(const cell::Ending& ending)
  {
    const std::string_view flag = flag_of(ending.kind);
    if (flag.empty()) {
      return;
    }
    IntegrityFlag found;
    found.flag = std::string(flag);
    found.detail = cell::describe(ending, limits_);
    if (running_) {
      found.where.path = observation_.facts.modules[*running_].path;
    }
    observation_.flags.push_back(std::move(found));
  }

  Sandbox& sandbox_;
  const Snapshot& snapshot_;
  const Facts& read_;
  const ImportPlan plan_;
  const cell::Limits limits_;
  Observation observation_;
  std::optional<std::size_t> running_; ///< the module being imported
  std::set<std::size_t> fatal_;        ///< modules that end the process
  std::map<int, std::string> step_of_;
};

} // namespace

Observation observe(Sandbox& sandbox, const Snapshot& snapshot, const Facts& read)
{
  return Observer(sandbox, snapshot, read).observe();
}

} // namespace assay::probe
