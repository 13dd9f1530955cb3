// SPDX-License-Identifier: MIT
#include "engine/facts/queries/sql_text.hpp"

#include "engine/facts/queries/sessions.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

using syntax::Expr;
using syntax::ExprKind;
using syntax::Stmt;

constexpr int k_max_text_depth = 24;

bool compares_membership(const Expr* expression, std::string_view name, int depth)
{
  if (expression == nullptr || depth > k_max_text_depth) {
    return false;
  }
  const bool membership = expression->kind == ExprKind::compare
                          && (expression->text == "in" || expression->text == "not in")
                          && !expression->items.empty() && expression->items.front()->text == name;
  return membership || compares_membership(expression->value, name, depth + 1)
         || std::ranges::any_of(expression->items, [&](const Expr* item) {
              return compares_membership(item, name, depth + 1);
            });
}

/// `if name not in ALLOWED: raise` anywhere in the function, or its like.
bool is_checked(const syntax::Block& block, std::string_view name, int depth)
{
  return depth <= k_max_text_depth && std::ranges::any_of(block, [&](const Stmt* statement) {
           const bool tests = statement->kind == syntax::StmtKind::if_
                              || statement->kind == syntax::StmtKind::assert_;
           return (tests && compares_membership(statement->value, name, 0))
                  || is_checked(statement->body, name, depth + 1)
                  || is_checked(statement->orelse, name, depth + 1);
         });
}

bool is_literal_container(const Value& value)
{
  return value.kind == ValueKind::dict || value.kind == ValueKind::list
         || value.kind == ValueKind::tuple || value.kind == ValueKind::set
         || value.kind == ValueKind::string;
}

/// True if what stands there may be a value that somebody else decides.
bool risky(Reader& reader, ValueRef ref, const FunctionInfo* function, int depth)
{
  if (depth > k_max_text_depth) {
    return false;
  }
  const Value& value = settled(*reader.resolve(ref));
  const auto any_risky = [&](const std::vector<ValueRef>& items) {
    return std::ranges::any_of(
      items, [&](ValueRef item) { return risky(reader, item, function, depth + 1); });
  };
  switch (value.kind) {
  case ValueKind::parameter: {
    const FunctionInfo* owner = value.function != nullptr ? value.function : function;
    return value.class_info == nullptr
           && (owner == nullptr || !is_checked(owner->syntax->body, value.text, 0));
  }
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::operation:
    return any_risky(value.items);
  case ValueKind::dict:
    return any_risky(value.items);
  case ValueKind::attribute: {
    const Operand operand = reader.operand(&value);
    return operand == Operand::parameter || operand == Operand::instance;
  }
  case ValueKind::subscript:
    return !is_literal_container(settled(*reader.resolve(value.base)))
           && risky(reader, value.base, function, depth + 1);
  case ValueKind::element:
    return risky(reader, value.base, function, depth + 1);
  case ValueKind::comprehension:
    return any_risky(value.items);
  case ValueKind::call: {
    const Value& callee = settled(*value.base);
    constexpr std::array<std::string_view, 6> k_numbers = {
      "len", "range", "enumerate", "id", "hash", "round"};
    if (callee.kind == ValueKind::symbol
        && std::ranges::find(k_numbers, callee.text) != k_numbers.end()) {
      return false;
    }
    const bool lookup = callee.kind == ValueKind::attribute && callee.text == "get"
                        && is_literal_container(settled(*reader.resolve(callee.base)));
    if (lookup) {
      return false;
    }
    const Operand operand = reader.operand(&value);
    return (operand == Operand::parameter || operand == Operand::instance)
           && (any_risky(value.items)
               || (callee.kind == ValueKind::attribute
                   && risky(reader, callee.base, function, depth + 1))
               || value.items.empty());
  }
  case ValueKind::symbol:
    return reader.operand(&value) == Operand::parameter;
  case ValueKind::unknown:
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
  case ValueKind::function_ref:
  case ValueKind::lambda:
  case ValueKind::either:
    return false;
  }
  return false;
}

bool is_text(const Value& value)
{
  return value.kind == ValueKind::string || value.kind == ValueKind::format_string
         || (value.kind == ValueKind::operation && (value.text == "%" || value.text == "+"))
         || (value.kind == ValueKind::call && settled(*value.base).kind == ValueKind::attribute
             && settled(*value.base).text == "format");
}

} // namespace

ValueRef sql_argument(Reader& reader, const Value& call)
{
  const ValueRef first = argument(call, 0);
  if (first == nullptr) {
    return nullptr;
  }
  const Value& callee = settled(*call.base);
  const std::string name = construct_name(callee);
  if (name == "text" || name == "literal_column") {
    return first;
  }
  if (callee.kind != ValueKind::attribute) {
    return nullptr;
  }
  const std::string& method = callee.text;
  const bool sends = method == "execute" || method == "exec_driver_sql" || method == "executemany"
                     || method == "executescript" || method == "exec" || method == "scalar"
                     || method == "fetch_all" || method == "fetch_one" || method == "read_sql";
  const bool cursor = sends && (is_session(reader, callee.base) || method != "exec");
  return cursor && is_text(settled(*reader.resolve(first))) ? first : nullptr;
}

std::string sql_built_how(Reader& reader, ValueRef sql, const FunctionInfo* function)
{
  if (sql->kind == ValueKind::either) {
    for (const ValueRef item : sql->items) {
      if (std::string how = sql_built_how(reader, item, function); !how.empty()) {
        return how;
      }
    }
    return {};
  }
  const Value& value = settled(*reader.resolve(sql));
  if (value.kind == ValueKind::format_string) {
    return risky(reader, &value, function, 0) ? "f-string" : "";
  }
  if (value.kind == ValueKind::operation && (value.text == "%" || value.text == "+")) {
    for (const ValueRef item : value.items) {
      if (std::string how = sql_built_how(reader, item, function); !how.empty()) {
        return how;
      }
    }
    const bool values = risky(reader, &value, function, 0);
    return !values ? "" : value.text == "%" ? "%" : "concatenation";
  }
  if (value.kind == ValueKind::call && settled(*value.base).kind == ValueKind::attribute
      && settled(*value.base).text == "format") {
    const bool values =
      std::ranges::any_of(value.items,
                          [&](ValueRef item) { return risky(reader, item, function, 0); })
      || std::ranges::any_of(value.keywords, [&](const auto& entry) {
           return risky(reader, entry.second, function, 0);
         });
    return values ? "format" : "";
  }
  return {};
}

} // namespace assay::facts::queries
