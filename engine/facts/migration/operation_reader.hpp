// SPDX-License-Identifier: MIT
// Turns the calls met in upgrade() or downgrade() into steps.
#pragma once

#include "engine/facts/interpreter.hpp"
#include "engine/facts/migration/operation_call.hpp"
#include "engine/facts/migration/step.hpp"

#include <string>
#include <vector>

namespace assay::facts {

class OperationReader final : public Observer {
public:
  OperationReader(Program& program,
                  const ModuleInfo& module,
                  const SchemaFacts& schema,
                  StepList& list)
    : program_(program),
      module_(module),
      schema_(schema),
      list_(list)
  {
  }

  void on_call(const Value& call, const FlowContext& context) override;
  void on_raise(ValueRef value, const FlowContext& context) override;
  void on_undefined(const syntax::Expr& name, const FlowContext& context) override;

  /// True once the function dispatched through globals() (one function for each engine).
  [[nodiscard]] bool dispatches() const { return dispatches_; }

private:
  using Handler = void (OperationReader::*)(const OperationCall&, Step&);
  static Handler handler_of(std::string_view name);

  void operation(const OperationCall& call, const FlowContext& context);
  bool other_call(const Value& call, const FlowContext& context);
  bool type_call(const Value& call,
                 const Value& receiver,
                 std::string_view method,
                 const FlowContext& context);
  bool table_call(const Value& call,
                  const Value& receiver,
                  std::string_view method,
                  const FlowContext& context);
  void metadata_call(const Value& call,
                     const Value& receiver,
                     std::string_view method,
                     const FlowContext& context);
  void statement(const Value& call, ValueRef sql, const FlowContext& context);
  void
  sql_steps(const Value& call, const std::string& text, bool whole, const FlowContext& context);

  void create_table(const OperationCall& call, Step& step);
  void drop_table(const OperationCall& call, Step& step);
  void rename_table(const OperationCall& call, Step& step);
  void add_column(const OperationCall& call, Step& step);
  void drop_column(const OperationCall& call, Step& step);
  void alter_column(const OperationCall& call, Step& step);
  void create_index(const OperationCall& call, Step& step);
  void drop_index(const OperationCall& call, Step& step);
  void create_unique(const OperationCall& call, Step& step);
  void create_foreign_key(const OperationCall& call, Step& step);
  void create_primary_key(const OperationCall& call, Step& step);
  void create_check(const OperationCall& call, Step& step);
  void drop_constraint(const OperationCall& call, Step& step);
  void bulk_insert(const OperationCall& call, Step& step);
  void ignore(const OperationCall& call, Step& step);

  Step new_step(const Value& call, const FlowContext& context) const;
  /// The table a call is about: the batch block's, or the argument.
  std::string
  table_of(const OperationCall& call, std::size_t position, std::string_view keyword_name) const;
  std::vector<Table> local_tables() const;
  void not_understood(const Value& call, const std::string& why);
  bool touches_database(const Value& call) const;

  Program& program_;
  const ModuleInfo& module_;
  const SchemaFacts& schema_;
  StepList& list_;
  bool dispatches_ = false;
};

} // namespace assay::facts
