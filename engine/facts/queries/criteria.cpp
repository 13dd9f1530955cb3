// SPDX-License-Identifier: MIT
// Conditions of WHERE: which column is compared, and with what.
#include "engine/base/text.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

constexpr std::array<std::string_view, 24> k_comparing = {
  "in_",        "notin_",       "not_in",   "is_",      "isnot",
  "is_not",     "like",         "ilike",    "contains", "icontains",
  "startswith", "istartswith",  "endswith", "between",  "op",
  "match",      "regexp_match", "any_",     "has_key",  "is_distinct_from",
  "not_like",   "not_ilike",    "__eq__",   "overlap"};

constexpr std::array<std::string_view, 9> k_joining = {
  "and_", "or_", "not_", "all_", "AND", "OR", "~", "and", "or"};

/// Names of libraries whose values the outside decides: request arguments, the user who is logged
/// in, the command line.
bool comes_from_outside(std::string_view dotted)
{
  constexpr std::array<std::string_view, 9> k_outside = {"request",
                                                         "current_user",
                                                         "sys.argv",
                                                         "input",
                                                         "getenv",
                                                         "environ",
                                                         "flask.g",
                                                         "argparse",
                                                         "click.prompt"};
  return std::ranges::any_of(k_outside, [dotted](std::string_view part) {
    return dotted.find(part) != std::string_view::npos;
  });
}

/// The strongest way in which the parts come about: a parameter beats an instance beats a constant.
Operand stronger(Operand a, Operand b)
{
  const auto rank = [](Operand operand) {
    switch (operand) {
    case Operand::parameter:
      return 4;
    case Operand::instance:
      return 3;
    case Operand::unknown:
      return 2;
    case Operand::column:
      return 1;
    case Operand::constant:
      return 0;
    }
    return 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

} // namespace

Operand Reader::operand(ValueRef ref)
{
  if (depth_ > 100) {
    return Operand::unknown;
  }

  struct Deeper {
    explicit Deeper(int& depth)
      : depth_(depth)
    {
      ++depth_;
    }

    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

    ~Deeper() { --depth_; }

    int& depth_;
  } deeper(depth_);

  const Value& value = settled(*resolve(ref));
  switch (value.kind) {
  case ValueKind::parameter:
    return value.class_info != nullptr ? Operand::instance : Operand::parameter;
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::class_ref:
    return Operand::constant;
  case ValueKind::symbol:
    return comes_from_outside(value.text) ? Operand::parameter : Operand::constant;
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::operation: {
    Operand whole = Operand::constant;
    for (const ValueRef item : value.items) {
      whole = stronger(whole, operand(item));
    }
    return whole;
  }
  case ValueKind::attribute:
  case ValueKind::element:
  case ValueKind::subscript:
  case ValueKind::comprehension: {
    if (column_name(&value)) {
      return Operand::column;
    }
    const Holding held = holding(value.kind == ValueKind::attribute ? value.base : &value);
    if (held.fresh) {
      return Operand::constant;
    }
    const ValueRef inner =
      value.kind == ValueKind::comprehension ? value.items.front() : value.base;
    if (held.from.execution != nullptr) {
      const bool direct = settled(*inner).kind == ValueKind::call;
      return direct ? operand(inner) : Operand::instance;
    }
    const Operand base = operand(inner);
    return base == Operand::constant && value.kind != ValueKind::subscript ? Operand::unknown
                                                                           : base;
  }
  case ValueKind::call: {
    if (const auto inner = statement(&value)) {
      Operand whole = Operand::constant;
      for (const Filter& filter : inner->statement.filters) {
        whole = stronger(whole, filter.operand);
      }
      return inner->statement.filters.empty() ? Operand::column : whole;
    }
    if (const auto sent = execution(value); sent && sent->draft) {
      const auto& filters = sent->draft->statement.filters;
      const bool fixed = !filters.empty() && std::ranges::all_of(filters, [](const Filter& filter) {
        return filter.operand == Operand::constant;
      });
      return fixed ? Operand::constant : Operand::instance;
    }
    if (holding(&value).fresh) {
      return Operand::constant;
    }
    const Value& callee = settled(*value.base);
    Operand whole = callee.kind == ValueKind::attribute ? operand(callee.base) : Operand::constant;
    for (const ValueRef item : value.items) {
      whole = stronger(whole, operand(item));
    }
    const bool bind = construct_name(callee) == "bindparam";
    return bind || comes_from_outside(dotted_name(callee)) ? Operand::parameter : whole;
  }
  case ValueKind::unknown:
    // A free name of a lambda statement or a variable that the walk lost.
    return value.text.empty() ? Operand::unknown : Operand::parameter;
  case ValueKind::dict:
  case ValueKind::module_ref:
  case ValueKind::function_ref:
  case ValueKind::lambda:
  case ValueKind::either:
    return Operand::unknown;
  }
  return Operand::unknown;
}

void Reader::add_filter(const std::string& owner,
                        std::string_view attribute,
                        Operand operand,
                        const Value& at,
                        Draft& draft)
{
  // `posts.c.user_id` beside select(Post): the same rows by the name of their table.
  const std::string mapped = schema_.class_of_table(owner);
  const bool selected =
    !mapped.empty() && std::ranges::find(draft.from, mapped) != draft.from.end();
  Filter filter;
  filter.class_name = selected ? mapped : owner;
  filter.attribute = std::string(attribute);
  filter.operand = operand;
  filter.text = source_text(program_, at);
  filter.where = program_.locate(at);
  draft.statement.filters.push_back(std::move(filter));
}

void Reader::criteria(ValueRef condition, Draft& draft)
{
  const Value& value = settled(*resolve(condition));
  switch (value.kind) {
  case ValueKind::operation:
    if (among(value.text, k_joining) || value.text == "&" || value.text == "|"
        || value.text == "not") {
      for (const ValueRef item : value.items) {
        criteria(item, draft);
      }
    } else {
      compare(value, draft);
    }
    return;
  case ValueKind::call: {
    const std::string function = construct_name(*value.base);
    if (among(function, k_joining)) {
      for (const ValueRef item : value.items) {
        criteria(item, draft);
      }
      return;
    }
    method_criterion(value, draft);
    return;
  }
  case ValueKind::list:
  case ValueKind::tuple:
    for (const ValueRef item : value.items) {
      criteria(item, draft);
    }
    return;
  case ValueKind::attribute:
    if (const auto column = column_name(&value)) {
      add_filter(column->owner, column->attribute, Operand::constant, value, draft);
    }
    return;
  case ValueKind::comprehension:
    if (!value.items.empty()) {
      criteria(value.items.front(), draft);
    }
    return;
  case ValueKind::none:
  case ValueKind::boolean:
    return;
  case ValueKind::unknown:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
  case ValueKind::set:
  case ValueKind::dict:
  case ValueKind::symbol:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
  case ValueKind::function_ref:
  case ValueKind::subscript:
  case ValueKind::lambda:
  case ValueKind::parameter:
  case ValueKind::element:
  case ValueKind::either:
    draft.gaps.push_back("the condition \"" + source_text(program_, value)
                         + "\" is not understood");
    return;
  }
}

void Reader::compare(const Value& operation, Draft& draft)
{
  if (operation.items.size() != 2) {
    return;
  }
  if (column_name(operation.items[0])) {
    comparison(operation.items[0], operation.items[1], operation, draft);
  } else if (column_name(operation.items[1])) {
    comparison(operation.items[1], operation.items[0], operation, draft);
  }
}

void Reader::comparison(ValueRef column, ValueRef other, const Value& at, Draft& draft)
{
  const auto name = column_name(column);
  if (!name) {
    return;
  }
  if (const auto linked = column_name(other)) {
    draft.links.emplace_back(name->owner, linked->owner);
    add_filter(name->owner, name->attribute, Operand::column, at, draft);
    return;
  }
  Operand right = operand(other);
  const bool is_relation = schema_.relationship(name->owner, name->attribute) != nullptr;
  if (is_relation && right == Operand::unknown) {
    right = Operand::instance;
  }
  add_filter(name->owner, name->attribute, right, at, draft);
  if (const auto inner = statement(other)) {
    for (const Filter& filter : inner->statement.filters) {
      draft.inner_filters.push_back(draft.statement.filters.size());
      draft.statement.filters.push_back(filter);
    }
  }
}

/// Post.title.ilike(x), Post.author.has(...), Post.tags.any(...), with_parent(user),
/// exists().where(...)
void Reader::method_criterion(const Value& call, Draft& draft)
{
  const Value& callee = settled(*call.base);
  if (construct_name(callee) == "with_parent"
      || (callee.kind == ValueKind::symbol && callee.text.ends_with("with_parent"))) {
    parent_criterion(call, draft);
    return;
  }
  if (construct_name(callee) == "text") {
    const Value* sql = call.items.empty() ? nullptr : &settled(*call.items.front());
    add_filter({},
               sql == nullptr ? std::string() : sql->text,
               sql == nullptr ? Operand::unknown : operand(sql),
               call,
               draft);
    return;
  }
  const auto inner_of = [&](const Draft& inner) {
    for (const Filter& filter : inner.statement.filters) {
      draft.inner_filters.push_back(draft.statement.filters.size());
      draft.statement.filters.push_back(filter);
    }
  };
  if (callee.kind != ValueKind::attribute) {
    if (const auto inner = statement(&call)) {
      inner_of(*inner);
    }
    return;
  }
  const auto name = column_name(callee.base);
  if (name && (callee.text == "has" || callee.text == "any")) {
    Draft inner;
    for (const ValueRef item : call.items) {
      criteria(item, inner);
    }
    const Relationship* relation = schema_.relationship(name->owner, name->attribute);
    Operand strongest = Operand::constant;
    for (const auto& [key, value] : call.keywords) {
      add_filter(
        relation == nullptr ? std::string() : relation->target, key, operand(value), call, inner);
    }
    for (const Filter& filter : inner.statement.filters) {
      strongest = stronger(strongest, filter.operand);
    }
    add_filter(name->owner, name->attribute, strongest, call, draft);
    inner_of(inner);
    return;
  }
  if (name && among(callee.text, k_comparing)) {
    const ValueRef other = argument(call, 0);
    if (other == nullptr) {
      add_filter(name->owner, name->attribute, Operand::constant, call, draft);
    } else {
      comparison(callee.base, other, call, draft);
    }
    return;
  }
  if (const auto inner = statement(&call)) {
    inner_of(*inner);
    return;
  }
  if (name) {
    add_filter(name->owner, name->attribute, Operand::unknown, call, draft);
    return;
  }
  if (!column_name(&call)) {
    draft.gaps.push_back("the condition \"" + source_text(program_, call) + "\" is not understood");
  }
}

/// with_parent(user, User.posts) means Post.author == user.
void Reader::parent_criterion(const Value& call, Draft& draft)
{
  if (call.items.empty()) {
    return;
  }
  const ValueRef property = argument_or_keyword(call, 1, "prop");
  const auto named = property == nullptr ? std::nullopt : loaded_attribute(property, {});
  const Relationship* relation =
    named ? schema_.relationship(named->class_name, named->attribute) : nullptr;
  const Relationship* back = relation == nullptr ? nullptr : schema_.reverse(*relation);
  if (relation == nullptr) {
    draft.gaps.push_back("the relationship of \"" + source_text(program_, call)
                         + "\" is not known");
    return;
  }
  draft.inner_filters.push_back(draft.statement.filters.size());
  add_filter(back != nullptr ? relation->target : relation->owner,
             back != nullptr ? back->name : relation->name,
             operand(call.items.front()),
             call,
             draft);
}

void Reader::filter_by(const Value& call, Draft& draft)
{
  for (const auto& [name, value] : call.keywords) {
    if (name.empty()) {
      continue; // **filters: empty unless the caller gives some
    }
    add_filter(draft.last_joined, name, operand(value), call, draft);
  }
}

} // namespace assay::facts::queries
