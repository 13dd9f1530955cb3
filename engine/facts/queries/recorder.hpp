// SPDX-License-Identifier: MIT
// Follows one callable through the interpreter and writes down what it sends to the database, what
// it walks and what it gives back. Methods of loaded objects (`post.to_dict()`) are followed as
// well.
#pragma once

#include "engine/facts/interpreter.hpp"
#include "engine/facts/queries/reader.hpp"
#include "engine/model/query_facts.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace assay::facts::queries {

/// What is known about a recorded statement beyond the model's Statement.
struct StatementNote {
  Provenance key;
  int outer = -1; ///< statement whose result is looped over around it
  SessionSource session = SessionSource::unknown;
  ValueRef session_value = nullptr;
  const FunctionInfo* function = nullptr; ///< in which it is sent; null at module level
  bool in_main_guard = false;
  int order = 0; ///< line of the callable's own code that leads to it
};

/// Everything a walk found; `callable` has statements, accesses, returns, session and flags filled
/// in.
struct Recording {
  Callable callable;
  std::vector<StatementNote> notes;     ///< one for each of callable.statements
  std::set<const FunctionInfo*> called; ///< project functions
  std::set<Location> counted;           ///< relations of which only the length is taken
  bool touches = false;                 ///< the database or loaded objects
};

class Recorder : public Observer {
public:
  /// `function` is null for module-level code.
  Recorder(Reader& reader, const ModuleInfo& module, const FunctionInfo* function);

  void on_call(const Value& call, const FlowContext& context) override;
  void on_attribute(const Value& attribute, const FlowContext& context) override;
  void on_return(ValueRef value, const FlowContext& context) override;
  void on_yield(ValueRef value, const FlowContext& context) override;
  void on_assign(const Value& target, ValueRef value, const FlowContext& context) override;
  void on_statement(const syntax::Stmt& statement, const FlowContext& context) override;
  bool may_inline(const FunctionInfo& function) override;

  /// For routes: what `record` finds to be returned is rendered by this response model.
  void answers_with(ValueRef model, Location where);

  /// Walks the function with `bindings`, or the module's statements, and finishes the recording.
  Recording record(const std::map<std::string, ValueRef>& bindings);

  // For the helpers that see relations read outside Python code (response models, templates).

  /// A template is rendered with something.
  void note_rendering() { recording_.callable.consumer = true; }

  /// Notes that `relation` is read on objects that `owner` holds, inside `extra_loops` more loops.
  void note_access(const Relationship& relation,
                   const Holding& owner,
                   int extra_loops,
                   const std::string& via,
                   const Location& where);

  [[nodiscard]] Reader& reader() const { return reader_; }

  /// What the callable returned so far, joined.
  [[nodiscard]] const Holding& returned() const { return returned_; }

private:
  // recorder.cpp
  void send(const Execution& sent, const FlowContext& context, int loops);
  int statement_index(const Provenance& key) const;
  int sent_index(const Provenance& key) const;
  int loops(const FlowContext& context) const;
  int outer_statement(const FlowContext& context) const;
  void note_iterations(const FlowContext& context);
  void enter(const FunctionInfo& function,
             const std::map<std::string, ValueRef>& bindings,
             const FlowContext& context);
  bool follow_method(const Value& call, const FlowContext& context);
  void note_result_method(const Value& call, const FlowContext& context);
  void note_fetching(const Value& call);
  void fetch(ValueRef result, Truth unique);
  void note_returned(ValueRef value);
  void note_built(ValueRef value, const FlowContext& context, Truth executed);
  void finish();

  // recorder_calls.cpp
  void note_writes(const Value& call, const FlowContext& context);
  void forget(const Provenance& key);
  void note_sql(const Value& call, const FlowContext& context);
  void note_counting(const Value& call);
  void note_passed_on(const Value& call, const FlowContext& context);
  void note_refresh(const Value& call, const FlowContext& context);
  void note_relation_statement(const Value& attribute,
                               const Relationship& relation,
                               const Holding& owner,
                               const FlowContext& context);
  void note_proxy(const Value& attribute, const FlowContext& context);

  bool is_dead(const FlowContext& context) const { return context.after_exit || base_dead_; }

  std::string via(const FlowContext& context) const;
  void note_line(const Value& at, const FlowContext& context);

  Reader& reader_;
  const ModuleInfo& module_;
  const FunctionInfo* function_;
  Recording recording_;
  std::map<Provenance, int> indices_;
  std::vector<const FunctionInfo*> entered_;
  std::set<std::pair<const FunctionInfo*, const syntax::Expr*>> entered_at_;
  Holding returned_;
  bool returns_statement_ = false;
  bool returns_none_ = false;
  std::set<const syntax::Expr*> closed_;    ///< sessions on which close() is called
  std::set<const syntax::Expr*> unawaited_; ///< asynchronous calls that were not awaited
  bool committed_ = false;
  ValueRef model_ = nullptr;
  Location model_where_;
  int base_loops_ = 0;
  int base_outer_ = -1;
  int own_line_ = 0; ///< of the callable's own code, last seen
  bool base_dead_ = false;
  int budget_ = 0;
};

/// True if of every collection, in Python or in SQL, only the number of its elements is used.
bool only_counts(const Callable& callable, const std::set<Location>& counted);

/// "app/queries.py::PostRepository.by_author"
std::string reference(const FunctionInfo& function);

} // namespace assay::facts::queries
