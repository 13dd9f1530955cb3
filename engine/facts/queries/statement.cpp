// SPDX-License-Identifier: MIT
// Where statements begin, and how the links of a chain change them.
#include "engine/base/text.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

constexpr int k_max_chain_depth = 160;

/// Methods that only a Query has: called on a relationship they show that it is loaded dynamically.
constexpr std::array<std::string_view, 9> k_query_only = {"filter",
                                                          "filter_by",
                                                          "order_by",
                                                          "options",
                                                          "join",
                                                          "limit",
                                                          "paginate",
                                                          "select",
                                                          "with_entities"};

std::shared_ptr<Draft> begin(StatementStyle style, const Value& at, const Program& program)
{
  auto draft = std::make_shared<Draft>();
  draft->statement.style = style;
  draft->root = at.origin;
  draft->statement.where = program.locate(at);
  return draft;
}

/// Marks filters whose class nothing brings into FROM, and lists what stands unjoined beside the
/// first class.
void finish(Draft& draft)
{
  Statement& statement = draft.statement;
  std::vector<std::string> mentioned = draft.from;
  const auto inner = [&](std::size_t i) {
    return std::ranges::find(draft.inner_filters, i) != draft.inner_filters.end();
  };
  for (std::size_t i = 0; i < statement.filters.size(); ++i) {
    if (!inner(i) && !statement.filters[i].class_name.empty()) {
      push_unique(mentioned, statement.filters[i].class_name);
    }
  }
  std::vector<std::string> reached;
  if (!mentioned.empty()) {
    reached.push_back(mentioned.front());
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& [a, b] : draft.links) {
      const bool has_a = std::ranges::find(reached, a) != reached.end();
      const bool has_b = std::ranges::find(reached, b) != reached.end();
      if (has_a != has_b) {
        reached.push_back(has_a ? b : a);
        grown = true;
      }
    }
  }
  statement.unjoined.clear();
  const bool understood = !draft.open_root && draft.gaps.empty();
  for (const std::string& name : mentioned) {
    if (understood && std::ranges::find(reached, name) == reached.end()) {
      statement.unjoined.push_back(name);
    }
  }
  for (std::size_t i = 0; i < statement.filters.size(); ++i) {
    const std::string& name = statement.filters[i].class_name;
    statement.filters[i].joined =
      inner(i) || name.empty() || std::ranges::find(reached, name) != reached.end()
      || std::ranges::find(draft.from, name) != draft.from.end() || !understood;
  }
}

} // namespace

std::shared_ptr<const Draft> Reader::statement(ValueRef value)
{
  if (const auto known = statements_.find(value); known != statements_.end()) {
    return known->second;
  }
  if (depth_ > k_max_chain_depth) {
    return nullptr;
  }
  statements_[value] = nullptr;
  ++depth_;
  std::shared_ptr<Draft> draft = compute_statement(value);
  --depth_;
  if (draft != nullptr) {
    finish(*draft);
  }
  statements_[value] = draft;
  return draft;
}

std::shared_ptr<Draft> Reader::compute_statement(ValueRef value)
{
  switch (value->kind) {
  case ValueKind::either:
    return merged(*value);
  case ValueKind::call: {
    if (auto draft = statement_of_call(*value)) {
      return draft;
    }
    const ValueRef resolved = resolve(value);
    const auto found = resolved != value ? statement(resolved) : nullptr;
    return found ? std::make_shared<Draft>(*found) : nullptr;
  }
  case ValueKind::attribute: {
    if (auto draft = class_query(*value)) {
      return draft;
    }
    if (const auto read = relation_read(*value)) {
      const bool query =
        read->relation->collection == "dynamic" || read->relation->collection == "write_only"
        || read->relation->lazy == "dynamic" || read->relation->lazy == "write_only";
      return query ? relation_root(*value) : nullptr;
    }
    const ValueRef resolved = resolve(value);
    const auto found = resolved != value ? statement(resolved) : nullptr;
    return found ? std::make_shared<Draft>(*found) : nullptr;
  }
  case ValueKind::subscript: {
    const auto before = statement(value->base);
    const bool slice = value->items.size() == 1 && value->items.front()->origin != nullptr
                       && value->items.front()->origin->kind == syntax::ExprKind::slice;
    if (!before || !slice) {
      return nullptr;
    }
    auto draft = std::make_shared<Draft>(*before);
    const auto& bounds = value->items.front()->origin->items;
    const syntax::Expr* upper = bounds.size() > 1 ? bounds[1] : nullptr;
    const bool fixed = upper != nullptr && upper->kind == syntax::ExprKind::number;
    draft->statement.limited = truth(upper != nullptr);
    draft->statement.limit = fixed ? Operand::constant : Operand::parameter;
    draft->statement.offset = !bounds.empty() && bounds[0] != nullptr;
    return draft;
  }
  case ValueKind::operation: {
    // lambda_stmt: `stmt += lambda s: s.where(...)`
    if (value->text != "+" || value->items.size() != 2
        || value->items[1]->kind != ValueKind::lambda) {
      return nullptr;
    }
    const auto before = statement(value->items[0]);
    const Value& lambda = *value->items[1];
    if (!before || lambda.origin == nullptr || lambda.origin->value == nullptr) {
      return nullptr;
    }
    auto draft = std::make_shared<Draft>(*before);
    std::vector<ValueRef> links;
    ValueRef link = program_.evaluate(*lambda.origin->value, *lambda.module);
    while (link->kind == ValueKind::call && link->base->kind == ValueKind::attribute) {
      links.push_back(link);
      link = link->base->base;
    }
    for (auto call = links.rbegin(); call != links.rend(); ++call) {
      apply(**call, (*call)->base->text, *draft);
    }
    return draft;
  }
  case ValueKind::unknown:
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::dict:
  case ValueKind::symbol:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
  case ValueKind::function_ref:
  case ValueKind::lambda:
  case ValueKind::parameter:
  case ValueKind::element:
  case ValueKind::comprehension:
    return nullptr;
  }
  return nullptr;
}

/// What several branches build: the last one, with the options, filters and order that only other
/// branches add.
std::shared_ptr<Draft> Reader::merged(const Value& either)
{
  std::shared_ptr<Draft> whole;
  for (auto item = either.items.rbegin(); item != either.items.rend(); ++item) {
    const auto branch = statement(*item);
    if (!branch) {
      continue;
    }
    if (!whole) {
      whole = std::make_shared<Draft>(*branch);
      continue;
    }
    Statement& into = whole->statement;
    const bool differs = !(into == branch->statement);
    into.conditional = into.conditional || differs;
    if (into.roots != branch->statement.roots || !differs) {
      continue;
    }
    const auto add = [](auto& list, const auto& more) {
      for (const auto& entry : more) {
        if (std::ranges::find(list, entry) == list.end()) {
          list.push_back(entry);
        }
      }
    };
    add(into.options, branch->statement.options);
    add(into.joins, branch->statement.joins);
    for (std::size_t i = 0; i < branch->statement.filters.size(); ++i) {
      const Filter& filter = branch->statement.filters[i];
      const bool known = std::ranges::any_of(
        into.filters, [&](const Filter& other) { return other.where == filter.where; });
      if (!known) {
        const bool inner =
          std::ranges::find(branch->inner_filters, i) != branch->inner_filters.end();
        if (inner) {
          whole->inner_filters.push_back(into.filters.size());
        }
        into.filters.push_back(filter);
      }
    }
    if (into.order.empty()) {
      into.order = branch->statement.order;
    }
    if (into.limited == Truth::no && branch->statement.limited != Truth::no) {
      into.limited = Truth::unknown;
      into.limit = branch->statement.limit;
    }
    add(whole->links, branch->links);
    add(whole->from, branch->from);
    add(whole->gaps, branch->gaps);
  }
  if (whole && either.items.size() > 1) {
    whole->statement.conditional = true;
  }
  return whole;
}

std::shared_ptr<Draft> Reader::statement_of_call(const Value& call)
{
  const Value& callee = settled(*call.base);
  if (auto draft = function_statement(call, construct_name(callee))) {
    return draft;
  }
  if (callee.kind != ValueKind::attribute) {
    return nullptr;
  }
  const std::string& method = callee.text;
  if (method == "query") {
    if (auto draft = query_root(call)) {
      return draft;
    }
  }
  std::shared_ptr<const Draft> before = statement(callee.base);
  if (!before && among(method, k_query_only)) {
    const ValueRef receiver = &settled(*callee.base);
    if (receiver->kind == ValueKind::attribute && relation_read(*receiver)) {
      before = relation_root(*receiver);
      if (method == "select") {
        return std::make_shared<Draft>(*before);
      }
    }
  }
  if (before) {
    auto draft = std::make_shared<Draft>(*before);
    const bool collection_select = method == "select" && call.items.empty();
    if (collection_select || apply(call, method, *draft)) {
      return draft;
    }
    return custom_query_method(call, *before);
  }
  if (auto draft = core_method(call)) {
    return draft;
  }
  const bool plain_select =
    method == "select" && !call.items.empty()
    && (!entity_of(call.items.front()).empty() || column_name(call.items.front()));
  return plain_select ? function_statement(call, "select") : nullptr;
}

/// select(), text(), lambda_stmt(), insert() ...
std::shared_ptr<Draft> Reader::function_statement(const Value& call, std::string_view name)
{
  if (name == "select") {
    auto draft = begin(StatementStyle::select, call, program_);
    select_columns(call, *draft);
    select_arguments(call, *draft);
    return draft;
  }
  if (name == "text" && !call.items.empty()) {
    auto draft = begin(StatementStyle::text, call, program_);
    draft->statement.sql = settled(*call.items.front()).text;
    return draft;
  }
  if (name == "insert" || name == "update" || name == "delete") {
    auto draft = begin(StatementStyle::core, call, program_);
    draft->writes = true;
    if (!call.items.empty()) {
      select_item(call.items.front(), *draft);
    }
    return draft;
  }
  if (name == "lambda_stmt") {
    return lambda_statement(call);
  }
  if (name == "union" || name == "union_all" || name == "except_" || name == "intersect") {
    const auto first = call.items.empty() ? nullptr : statement(call.items.front());
    return first ? std::make_shared<Draft>(*first) : nullptr;
  }
  if (name == "exists") {
    const auto inner = call.items.empty() ? nullptr : statement(call.items.front());
    return inner ? std::make_shared<Draft>(*inner) : begin(StatementStyle::select, call, program_);
  }
  return nullptr;
}

std::shared_ptr<Draft> Reader::lambda_statement(const Value& call)
{
  const ValueRef lambda = argument(call, 0);
  const bool readable = lambda != nullptr && lambda->kind == ValueKind::lambda
                        && lambda->origin != nullptr && lambda->origin->value != nullptr
                        && lambda->module != nullptr;
  if (!readable) {
    return nullptr;
  }
  const auto inner = statement(program_.evaluate(*lambda->origin->value, *lambda->module));
  return inner ? std::make_shared<Draft>(*inner) : nullptr;
}

std::shared_ptr<Draft> Reader::query_root(const Value& call)
{
  if (call.items.empty()) {
    return nullptr;
  }
  const ValueKind first = settled(*resolve(call.items.front())).kind;
  if (first == ValueKind::string || first == ValueKind::format_string || first == ValueKind::dict) {
    return nullptr;
  }
  auto draft = begin(StatementStyle::query, call, program_);
  select_columns(call, *draft);
  return draft;
}

/// `Post.query` of Flask-SQLAlchemy and of scoped_session.query_property().
std::shared_ptr<Draft> Reader::class_query(const Value& attribute)
{
  if (attribute.text != "query") {
    return nullptr;
  }
  const std::string owner = entity_of(attribute.base);
  if (owner.empty() || schema_.mapped(owner) == nullptr) {
    return nullptr;
  }
  auto draft = begin(StatementStyle::query, attribute, program_);
  select_item(attribute.base, *draft);
  return draft;
}

/// `user.posts` where the relationship is a query of its own.
std::shared_ptr<Draft> Reader::relation_root(const Value& attribute)
{
  const auto read = relation_read(attribute);
  if (!read || read->relation->target.empty()) {
    return nullptr;
  }
  auto draft = begin(StatementStyle::relationship, attribute, program_);
  const std::string& target = read->relation->target;
  draft->statement.roots = {target};
  draft->from = {target};
  draft->last_joined = target;
  Holding one;
  one.shape = Shape::entity;
  one.class_name = target;
  draft->yields = {one};
  const Relationship* back = schema_.reverse(*read->relation);
  add_filter(back != nullptr ? target : read->relation->owner,
             back != nullptr ? back->name : read->relation->name,
             operand(attribute.base),
             attribute,
             *draft);
  draft->inner_filters.push_back(0);
  return draft;
}

/// `posts.select()`, `Post.__table__.insert()`.
std::shared_ptr<Draft> Reader::core_method(const Value& call)
{
  const Value& callee = settled(*call.base);
  const bool writes = callee.text == "insert" || callee.text == "update" || callee.text == "delete";
  if ((!writes && callee.text != "select") || settled(*callee.base).kind == ValueKind::class_ref) {
    return nullptr;
  }
  const std::string table = entity_of(callee.base);
  if (table.empty()) {
    return nullptr;
  }
  auto draft = begin(StatementStyle::core, call, program_);
  draft->writes = writes;
  select_item(callee.base, *draft);
  for (const ValueRef item : call.items) {
    criteria(item, *draft);
  }
  return draft;
}

/// `session.query(Post).published()`: a method of the candidate's own Query class.
std::shared_ptr<Draft> Reader::custom_query_method(const Value& call, const Draft& before)
{
  const Value& callee = settled(*call.base);
  if (before.statement.style != StatementStyle::query
      && before.statement.style != StatementStyle::select) {
    return nullptr;
  }
  for (const auto& [qualified, info] : class_infos_) {
    const auto method = std::ranges::find_if(info->methods, [&](const FunctionInfo* candidate) {
      return candidate->syntax->name == callee.text;
    });
    if (method == info->methods.end()) {
      continue;
    }
    const auto bases = program_.library_bases(*info);
    const bool is_query = std::ranges::any_of(bases, [](ValueRef base) {
      const std::string name =
        dotted_name(base->kind == ValueKind::subscript ? *base->base : *base);
      return name.ends_with("Query") || name.ends_with("Select");
    });
    if (!is_query) {
      continue;
    }
    const ValueRef value = run(**method, bind(**method, call, callee.base));
    const auto found = value != nullptr ? statement(value) : nullptr;
    if (found) {
      return std::make_shared<Draft>(*found);
    }
  }
  return nullptr;
}

} // namespace assay::facts::queries
