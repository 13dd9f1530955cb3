// SPDX-License-Identifier: MIT
// What is worth knowing about a submission and earns no points: async, pooling, tests, Core SQL,
// typing, docs, indexes, transactions. Each with up to three places.
#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/migration/paths.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

namespace assay::facts {

namespace {

using syntax::Expr;
using syntax::ExprKind;

constexpr std::size_t k_places = 3;
constexpr double k_mostly = 0.8;
constexpr int k_real_readme = 15; // lines; shorter ones only name the project

void add(Signal& signal, Location where, std::string note)
{
  signal.present = true;
  if (signal.evidence.size() >= k_places) {
    return;
  }
  const bool known = std::ranges::any_of(signal.evidence, [&](const Evidence& evidence) {
    return evidence.where.path == where.path && evidence.where.line == where.line;
  });
  if (!known) {
    signal.evidence.push_back({std::move(where), std::move(note)});
  }
}

bool is_own_code(const ModuleInfo& module)
{
  return module.role == FileRole::graded;
}

/// Names and attributes of the graded modules, each looked at once.
class NameSearch {
public:
  explicit NameSearch(Program& program)
    : program_(program)
  {
  }

  /// Adds every use of one of `names`, as a name or as an attribute, to `signal`.
  void any_of(Signal& signal, std::initializer_list<std::string_view> names, std::string_view note)
  {
    each([&](const ModuleInfo& module, const Expr& expression) {
      const bool named =
        expression.kind == ExprKind::name || expression.kind == ExprKind::attribute;
      if (named && std::ranges::find(names, expression.text) != names.end()) {
        add(signal, program_.locate(module, expression.span), std::string(note));
      }
    });
  }

  /// Adds engine calls and option dictionaries that set one of `options`.
  void with_option(Signal& signal, std::initializer_list<std::string_view> options)
  {
    const auto wanted = [&](std::string_view name) {
      return std::ranges::find(options, name) != options.end();
    };
    each([&](const ModuleInfo& module, const Expr& expression) {
      const bool makes_engine = expression.value != nullptr
                                && (expression.value->text.find("engine") != std::string::npos
                                    || expression.value->text == "dict");
      for (const syntax::Keyword& keyword : expression.keywords) {
        if (makes_engine && wanted(keyword.name) && keyword.value != nullptr) {
          add(signal, program_.locate(module, keyword.value->span), std::string(keyword.name));
        }
      }
      for (const Expr* key : expression.keys) {
        if (key != nullptr && key->kind == ExprKind::string && wanted(key->text)) {
          add(signal, program_.locate(module, key->span), std::string(key->text));
        }
      }
    });
  }

  /// Adds calls of `names` that come from SQLAlchemy or SQLModel.
  void from_library(Signal& signal, std::initializer_list<std::string_view> names)
  {
    each([&](const ModuleInfo& module, const Expr& expression) {
      if (expression.kind != ExprKind::name
          || std::ranges::find(names, expression.text) == names.end()) {
        return;
      }
      if (is_from_library(module, expression.text)) {
        add(signal, program_.locate(module, expression.span), std::string(expression.text) + "()");
      }
    });
  }

  /// SQL functions in queries; now() as a column default is no sign of Core SQL.
  void functions(Signal& signal)
  {
    each([&](const ModuleInfo& module, const Expr& expression) {
      const bool function = expression.kind == ExprKind::attribute && expression.value != nullptr
                            && expression.value->kind == ExprKind::name
                            && expression.value->text == "func" && expression.text != "now"
                            && expression.text != "current_timestamp";
      if (function && is_from_library(module, "func")) {
        add(signal,
            program_.locate(module, expression.span),
            "func." + std::string(expression.text) + "()");
      }
    });
  }

private:
  bool is_from_library(const ModuleInfo& module, std::string_view name)
  {
    const ValueRef value = program_.lookup(module, name);
    const std::string dotted = value == nullptr ? std::string() : dotted_name(*value);
    return dotted.starts_with("sqlalchemy.") || dotted.starts_with("sqlmodel.");
  }

  template<class Visit>
  void each(Visit&& visit)
  {
    for (const ModuleInfo* module : program_.modules()) {
      if (is_own_code(*module)) {
        for (const Expr& expression : module->syntax->expressions) {
          visit(*module, expression);
        }
      }
    }
  }

  Program& program_;
};

Signal named(std::string id)
{
  Signal signal;
  signal.id = std::move(id);
  return signal;
}

Signal find_async(NameSearch& search)
{
  Signal signal = named("async");
  search.any_of(signal,
                {"create_async_engine",
                 "AsyncSession",
                 "async_sessionmaker",
                 "AsyncAttrs",
                 "async_engine_from_config"},
                "asynchronous session");
  return signal;
}

Signal find_pooling(NameSearch& search)
{
  Signal signal = named("pooling");
  search.with_option(
    signal,
    {"pool_size", "max_overflow", "pool_pre_ping", "pool_recycle", "pool_timeout", "poolclass"});
  return signal;
}

bool is_test_function(const FunctionInfo& function)
{
  return function.syntax->name.starts_with("test") && function.outer == nullptr;
}

Signal find_tests(Program& program)
{
  Signal signal = named("tests");
  int count = 0;
  Location first;
  std::vector<Evidence> fixtures;
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::test) {
      continue;
    }
    for (const FunctionInfo* function : module->functions) {
      if (is_test_function(*function)) {
        first = count++ == 0 ? program.locate(*module, function->syntax->name_span) : first;
      }
    }
    for (const Expr& expression : module->syntax->expressions) {
      const bool memory = expression.kind == ExprKind::string
                          && (expression.text.find(":memory:") != std::string_view::npos
                              || expression.text == "sqlite://");
      const bool rollback = expression.kind == ExprKind::attribute && expression.text == "rollback";
      if (memory || rollback) {
        fixtures.push_back({program.locate(*module, expression.span),
                            memory ? "database in memory" : "rolled back after each test"});
      }
    }
  }
  if (count > 0) {
    add(signal, first, std::to_string(count) + (count == 1 ? " test" : " tests"));
    for (Evidence& fixture : fixtures) {
      add(signal, std::move(fixture.where), std::move(fixture.note));
    }
  }
  return signal;
}

Signal find_core_sql(NameSearch& search)
{
  Signal signal = named("core_sql");
  search.functions(signal);
  search.from_library(
    signal,
    {"insert", "update", "delete", "exists", "case", "union", "union_all", "lateral", "over"});
  search.any_of(
    signal,
    {"cte", "over", "partition_by", "on_conflict_do_update", "on_conflict_do_nothing", "subquery"},
    "Core construct");
  return signal;
}

Signal find_transactions(NameSearch& search)
{
  Signal signal = named("transactions");
  search.any_of(
    signal, {"begin_nested", "begin", "rollback", "with_for_update", "savepoint"}, "transaction");
  return signal;
}

Signal find_typing(Program& program)
{
  Signal signal = named("typing");
  int functions = 0;
  int typed = 0;
  std::vector<Evidence> examples;
  for (const ModuleInfo* module : program.modules()) {
    if (!is_own_code(*module)) {
      continue;
    }
    for (const FunctionInfo* function : module->functions) {
      const bool special =
        function->syntax->name.starts_with("__") && function->syntax->name != "__init__";
      if (special) {
        continue;
      }
      ++functions;
      if (function->syntax->returns != nullptr) {
        ++typed;
        if (examples.size() < k_places) {
          examples.push_back(
            {program.locate(*module, function->syntax->name_span), "typed signature"});
        }
      }
    }
  }
  if (functions > 0 && typed >= static_cast<int>(k_mostly * functions)) {
    for (Evidence& example : examples) {
      add(signal, std::move(example.where), std::move(example.note));
    }
  }
  for (const std::string name : {"mypy.ini", "pyrightconfig.json", ".mypy.ini"}) {
    if (program.snapshot().files.contains(name)) {
      add(signal, {name, 0, 0, 0, {}}, "type checker settings");
    }
  }
  return signal;
}

bool is_readme(std::string_view path)
{
  return to_lower(file_name_of(path)).starts_with("readme");
}

Signal find_docs(Program& program)
{
  Signal signal = named("docs");
  for (const auto& [path, blob] : program.snapshot().files) {
    if (!is_readme(path) || is_vendored(path) || folder_of(path).find('/') != std::string::npos) {
      continue;
    }
    const auto text = text_of_file(program.snapshot(), path);
    const auto lines = text ? std::ranges::count_if(split(*text, '\n'),
                                                    [](auto line) { return !trim(line).empty(); })
                            : 0;
    if (lines >= k_real_readme) {
      const std::string_view first = trim(std::string_view(*text).substr(0, text->find('\n')));
      add(signal,
          {path, 1, 1, 1, std::string(first.substr(0, 200))},
          std::to_string(lines) + " lines");
    }
  }
  for (const ModuleInfo* module : program.modules()) {
    if (!is_own_code(*module) || module->functions.size() < k_places) {
      continue;
    }
    const auto documented =
      std::ranges::count_if(module->functions, [](const FunctionInfo* function) {
        return !function->syntax->docstring.empty();
      });
    if (2 * static_cast<std::size_t>(documented) >= module->functions.size()) {
      add(signal,
          program.locate(*module, module->functions.front()->syntax->name_span),
          "documented functions");
    }
  }
  return signal;
}

Signal find_indexes(const Facts& facts)
{
  Signal signal = named("indexes");
  for (const auto* tables : {&facts.schema.tables, &facts.migration.tables}) {
    for (const Table& table : *tables) {
      for (const Key& key : table.keys) {
        const bool index = key.kind == KeyKind::index || key.kind == KeyKind::unique_index;
        if (index && (key.columns.size() > 1 || key.functional || key.partial)) {
          add(signal,
              key.where,
              key.partial      ? "partial index"
              : key.functional ? "functional index"
                               : "composite index");
        }
      }
    }
  }
  return signal;
}

} // namespace

std::vector<Signal> read_signals(Program& program, const Facts& facts)
{
  NameSearch search(program);
  return {find_async(search),
          find_pooling(search),
          find_tests(program),
          find_core_sql(search),
          find_typing(program),
          find_docs(program),
          find_indexes(facts),
          find_transactions(search)};
}

} // namespace assay::facts
