// SPDX-License-Identifier: MIT
// Everything about mapping that stands outside class bodies, found by walking modules and mapping
// functions.
#include "engine/base/text.hpp"
#include "engine/facts/interpreter.hpp"
#include "engine/facts/schema/assemble.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

class MappingObserver : public Observer {
public:
  MappingObserver(Program& program, ModuleEvents& events, const ModuleInfo& module)
    : program_(program),
      events_(events),
      module_(module)
  {
  }

  void on_call(const Value& call, const FlowContext& context) override
  {
    if (context.after_exit || context.in_main_guard) {
      return;
    }
    const Construct called = construct(program_, *call.base);
    const Value& callee = settled(*call.base);
    const std::string_view name = called ? last_name(called.name) : std::string_view(callee.text);
    if (name == "Table" && called && (!called.by_name || holds_columns(call))) {
      add(events_.tables, call, context);
    } else if (name == "map_imperatively"
               || (called && (name == "mapper" || name == "mapper_registry"))) {
      add(events_.mappings, call, context);
    } else if (called
               && (name == "Index" || name == "UniqueConstraint"
                   || name == "ForeignKeyConstraint")) {
      add(events_.constraints, call, context);
    } else if (dotted_name(callee) == "setattr" && call.items.size() == 3) {
      set_attribute(call);
    } else if (name == "prepare" && callee.kind == ValueKind::attribute
               && is_automap(*callee.base)) {
      events_.gaps.push_back("Classes are made by automap from a database (" + module_.path + ").");
    } else if ((name == "reflect" && callee.kind == ValueKind::attribute)
               || dotted_name(callee) == "exec") {
      events_.gaps.push_back(source_text(call) + " in " + module_.path
                             + " may define tables that cannot be read.");
    }
  }

  void on_assign(const Value& target, ValueRef value, const FlowContext& context) override
  {
    if (target.kind == ValueKind::attribute && value != nullptr && !context.after_exit
        && !context.in_main_guard) {
      events_.assignments.push_back({program_.make(target), value, &module_});
    }
  }

private:
  /// Other libraries have tables too; ours hold columns.
  bool holds_columns(const Value& call)
  {
    return std::ranges::any_of(
      call.items, [this](ValueRef item) { return column_call(program_, *item) != nullptr; });
  }

  void add(std::vector<ModuleEvents::Call>& calls, const Value& call, const FlowContext& context)
  {
    calls.push_back({program_.make(call), &module_, context.conditional});
  }

  void set_attribute(const Value& call)
  {
    const auto name = known_string(program_, *call.items[1]);
    if (!name) {
      if (settled(*call.items[0]).kind == ValueKind::class_ref) {
        events_.extended.push_back(settled(*call.items[0]).class_info);
        events_.gaps.push_back(source_text(call) + " in " + module_.path
                               + " adds attributes that cannot be read.");
      }
      return;
    }
    Value target;
    target.kind = ValueKind::attribute;
    target.text = *name;
    target.base = call.items[0];
    target.module = call.module;
    target.origin = call.origin;
    events_.assignments.push_back({program_.make(std::move(target)), call.items[2], &module_});
  }

  bool is_automap(const Value& value)
  {
    const Value& plain = settled(value);
    return calls_any(program_, plain, {"automap_base"})
           || (plain.kind == ValueKind::class_ref
               && mapping_root(program_, *plain.class_info).reflected);
  }

  Program& program_;
  ModuleEvents& events_;
  const ModuleInfo& module_;
};

std::string_view text_of(const FunctionInfo& function)
{
  const std::string& source = *function.module->syntax->source;
  const auto& span = function.statement->span;
  return span.end <= source.size()
           ? std::string_view(source).substr(span.begin, span.end - span.begin)
           : std::string_view();
}

/// `Table(...)`, also through a helper, as `__table__` or any other attribute of a class.
void tables_in_classes(Program& program, const ModuleInfo& module, ModuleEvents& events)
{
  for (const ClassInfo* info : module.classes) {
    for (const ClassAttribute& attribute : info->attributes) {
      const syntax::Expr* written = attribute.value;
      const bool calls =
        written != nullptr && written->kind == syntax::ExprKind::call && written->value != nullptr;
      if (!calls || to_lower(written->value->text).find("table") == std::string::npos) {
        continue;
      }
      const Value& value = settled(*program.evaluate(*written, module, info));
      if (value.kind == ValueKind::call && construct(program, *value.base).name == "Table") {
        events.tables.push_back({&value, &module, false, written});
      }
    }
  }
}

/// Functions that can be called as they stand and whose text maps something.
bool maps(const FunctionInfo& function)
{
  const auto& parameters = function.syntax->parameters;
  const bool method = function.owner != nullptr;
  const bool callable = std::ranges::all_of(parameters, [&](const syntax::Parameter& parameter) {
    return parameter.fallback != nullptr || parameter.kind == syntax::ParameterKind::var_keyword
           || (method && &parameter == &parameters.front());
  });
  const std::string_view text = text_of(function);
  return callable
         && (text.find("map_imperatively(") != std::string_view::npos
             || text.find("mapper(") != std::string_view::npos
             || text.find("Table(") != std::string_view::npos);
}

} // namespace

ModuleEvents scan_modules(Program& program)
{
  ModuleEvents events;
  Interpreter interpreter(program);
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::graded) {
      continue;
    }
    MappingObserver observer(program, events, *module);
    interpreter.run_module(*module, observer);
    tables_in_classes(program, *module, events);
    for (const FunctionInfo* function : module->functions) {
      if (maps(*function)) {
        interpreter.run(*function, {}, observer);
      }
    }
  }
  return events;
}

} // namespace assay::facts
