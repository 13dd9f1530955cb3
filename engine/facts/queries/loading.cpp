// SPDX-License-Identifier: MIT
// Loader options: selectinload(User.posts).joinedload(Post.comments) and everything that means the
// same.
#include "engine/base/text.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

constexpr std::array<std::string_view, 11> k_strategies = {"selectinload",
                                                           "joinedload",
                                                           "subqueryload",
                                                           "contains_eager",
                                                           "immediateload",
                                                           "lazyload",
                                                           "raiseload",
                                                           "noload",
                                                           "defaultload",
                                                           "joinedload_all",
                                                           "subqueryload_all"};

/// Options about columns and criteria: they load no relationship.
constexpr std::array<std::string_view, 12> k_column_options = {"load_only",
                                                               "defer",
                                                               "undefer",
                                                               "undefer_group",
                                                               "with_loader_criteria",
                                                               "with_expression",
                                                               "selectin_polymorphic",
                                                               "FromCache",
                                                               "set_relationship_caching",
                                                               "execution_options",
                                                               "bundle",
                                                               "defer_all"};

std::string plain_strategy(std::string_view name)
{
  return std::string(name.ends_with("_all") ? name.substr(0, name.size() - 4) : name);
}

} // namespace

bool is_load_strategy(std::string_view name)
{
  return among(name, k_strategies);
}

/// The relationship that an option's argument names; `owner` is the class a string is looked up on.
std::optional<Reader::LoadedAttribute> Reader::loaded_attribute(ValueRef ref,
                                                                const std::string& owner)
{
  const Value& value = settled(*resolve(ref));
  LoadedAttribute found;
  if (value.kind == ValueKind::string) {
    found.attribute = value.text;
    found.class_name = value.text == "*" ? std::string() : owner;
  } else if (value.kind == ValueKind::attribute) {
    found.class_name = entity_of(value.base);
    found.attribute = value.text;
    if (found.class_name.empty()) {
      if (const auto outer = loaded_attribute(value.base, {}); outer && !outer->target.empty()) {
        found.class_name = outer->target;
      }
    }
    if (found.class_name.empty()) {
      return std::nullopt;
    }
  } else if (value.kind == ValueKind::call && settled(*value.base).kind == ValueKind::attribute) {
    const Value& callee = settled(*value.base);
    const bool same = callee.text == "of_type" || callee.text == "and_" || callee.text == "label";
    if (!same) {
      return std::nullopt;
    }
    auto inner = loaded_attribute(callee.base, owner);
    if (inner && callee.text == "of_type" && !value.items.empty()) {
      const std::string narrowed = entity_of(value.items.front());
      inner->target = narrowed.empty() ? inner->target : narrowed;
    }
    return inner;
  } else {
    return std::nullopt;
  }
  if (const Relationship* relation = schema_.relationship(found.class_name, found.attribute)) {
    found.target = relation->target;
  }
  return found;
}

std::vector<LoadPath>
Reader::load_paths(ValueRef option, const Draft& draft, std::vector<std::string>& gaps)
{
  const Value& value = settled(*resolve(option));
  const std::string root =
    draft.statement.roots.empty() ? std::string() : draft.statement.roots.front();
  std::vector<LoadPath> paths;
  if (option->kind == ValueKind::either) {
    for (const ValueRef item : option->items) {
      auto more = load_paths(item, draft, gaps);
      paths.insert(paths.end(), more.begin(), more.end());
    }
    return paths;
  }
  if (value.kind == ValueKind::list || value.kind == ValueKind::tuple
      || value.kind == ValueKind::set) {
    for (const ValueRef item : value.items) {
      auto more = load_paths(item, draft, gaps);
      paths.insert(paths.end(), more.begin(), more.end());
    }
    return paths;
  }
  if (value.kind == ValueKind::comprehension && !value.items.empty()) {
    return load_paths(value.items.front(), draft, gaps);
  }
  if (value.kind == ValueKind::parameter || (value.kind == ValueKind::unknown && value.text == "*")
      || value.kind == ValueKind::none) {
    return paths; // what the caller adds; the rest of the statement stands
  }
  if (value.kind != ValueKind::call) {
    gaps.push_back("the loader option \"" + source_text(program_, value) + "\" is not known");
    return paths;
  }
  LoadChain chain = load_chain(value, root, gaps);
  if (!chain.known) {
    gaps.push_back("the loader option \"" + source_text(program_, value) + "\" is not understood");
  }
  LoadPath path;
  path.steps = chain.steps;
  path.where = program_.locate(value);
  for (LoadPath& branch : chain.branches) {
    branch.where = path.where;
    paths.push_back(std::move(branch));
  }
  if (!path.steps.empty() && paths.empty()) {
    paths.push_back(std::move(path));
  }
  return paths;
}

Reader::LoadChain
Reader::load_chain(const Value& call, const std::string& root, std::vector<std::string>& gaps)
{
  LoadChain chain;
  chain.owner = root;
  const Value& callee = settled(*call.base);
  const std::string function = construct_name(callee);
  if (among(function, k_strategies)) {
    load_step(call, function, chain, gaps);
    return chain;
  }
  if (function == "Load" || function == "strategy_options.Load") {
    chain.owner = call.items.empty() ? std::string() : entity_of(call.items.front());
    return chain;
  }
  if (among(function, k_column_options)) {
    chain.loads = false;
    return chain;
  }
  if (callee.kind != ValueKind::attribute) {
    chain.known = false;
    return chain;
  }
  const Value& before = settled(*resolve(callee.base));
  if (before.kind != ValueKind::call) {
    // A name that no import explains, or orm.selectinload of an unknown module: by name alone.
    if (among(callee.text, k_strategies)) {
      load_step(call, callee.text, chain, gaps);
    } else {
      chain.known = false;
    }
    return chain;
  }
  chain = load_chain(before, root, gaps);
  if (among(callee.text, k_strategies)) {
    load_step(call, callee.text, chain, gaps);
  } else if (callee.text == "options") {
    Draft inner;
    inner.statement.roots = {chain.owner};
    for (const ValueRef item : call.items) {
      for (LoadPath& path : load_paths(item, inner, gaps)) {
        path.steps.insert(path.steps.begin(), chain.steps.begin(), chain.steps.end());
        chain.branches.push_back(std::move(path));
      }
    }
  } else if (!among(callee.text, k_column_options)) {
    chain.known = false;
  }
  return chain;
}

void Reader::load_step(const Value& call,
                       std::string_view strategy,
                       LoadChain& chain,
                       std::vector<std::string>& gaps)
{
  for (const ValueRef item : call.items) {
    const Value& value = settled(*resolve(item));
    std::vector<ValueRef> parts{item};
    if (value.kind == ValueKind::string && value.text.find('.') != std::string::npos) {
      parts.clear(); // 1.4: joinedload("comments.author")
      for (const std::string_view name : split(value.text, '.')) {
        Value part = value;
        part.text = std::string(name);
        parts.push_back(program_.make(std::move(part)));
      }
    }
    for (const ValueRef part : parts) {
      const auto attribute = loaded_attribute(part, chain.owner);
      if (!attribute) {
        gaps.push_back("the relationship in \"" + source_text(program_, call) + "\" is not known");
        chain.known = false;
        return;
      }
      chain.steps.push_back(
        {plain_strategy(strategy), attribute->class_name, attribute->attribute});
      chain.owner = attribute->target;
    }
  }
}

} // namespace assay::facts::queries
