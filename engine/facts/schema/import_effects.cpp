// SPDX-License-Identifier: MIT
// What happens when the models are imported. Source: checks.md models.import-side-effect-free, R20.
#include "engine/facts/interpreter.hpp"
#include "engine/facts/schema/assemble.hpp"
#include "engine/facts/schema/imports.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

using Kind = ImportEffectKind;

std::string_view root_of(std::string_view dotted)
{
  return dotted.substr(0, dotted.find('.'));
}

class EffectObserver : public Observer {
public:
  EffectObserver(Program& program, std::vector<ImportEffect>& effects)
    : program_(program),
      effects_(effects)
  {
  }

  void on_call(const Value& call, const FlowContext& context) override
  {
    if (!runs(context)) {
      return;
    }
    if (const auto kind = kind_of(call)) {
      add(*kind, call);
    }
    for (const ValueRef item : call.items) { // asyncio.run(conn.run_sync(Base.metadata.create_all))
      const Value& value = settled(*item);
      const std::string_view name = last_name(value.text);
      const bool refers = value.kind == ValueKind::attribute || value.kind == ValueKind::symbol;
      if (refers && (name == "create_all" || name == "drop_all")) {
        add(Kind::create_tables, call);
      }
    }
  }

  void on_assign(const Value& target, ValueRef value, const FlowContext& context) override
  {
    (void)value;
    if (!runs(context) || target.kind != ValueKind::attribute) {
      return;
    }
    const Value& base = settled(*target.base);
    constexpr std::array<std::string_view, 9> k_patched = {"sqlalchemy",
                                                           "sqlite3",
                                                           "alembic",
                                                           "builtins",
                                                           "sqlmodel",
                                                           "flask_sqlalchemy",
                                                           "psycopg2",
                                                           "psycopg",
                                                           "pymysql"};
    const bool library = base.kind == ValueKind::symbol
                         && std::ranges::find(k_patched, root_of(base.text)) != k_patched.end();
    if (library && base.text.find("metadata") == std::string::npos
        && target.text != "naming_convention" && target.text != "metadata") {
      add(Kind::patch, target);
    }
  }

private:
  static bool runs(const FlowContext& context)
  {
    return !context.in_main_guard && !context.after_exit && !context.conditional;
  }

  std::optional<Kind> kind_of(const Value& call)
  {
    const Value& callee = settled(*call.base);
    const std::string dotted = dotted_name(callee);
    const std::string_view last =
      callee.kind == ValueKind::attribute ? std::string_view(callee.text) : last_name(dotted);
    if (last == "create_all" || last == "drop_all") {
      return Kind::create_tables;
    }
    if (const auto kind = by_library(call, dotted)) {
      return kind;
    }
    if (callee.kind != ValueKind::attribute && callee.kind != ValueKind::symbol) {
      return std::nullopt;
    }
    return by_method(callee, dotted, last);
  }

  std::optional<Kind> by_library(const Value& call, std::string_view dotted)
  {
    if (dotted == "print" || dotted == "sys.stdout.write" || dotted == "pprint.pprint") {
      return Kind::print;
    }
    if (dotted == "open" || dotted == "io.open") {
      const ValueRef mode = argument_or_keyword(call, 1, "mode");
      const std::string text = mode == nullptr ? "r" : known_string(program_, *mode).value_or("r");
      return text.find_first_of("wax+") != std::string::npos ? std::optional(Kind::write_file)
                                                             : std::nullopt;
    }
    if (dotted == "uvicorn.run" || dotted == "waitress.serve" || dotted == "hypercorn.run"
        || dotted == "serve_forever") {
      return Kind::server;
    }
    constexpr std::array<std::string_view, 8> k_drivers = {"psycopg2.connect",
                                                           "psycopg.connect",
                                                           "sqlite3.connect",
                                                           "pymysql.connect",
                                                           "asyncpg.connect",
                                                           "MySQLdb.connect",
                                                           "mysql.connector.connect",
                                                           "aiosqlite.connect"};
    if (std::ranges::find(k_drivers, dotted) != k_drivers.end()) {
      return Kind::connect;
    }
    const std::string_view root = root_of(dotted);
    const bool http = root == "requests" || root == "httpx" || dotted == "urllib.request.urlopen"
                      || dotted == "socket.create_connection";
    if (http
        && (last_name(dotted) == "get" || last_name(dotted) == "post"
            || last_name(dotted) == "request" || last_name(dotted) == "urlopen"
            || last_name(dotted) == "create_connection")) {
      return Kind::network;
    }
    if (last_name(dotted) == "patch_all" || dotted.starts_with("unittest.mock.patch")) {
      return Kind::patch;
    }
    return dotted == "input" ? std::optional(Kind::other) : std::nullopt;
  }

  std::optional<Kind> by_method(const Value& callee, std::string_view dotted, std::string_view last)
  {
    if (callee.kind != ValueKind::attribute) {
      return std::nullopt;
    }
    const bool session = is_session(settled(*callee.base), 0);
    const bool engine = is_engine(settled(*callee.base), 0);
    constexpr std::array<std::string_view, 8> k_changes = {"commit",
                                                           "add_all",
                                                           "add",
                                                           "bulk_save_objects",
                                                           "merge",
                                                           "flush",
                                                           "bulk_insert_mappings",
                                                           "delete"};
    if (session && std::ranges::find(k_changes, last) != k_changes.end()) {
      return Kind::data_change;
    }
    if ((session || engine)
        && (last == "execute" || last == "scalars" || last == "scalar" || last == "exec"
            || last == "query")) {
      return Kind::data_change;
    }
    if (engine && (last == "connect" || last == "begin" || last == "raw_connection")) {
      return Kind::connect;
    }
    if (last == "write_text" || last == "write_bytes") {
      return Kind::write_file;
    }
    const bool app =
      last == "run" && (dotted.starts_with("flask.Flask()") || dotted.starts_with("quart.Quart()"));
    return app ? std::optional(Kind::server) : std::nullopt;
  }

  /// sessionmaker(...)(), Session(engine), scoped_session(...), db.session.
  bool is_session(const Value& value, int depth)
  {
    if (depth > 6) {
      return false;
    }
    if (value.kind == ValueKind::call) {
      const Construct called = construct(program_, *value.base);
      constexpr std::array<std::string_view, 5> k_sessions = {
        "Session", "AsyncSession", "scoped_session", "async_scoped_session", "sessionmaker()"};
      const std::string_view name = last_name(called.name);
      return (called && std::ranges::find(k_sessions, name) != k_sessions.end())
             || (value.base != nullptr && is_session(settled(*value.base), depth + 1))
             || calls_any(
               program_, *value.base, {"sessionmaker", "scoped_session", "async_sessionmaker"});
    }
    return value.kind == ValueKind::attribute && value.text == "session"
           && construct(program_, settled(*value.base)).name != "object";
  }

  bool is_engine(const Value& value, int depth)
  {
    if (depth > 6) {
      return false;
    }
    if (value.kind == ValueKind::call) {
      const Construct called = construct(program_, *value.base);
      if (called.name == "create_engine" || called.name == "create_async_engine"
          || called.name == "engine_from_config") {
        return true;
      }
      const Value& callee = settled(*value.base);
      return callee.kind == ValueKind::attribute && is_engine(settled(*callee.base), depth + 1);
    }
    return value.kind == ValueKind::attribute && value.text == "engine"
           && calls_any(program_, *value.base, {"SQLAlchemy"});
  }

  void add(Kind kind, const Value& value)
  {
    ImportEffect effect{kind, source_text(value), program_.locate(value)};
    if (std::ranges::find(effects_, effect) == effects_.end()) {
      effects_.push_back(std::move(effect));
    }
  }

  Program& program_;
  std::vector<ImportEffect>& effects_;
};

} // namespace

void read_import_effects(Draft& draft)
{
  std::set<const ModuleInfo*> roots;
  for (const ClassDraft& drafted : draft.classes) {
    roots.insert(drafted.info->module);
  }
  for (const TableDraft& table : draft.tables) {
    if (table.module != nullptr) {
      roots.insert(table.module);
    }
  }
  Interpreter interpreter(draft.program);
  for (const ModuleInfo* module : import_closure(ImportIndex(draft.program), roots)) {
    EffectObserver observer(draft.program, draft.facts.import_effects);
    interpreter.run_module(*module, observer);
  }
}

} // namespace assay::facts
