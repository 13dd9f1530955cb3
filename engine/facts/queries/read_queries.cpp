// SPDX-License-Identifier: MIT
// Finds the callables of a submission that read the database, and has each recorded.
#include "engine/base/text.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/queries/blocks.hpp"
#include "engine/facts/queries/describe.hpp"
#include "engine/facts/queries/labels.hpp"
#include "engine/facts/queries/liveness.hpp"
#include "engine/facts/queries/names.hpp"
#include "engine/facts/queries/readme_queries.hpp"
#include "engine/facts/queries/recorder.hpp"
#include "engine/facts/queries/renderers.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace assay::facts {

namespace {

using namespace queries; // NOLINT(google-build-using-namespace): this file is the door to that
                         // folder

constexpr std::array<std::string_view, 12> k_script_names = {"main",
                                                             "demo",
                                                             "run",
                                                             "run_demo",
                                                             "example",
                                                             "examples",
                                                             "principal",
                                                             "ejemplo",
                                                             "ejemplos",
                                                             "exemplo",
                                                             "exemplos",
                                                             "_main"};

constexpr std::size_t k_most_hidden = 40;

bool touches_nothing(const Recording& recording)
{
  const Callable& callable = recording.callable;
  return callable.statements.empty() && callable.accesses.empty() && callable.built_sql.empty()
         && !(callable.writes && recording.touches);
}

class QueryReader {
public:
  QueryReader(Program& program, const SchemaFacts& schema)
    : program_(program),
      schema_(schema),
      index_(schema),
      reader_(program, index_),
      dead_(dead_functions(program)),
      relevant_(relevant_functions(program, schema)),
      readme_(readme_text(program.snapshot()))
  {
  }

  QueryFacts read()
  {
    for (const ModuleInfo* module : program_.modules()) {
      if (module->role == FileRole::graded && module->syntax != nullptr) {
        read_module(*module);
      }
    }
    start_scripts();
    for (auto& [function, recording] : recordings_) {
      take(*function, std::move(recording));
    }
    resolve_calls();
    std::ranges::stable_sort(facts_.callables, [](const Callable& a, const Callable& b) {
      return std::tie(a.where.path, a.where.line) < std::tie(b.where.path, b.where.line);
    });
    facts_.basis = Basis::reading;
    // 0.75: names resolved to SQLAlchemy's own; source: checks.md section 7.
    facts_.confidence = 0.75;
    facts_.readme_queries = readme_queries(program_.snapshot(), schema_);
    facts_.complete = truth(facts_.gaps.empty());
    return std::move(facts_);
  }

private:
  void read_module(const ModuleInfo& module)
  {
    read_script(module);
    for (const FunctionInfo* function : module.functions) {
      if (relevant_.contains(function)) {
        read_function(*function);
      }
    }
    for (const ClassInfo* info : module.classes) {
      read_inherited(*info);
    }
    read_statements(module);
    for (const auto& error : module.syntax->errors) {
      const Location where = program_.locate(module, error.span);
      facts_.gaps.push_back("a part of " + module.path + " does not parse (line "
                            + std::to_string(where.line) + ")");
      break;
    }
  }

  /// Module-level code: what runs on import, and what stands under the main guard.
  void read_script(const ModuleInfo& module)
  {
    Recording whole = Recorder(reader_, module, nullptr).record({});
    started_.insert(whole.called.begin(), whole.called.end());
    if (touches_nothing(whole)) {
      return;
    }
    const bool guarded = std::ranges::any_of(
      whole.notes, [](const StatementNote& note) { return note.in_main_guard; });
    whole.callable.name = guarded ? "__main__" : "<module>";
    whole.callable.ref = module.path + "::" + whole.callable.name;
    whole.callable.kind = CallableKind::script;
    whole.callable.live = Truth::yes;
    whole.callable.where = program_.locate(module, line_span(1));
    remember_calls(whole);
    for (Callable& block : split_blocks(program_, module, whole)) {
      facts_.callables.push_back(std::move(block));
    }
  }

  static syntax::Span line_span(int line)
  {
    syntax::Span span;
    span.line = line;
    span.column = 1;
    span.end_line = line;
    return span;
  }

  void read_function(const FunctionInfo& function)
  {
    std::map<std::string, ValueRef> bindings;
    Recording recording = record(function, bindings);
    if (touches_nothing(recording)) {
      remember_gaps(function, recording.callable);
      remember_hidden(function, std::move(recording.callable));
      return;
    }
    recordings_.emplace_back(&function, std::move(recording));
  }

  /// Nothing was seen, but something was not read either: a query may hide there.
  void remember_gaps(const FunctionInfo& function, const Callable& callable)
  {
    const auto dead = dead_.find(&function);
    const bool live = dead == dead_.end() || dead->second.empty();
    if (live && !callable.gaps.empty()) {
      facts_.gaps.push_back(reference(function) + ": " + callable.gaps.front());
    }
  }

  /// Model.objects.by("kim"): the query is somewhere behind what could be followed.
  void remember_hidden(const FunctionInfo& function, Callable callable)
  {
    const std::string_view name = function.syntax->name;
    const auto dead = dead_.find(&function);
    const bool live = dead == dead_.end() || dead->second.empty();
    const bool open = !name.starts_with('_') || name == "__call__";
    if (!live || !open || function.outer != nullptr || is_route(program_, function)
        || !gives_something_back(function) || facts_.hidden.size() >= k_most_hidden) {
      return;
    }
    describe(program_, function, callable);
    describe_life(function, callable);
    callable.complete = Truth::no;
    callable.gaps.emplace_back("what it asks the database could not be read");
    if (!callable.bad_example) {
      facts_.hidden.push_back(std::move(callable));
    }
  }

  /// What a script calls without arguments and without a use for the result is a script itself.
  void start_scripts()
  {
    for (bool grown = true; grown;) {
      grown = false;
      for (const auto& [function, recording] : recordings_) {
        if (is_script(*function)) {
          for (const FunctionInfo* called : recording.called) {
            grown = started_.insert(called).second || grown;
          }
        }
      }
    }
  }

  Recording record(const FunctionInfo& function, const std::map<std::string, ValueRef>& bindings)
  {
    Recorder recorder(reader_, *function.module, &function);
    const syntax::Expr* model = is_route(program_, function) ? response_model(function) : nullptr;
    if (model != nullptr) {
      recorder.answers_with(program_.annotation(*model, *function.module),
                            program_.locate(*function.module, model->span));
    }
    return recorder.record(bindings);
  }

  void take(const FunctionInfo& function, Recording recording)
  {
    Callable described = std::move(recording.callable);
    describe(program_, function, described);
    describe_life(function, described);
    described.consumer = is_consumer(function, described);
    recording.callable = std::move(described);
    remember_calls(recording);
    if (is_script(function)) {
      for (Callable& block : split_blocks(program_, *function.module, recording)) {
        facts_.callables.push_back(std::move(block));
      }
      return;
    }
    facts_.callables.push_back(std::move(recording.callable));
  }

  static bool is_consumer(const FunctionInfo& function, const Callable& callable)
  {
    const auto of_given = [](const Statement& statement) {
      return statement.style == StatementStyle::relationship;
    };
    const bool presents = !callable.accesses.empty() && !callable.writes
                          && std::ranges::all_of(callable.statements, of_given)
                          && builds_what_it_shows(function);
    const bool shows = !callable.accesses.empty() || !callable.statements.empty();
    return callable.kind == CallableKind::route || callable.consumer || presents
           || (shows && (is_renderer(function) || (is_command(function) && !callable.writes)));
  }

  void describe_life(const FunctionInfo& function, Callable& callable)
  {
    const auto found = dead_.find(&function);
    callable.dead_reason = found == dead_.end() ? std::string() : found->second;
    callable.live = truth(callable.dead_reason.empty());
    callable.always_raises = always_raises(*function.syntax);
    callable.readme_mention = mentions_word(readme_, function.syntax->name);
    if (callable.live == Truth::no) {
      for (Statement& statement : callable.statements) {
        for (LoadPath& path : statement.options) {
          path.live = Truth::no;
        }
      }
    }
  }

  bool is_script(const FunctionInfo& function) const
  {
    const bool named =
      std::ranges::find(k_script_names, function.syntax->name) != k_script_names.end();
    return (named || started_.contains(&function)) && stands_alone(function)
           && !is_route(program_, function);
  }

  /// Methods of a generic base as the concrete repository has them:
  /// PostRepository(Repository[Post]).
  void read_inherited(const ClassInfo& info)
  {
    if (index_.mapped(info.qualified) != nullptr || reader_.subject_of(info).empty()) {
      return;
    }
    std::set<std::string_view> own;
    for (const ClassInfo* level : program_.ancestry(info)) {
      for (const FunctionInfo* method : level->methods) {
        const bool fresh = own.insert(method->syntax->name).second;
        if (!fresh || level == &info || method->syntax->name.starts_with("__")
            || !relevant_.contains(method)) {
          continue;
        }
        read_inherited_method(info, *method);
      }
    }
  }

  void read_inherited_method(const ClassInfo& info, const FunctionInfo& method)
  {
    if (method.syntax->parameters.empty()) {
      return;
    }
    const std::string receiver(method.syntax->parameters.front().name);
    Recording recording = record(method, {{receiver, reader_.instance_of(info)}});
    if (touches_nothing(recording)) {
      return;
    }
    generic_.insert(reference(method));
    Callable described = std::move(recording.callable);
    describe(program_, method, described);
    describe_life(method, described);
    described.owner = info.qualified;
    described.ref = info.module->path + "::" + std::string(info.syntax->name) + "."
                    + std::string(method.syntax->name);
    recording.callable = std::move(described);
    remember_calls(recording);
    facts_.callables.push_back(std::move(recording.callable));
  }

  /// `stmt = select(...)` at module level.
  void read_statements(const ModuleInfo& module)
  {
    for (const syntax::Stmt* statement : module.syntax->body) {
      const bool assigns = (statement->kind == syntax::StmtKind::assign
                            || statement->kind == syntax::StmtKind::annotated)
                           && statement->value != nullptr && statement->targets.size() == 1
                           && statement->value->kind == syntax::ExprKind::call
                           && statement->targets.front()->kind == syntax::ExprKind::name;
      if (!assigns) {
        continue;
      }
      const std::string name(statement->targets.front()->text);
      const auto draft = reader_.statement(program_.evaluate(*statement->value, module));
      if (!draft || draft->writes
          || (draft->statement.roots.empty() && draft->statement.columns.empty())) {
        continue;
      }
      Callable callable;
      callable.ref = module.path + "::" + name;
      callable.name = name;
      callable.kind = CallableKind::statement;
      callable.comments = comments_between(module, statement->span.line, statement->span.end_line);
      callable.bad_example_reason = bad_example_label(name, {}, callable.comments);
      callable.bad_example = !callable.bad_example_reason.empty();
      callable.live = Truth::yes;
      callable.readme_mention = mentions_word(readme_, name);
      callable.statements = {draft->statement};
      callable.session = SessionSource::none;
      callable.returns = "statement";
      callable.returns_statement = true;
      callable.gaps = draft->gaps;
      callable.complete = truth(draft->gaps.empty());
      callable.where = program_.locate(module, statement->span);
      facts_.callables.push_back(std::move(callable));
    }
  }

  void remember_calls(Recording& recording)
  {
    for (const FunctionInfo* function : recording.called) {
      recording.callable.calls.push_back(reference(*function));
    }
    std::ranges::sort(recording.callable.calls);
  }

  /// Keeps the calls that lead to callables of this list, and drops generic methods that concrete
  /// ones stand for.
  void resolve_calls()
  {
    std::erase_if(facts_.callables, [&](const Callable& callable) {
      const bool vague =
        callable.complete != Truth::yes
        || std::ranges::all_of(callable.statements,
                               [](const Statement& statement) { return statement.roots.empty(); });
      return vague && generic_.contains(callable.ref);
    });
    std::set<std::string> known;
    for (const Callable& callable : facts_.callables) {
      known.insert(callable.ref.substr(0, callable.ref.find('#')));
    }
    for (Callable& callable : facts_.callables) {
      std::erase_if(callable.calls, [&](const std::string& call) { return !known.contains(call); });
    }
  }

  Program& program_;
  const SchemaFacts& schema_;
  SchemaIndex index_;
  Reader reader_;
  std::map<const FunctionInfo*, std::string> dead_;
  std::set<const FunctionInfo*> relevant_;
  std::string readme_;
  std::set<const FunctionInfo*> started_; ///< called by module-level code
  std::set<std::string> generic_;         ///< methods that concrete repositories inherit
  std::vector<std::pair<const FunctionInfo*, Recording>> recordings_;
  QueryFacts facts_;
};

} // namespace

QueryFacts read_queries(Program& program, const SchemaFacts& schema)
{
  return QueryReader(program, schema).read();
}

} // namespace assay::facts
