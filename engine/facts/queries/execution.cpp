// SPDX-License-Identifier: MIT
// Which calls send a statement, and in which form its result comes back.
#include "engine/base/text.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

constexpr std::array<std::string_view, 12> k_sending = {"execute",
                                                        "scalars",
                                                        "scalar",
                                                        "exec",
                                                        "stream",
                                                        "stream_scalars",
                                                        "exec_driver_sql",
                                                        "fetch_all",
                                                        "fetch_one",
                                                        "fetch_val",
                                                        "executemany",
                                                        "one_or_404"};
constexpr std::array<std::string_view, 5> k_getting = {
  "get", "get_one", "get_or_404", "get_or_create", "load"};
/// What makes a Query send itself and gives one row.
constexpr std::array<std::string_view, 8> k_single = {
  "first", "one", "one_or_none", "first_or_404", "one_or_404", "get", "get_or_404", "scalar_one"};
constexpr std::array<std::string_view, 5> k_scalars = {
  "scalar", "count", "exists_", "update", "delete"};
/// Functions of Python that iterate over what they are given.
constexpr std::array<std::string_view, 13> k_iterating = {"list",
                                                          "tuple",
                                                          "set",
                                                          "sorted",
                                                          "iter",
                                                          "dict",
                                                          "enumerate",
                                                          "zip",
                                                          "any",
                                                          "all",
                                                          "frozenset",
                                                          "reversed",
                                                          "sum"};

Provenance provenance(const Value& call, const Draft* draft)
{
  return {call.origin, draft == nullptr ? nullptr : draft->root};
}

/// A page of the statement: the page and its size come from the request.
std::shared_ptr<Draft> paged(const Draft& draft)
{
  auto page = std::make_shared<Draft>(draft);
  page->statement.limited = Truth::yes;
  page->statement.limit = Operand::parameter;
  page->statement.offset = true;
  return page;
}

bool is_query(const Draft& draft)
{
  return draft.statement.style == StatementStyle::query
         || draft.statement.style == StatementStyle::relationship
         || draft.statement.style == StatementStyle::aggregate;
}

} // namespace

std::optional<Execution> Reader::execution(const Value& call)
{
  if (call.kind != ValueKind::call) {
    return std::nullopt;
  }
  const Value& callee = settled(*call.base);
  Execution sent;
  const auto give = [&](std::shared_ptr<const Draft> draft, Yield yield) {
    sent.draft = std::move(draft);
    sent.yield = yield;
    sent.from = provenance(call, sent.draft.get());
    return std::optional(sent);
  };
  const std::string dotted = dotted_name(callee);
  const std::string_view method =
    callee.kind == ValueKind::attribute ? std::string_view(callee.text) : short_name(dotted);
  sent.method = std::string(method);
  sent.receiver = callee.kind == ValueKind::attribute ? callee.base : nullptr;

  if (callee.kind == ValueKind::symbol && among(callee.text, k_iterating)) {
    for (const ValueRef item : call.items) {
      if (const auto draft = statement(item); draft && is_query(*draft)) {
        sent.from = provenance(call, draft.get());
        return give(draft, Yield::query_list);
      }
    }
    return std::nullopt;
  }
  if (among(method, k_sending)) {
    const ValueRef given =
      argument(call, 0) != nullptr ? argument(call, 0) : keyword(call, "statement");
    if (given != nullptr) {
      if (auto draft = statement(given);
          draft && (sent.receiver != nullptr || callee.kind == ValueKind::symbol)) {
        const bool scalars = method == "scalars" || method == "stream_scalars"
                             || (method == "exec" && draft->yields.size() == 1);
        const bool single = method == "scalar" || method == "fetch_val";
        const bool one = method == "fetch_one" || method == "one_or_404";
        return give(draft,
                    scalars  ? Yield::first_column
                    : single ? Yield::scalar
                    : one    ? Yield::query_single
                             : Yield::rows);
      }
      const Value& text = settled(*resolve(given));
      const bool written =
        text.kind == ValueKind::string || text.kind == ValueKind::format_string
        || (text.kind == ValueKind::operation && (text.text == "%" || text.text == "+"));
      if (written && sent.receiver != nullptr && method != "scalar") {
        sent.text = given;
        return give(nullptr, Yield::rows);
      }
    }
  }
  if (callee.kind != ValueKind::attribute) {
    if (method.find("paginate") != std::string_view::npos
        || method.find("read_sql") != std::string_view::npos) {
      for (const ValueRef item : call.items) {
        if (const auto draft = statement(item)) {
          return give(paged(*draft), Yield::page);
        }
      }
    }
    return std::nullopt;
  }
  if (const auto draft = statement(callee.base)) {
    const bool query = is_query(*draft);
    if (!query) {
      return std::nullopt;
    }
    if ((method == "get" || method == "get_or_404") && !draft->statement.roots.empty()
        && !call.items.empty()) {
      auto by_key = std::make_shared<Draft>(*draft);
      const std::string& owner = draft->statement.roots.front();
      add_filter(owner, schema_.primary_key(owner), operand(call.items.front()), call, *by_key);
      return give(by_key, Yield::query_single);
    }
    if (method == "all" || method == "yield_per") {
      return method == "all" ? give(draft, Yield::query_list) : std::nullopt;
    }
    if (method == "paginate") {
      return give(paged(*draft), Yield::page);
    }
    if (among(method, k_single)) {
      return give(draft, Yield::query_single);
    }
    return among(method, k_scalars) ? give(draft, Yield::scalar) : std::nullopt;
  }
  if (among(method, k_getting) && !call.items.empty()) {
    const std::string owner = entity_of(call.items.front());
    if (!owner.empty() && schema_.mapped(owner) != nullptr) {
      auto draft = std::make_shared<Draft>();
      draft->statement.style = StatementStyle::get;
      draft->root = call.origin;
      draft->statement.where = program_.locate(call);
      select_item(call.items.front(), *draft);
      if (const ValueRef options = keyword(call, "options")) {
        draft->statement.options = load_paths(options, *draft, draft->gaps);
      }
      if (const ValueRef key = argument_or_keyword(call, 1, "ident")) {
        add_filter(owner, schema_.primary_key(owner), operand(key), call, *draft);
      }
      return give(draft, Yield::entity);
    }
  }
  if (method == "paginate" || method == "first_or_404" || method == "one_or_404") {
    const ValueRef given = argument_or_keyword(call, 0, "select");
    if (const auto draft = given == nullptr ? nullptr : statement(given)) {
      return method == "paginate" ? give(paged(*draft), Yield::page) : give(draft, Yield::entity);
    }
  }
  return std::nullopt;
}

std::optional<Execution> Reader::iteration(ValueRef value)
{
  const auto draft = statement(value);
  if (!draft || !is_query(*draft)) {
    return std::nullopt;
  }
  Execution sent;
  sent.method = "iteration";
  sent.receiver = &settled(*value);
  sent.draft = draft;
  sent.yield = Yield::query_list;
  const Value& origin = settled(*value);
  sent.from = {origin.origin, draft->root};
  return sent;
}

} // namespace assay::facts::queries
