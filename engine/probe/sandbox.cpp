// SPDX-License-Identifier: MIT
#include "engine/probe/sandbox.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/databases/postgres.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>

#include <unistd.h>

namespace assay::probe {

namespace fs = std::filesystem;

namespace {

/// The first of the candidates that exists: what the variable names, `installed` beside the
/// executable, `built` in its folder or one of the four above.
Result<fs::path> find_part(const char* variable,
                           const fs::path& folder,
                           const fs::path& installed,
                           const fs::path& built,
                           std::string_view what)
{
  std::error_code ignored;
  if (const char* const named = std::getenv(variable); named != nullptr) {
    return fs::exists(named, ignored)
             ? Result<fs::path>(fs::path(named))
             : Error{ErrorCode::not_found,
                     fmt::format("{} (named by ${}) does not exist", named, variable)};
  }
  if (const fs::path path = (folder / installed).lexically_normal(); fs::exists(path, ignored)) {
    return path;
  }
  fs::path above = folder;
  for (int i = 0; i < 5; ++i, above = above.parent_path()) {
    if (const fs::path path = above / built; fs::exists(path, ignored)) {
      return path;
    }
  }
  return Error{ErrorCode::not_found,
               fmt::format("{} is not installed beside {}", what, folder.string())};
}

Error error_of(const Failure& failure, ErrorCode code)
{
  return Error{code, describe(failure)};
}

std::string why_not(const cell::HostReport& report)
{
  for (const cell::Finding& finding : report.findings) {
    if (!finding.good
        && (finding.subject == "namespaces" || finding.subject.starts_with("self-test"))) {
      return finding.text;
    }
  }
  return std::string(cell::summary_of(report.level));
}

/// Where the archive of PostgreSQL's fresh cluster is kept: with the runtime, or with the user
/// whose runtime it is not. One for each way of making it.
fs::path place_of_cluster(const Installation& installation, const fs::path& runtime)
{
  std::ifstream file(installation.harness / "postgres.py");
  const std::string maker(std::istreambuf_iterator<char>(file), {});
  const std::string name = fmt::format("cluster-{:016x}.tar", std::hash<std::string>{}(maker));
  const fs::path folder = runtime.parent_path();
  if (::access(folder.c_str(), W_OK) == 0) {
    return folder / name;
  }
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  const char* const home = std::getenv("HOME");
  if (cache == nullptr && home == nullptr) {
    return {};
  }
  const fs::path own = (cache != nullptr ? fs::path(cache) : fs::path(home) / ".cache") / "assay"
                       / "clusters" / folder.filename();
  std::error_code refused;
  fs::create_directories(own, refused);
  return refused ? fs::path() : own / name;
}

} // namespace

Result<Installation> find_installation(const fs::path& executable_folder)
{
  Installation installation;
  ASSAY_ASSIGN(installation.harness,
               find_part("ASSAY_HARNESS",
                         executable_folder,
                         "../share/assay/harness",
                         "harness",
                         "the harness of the sandbox"));
  ASSAY_ASSIGN(installation.broker,
               find_part("ASSAY_BROKER",
                         executable_folder,
                         "../libexec/assay/assay-broker",
                         "sandbox/broker/assay-broker",
                         "assay-broker"));
  auto places = runtimes::find_places(executable_folder);
  if (!places) {
    return error_of(places.failure(), ErrorCode::not_found);
  }
  installation.runtimes = std::move(*places);
  return installation;
}

cell::CellPlan plan_cell(const Installation& installation, const runtimes::Runtime& runtime)
{
  cell::CellPlan plan;
  plan.runtime = runtime.root;
  plan.harness = installation.harness;
  plan.preload = {"sqlalchemy",
                  "sqlalchemy.orm",
                  "sqlalchemy.ext.asyncio",
                  "sqlalchemy.ext.hybrid",
                  "sqlalchemy.ext.associationproxy",
                  "sqlalchemy.ext.declarative",
                  "sqlalchemy.dialects.postgresql",
                  "sqlalchemy.dialects.sqlite",
                  "alembic.command",
                  "alembic.config",
                  "alembic.autogenerate",
                  "aiosqlite",
                  "psycopg2",
                  "psycopg",
                  "asyncpg",
                  "flask_sqlalchemy",
                  "dotenv",
                  "fastapi",
                  "pydantic_settings",
                  "sqlmodel"};
  plan.cgroups = cell::find_cgroups();
  return plan;
}

Sandboxes::Sandboxes(Installation installation, std::string runtime, SandboxOptions options)
  : installation_(std::move(installation)),
    runtime_(std::move(runtime)),
    options_(std::move(options))
{
}

Result<Sandbox*> Sandboxes::fit(const EnvironmentFacts& environment)
{
  if (!runtime_.empty()) {
    return open(runtime_);
  }
  if (environment.sqlalchemy_major == 14) {
    if (auto older = open("sqlalchemy-1.4")) {
      return older;
    }
  }
  return open("sqlalchemy-2.0");
}

Result<Sandbox*> Sandboxes::open(const std::string& runtime)
{
  auto found = opened_.find(runtime);
  if (found == opened_.end()) {
    SandboxOptions options = options_;
    options.runtime = runtime;
    // Two runtimes open at a time are two slots.
    options.slot = options_.slot * 2 + static_cast<int>(opened_.size());
    found = opened_.emplace(runtime, Sandbox::open(installation_, options)).first;
  }
  return found->second ? Result<Sandbox*>(found->second->get()) : found->second.error();
}

Result<std::unique_ptr<Sandbox>> Sandbox::open(const Installation& installation,
                                               const SandboxOptions& options)
{
  auto runtime = runtimes::installed(installation.runtimes, options.runtime);
  if (!runtime) {
    return error_of(runtime.failure(), ErrorCode::not_found);
  }
  std::unique_ptr<Sandbox> sandbox(new Sandbox); // NOLINT: private constructor
  sandbox->runtime_ = std::move(*runtime);
  cell::SlotPlan plan;
  plan.cell = plan_cell(installation, sandbox->runtime_);
  plan.cell.slot = options.slot;
  plan.cell.cpu = options.cpu;
  plan.broker = installation.broker;
  plan.cluster = place_of_cluster(installation, sandbox->runtime_.root);
  sandbox->choice_ = options.database;

  cell::HostReport host = cell::assess_host(plan.cell);
  if (host.level < cell::Level::filtered && options.trust == Trust::no) {
    return Error{ErrorCode::unavailable, "this host cannot hold submitted code: " + why_not(host)};
  }
  plan.cell.level = host.level;
  sandbox->plan_ = plan;
  auto slot = cell::Slot::open(std::move(plan), std::move(host.cell));
  if (!slot) {
    return error_of(slot.failure(), ErrorCode::unavailable);
  }
  sandbox->slot_ = std::move(*slot);
  sandbox->record_.runtime = sandbox->runtime_.name;
  sandbox->record_.python = sandbox->slot_->python_version();
  sandbox->record_.sqlalchemy = sandbox->runtime_.version("sqlalchemy");
  sandbox->record_.alembic = sandbox->runtime_.version("alembic");
  sandbox->record_.isolation = std::string(cell::name_of(host.level));
  return sandbox;
}

Result<RunDatabase*> Sandbox::postgres()
{
  Failure failure;
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto server = slot_->postgres();
    if (!server) {
      return error_of(server.failure(), ErrorCode::unavailable);
    }
    if (postgres_ != nullptr && server_ == (*server)->pid()) {
      auto cleared = postgres_->clear();
      if (cleared) {
        return postgres_.get();
      }
      failure = cleared.failure();
    } else {
      postgres_.reset();
      auto opened = postgres_database((*server)->socket_folder());
      if (opened) {
        postgres_ = std::move(*opened);
        server_ = (*server)->pid();
        return postgres_.get();
      }
      failure = opened.failure();
    }
    postgres_.reset();
    slot_->drop_postgres();
  }
  return error_of(failure, ErrorCode::unavailable);
}

Result<std::unique_ptr<Sandbox>> Sandbox::fresh() const
{
  // Slots that live at the same time have different numbers.
  constexpr int k_apart = 1000;
  std::unique_ptr<Sandbox> other(new Sandbox); // NOLINT: private constructor
  other->runtime_ = runtime_;
  other->record_ = record_;
  other->plan_ = plan_;
  other->choice_ = choice_;
  other->plan_.cell.slot += k_apart;
  auto slot = cell::Slot::open(other->plan_);
  if (!slot) {
    return error_of(slot.failure(), ErrorCode::unavailable);
  }
  other->slot_ = std::move(*slot);
  return other;
}

} // namespace assay::probe
