// SPDX-License-Identifier: MIT
#include "engine/probe/submission_run.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/integrity.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace assay::probe {

using wire::Value;

namespace {

Expected<cell::Archive> pack(const Snapshot& snapshot)
{
  std::vector<cell::SubmittedFile> files;
  for (const auto& [path, blob] : snapshot.files) {
    if (blob.content != nullptr) {
      files.push_back({path, *blob.content});
    }
  }
  return cell::pack(files);
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

} // namespace

SubmissionRun::SubmissionRun(Sandbox& sandbox,
                             const Snapshot& snapshot,
                             Facts& facts,
                             std::optional<DatabaseChoice> database)
  : sandbox_(sandbox),
    snapshot_(snapshot),
    facts_(facts),
    plan_(plan_imports(facts)),
    choice_(database.value_or(sandbox.database_choice()))
{
}

bool SubmissionRun::on_postgres()
{
  if (!on_postgres_) {
    const bool wanted =
      choice_ == DatabaseChoice::postgresql
      || (choice_ == DatabaseChoice::evident && facts_.environment.dialect == Dialect::postgresql);
    on_postgres_ = wanted;
    if (wanted) {
      if (auto started = sandbox_.postgres(); !started) {
        on_postgres_ = false;
        facts_.execution.database_note =
          "PostgreSQL could not be started: " + started.error().message;
      }
    }
  }
  return *on_postgres_;
}

BoxEnd SubmissionRun::in_box(const std::function<bool(cell::Run&)>& work)
{
  BoxEnd end;
  if (!archive_) {
    archive_ = pack(snapshot_);
  }
  if (!*archive_) {
    end.fault = describe(archive_->failure());
    return end;
  }
  for (int attempt = 0; attempt < 2; ++attempt) {
    end = {};
    RunDatabase* postgres = nullptr;
    if (on_postgres()) {
      auto emptied = sandbox_.postgres();
      if (!emptied) {
        end.fault = emptied.error().message;
        continue;
      }
      postgres = *emptied;
    }
    auto run = sandbox_.slot().start(
      **archive_, limits_, postgres != nullptr ? cell::Sockets::yes : cell::Sockets::no);
    if (!run) {
      end.fault = describe(run.failure());
      continue;
    }
    sqlite_ = sqlite_database((*run)->databases(), k_main_database);
    database_ = postgres != nullptr ? postgres : sqlite_.get();
    const bool answered = work(**run);
    if (auto log = (*run)->log(); log && !unasked_seen_) {
      std::vector<IntegrityFlag> flags = unasked_statements(*log);
      unasked_seen_ = !flags.empty();
      std::ranges::move(flags, std::back_inserter(facts_.integrity));
    }
    end.ending = (*run)->finish();
    if (end.ending.kind == cell::EndingKind::engine_fault) {
      end.fault = end.ending.fault;
      continue;
    }
    end.ran = true;
    end.whole = answered && end.ending.kind == cell::EndingKind::finished;
    break;
  }
  return end;
}

bool SubmissionRun::prepare(cell::Run& run, const Value::Dict& more)
{
  Value::List roots;
  for (const std::string& root : plan_.roots) {
    roots.emplace_back(root);
  }
  Value::Dict arguments{{"roots", Value(std::move(roots))}, {"database", k_main_database}};
  if (on_postgres()) {
    arguments.emplace_back("postgres", Value(true));
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  const cell::Reply prepared = run.step("prepare", Value(std::move(arguments)));
  return prepared.kind == cell::Reply::Kind::value;
}

bool SubmissionRun::import_again(cell::Run& run)
{
  Value::List modules;
  for (const PlannedImport& planned : plan_.modules) {
    if (!fatal_.contains(planned.name)) {
      modules.emplace_back(planned.name);
    }
  }
  const cell::Reply reply =
    run.step("import", Value(Value::Dict{{"modules", Value(std::move(modules))}}));
  return reply.kind != cell::Reply::Kind::ended;
}

Value::Dict SubmissionRun::create_arguments() const
{
  switch (facts_.environment.dialect) {
  case Dialect::postgresql:
    return {{"backend", Value("postgresql")}};
  case Dialect::mysql:
    return {{"backend", Value("mysql")}};
  case Dialect::sqlite:
    return {{"backend", Value("sqlite")}};
  case Dialect::unknown:
  case Dialect::other:
    break;
  }
  return {};
}

Location SubmissionRun::locate(Location where) const
{
  constexpr std::size_t k_longest = 200;
  const auto file = snapshot_.files.find(where.path);
  if (file == snapshot_.files.end() || file->second.content == nullptr || where.line < 1) {
    return where;
  }
  std::string_view rest = *file->second.content;
  for (int line = 1; line < where.line && !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  where.text = to_utf8_lossy(trim(rest.substr(0, rest.find('\n'))).substr(0, k_longest));
  return where;
}

void SubmissionRun::note_flag(const cell::Ending& ending, const Location& where)
{
  const std::string_view flag = flag_of(ending.kind);
  if (!flag.empty()) {
    facts_.integrity.push_back({std::string(flag), where, cell::describe(ending, limits_)});
  }
}

bool is_candidates(cell::EndingKind kind)
{
  switch (kind) {
  case cell::EndingKind::by_itself:
  case cell::EndingKind::crashed:
  case cell::EndingKind::forbidden_call:
  case cell::EndingKind::cpu_limit:
  case cell::EndingKind::memory_limit:
  case cell::EndingKind::output_limit:
  case cell::EndingKind::space_limit:
  case cell::EndingKind::invalid_reply:
    return true;
  case cell::EndingKind::finished:
  case cell::EndingKind::wall_limit:
  case cell::EndingKind::engine_fault:
    return false;
  }
  return false;
}

bool is_of_box(const RunError& error)
{
  constexpr std::array<std::string_view, 9> k_types = {"ModuleNotFoundError",
                                                       "socket.gaierror",
                                                       "ConnectionError",
                                                       "ConnectionRefusedError",
                                                       "ConnectionResetError",
                                                       "PermissionError",
                                                       "TimeoutError",
                                                       "BlockingIOError",
                                                       "MemoryError"};
  return std::ranges::find(k_types, error.type) != k_types.end();
}

} // namespace assay::probe
