// SPDX-License-Identifier: MIT
// What single calls tell a Recorder: writes, SQL from values, counting, statements handed to
// others.
#include "engine/base/text.hpp"
#include "engine/facts/queries/describe.hpp"
#include "engine/facts/queries/recorder.hpp"
#include "engine/facts/queries/sessions.hpp"
#include "engine/facts/queries/sql_text.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

constexpr std::array<std::string_view, 9> k_session_writes = {"add",
                                                              "add_all",
                                                              "delete",
                                                              "merge",
                                                              "flush",
                                                              "bulk_save_objects",
                                                              "bulk_insert_mappings",
                                                              "bulk_update_mappings",
                                                              "save"};
constexpr std::array<std::string_view, 9> k_collection_writes = {
  "append", "remove", "extend", "insert", "clear", "discard", "add", "update", "set"};

/// Calls that take a statement apart or wrap it, and send nothing.
constexpr std::array<std::string_view, 22> k_wrapping = {
  "select", "exists",  "union",  "union_all", "in_",        "any_",   "aliased", "subquery",
  "str",    "print",   "repr",   "func",      "isinstance", "append", "compile", "info",
  "debug",  "warning", "pprint", "hash",      "type",       "id"};

/// Python's own modules that hand things on without looking at them.
constexpr std::array<std::string_view, 20> k_indifferent = {
  "contextlib", "functools", "asyncio", "logging",  "typing", "atexit", "threading",
  "itertools",  "json",      "pprint",  "re",       "os",     "sys",    "time",
  "math",       "hashlib",   "base64",  "datetime", "html",   "urllib"};

/// Settings of a connection, probes of a health check: nothing of the data is read.
bool is_housekeeping(std::string_view sql)
{
  const std::string lower = to_lower(trim(sql));
  constexpr std::array<std::string_view, 7> k_beginnings = {
    "pragma", "set ", "select 1", "select version", "show ", "vacuum", "analyze"};
  return std::ranges::any_of(
    k_beginnings, [&](std::string_view beginning) { return lower.starts_with(beginning); });
}

} // namespace

void Recorder::note_writes(const Value& call, const FlowContext& context)
{
  const Value& callee = settled(*call.base);
  if (callee.kind != ValueKind::attribute || is_dead(context)) {
    return;
  }
  const std::string& method = callee.text;
  const Value& receiver = settled(*callee.base);
  if (receiver.kind == ValueKind::attribute && among(method, k_collection_writes)) {
    if (const auto read = reader_.relation_read(receiver)) {
      recording_.callable.writes = recording_.callable.writes || !read->owner.fresh;
      const Location where = reader_.program().locate(receiver);
      std::erase_if(recording_.callable.accesses,
                    [&](const RelationAccess& access) { return access.where == where; });
      forget({receiver.origin, receiver.origin});
      return;
    }
  }
  if (method == "commit" && is_session(reader_, callee.base)) {
    committed_ = true;
  }
  if (among(method, k_session_writes) && is_session(reader_, callee.base)) {
    recording_.callable.writes = true;
    recording_.touches = true;
  }
  if ((method == "update" || method == "delete") && reader_.statement(callee.base) != nullptr) {
    recording_.callable.writes = true;
  }
}

/// `post.comments.append(...)` asked for nothing: the statement that reading post.comments stood
/// for goes.
void Recorder::forget(const Provenance& key)
{
  const int index = sent_index(key);
  if (index >= 0 && index + 1 == static_cast<int>(recording_.callable.statements.size())) {
    recording_.callable.statements.pop_back();
    recording_.notes.pop_back();
    indices_.erase(key);
  }
}

void Recorder::note_sql(const Value& call, const FlowContext& context)
{
  if (is_dead(context)) {
    return;
  }
  const ValueRef sql = sql_argument(reader_, call);
  if (sql == nullptr || is_housekeeping(settled(*sql).text)) {
    return;
  }
  const FunctionInfo* function = context.function != nullptr ? context.function : function_;
  const Value& callee = settled(*call.base);
  const bool sends = callee.kind == ValueKind::attribute && construct_name(callee) != "text";
  if (sends) {
    recording_.touches = true;
    Execution raw;
    auto draft = std::make_shared<Draft>();
    draft->statement.style = StatementStyle::text;
    draft->statement.sql = settled(*sql).text;
    draft->statement.where = reader_.program().locate(call);
    draft->root = call.origin;
    raw.draft = std::move(draft);
    raw.method = callee.text;
    raw.receiver = callee.base;
    raw.from = {call.origin, call.origin};
    send(raw, context, loops(context));
  }
  if (std::string how = sql_built_how(reader_, sql, function); !how.empty()) {
    recording_.touches = true;
    SqlBuild build{std::move(how), reader_.program().locate(call)};
    auto& built = recording_.callable.built_sql;
    if (std::ranges::find(built, build) == built.end()) {
      built.push_back(std::move(build));
    }
  }
}

/// len(post.comments), post.comments.count()
void Recorder::note_counting(const Value& call)
{
  const Value& callee = settled(*call.base);
  const Value* counted = nullptr;
  if (callee.kind == ValueKind::symbol && callee.text == "len" && call.items.size() == 1) {
    counted = &settled(*call.items.front());
  } else if (callee.kind == ValueKind::attribute && callee.text == "count") {
    counted = &settled(*callee.base);
  }
  if (counted == nullptr || counted->kind != ValueKind::attribute) {
    return;
  }
  recording_.counted.insert(reader_.program().locate(*counted));
}

/// A statement or a session given to something that was not read.
void Recorder::note_passed_on(const Value& call, const FlowContext& context)
{
  const Value& callee = settled(*call.base);
  const bool followed = callee.kind == ValueKind::function_ref
                        || callee.kind == ValueKind::class_ref || callee.kind == ValueKind::lambda;
  if (followed || is_dead(context) || !construct_name(callee).empty()) {
    return;
  }
  const std::string_view name =
    callee.kind == ValueKind::attribute ? std::string_view(callee.text) : short_name(callee.text);
  if (among(name, k_wrapping)
      || (callee.kind == ValueKind::attribute && reader_.statement(callee.base) != nullptr)) {
    return;
  }
  for (const ValueRef item : call.items) {
    const auto draft = reader_.statement(item);
    const bool telling =
      draft && (!draft->statement.roots.empty() || !draft->statement.columns.empty());
    if (telling && reader_.statement(&call) == nullptr) {
      Execution passed;
      passed.draft = draft;
      passed.method = std::string(name);
      passed.from = {call.origin, draft->root};
      const bool known = sent_index(passed.from) >= 0;
      send(passed, context, loops(context));
      const int index = sent_index(passed.from);
      if (!known && index >= 0) {
        recording_.callable.statements[static_cast<std::size_t>(index)].executed = Truth::unknown;
        recording_.callable.gaps.push_back("what " + std::string(name)
                                           + "() does with the statement was not read");
      }
      return;
    }
  }
  const auto dot = callee.text.find('.');
  const bool library = callee.kind == ValueKind::symbol && dot != std::string::npos
                       && !among(std::string_view(callee.text).substr(0, dot), k_indifferent);
  const bool lost = callee.kind == ValueKind::unknown && !callee.text.empty();
  if (!library && !lost) {
    return;
  }
  for (const ValueRef item : call.items) {
    const Value& given = settled(*item);
    const bool engine = dotted_name(given).find("create_engine") != std::string::npos;
    if (given.kind != ValueKind::string && !engine && is_session(reader_, item)) {
      recording_.callable.gaps.push_back(
        "what " + (callee.text.empty() ? std::string("a function") : callee.text)
        + "() does with the session was not read");
      return;
    }
  }
}

/// session.refresh(post, ["comments"]) loads the relationship for one object.
void Recorder::note_refresh(const Value& call, const FlowContext& context)
{
  const Value& callee = settled(*call.base);
  if (callee.kind != ValueKind::attribute || callee.text != "refresh" || call.items.empty()
      || is_dead(context)) {
    return;
  }
  const Holding owner = reader_.holding(call.items.front());
  const ValueRef names = argument_or_keyword(call, 1, "attribute_names");
  if (owner.shape != Shape::entity || names == nullptr) {
    return;
  }
  for (const ValueRef item : settled(*names).items) {
    if (const Relationship* relation =
          reader_.schema().relationship(owner.class_name, settled(*item).text)) {
      note_access(*relation, owner, loops(context), via(context), reader_.program().locate(call));
    }
  }
}

/// `user.posts` of one user is a way to ask for that user's posts.
void Recorder::note_relation_statement(const Value& attribute,
                                       const Relationship& relation,
                                       const Holding& owner,
                                       const FlowContext& context)
{
  if (!is_to_many(relation) || relation.target.empty() || !entered_.empty()) {
    return;
  }
  const bool own_object = settled(*attribute.base).class_info != nullptr;
  if (function_ != nullptr && (own_object || owner.given) && is_renderer(*function_)) {
    return;
  }
  auto draft = std::make_shared<Draft>();
  Statement& statement = draft->statement;
  statement.style = StatementStyle::relationship;
  statement.roots = {relation.target};
  statement.where = reader_.program().locate(attribute);
  draft->root = attribute.origin;
  const Relationship* back = reader_.schema().reverse(relation);
  Filter filter;
  filter.class_name = back != nullptr ? relation.target : relation.owner;
  filter.attribute = back != nullptr ? back->name : relation.name;
  filter.operand = reader_.operand(attribute.base);
  filter.text = source_text(reader_.program(), attribute);
  filter.where = statement.where;
  statement.filters.push_back(std::move(filter));
  if (const int parent = statement_index(owner.from); parent >= 0) {
    for (const LoadPath& path :
         recording_.callable.statements[static_cast<std::size_t>(parent)].options) {
      const bool through = path.steps.size() > 1 && path.steps.front().attribute == relation.name
                           && path.steps.front().class_name == relation.owner;
      if (through) {
        LoadPath rest = path;
        rest.steps.erase(rest.steps.begin());
        statement.options.push_back(std::move(rest));
      }
    }
  }
  Execution read;
  read.draft = std::move(draft);
  read.method = "attribute";
  read.from = {attribute.origin, attribute.origin};
  send(read, context, loops(context));
  if (const int index = sent_index(read.from); index >= 0) {
    recording_.notes[static_cast<std::size_t>(index)].session = SessionSource::none;
  }
}

/// association_proxy("topic_links", "topic") reads both relationships.
void Recorder::note_proxy(const Value& attribute, const FlowContext& context)
{
  const Holding owner = reader_.holding(attribute.base);
  const ClassInfo* info = reader_.class_info(owner.class_name);
  const auto found =
    info == nullptr ? std::nullopt : reader_.program().attribute(*info, attribute.text);
  if (!found || found->attribute == nullptr || found->attribute->value == nullptr) {
    return;
  }
  const Value& proxy = settled(
    *reader_.program().evaluate(*found->attribute->value, *found->owner->module, found->owner));
  if (proxy.kind != ValueKind::call || proxy.items.empty()) {
    return;
  }
  const Location where = reader_.program().locate(attribute);
  const Relationship* first =
    reader_.schema().relationship(owner.class_name, settled(*proxy.items.front()).text);
  if (first == nullptr) {
    return;
  }
  note_access(*first, owner, loops(context), via(context), where);
  const Relationship* second =
    proxy.items.size() < 2
      ? nullptr
      : reader_.schema().relationship(first->target, settled(*proxy.items[1]).text);
  if (second != nullptr) {
    Holding link = owner;
    link.class_name = first->target;
    note_access(*second, link, loops(context) + (is_to_many(*first) ? 1 : 0), via(context), where);
  }
}

} // namespace assay::facts::queries
