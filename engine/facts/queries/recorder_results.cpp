// SPDX-License-Identifier: MIT
// What a callable gives back, and the Recording as a whole.
#include "engine/facts/queries/describe.hpp"
#include "engine/facts/queries/recorder.hpp"
#include "engine/facts/queries/renderers.hpp"
#include "engine/facts/queries/sessions.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

int rank(Shape shape)
{
  switch (shape) {
  case Shape::entity:
  case Shape::collection:
    return 5;
  case Shape::record:
  case Shape::records:
  case Shape::mapping:
    return 4;
  case Shape::row:
  case Shape::rows:
    return 3;
  case Shape::scalar:
    return 2;
  case Shape::nothing:
    return 1;
  case Shape::unknown:
    return 0;
  }
  return 0;
}

} // namespace

bool only_counts(const Callable& callable, const std::set<Location>& counted)
{
  if (callable.returns == "objects") {
    return false;
  }
  if (!callable.accesses.empty()) {
    return std::ranges::all_of(callable.accesses, [&](const RelationAccess& access) {
      return counted.contains(access.where);
    });
  }
  const auto counts = [](const std::string& column) { return column.starts_with("count("); };
  return !callable.statements.empty()
         && std::ranges::all_of(callable.statements, [&](const Statement& statement) {
              return std::ranges::any_of(statement.columns, counts);
            });
}

void Recorder::on_return(ValueRef value, const FlowContext& context)
{
  const bool own = entered_.empty() && context.inline_depth == 0 && !is_dead(context);
  if (!own) {
    return;
  }
  note_built(value, context, Truth::unknown);
  note_returned(value);
}

void Recorder::on_yield(ValueRef value, const FlowContext& context)
{
  if (entered_.empty() && context.inline_depth == 0 && !is_dead(context)) {
    note_iterations(context);
    note_returned(value);
  }
}

/// A statement that is handed on instead of being sent here.
void Recorder::note_built(ValueRef value, const FlowContext& context, Truth executed)
{
  const Value& made = settled(*value);
  if (made.kind == ValueKind::comprehension) {
    FlowContext inside = context; // nothing in it may have told of the loop
    inside.iterables.push_back(made.base);
    note_iterations(inside);
    return;
  }
  const auto draft = reader_.statement(value);
  if (!draft || draft->writes) {
    return;
  }
  Execution built;
  built.draft = draft;
  built.from = {made.origin, draft->root};
  if (sent_index(built.from) >= 0) {
    return;
  }
  const bool sliced =
    made.kind == ValueKind::subscript && draft->statement.style != StatementStyle::select;
  built.method = sliced ? "slice" : "";
  built.yield = Yield::query_list;
  built.receiver = sliced ? made.base : nullptr;
  send(built, context, loops(context));
  const int index = sent_index(built.from);
  if (index >= 0 && executed != Truth::yes && !sliced) {
    recording_.callable.statements[static_cast<std::size_t>(index)].executed = executed;
    recording_.notes[static_cast<std::size_t>(index)].session = SessionSource::none;
  }
  returns_statement_ = returns_statement_ || !sliced;
}

void Recorder::note_returned(ValueRef value)
{
  const Value& made = settled(*value);
  Holding held = reader_.holding(value);
  if (rank(held.shape) < rank(Shape::scalar) && made.kind == ValueKind::call) {
    for (const ValueRef item : made.items) { // jsonify(...), JSONResponse(...), Page(...)
      const Holding inner = reader_.holding(item);
      if (rank(inner.shape) > rank(Shape::scalar) && rank(inner.shape) > rank(held.shape)) {
        held = inner;
      }
    }
  }
  if (held.shape == Shape::row && made.kind == ValueKind::tuple) {
    for (const Holding& part : std::vector<Holding>(held.parts)) {
      held = rank(part.shape) >= rank(held.shape) ? part : held;
    }
  }
  returns_none_ = returns_none_ || held.shape == Shape::nothing;
  if (rank(held.shape) > rank(returned_.shape)) {
    returned_ = held;
  }
}

void Recorder::on_assign(const Value& target, ValueRef value, const FlowContext& context)
{
  static_cast<void>(value);
  if (target.kind != ValueKind::attribute || is_dead(context)) {
    return;
  }
  const Holding owner = reader_.holding(target.base);
  const bool changes =
    owner.shape == Shape::entity
    && (reader_.schema().column(owner.class_name, target.text) != nullptr
        || reader_.schema().relationship(owner.class_name, target.text) != nullptr);
  recording_.callable.writes = recording_.callable.writes || changes;
}

void Recorder::on_statement(const syntax::Stmt& statement, const FlowContext& context)
{
  static_cast<void>(statement);
  note_iterations(context);
}

bool Recorder::may_inline(const FunctionInfo& function)
{
  recording_.called.insert(&function);
  return !stands_alone(function);
}

void Recorder::finish()
{
  if (model_ != nullptr) {
    note_response_model(*this, model_, model_where_);
  }
  Callable& callable = recording_.callable;
  callable.returns_statement = returns_statement_;
  switch (returned_.shape) {
  case Shape::entity:
  case Shape::collection:
    callable.returns = "objects";
    callable.returns_class = returned_.class_name;
    break;
  case Shape::record:
  case Shape::records:
  case Shape::mapping:
    callable.returns = "dicts";
    break;
  case Shape::row:
  case Shape::rows:
    callable.returns = "rows";
    break;
  case Shape::scalar:
    callable.returns = "scalar";
    break;
  case Shape::nothing:
  case Shape::unknown:
    callable.returns = returns_statement_                  ? "statement"
                       : returned_.shape == Shape::nothing ? "none"
                                                           : "unknown";
    break;
  }
  if (returns_statement_ && returned_.shape != Shape::record && returned_.shape != Shape::records) {
    callable.returns = "statement";
  }
  for (StatementNote& note : recording_.notes) {
    const bool closed =
      note.session_value != nullptr && closed_.contains(settled(*note.session_value).origin);
    if (note.session == SessionSource::local_unclosed && closed) {
      note.session = SessionSource::local_closed;
    }
  }
  for (const StatementNote& note : recording_.notes) {
    const bool open =
      callable.session == SessionSource::unknown || callable.session == SessionSource::none;
    if (open && note.session != SessionSource::unknown) {
      callable.session = note.session;
    }
  }
  if (callable.statements.empty() && callable.session == SessionSource::unknown) {
    callable.session = SessionSource::none;
  }
  bool reads = false;
  for (const Statement& statement : callable.statements) {
    reads = reads || !statement.roots.empty() || !statement.columns.empty();
  }
  callable.commits_while_reading = committed_ && reads && !callable.writes;
  callable.counts_only = only_counts(callable, recording_.counted);
  callable.complete = truth(callable.gaps.empty());
}

} // namespace assay::facts::queries
