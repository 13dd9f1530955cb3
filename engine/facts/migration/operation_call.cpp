// SPDX-License-Identifier: MIT
#include "engine/facts/migration/operation_call.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/migration/paths.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

constexpr std::string_view k_batch = "batch_alter_table()";

/// What follows "alembic.op." in the callee's name, whichever way op was imported.
std::string operation_name(const std::string& callee)
{
  constexpr std::array<std::string_view, 4> k_prefixes = {"alembic.op.",
                                                          "alembic.operations.Operations().",
                                                          "alembic.operations.base.Operations().",
                                                          "flask_migrate.op."};
  for (const std::string_view prefix : k_prefixes) {
    if (callee.starts_with(prefix)) {
      return callee.substr(prefix.size());
    }
  }
  return {};
}

const Value* batch_context(const Value& callee)
{
  if (callee.kind != ValueKind::attribute || callee.base == nullptr) {
    return nullptr;
  }
  const Value& context = settled(*callee.base);
  return context.kind == ValueKind::call ? &context : nullptr;
}

/// String literals anywhere below a value, outermost last.
void collect_strings(Program& program, const Value& value, std::vector<std::string>& out, int depth)
{
  if (depth > 12) {
    return;
  }
  if (auto text = known_string(program, value)) {
    out.push_back(std::move(*text));
    return;
  }
  if (value.base != nullptr) {
    collect_strings(program, *value.base, out, depth + 1);
  }
  for (const ValueRef item : value.items) {
    collect_strings(program, *item, out, depth + 1);
  }
}

/// The file that an expression such as `open(Path(__file__).parent / "sql" / "001.sql")` reads.
std::optional<std::string> file_that_is_read(Program& program, const Value& value)
{
  std::vector<std::string> parts;
  collect_strings(program, value, parts, 0);
  std::string best;
  const std::string near = value.module == nullptr ? std::string() : folder_of(value.module->path);
  for (const std::string& part : parts) {
    const auto relative = resolve_path("", part);
    const bool names_sql = part.size() > 4 && to_lower(part).ends_with(".sql");
    if (!names_sql || !relative) {
      continue;
    }
    for (const auto& [path, blob] : program.snapshot().files) {
      if (path != *relative && !path.ends_with("/" + *relative)) {
        continue;
      }
      const bool nearer = best.empty() || (lies_below(path, near) && !lies_below(best, near));
      if (nearer && !is_vendored(path)) {
        best = path;
      }
    }
  }
  return best.empty() ? std::nullopt : text_of_file(program.snapshot(), best);
}

bool is_reading(std::string_view method)
{
  return method == "read" || method == "read_text" || method == "readlines"
         || method == "read_bytes";
}

bool keeps_text(std::string_view method)
{
  constexpr std::array<std::string_view, 9> k_methods = {"split",
                                                         "splitlines",
                                                         "strip",
                                                         "rstrip",
                                                         "lstrip",
                                                         "format",
                                                         "replace",
                                                         "decode",
                                                         "bindparams"};
  return std::ranges::find(k_methods, method) != k_methods.end();
}

std::optional<std::string> sql_of_call(Program& program, const Value& call, bool& whole)
{
  const Value& callee = settled(*call.base);
  const std::string dotted = dotted_name(callee);
  const std::string_view last =
    callee.kind == ValueKind::attribute ? std::string_view(callee.text) : last_name(dotted);
  if (callee.kind == ValueKind::attribute && is_reading(last)) {
    return file_that_is_read(program, *callee.base);
  }
  if (callee.kind == ValueKind::attribute && keeps_text(last) && callee.base != nullptr) {
    whole = whole && last != "format" && last != "replace";
    return sql_text(program, *callee.base, whole);
  }
  constexpr std::array<std::string_view, 7> k_wrappers = {
    "text", "DDL", "dedent", "split", "str", "inline_literal", "cleandoc"};
  if (std::ranges::find(k_wrappers, last) != k_wrappers.end()) {
    const ValueRef first = argument(call, 0);
    return first == nullptr ? std::nullopt : sql_text(program, *first, whole);
  }
  return std::nullopt;
}

std::optional<std::string> sql_of_parts(Program& program, const Value& value, bool& whole)
{
  std::string joined;
  for (const ValueRef item : value.items) {
    if (auto text = sql_text(program, *item, whole)) {
      joined += *text;
    } else {
      whole = false;
      joined += "{}";
    }
    if (value.text == "%") {
      whole = false;
      break;
    }
  }
  return joined;
}

} // namespace

ValueRef
OperationCall::at(std::size_t plain, std::size_t in_batch, std::string_view keyword_name) const
{
  return argument_or_keyword(*call, batch ? in_batch : plain, keyword_name);
}

std::optional<OperationCall> operation_call(Program& program, const Value& call)
{
  if (call.kind != ValueKind::call || call.base == nullptr) {
    return std::nullopt;
  }
  const Value& callee = settled(*call.base);
  OperationCall result;
  result.call = &call;
  result.name = operation_name(dotted_name(callee));
  if (result.name.empty()) {
    return std::nullopt;
  }
  if (result.name.starts_with(std::string(k_batch) + ".")) {
    result.batch = true;
    result.name.erase(0, k_batch.size() + 1);
    if (const Value* context = batch_context(callee)) {
      result.batch_table =
        name_argument(program, argument_or_keyword(*context, 0, "table_name")).value_or("");
      const ValueRef schema = keyword(*context, "schema");
      const auto schema_name = schema == nullptr ? std::nullopt : known_string(program, *schema);
      if (schema_name && !result.batch_table.empty()) {
        result.batch_table.insert(0, *schema_name + ".");
      }
      result.batch_names =
        keyword(*context, "naming_convention") != nullptr || has_unknown_arguments(*context);
    }
  }
  return result;
}

std::optional<std::string> name_argument(Program& program, ValueRef value)
{
  if (value == nullptr) {
    return std::nullopt;
  }
  const Value& plain = settled(*value);
  if (plain.kind == ValueKind::call && plain.base != nullptr) {
    const std::string callee = dotted_name(*plain.base);
    const std::string_view last = last_name(callee);
    if (last == "f" || last == "conv" || last == "quoted_name") {
      return name_argument(program, argument_or_keyword(plain, 0, "name"));
    }
  }
  return known_string(program, plain);
}

std::vector<std::string> name_list(Program& program, ValueRef value, bool& whole)
{
  std::vector<std::string> names;
  if (value == nullptr || is_none(value)) {
    return names;
  }
  if (auto single = name_argument(program, value)) {
    names.push_back(std::move(*single));
    return names;
  }
  Truth known = Truth::yes;
  for (const ValueRef item : sequence_items(settled(*value), known)) {
    if (auto name = name_argument(program, item)) {
      names.push_back(std::move(*name));
    } else {
      whole = false;
    }
  }
  whole = whole && known == Truth::yes;
  return names;
}

std::optional<std::string> sql_text(Program& program, const Value& value, bool& whole)
{
  const Value& plain = settled(value);
  if (auto text = known_string(program, plain)) {
    return text;
  }
  if (plain.kind == ValueKind::format_string) {
    whole = false;
    return plain.text;
  }
  if (plain.kind == ValueKind::call && plain.base != nullptr) {
    return sql_of_call(program, plain, whole);
  }
  if (plain.kind == ValueKind::operation && (plain.text == "+" || plain.text == "%")) {
    return sql_of_parts(program, plain, whole);
  }
  if (plain.kind == ValueKind::element && plain.base != nullptr) {
    return sql_text(program, *plain.base, whole);
  }
  if ((plain.kind == ValueKind::comprehension || plain.kind == ValueKind::subscript)
      && plain.base != nullptr) {
    return sql_text(program, *plain.base, whole);
  }
  return std::nullopt;
}

} // namespace assay::facts
