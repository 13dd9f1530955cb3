// SPDX-License-Identifier: MIT
#include "engine/facts/migration/operation_reader.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/migration/sql_steps.hpp"
#include "engine/facts/migration/table_items.hpp"
#include "engine/facts/schema/standard_library.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

bool is_enum_type(Program& program, const Value& value)
{
  const Construct type = called_construct(program, value);
  return type.name == "Enum" || type.name == "ENUM";
}

/// Calls that take a connection and leave the schema as it is.
bool only_looks(std::string_view method)
{
  constexpr std::array<std::string_view, 30> k_harmless = {"inspect",
                                                           "from_engine",
                                                           "Inspector",
                                                           "Session",
                                                           "sessionmaker",
                                                           "reflect",
                                                           "MetaData",
                                                           "Table",
                                                           "print",
                                                           "isinstance",
                                                           "getattr",
                                                           "hasattr",
                                                           "str",
                                                           "bind",
                                                           "has_table",
                                                           "get_table_names",
                                                           "get_columns",
                                                           "get_indexes",
                                                           "get_unique_constraints",
                                                           "get_foreign_keys",
                                                           "has_column",
                                                           "automap_base",
                                                           "prepare",
                                                           "configure",
                                                           "begin",
                                                           "begin_nested",
                                                           "commit",
                                                           "close",
                                                           "get_dialect",
                                                           "autocommit_block"};
  return among(method, k_harmless);
}

/// A function of a package that is neither the project's nor one that migrations are written in.
bool is_foreign(const Value& callee)
{
  constexpr std::array<std::string_view, 4> k_toolkit = {
    "alembic", "sqlalchemy", "sqlmodel", "flask_migrate"};
  const std::string root = callee.text.substr(0, callee.text.find('.'));
  return callee.kind == ValueKind::symbol && root != callee.text && !is_standard_library(root)
         && !among(root, k_toolkit);
}

/// Operations of extensions by what their name says: create_view, replace_entity, create_sp.
bool leaves_tables_alone(std::string_view name)
{
  constexpr std::array<std::string_view, 11> k_words = {"view",
                                                        "function",
                                                        "trigger",
                                                        "procedure",
                                                        "entity",
                                                        "enum",
                                                        "extension",
                                                        "sequence",
                                                        "policy",
                                                        "_sp",
                                                        "schema"};
  return std::ranges::any_of(k_words,
                             [&](auto word) { return name.find(word) != std::string_view::npos; });
}

bool mentions_operations(const Value& value)
{
  const std::string name = dotted_name(settled(value));
  return name == "alembic.op" || name.starts_with("alembic.op.get_bind()")
         || name.starts_with("alembic.op.get_context()");
}

/// Tables that create_all makes: those given as `tables=`, else those of the metadata.
bool belongs_to(const Table& table, const SchemaFacts& schema, const Value& metadata)
{
  if (schema.metadata.size() <= 1 || table.metadata.empty()) {
    return true;
  }
  const std::string name = dotted_name(metadata);
  return name.empty() || name.starts_with(table.metadata)
         || table.metadata.starts_with("sqlmodel") == name.starts_with("sqlmodel");
}

} // namespace

void OperationReader::on_call(const Value& call, const FlowContext& context)
{
  if (context.after_exit || context.in_main_guard || call.base == nullptr) {
    return;
  }
  if (auto found = operation_call(program_, call)) {
    if (found->name.find('.') == std::string::npos) {
      operation(*found, context);
      return;
    }
  }
  if (dotted_name(settled(*call.base)) == "globals" || settled(*call.base).text == "globals") {
    dispatches_ = true;
  }
  const bool known = other_call(call, context);
  if (!known && is_foreign(settled(*call.base))) {
    list_.foreign_call = program_.locate(call);
  }
  if (!known && touches_database(call)) {
    not_understood(call, "an unknown function is given the connection");
    Step step = new_step(call, context);
    step.operation.sql = source_text(call);
    step.understood = false;
    list_.steps.push_back(std::move(step));
  }
}

void OperationReader::on_raise(ValueRef value, const FlowContext& context)
{
  if (context.after_exit || context.conditional || list_.raises) {
    return;
  }
  list_.raises = true;
  list_.raised = source_text(*value);
  list_.raised_where = program_.locate(*value);
}

void OperationReader::on_undefined(const syntax::Expr& name, const FlowContext& context)
{
  if (context.after_exit || context.in_main_guard) {
    return;
  }
  const std::string text(name.text);
  const bool known = std::ranges::any_of(list_.undefined_names,
                                         [&](const auto& entry) { return entry.first == text; });
  if (!known) {
    const ModuleInfo& module = context.function != nullptr ? *context.function->module : module_;
    list_.undefined_names.emplace_back(text, program_.locate(module, name.span));
  }
}

OperationReader::Handler OperationReader::handler_of(std::string_view name)
{
  struct Entry {
    std::string_view name;
    Handler handler;
  };

  static constexpr std::array<Entry, 29> k_handlers{{
    {"create_table", &OperationReader::create_table},
    {"drop_table", &OperationReader::drop_table},
    {"rename_table", &OperationReader::rename_table},
    {"add_column", &OperationReader::add_column},
    {"drop_column", &OperationReader::drop_column},
    {"alter_column", &OperationReader::alter_column},
    {"create_index", &OperationReader::create_index},
    {"drop_index", &OperationReader::drop_index},
    {"create_unique_constraint", &OperationReader::create_unique},
    {"create_foreign_key", &OperationReader::create_foreign_key},
    {"create_primary_key", &OperationReader::create_primary_key},
    {"create_check_constraint", &OperationReader::create_check},
    {"create_exclude_constraint", &OperationReader::create_check},
    {"drop_constraint", &OperationReader::drop_constraint},
    {"bulk_insert", &OperationReader::bulk_insert},
    {"get_bind", &OperationReader::ignore},
    {"get_context", &OperationReader::ignore},
    {"f", &OperationReader::ignore},
    {"batch_alter_table", &OperationReader::ignore},
    {"inline_literal", &OperationReader::ignore},
    {"create_table_comment", &OperationReader::ignore},
    {"drop_table_comment", &OperationReader::ignore},
    {"implementation_for", &OperationReader::ignore},
    {"execute_if", &OperationReader::ignore},
    {"get_dialect", &OperationReader::ignore},
    {"create_comment", &OperationReader::ignore},
    {"drop_comment", &OperationReader::ignore},
    {"autocommit_block", &OperationReader::ignore},
    {"create_sequence", &OperationReader::ignore},
  }};
  const auto found = std::ranges::find(k_handlers, name, &Entry::name);
  return found == k_handlers.end() ? nullptr : found->handler;
}

Step OperationReader::new_step(const Value& call, const FlowContext& context) const
{
  Step step;
  step.operation.conditional = context.conditional;
  step.operation.where = program_.locate(call);
  return step;
}

void OperationReader::operation(const OperationCall& call, const FlowContext& context)
{
  if (call.name == "execute") {
    statement(*call.call, argument_or_keyword(*call.call, 0, "sqltext"), context);
    return;
  }
  const Handler handler = handler_of(call.name);
  Step step = new_step(*call.call, context);
  step.operation.batch = call.batch;
  step.names_convention = call.batch_names;
  if (handler == nullptr && leaves_tables_alone(call.name)) {
    step.operation.kind = OperationKind::execute_ddl;
    step.operation.name = call.name;
  } else if (handler == nullptr) {
    step.operation.kind = OperationKind::other;
    step.operation.name = call.name;
    step.understood = false;
  } else if (handler == &OperationReader::ignore) {
    return;
  } else {
    (this->*handler)(call, step);
    step.understood = step.understood && !has_unknown_arguments(*call.call);
  }
  if (!step.understood) {
    not_understood(*call.call, "op." + call.name + " was not understood as a whole");
  }
  list_.steps.push_back(std::move(step));
}

bool OperationReader::other_call(const Value& call, const FlowContext& context)
{
  const Value& callee = settled(*call.base);
  const std::string dotted = dotted_name(callee);
  const std::string method =
    callee.kind == ValueKind::attribute ? callee.text : std::string(last_name(dotted));
  constexpr std::array<std::string_view, 3> k_execute = {"execute", "exec_driver_sql", "exec"};
  if (only_looks(method) || callee.kind == ValueKind::function_ref) {
    return true;
  }
  const ValueRef receiver = callee.kind == ValueKind::attribute ? callee.base : nullptr;
  if (among(method, k_execute)) {
    statement(call, argument(call, 0), context);
    return true;
  }
  if (method == "create_all" || method == "drop_all") {
    metadata_call(call, receiver != nullptr ? settled(*receiver) : callee, method, context);
    return true;
  }
  if (receiver == nullptr || (method != "create" && method != "drop")) {
    return !dotted.empty() && !construct(program_, callee).name.empty();
  }
  return type_call(call, settled(*receiver), method, context)
         || table_call(call, settled(*receiver), method, context);
}

bool OperationReader::type_call(const Value& call,
                                const Value& receiver,
                                std::string_view method,
                                const FlowContext& context)
{
  if (!is_enum_type(program_, receiver)) {
    return false;
  }
  Step step = new_step(call, context);
  step.operation.kind = method == "create" ? OperationKind::create_type : OperationKind::drop_type;
  step.operation.name = enum_type_name(program_, receiver);
  step.types.push_back(step.operation.name);
  step.tolerant = true;
  list_.steps.push_back(std::move(step));
  return true;
}

bool OperationReader::table_call(const Value& call,
                                 const Value& receiver,
                                 std::string_view method,
                                 const FlowContext& context)
{
  Table table;
  bool understood = true;
  if (called_construct(program_, receiver).name == "Table") {
    table.name = table_with_schema(
      program_, name_argument(program_, argument(receiver, 0)).value_or(""), receiver);
    TableItems items = read_table_items(program_, receiver.items);
    understood = items.complete && !table.name.empty();
    table.columns = std::move(items.columns);
    table.foreign_keys = std::move(items.foreign_keys);
    table.keys = std::move(items.keys);
    table.checks = std::move(items.checks);
  } else if (receiver.kind == ValueKind::attribute && receiver.text == "__table__") {
    const std::string owner = dotted_name(settled(*receiver.base));
    const auto found = std::ranges::find_if(
      schema_.classes, [&](const auto& mapped) { return mapped.name == owner; });
    const auto& tables = schema_.tables;
    const auto known = found == schema_.classes.end()
                         ? tables.end()
                         : std::ranges::find_if(
                           tables, [&](const auto& entry) { return entry.name == found->table; });
    understood = known != tables.end();
    if (understood) {
      table = *known;
    }
  } else {
    return false;
  }
  Step step = new_step(call, context);
  step.operation.kind =
    method == "create" ? OperationKind::create_table : OperationKind::drop_table;
  step.operation.table = table.name;
  step.tolerant = true;
  step.understood = understood;
  if (method == "create") {
    step.operation.column_defs = table.columns;
    step.tables.push_back(std::move(table));
  }
  if (!understood) {
    not_understood(call, "which table is meant was not understood");
  }
  list_.steps.push_back(std::move(step));
  return true;
}

std::vector<Table> OperationReader::local_tables() const
{
  std::vector<Table> tables;
  for (const syntax::Stmt* statement : module_.syntax->body) {
    if (statement->kind != syntax::StmtKind::assign || statement->value == nullptr) {
      continue;
    }
    const Value& value = settled(*program_.evaluate(*statement->value, module_));
    if (called_construct(program_, value).name != "Table") {
      continue;
    }
    TableItems items = read_table_items(program_, value.items);
    Table table;
    table.name =
      table_with_schema(program_, name_argument(program_, argument(value, 0)).value_or(""), value);
    table.columns = std::move(items.columns);
    table.foreign_keys = std::move(items.foreign_keys);
    table.keys = std::move(items.keys);
    table.checks = std::move(items.checks);
    table.complete = truth(items.complete);
    table.where = program_.locate(value);
    tables.push_back(std::move(table));
  }
  return tables;
}

void OperationReader::metadata_call(const Value& call,
                                    const Value& receiver,
                                    std::string_view method,
                                    const FlowContext& context)
{
  Step step = new_step(call, context);
  step.operation.kind =
    method == "create_all" ? OperationKind::create_all : OperationKind::drop_all;
  step.tolerant = true;
  const bool local =
    called_construct(program_, receiver).name == "MetaData" && receiver.module == &module_;
  if (local) {
    step.tables = local_tables();
  } else {
    std::ranges::copy_if(schema_.tables, std::back_inserter(step.tables), [&](const Table& table) {
      return belongs_to(table, schema_, receiver);
    });
  }
  const ValueRef subset = keyword(call, "tables");
  step.understood =
    !step.tables.empty() && subset == nullptr && (local || schema_.complete == Truth::yes);
  if (!step.understood) {
    not_understood(call, "which tables " + std::string(method) + " touches is not sure");
  }
  for (const Table& table : step.tables) {
    step.operation.columns.push_back(table.name);
  }
  list_.steps.push_back(std::move(step));
}

void OperationReader::statement(const Value& call, ValueRef sql, const FlowContext& context)
{
  if (sql == nullptr) {
    return;
  }
  bool whole = true;
  if (const auto text = sql_text(program_, *sql, whole)) {
    sql_steps(call, *text, whole, context);
    return;
  }
  const Value& plain = settled(*sql);
  const std::string built = plain.kind == ValueKind::call && plain.base != nullptr
                              ? std::string(last_name(dotted_name(settled(*plain.base))))
                              : std::string();
  const std::string built_method = plain.kind == ValueKind::call && plain.base != nullptr
                                     ? settled(*plain.base).text
                                     : std::string();
  constexpr std::array<std::string_view, 12> k_data = {"insert",
                                                       "update",
                                                       "delete",
                                                       "values",
                                                       "where",
                                                       "select",
                                                       "from_select",
                                                       "on_conflict_do_nothing",
                                                       "returning",
                                                       "select_from",
                                                       "execution_options",
                                                       "on_conflict_do_update"};
  constexpr std::array<std::string_view, 4> k_objects = {
    "CreateSequence", "DropSequence", "CreateSchema", "DropSchema"};
  Step step = new_step(call, context);
  if (among(built, k_objects)) {
    step.operation.kind = OperationKind::execute_ddl;
  } else if (among(built, k_data) || among(built_method, k_data)) {
    if (built == "select" || built_method == "select") {
      return;
    }
    step.operation.kind = OperationKind::execute_dml;
  } else {
    step.operation.kind = OperationKind::other;
    step.understood = false;
    not_understood(call, "the statement that is executed was not understood");
  }
  step.operation.sql = source_text(*sql);
  list_.steps.push_back(std::move(step));
}

void OperationReader::sql_steps(const Value& call,
                                const std::string& text,
                                bool whole,
                                const FlowContext& context)
{
  for (Step& found : steps_from_sql(text)) {
    Step step = std::move(found);
    step.operation.where = program_.locate(call);
    step.operation.conditional = context.conditional;
    const bool data = step.operation.kind == OperationKind::execute_dml;
    step.understood = step.understood && (whole || data);
    if (!step.understood && !data) {
      not_understood(call, "SQL text was not understood as a whole");
    }
    list_.steps.push_back(std::move(step));
  }
}

bool OperationReader::touches_database(const Value& call) const
{
  const auto mentions = [](ValueRef value) {
    return value != nullptr && mentions_operations(*value);
  };
  return std::ranges::any_of(call.items, mentions)
         || std::ranges::any_of(call.keywords,
                                [&](const auto& entry) { return mentions(entry.second); });
}

void OperationReader::not_understood(const Value& call, const std::string& why)
{
  list_.complete = false;
  const Location where = program_.locate(call);
  const std::string gap = where.path + ":" + std::to_string(where.line) + ": " + why;
  if (std::ranges::find(list_.gaps, gap) == list_.gaps.end()) {
    list_.gaps.push_back(gap);
  }
}

} // namespace assay::facts
