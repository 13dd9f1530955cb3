// SPDX-License-Identifier: MIT
// One function for each operation of Alembic.
#include "engine/base/text.hpp"
#include "engine/facts/migration/operation_reader.hpp"
#include "engine/facts/migration/table_items.hpp"
#include "engine/facts/schema/column.hpp"
#include "engine/facts/schema/table_args.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

Truth truth_keyword(const Value& call, std::string_view name, Truth absent)
{
  const ValueRef value = keyword(call, name);
  return value == nullptr ? absent : truth_of(value);
}

std::string action(Program& program, const OperationCall& call, std::string_view name)
{
  const ValueRef value = keyword(*call.call, name);
  if (value == nullptr || is_none(value)) {
    return {};
  }
  return referential_action(known_string(program, *value).value_or("?"));
}

bool says_if(const Value& call)
{
  return truth_keyword(call, "if_exists", Truth::no) != Truth::no
         || truth_keyword(call, "if_not_exists", Truth::no) != Truth::no;
}

} // namespace

std::string OperationReader::table_of(const OperationCall& call,
                                      std::size_t position,
                                      std::string_view keyword_name) const
{
  if (call.batch) {
    return call.batch_table;
  }
  const auto name =
    name_argument(program_, argument_or_keyword(*call.call, position, keyword_name));
  return table_with_schema(program_, name.value_or(""), *call.call);
}

void OperationReader::create_table(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::create_table;
  step.operation.table = table_of(call, 0, "table_name");
  step.tolerant = says_if(*call.call);
  std::vector<ValueRef> arguments = call.call->items;
  if (!arguments.empty() && keyword(*call.call, "table_name") == nullptr) {
    arguments.erase(arguments.begin());
  }
  TableItems items = read_table_items(program_, arguments);
  step.understood = items.complete && !step.operation.table.empty();
  step.types = std::move(items.enum_types);
  step.operation.column_defs = items.columns;
  Table table;
  table.name = step.operation.table;
  if (const ValueRef schema = keyword(*call.call, "schema")) {
    table.schema = known_string(program_, *schema).value_or("");
  }
  for (const Column& column : items.columns) {
    step.operation.columns.push_back(column.name);
  }
  table.columns = std::move(items.columns);
  table.foreign_keys = std::move(items.foreign_keys);
  table.keys = std::move(items.keys);
  table.checks = std::move(items.checks);
  table.complete = truth(items.complete);
  table.where = step.operation.where;
  step.tables.push_back(std::move(table));
}

void OperationReader::drop_table(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::drop_table;
  step.operation.table = table_of(call, 0, "table_name");
  step.tolerant = says_if(*call.call);
  step.understood = !step.operation.table.empty();
}

void OperationReader::rename_table(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::rename_table;
  step.operation.table = table_of(call, 0, "old_table_name");
  const auto name = name_argument(program_, call.at(1, 1, "new_table_name"));
  step.operation.name = table_with_schema(program_, name.value_or(""), *call.call);
  step.understood = !step.operation.table.empty() && !step.operation.name.empty();
}

void OperationReader::add_column(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::add_column;
  step.operation.table = table_of(call, 0, "table_name");
  step.tolerant = says_if(*call.call);
  const ValueRef column = call.at(1, 0, "column");
  if (column == nullptr) {
    step.understood = false;
    return;
  }
  const std::vector<ValueRef> arguments{column};
  TableItems items = read_table_items(program_, arguments);
  step.understood = items.complete && items.columns.size() == 1 && !step.operation.table.empty();
  step.operation.column_defs = std::move(items.columns);
  for (const Column& added : step.operation.column_defs) {
    step.operation.columns.push_back(added.name);
    step.operation.nullable = added.nullable;
    step.operation.server_default_given = added.server_default_kind != DefaultKind::none;
  }
  step.foreign_keys = std::move(items.foreign_keys);
  step.keys = std::move(items.keys);
  step.checks = std::move(items.checks);
}

void OperationReader::drop_column(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::drop_column;
  step.operation.table = table_of(call, 0, "table_name");
  bool whole = true;
  step.operation.columns = name_list(program_, call.at(1, 0, "column_name"), whole);
  step.tolerant = says_if(*call.call);
  step.understood = whole && step.operation.columns.size() == 1 && !step.operation.table.empty();
}

void OperationReader::alter_column(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::alter_column;
  step.operation.table = table_of(call, 0, "table_name");
  const auto name = name_argument(program_, call.at(1, 0, "column_name"));
  step.understood = name.has_value() && !step.operation.table.empty();
  Column column;
  column.name = name.value_or("");
  step.operation.columns.push_back(column.name);
  const ValueRef new_name = keyword(*call.call, "new_column_name");
  const ValueRef alias = keyword(*call.call, "name");
  if (new_name != nullptr || alias != nullptr) {
    step.new_name = name_argument(program_, new_name != nullptr ? new_name : alias).value_or("");
    step.understood = step.understood && !step.new_name.empty();
    column.name = step.new_name;
  }
  if (const ValueRef nullable = keyword(*call.call, "nullable");
      nullable != nullptr && !is_none(nullable)) {
    column.nullable = truth_of(nullable);
    column.nullable_explicit = Truth::yes;
    step.operation.nullable = column.nullable;
  }
  if (const ValueRef type = keyword(*call.call, "type_"); type != nullptr && !is_none(type)) {
    TypeReading reading = read_type(program_, settled(*type));
    column.family = reading.family;
    column.type_text = reading.text.empty() ? source_text(*type) : reading.text;
    column.length = reading.length;
    column.enum_labels = reading.labels;
  }
  if (const ValueRef fallback = keyword(*call.call, "server_default")) {
    const bool removes = is_none(fallback) || truth_of(fallback) == Truth::no;
    column.server_default_kind = removes ? DefaultKind::none : DefaultKind::server;
    step.operation.server_default_given = !removes;
  }
  for (const std::string_view changed : {"nullable", "type_", "server_default", "comment"}) {
    step.redefines = step.redefines || keyword(*call.call, changed) != nullptr;
  }
  column.where = step.operation.where;
  step.operation.column_defs.push_back(std::move(column));
}

void OperationReader::create_index(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::create_index;
  step.operation.name = name_argument(program_, call.at(0, 0, "index_name")).value_or("");
  step.operation.table = table_of(call, 1, "table_name");
  step.tolerant = says_if(*call.call);
  Key key;
  key.name = step.operation.name;
  key.where = step.operation.where;
  Truth whole = Truth::yes;
  const ValueRef columns = call.at(2, 1, "columns");
  if (columns != nullptr) {
    for (const ValueRef element : sequence_items(settled(*columns), whole)) {
      std::ranges::move(indexed_columns(program_, *element, key.functional),
                        std::back_inserter(key.columns));
    }
  }
  const Truth unique = truth_keyword(*call.call, "unique", Truth::no);
  key.kind = unique == Truth::yes ? KeyKind::unique_index : KeyKind::index;
  for (const auto& [name, value] : call.call->keywords) {
    key.partial = key.partial || (name.ends_with("_where") && !is_none(value));
  }
  step.operation.columns = key.columns;
  step.understood = whole == Truth::yes && unique != Truth::unknown && !key.columns.empty()
                    && !step.operation.table.empty();
  step.keys.push_back(std::move(key));
}

void OperationReader::drop_index(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::drop_index;
  const ValueRef name = call.at(0, 0, "index_name");
  step.operation.name = name_argument(program_, name).value_or("");
  const bool has_table = call.batch || argument_or_keyword(*call.call, 1, "table_name") != nullptr;
  step.operation.table = has_table ? table_of(call, 1, "table_name") : std::string();
  step.tolerant = says_if(*call.call);
  step.understood = !step.operation.name.empty();
}

void OperationReader::create_unique(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::create_unique;
  step.operation.name = name_argument(program_, call.at(0, 0, "constraint_name")).value_or("");
  step.operation.table = table_of(call, 1, "table_name");
  Key key;
  key.kind = KeyKind::unique_constraint;
  key.name = step.operation.name;
  key.where = step.operation.where;
  bool whole = true;
  key.columns = name_list(program_, call.at(2, 1, "columns"), whole);
  step.operation.columns = key.columns;
  step.understood = whole && !key.columns.empty() && !step.operation.table.empty();
  step.keys.push_back(std::move(key));
}

void OperationReader::create_foreign_key(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::create_foreign_key;
  step.operation.name = name_argument(program_, call.at(0, 0, "constraint_name")).value_or("");
  const auto source = name_argument(program_, argument_or_keyword(*call.call, 1, "source_table"));
  const ValueRef source_schema = keyword(*call.call, "source_schema");
  const auto schema =
    source_schema == nullptr ? std::nullopt : known_string(program_, *source_schema);
  step.operation.table =
    call.batch ? call.batch_table : (schema ? *schema + "." : "") + source.value_or("");
  ForeignKey key;
  key.name = step.operation.name;
  key.where = step.operation.where;
  const auto target = name_argument(program_, call.at(2, 1, "referent_table"));
  const ValueRef target_schema = keyword(*call.call, "referent_schema");
  const auto prefix =
    target_schema == nullptr ? std::nullopt : known_string(program_, *target_schema);
  key.target_table = (prefix ? *prefix + "." : "") + target.value_or("");
  bool whole = true;
  key.columns = name_list(program_, call.at(3, 2, "local_cols"), whole);
  key.target_columns = name_list(program_, call.at(4, 3, "remote_cols"), whole);
  key.ondelete = action(program_, call, "ondelete");
  key.onupdate = action(program_, call, "onupdate");
  step.operation.columns = key.columns;
  step.understood =
    whole && target.has_value() && !key.columns.empty() && !step.operation.table.empty();
  step.foreign_keys.push_back(std::move(key));
}

void OperationReader::create_primary_key(const OperationCall& call, Step& step)
{
  create_unique(call, step);
  step.operation.kind = OperationKind::create_primary_key;
  step.keys.front().kind = KeyKind::primary;
}

void OperationReader::create_check(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::create_check;
  step.operation.name = name_argument(program_, call.at(0, 0, "constraint_name")).value_or("");
  step.operation.table = table_of(call, 1, "table_name");
  const ValueRef condition = call.at(2, 1, "condition");
  step.understood = !step.operation.table.empty();
  step.checks.push_back({step.operation.name,
                         condition == nullptr ? std::string() : source_text(*condition),
                         step.operation.where});
}

void OperationReader::drop_constraint(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::drop_constraint;
  const ValueRef name = call.at(0, 0, "constraint_name");
  step.operation.name = name_argument(program_, name).value_or("");
  step.operation.table = table_of(call, 1, "table_name");
  step.constraint_type = name_argument(program_, call.at(2, 1, "type_")).value_or("");
  step.tolerant = says_if(*call.call);
  step.understood = name != nullptr && (!step.operation.name.empty() || is_none(name))
                    && !step.operation.table.empty();
}

void OperationReader::bulk_insert(const OperationCall& call, Step& step)
{
  step.operation.kind = OperationKind::bulk_insert;
  const ValueRef table = argument_or_keyword(*call.call, 0, "table");
  if (table != nullptr && settled(*table).kind == ValueKind::call) {
    step.operation.table = name_argument(program_, argument(settled(*table), 0)).value_or("");
  }
}

void OperationReader::ignore(const OperationCall& call, Step& step)
{
  (void)call, (void)step;
}

} // namespace assay::facts
