// SPDX-License-Identifier: MIT
#include "engine/facts/queries/recorder.hpp"

#include "engine/facts/queries/describe.hpp"
#include "engine/facts/queries/renderers.hpp"
#include "engine/facts/queries/sessions.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

// to_dict() of a post that calls to_dict() of its comments that calls the author's: four, and one
// to spare.
constexpr std::size_t k_max_entered = 5;
// Methods of loaded objects followed from one callable; generated code alone calls more.
constexpr int k_max_budget = 60;

bool counts_as_loop(const Value& iterable)
{
  const Value& value = settled(iterable);
  if (value.kind == ValueKind::call) {
    const Value& callee = settled(*value.base);
    return !(callee.kind == ValueKind::symbol
             && (callee.text == "range" || callee.text == "itertools.count"));
  }
  return value.kind != ValueKind::dict && value.kind != ValueKind::string;
}

std::string display_name(const FunctionInfo& function)
{
  std::string name(function.syntax->name);
  const ClassInfo* owner = function.owner;
  while (owner != nullptr) {
    name = std::string(owner->syntax->name) + "." + name;
    owner = owner->outer;
  }
  for (const FunctionInfo* outer = function.outer; outer != nullptr; outer = outer->outer) {
    name = std::string(outer->syntax->name) + "." + name;
  }
  return name;
}

} // namespace

std::string reference(const FunctionInfo& function)
{
  return function.module->path + "::" + display_name(function);
}

Recorder::Recorder(Reader& reader, const ModuleInfo& module, const FunctionInfo* function)
  : reader_(reader),
    module_(module),
    function_(function)
{
}

Recording Recorder::record(const std::map<std::string, ValueRef>& bindings)
{
  Interpreter interpreter(reader_.program(), {5, 48, 30'000});
  if (function_ != nullptr) {
    interpreter.run(*function_, bindings, *this);
  } else {
    interpreter.run_module(module_, *this);
  }
  if (interpreter.exhausted()) {
    recording_.callable.gaps.emplace_back("it is too large to be read to the end");
  }
  finish();
  return std::move(recording_);
}

void Recorder::answers_with(ValueRef model, Location where)
{
  model_ = model;
  model_where_ = std::move(where);
}

/// Index of exactly this execution, or -1.
int Recorder::sent_index(const Provenance& key) const
{
  const auto exact = indices_.find(key);
  return exact == indices_.end() ? -1 : exact->second;
}

/// Index of the statement that loaded something: another execution of the same statement will do.
int Recorder::statement_index(const Provenance& key) const
{
  if (key.execution == nullptr) {
    return -1;
  }
  if (const int exact = sent_index(key); exact >= 0) {
    return exact;
  }
  for (const auto& [known, index] : indices_) {
    if (known.root != nullptr && known.root == key.root) {
      return index;
    }
  }
  return -1;
}

int Recorder::loops(const FlowContext& context) const
{
  return base_loops_
         + static_cast<int>(std::ranges::count_if(
           context.iterables, [](ValueRef iterable) { return counts_as_loop(*iterable); }));
}

int Recorder::outer_statement(const FlowContext& context) const
{
  for (const ValueRef iterable : context.iterables) {
    if (const auto sent = reader_.iteration(iterable)) {
      if (const int index = statement_index(sent->from); index >= 0) {
        return index;
      }
    }
    if (const int index = statement_index(reader_.holding(iterable).from); index >= 0) {
      return index;
    }
  }
  return base_outer_;
}

/// A Query sends itself when a loop starts over it; there is no call to see.
void Recorder::note_iterations(const FlowContext& context)
{
  int outer_loops = base_loops_;
  for (const ValueRef iterable : context.iterables) {
    if (const auto sent = reader_.iteration(iterable); sent && sent_index(sent->from) < 0) {
      send(*sent, context, outer_loops);
    }
    fetch(iterable, Truth::no);
    outer_loops += counts_as_loop(*iterable) ? 1 : 0;
  }
}

/// What is met while a helper is walked belongs to the line of the callable's own code that called
/// it.
void Recorder::note_line(const Value& at, const FlowContext& context)
{
  if (entered_.empty() && context.function == function_ && at.origin != nullptr) {
    own_line_ = at.origin->span.line;
  }
}

void Recorder::send(const Execution& sent, const FlowContext& context, int loops)
{
  if (sent.draft == nullptr) {
    return;
  }
  recording_.touches = true;
  Callable& callable = recording_.callable;
  const bool dead = is_dead(context);
  if (sent.draft->writes) {
    callable.writes = callable.writes || !dead;
  }
  Statement statement = sent.draft->statement;
  statement.executed = dead ? Truth::no : Truth::yes;
  statement.execute_method = sent.method;
  statement.loop_depth = loops;
  const bool awaits_fetch = statement.style != StatementStyle::query
                            && statement.style != StatementStyle::relationship
                            && (sent.yield == Yield::rows || sent.yield == Yield::first_column);
  statement.unique_called = awaits_fetch                  ? Truth::unknown
                            : sent.yield == Yield::scalar ? Truth::yes
                                                          : Truth::no;
  if (dead) {
    for (LoadPath& path : statement.options) {
      path.live = Truth::no;
    }
  }
  for (const std::string& gap : sent.draft->gaps) {
    if (std::ranges::find(callable.gaps, gap) == callable.gaps.end()) {
      callable.gaps.push_back(gap);
    }
  }
  if (const int known = sent_index(sent.from); known >= 0) {
    Statement& earlier = callable.statements[static_cast<std::size_t>(known)];
    earlier.loop_depth = std::max(earlier.loop_depth, loops);
    if (earlier.executed != Truth::yes) {
      earlier.executed = statement.executed;
      earlier.execute_method = statement.execute_method;
    }
    return;
  }
  StatementNote note;
  note.key = sent.from;
  note.outer = loops > 0 ? outer_statement(context) : -1;
  note.function = context.function;
  note.in_main_guard = context.in_main_guard;
  note.order = own_line_;
  if (sent.receiver != nullptr) {
    ValueRef session = sent.receiver;
    // A Query's session stands at the root of its chain.
    while (settled(*session).kind == ValueKind::call && reader_.statement(session) != nullptr
           && settled(*settled(*session).base).kind == ValueKind::attribute) {
      session = settled(*settled(*session).base).base;
    }
    note.session_value = session;
    note.session = session_source(reader_, session, context);
  }
  indices_[sent.from] = static_cast<int>(callable.statements.size());
  callable.statements.push_back(std::move(statement));
  recording_.notes.push_back(note);
}

void Recorder::on_call(const Value& call, const FlowContext& context)
{
  note_line(call, context);
  note_iterations(context);
  if (const auto sent = reader_.execution(call)) {
    send(*sent, context, loops(context));
    const bool async =
      sent->receiver != nullptr && !context.awaited && is_async_session(reader_, sent->receiver);
    if (async) {
      unawaited_.insert(call.origin);
    }
  } else if (!follow_method(call, context)) {
    note_result_method(call, context);
    note_passed_on(call, context);
  }
  note_sql(call, context);
  note_writes(call, context);
  note_counting(call);
  note_fetching(call);
  note_refresh(call, context);
  note_serialiser(*this, call, loops(context));
  note_template(*this, call);
}

/// Methods of loaded objects and of instances that only the annotations tell: the interpreter
/// leaves them alone.
bool Recorder::follow_method(const Value& call, const FlowContext& context)
{
  const Value& callee = settled(*call.base);
  if (callee.kind != ValueKind::attribute || is_dead(context)) {
    return false;
  }
  const FunctionInfo* method = reader_.method_of(callee.base, callee.text);
  if (method == nullptr) {
    return false;
  }
  recording_.called.insert(method);
  enter(*method, reader_.bind(*method, call, callee.base), context);
  return true;
}

void Recorder::enter(const FunctionInfo& function,
                     const std::map<std::string, ValueRef>& bindings,
                     const FlowContext& context)
{
  const bool circular =
    &function == function_ || std::ranges::find(entered_, &function) != entered_.end();
  if (circular || entered_.size() >= k_max_entered || budget_ >= k_max_budget) {
    return;
  }
  ++budget_;
  const int outer_loops = base_loops_;
  const int outer_statement_index = base_outer_;
  const bool outer_dead = base_dead_;
  base_outer_ = outer_statement(context);
  base_loops_ = loops(context);
  base_dead_ = is_dead(context);
  entered_.push_back(&function);
  Interpreter interpreter(reader_.program(), {3, 32, 8'000});
  interpreter.run(function, bindings, *this);
  entered_.pop_back();
  base_loops_ = outer_loops;
  base_outer_ = outer_statement_index;
  base_dead_ = outer_dead;
}

void Recorder::note_result_method(const Value& call, const FlowContext& context)
{
  const Value& callee = settled(*call.base);
  if (callee.kind != ValueKind::attribute) {
    return;
  }
  const Value& receiver = settled(*callee.base);
  if (receiver.origin != nullptr && unawaited_.contains(receiver.origin)
      && callee.text != "close") {
    recording_.callable.missing_await = true;
  }
  if (callee.text == "close" && receiver.origin != nullptr && !is_dead(context)) {
    closed_.insert(receiver.origin);
  }
}

/// Rows of a joined collection must be made unique before they are fetched; what is decided first
/// stands.
void Recorder::fetch(ValueRef result, Truth unique)
{
  const int index = statement_index(reader_.holding(result).from);
  if (index >= 0) {
    Truth& called = recording_.callable.statements[static_cast<std::size_t>(index)].unique_called;
    called = called == Truth::unknown ? unique : called;
  }
}

void Recorder::note_fetching(const Value& call)
{
  constexpr std::array<std::string_view, 9> k_plain = {"all",
                                                       "one",
                                                       "one_or_none",
                                                       "fetchall",
                                                       "fetchone",
                                                       "fetchmany",
                                                       "scalar_one",
                                                       "scalar_one_or_none",
                                                       "partitions"};
  constexpr std::array<std::string_view, 3> k_single = {"first", "scalar", "unique"};
  const Value& callee = settled(*call.base);
  if (callee.kind == ValueKind::attribute) {
    if (std::ranges::find(k_plain, callee.text) != k_plain.end()) {
      fetch(callee.base, Truth::no);
    } else if (std::ranges::find(k_single, callee.text) != k_single.end()) {
      fetch(callee.base, Truth::yes);
    }
    return;
  }
  constexpr std::array<std::string_view, 9> k_iterating = {
    "list", "tuple", "set", "sorted", "dict", "enumerate", "zip", "next", "frozenset"};
  if (callee.kind == ValueKind::symbol
      && std::ranges::find(k_iterating, callee.text) != k_iterating.end()) {
    for (const ValueRef item : call.items) {
      fetch(item, Truth::no);
    }
  }
}

void Recorder::on_attribute(const Value& attribute, const FlowContext& context)
{
  if (is_dead(context)) {
    return;
  }
  note_line(attribute, context);
  note_iterations(context);
  const auto read = reader_.relation_read(attribute);
  if (!read) {
    const Holding owner = reader_.holding(attribute.base);
    if (owner.shape != Shape::entity || owner.fresh) {
      return;
    }
    if (reader_.schema().has_proxy(owner.class_name, attribute.text)) {
      note_proxy(attribute, context);
      return;
    }
    const FunctionInfo* method = reader_.method_of(attribute.base, attribute.text);
    if (method != nullptr && settled(*attribute.base).class_info == nullptr) {
      recording_.called.insert(method);
      const std::string self(
        method->syntax->parameters.empty() ? "self" : method->syntax->parameters.front().name);
      enter(*method, {{self, attribute.base}}, context);
    }
    return;
  }
  const bool sends_itself = reader_.statement(&attribute) != nullptr;
  if (read->owner.fresh || sends_itself) {
    return;
  }
  Holding owner = read->owner;
  if (read->guessed) {
    owner.class_name.clear();
  }
  if (!read->guessed && loops(context) == 0) {
    note_relation_statement(attribute, *read->relation, owner, context);
  }
  note_access(
    *read->relation, owner, loops(context), via(context), reader_.program().locate(attribute));
}

std::string Recorder::via(const FlowContext& context) const
{
  if (context.function != nullptr && context.function != function_) {
    return reference(*context.function);
  }
  return entered_.empty() ? std::string() : reference(*entered_.back());
}

void Recorder::note_access(const Relationship& relation,
                           const Holding& owner,
                           int extra_loops,
                           const std::string& via,
                           const Location& where)
{
  recording_.touches = true;
  RelationAccess access;
  access.class_name = owner.class_name.empty() ? std::string() : relation.owner;
  access.attribute = relation.name;
  access.loop_depth = extra_loops;
  access.via = via;
  access.statement = statement_index(owner.from);
  access.where = where;
  auto& accesses = recording_.callable.accesses;
  if (std::ranges::find(accesses, access) == accesses.end()) {
    accesses.push_back(std::move(access));
  }
}

} // namespace assay::facts::queries
