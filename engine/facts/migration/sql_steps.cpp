// SPDX-License-Identifier: MIT
#include "engine/facts/migration/sql_steps.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/schema/sql_ddl.hpp"

namespace assay::facts {

namespace {

OperationKind constraint_kind(const SqlEffect& effect)
{
  if (!effect.foreign_keys.empty()) {
    return OperationKind::create_foreign_key;
  }
  if (!effect.keys.empty()) {
    return effect.keys.front().kind == KeyKind::primary ? OperationKind::create_primary_key
                                                        : OperationKind::create_unique;
  }
  return OperationKind::create_check;
}

OperationKind operation_kind(const SqlEffect& effect)
{
  switch (effect.kind) {
  case SqlKind::create_table:
    return OperationKind::create_table;
  case SqlKind::drop_table:
    return OperationKind::drop_table;
  case SqlKind::rename_table:
    return OperationKind::rename_table;
  case SqlKind::add_column:
    return OperationKind::add_column;
  case SqlKind::drop_column:
    return OperationKind::drop_column;
  case SqlKind::alter_column:
  case SqlKind::rename_column:
    return OperationKind::alter_column;
  case SqlKind::add_constraint:
    return constraint_kind(effect);
  case SqlKind::drop_constraint:
    return OperationKind::drop_constraint;
  case SqlKind::create_index:
    return OperationKind::create_index;
  case SqlKind::drop_index:
    return OperationKind::drop_index;
  case SqlKind::create_type:
    return OperationKind::create_type;
  case SqlKind::drop_type:
    return OperationKind::drop_type;
  case SqlKind::dml:
    return OperationKind::execute_dml;
  case SqlKind::create_extension:
  case SqlKind::create_other:
  case SqlKind::drop_other:
  case SqlKind::query:
  case SqlKind::transaction:
  case SqlKind::other:
    return OperationKind::execute_ddl;
  }
  return OperationKind::other;
}

bool leaves_schema_alone(SqlKind kind)
{
  return kind == SqlKind::query || kind == SqlKind::transaction;
}

Column renamed_column(const SqlEffect& effect)
{
  Column column;
  column.name = effect.name;
  return column;
}

Step to_step(SqlEffect effect)
{
  Step step;
  step.raw_sql = true;
  step.operation.kind = operation_kind(effect);
  step.operation.table = effect.table;
  step.operation.name = effect.name;
  step.operation.columns = effect.column_names;
  step.operation.column_defs = effect.columns;
  step.operation.sql = effect.sql;
  step.tolerant = effect.if_exists;
  step.cascade = effect.cascade;
  step.understood = effect.complete == Truth::yes && effect.kind != SqlKind::other;
  if (effect.kind == SqlKind::create_table) {
    step.tables.push_back(to_table(effect));
  }
  if (effect.kind == SqlKind::rename_column) {
    step.new_name = effect.name;
    step.operation.column_defs = {renamed_column(effect)};
    step.operation.name.clear();
  }
  step.redefines = effect.kind == SqlKind::alter_column;
  if (effect.kind == SqlKind::create_type || effect.kind == SqlKind::drop_type) {
    step.types.push_back(effect.name);
  }
  if (effect.kind == SqlKind::drop_other
      && to_lower(effect.sql).find("schema") != std::string::npos) {
    step.understood = false;
  }
  if (effect.kind == SqlKind::drop_constraint && effect.name == "PRIMARY KEY") {
    step.constraint_type = "primary";
  }
  for (const Column& column : effect.columns) {
    step.operation.nullable = column.nullable;
    step.operation.server_default_given = column.server_default_kind != DefaultKind::none;
    if (step.operation.kind == OperationKind::add_column) {
      step.operation.columns.push_back(column.name);
    }
  }
  step.foreign_keys = std::move(effect.foreign_keys);
  step.keys = std::move(effect.keys);
  step.checks = std::move(effect.checks);
  if (step.operation.columns.empty() && step.operation.kind != OperationKind::create_table) {
    step.operation.columns = !step.keys.empty()           ? step.keys.front().columns
                             : !step.foreign_keys.empty() ? step.foreign_keys.front().columns
                                                          : step.operation.columns;
  }
  return step;
}

} // namespace

std::vector<Step> steps_from_sql(std::string_view text)
{
  std::vector<Step> steps;
  for (SqlEffect& effect : parse_sql_ddl(text)) {
    if (!leaves_schema_alone(effect.kind)) {
      steps.push_back(to_step(std::move(effect)));
    }
  }
  return steps;
}

} // namespace assay::facts
