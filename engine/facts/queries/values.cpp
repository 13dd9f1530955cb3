// SPDX-License-Identifier: MIT
// Instances of project classes: their attributes, their methods, and what a repository is about.
#include "engine/base/text.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::facts::queries {

namespace {

// Repository -> base repository -> helper -> query builder, with room to spare; deeper is not read.
constexpr std::size_t k_max_running = 6;
constexpr int k_max_value_depth = 120;

constexpr std::array<std::string_view, 14> k_model_names = {"model",
                                                            "_model",
                                                            "entity",
                                                            "_entity",
                                                            "model_class",
                                                            "_model_class",
                                                            "entity_class",
                                                            "model_cls",
                                                            "model_type",
                                                            "klass",
                                                            "__model__",
                                                            "orm_model",
                                                            "_entity_class",
                                                            "entity_type"};

bool names_a_model(std::string_view name)
{
  return std::ranges::find(k_model_names, name) != k_model_names.end();
}

bool is_builtin_call(const Value& call, std::string_view name)
{
  const Value& callee = settled(*call.base);
  return callee.kind == ValueKind::symbol && callee.text == name;
}

/// Records `self.name = value` of a constructor, those of the constructors it calls included.
class ConstructorObserver : public Observer {
public:
  void on_assign(const Value& target, ValueRef value, const FlowContext& context) override
  {
    const bool own = target.kind == ValueKind::attribute
                     && target.base->kind == ValueKind::parameter
                     && target.base->class_info != nullptr;
    if (own && context.inline_depth == 0) {
      attributes[target.text] = value;
    }
  }

  void on_call(const Value& call, const FlowContext& context) override
  {
    const Value& callee = settled(*call.base);
    const bool parent = callee.kind == ValueKind::attribute && callee.text == "__init__"
                        && callee.base->kind == ValueKind::call
                        && is_builtin_call(*callee.base, "super");
    if (parent && context.inline_depth == 0) {
      parent_calls.push_back(&call);
    }
  }

  std::map<std::string, ValueRef> attributes;
  std::vector<ValueRef> parent_calls;
};

} // namespace

Reader::Reader(Program& program, const SchemaIndex& schema)
  : program_(program),
    schema_(schema)
{
  for (const ModuleInfo* module : program.modules()) {
    for (const ClassInfo* info : module->classes) {
      class_infos_.emplace(info->qualified, info);
    }
  }
}

const ClassInfo* Reader::class_info(std::string_view qualified) const
{
  const auto found = class_infos_.find(qualified);
  return found == class_infos_.end() ? nullptr : found->second;
}

ValueRef Reader::resolve(ValueRef value)
{
  const bool may_change = value->kind == ValueKind::attribute || value->kind == ValueKind::call;
  if (!may_change || depth_ > k_max_value_depth) {
    return value;
  }
  if (const auto known = resolved_.find(value); known != resolved_.end()) {
    return known->second;
  }
  resolved_[value] = value;
  ++depth_;
  ValueRef result =
    value->kind == ValueKind::attribute ? resolve_attribute(*value) : resolve_call(*value);
  --depth_;
  result = result == nullptr ? value : result;
  resolved_[value] = result;
  return result;
}

ValueRef Reader::resolve_attribute(const Value& attribute)
{
  const Value& base = settled(*resolve(attribute.base));
  if (base.kind == ValueKind::class_ref) {
    const std::string& owner = base.class_info->qualified;
    const bool mapped = schema_.mapped(owner) != nullptr;
    if (mapped
        && (schema_.relationship(owner, attribute.text) != nullptr
            || schema_.column(owner, attribute.text) != nullptr)) {
      return nullptr;
    }
    const auto found = program_.attribute(*base.class_info, attribute.text);
    if (!found || found->attribute == nullptr || found->attribute->value == nullptr) {
      return nullptr;
    }
    const ValueRef value =
      program_.evaluate(*found->attribute->value, *found->owner->module, found->owner);
    const ValueKind kind = settled(*value).kind;
    const bool plain =
      kind == ValueKind::list || kind == ValueKind::tuple || kind == ValueKind::dict;
    return !mapped || plain ? value : nullptr;
  }
  const ClassInfo* info = instance_class(attribute.base);
  if (info == nullptr || schema_.mapped(info->qualified) != nullptr) {
    return nullptr;
  }
  return member(*info, &base, attribute.text);
}

ValueRef Reader::member(const ClassInfo& info, ValueRef instance, std::string_view name)
{
  const auto& attributes =
    constructed(info, instance->kind == ValueKind::call ? instance : nullptr);
  ValueRef value = nullptr;
  if (const auto found = attributes.find(std::string(name)); found != attributes.end()) {
    value = found->second;
  } else if (const auto declared = program_.attribute(info, name);
             declared && declared->attribute != nullptr) {
    const ClassAttribute& attribute = *declared->attribute;
    if (attribute.value != nullptr) {
      value = program_.evaluate(*attribute.value, *declared->owner->module, declared->owner);
    } else if (attribute.annotation != nullptr) {
      Value parameter;
      parameter.kind = ValueKind::parameter;
      parameter.text = std::string(name);
      parameter.base =
        program_.annotation(*attribute.annotation, *declared->owner->module, declared->owner);
      parameter.module = declared->owner->module;
      parameter.origin = attribute.annotation;
      value = program_.make(std::move(parameter));
    }
  }
  const bool open = value == nullptr || entity_of(value).empty();
  if (open && names_a_model(name)) {
    if (const ClassInfo* subject = class_info(subject_of(info))) {
      Value reference;
      reference.kind = ValueKind::class_ref;
      reference.class_info = subject;
      reference.module = info.module;
      return program_.make(std::move(reference));
    }
  }
  return value;
}

const std::map<std::string, ValueRef>& Reader::constructed(const ClassInfo& info, const Value* call)
{
  const std::pair<const ClassInfo*, const Value*> key{&info, call};
  if (const auto known = constructed_.find(key); known != constructed_.end()) {
    return known->second;
  }
  std::map<std::string, ValueRef>& attributes = constructed_[key];
  const auto ancestry = program_.ancestry(info);
  std::size_t level = 0;
  const auto constructor = [](const ClassInfo& owner) -> const FunctionInfo* {
    const auto found = std::ranges::find_if(
      owner.methods, [](const FunctionInfo* method) { return method->syntax->name == "__init__"; });
    return found == owner.methods.end() ? nullptr : *found;
  };
  const ValueRef self = instance_of(info);
  ValueRef arguments = call;
  while (level < ancestry.size()) {
    const FunctionInfo* function = constructor(*ancestry[level]);
    ++level;
    if (function == nullptr) {
      continue;
    }
    Value nothing;
    nothing.kind = ValueKind::call;
    const auto bindings = arguments != nullptr
                            ? bind(*function, *arguments, self)
                            : std::map<std::string, ValueRef>{
                              {std::string(function->syntax->parameters.empty()
                                             ? "self"
                                             : function->syntax->parameters.front().name),
                               self}};
    ConstructorObserver observer;
    Interpreter interpreter(program_, {2, 16, 5'000});
    interpreter.run(*function, bindings, observer);
    for (const auto& [name, value] : observer.attributes) {
      constructed_[key].emplace(name, value);
    }
    if (observer.parent_calls.empty()) {
      break;
    }
    arguments = observer.parent_calls.front();
  }
  return attributes;
}

ValueRef Reader::instance_of(const ClassInfo& info)
{
  if (const auto known = instances_.find(&info); known != instances_.end()) {
    return known->second;
  }
  Value self;
  self.kind = ValueKind::parameter;
  self.text = "self";
  self.class_info = &info;
  self.module = info.module;
  return instances_[&info] = program_.make(std::move(self));
}

const ClassInfo* Reader::annotated_class(ValueRef annotation)
{
  if (annotation == nullptr) {
    return nullptr;
  }
  const Value& value = settled(*annotation);
  if (value.kind == ValueKind::class_ref) {
    return value.class_info;
  }
  if (value.kind == ValueKind::subscript) {
    const Value& base = settled(*value.base);
    if (base.kind == ValueKind::class_ref) {
      return base.class_info;
    }
    const std::string name = dotted_name(base);
    const bool wraps =
      name.ends_with("Annotated") || name.ends_with("Optional") || name.ends_with("Final");
    return wraps && !value.items.empty() ? annotated_class(value.items.front()) : nullptr;
  }
  if (value.kind == ValueKind::operation && value.text == "|") {
    for (const ValueRef item : value.items) {
      if (const ClassInfo* info = annotated_class(item)) {
        return info;
      }
    }
  }
  return nullptr;
}

const ClassInfo* Reader::instance_class(ValueRef value)
{
  const Value& subject = settled(*value);
  if (subject.kind == ValueKind::parameter) {
    if (subject.class_info != nullptr) {
      return subject.class_info;
    }
    if (const ClassInfo* info = annotated_class(subject.base)) {
      return info;
    }
  }
  if (subject.kind == ValueKind::call && settled(*subject.base).kind == ValueKind::class_ref) {
    return settled(*subject.base).class_info;
  }
  const ValueRef resolved = resolve(&subject);
  if (resolved != &subject) {
    return instance_class(resolved);
  }
  const Holding held = holding(value);
  return held.shape == Shape::entity ? class_info(held.class_name) : nullptr;
}

const FunctionInfo* Reader::method_of(ValueRef receiver, std::string_view name)
{
  const ClassInfo* info = instance_class(receiver);
  if (info == nullptr) {
    return nullptr;
  }
  const auto found = program_.attribute(*info, name);
  return found ? found->method : nullptr;
}

std::string Reader::subject_of(const ClassInfo& info)
{
  for (const ClassInfo* ancestor : program_.ancestry(info)) {
    for (const ClassAttribute& attribute : ancestor->attributes) {
      if (names_a_model(attribute.name) && attribute.value != nullptr) {
        const Value& value =
          settled(*program_.evaluate(*attribute.value, *ancestor->module, ancestor));
        if (value.kind == ValueKind::class_ref
            && schema_.mapped(value.class_info->qualified) != nullptr) {
          return value.class_info->qualified;
        }
      }
    }
    for (const ValueRef base : program_.bases(*ancestor)) {
      if (base->kind != ValueKind::subscript) {
        continue;
      }
      for (const ValueRef item : base->items) {
        const Value& argument = settled(*item);
        if (argument.kind == ValueKind::class_ref
            && schema_.mapped(argument.class_info->qualified) != nullptr) {
          return argument.class_info->qualified;
        }
      }
    }
  }
  return {};
}

std::map<std::string, ValueRef>
Reader::bind(const FunctionInfo& function, const Value& call, ValueRef self)
{
  std::map<std::string, ValueRef> bindings;
  std::size_t next = 0;
  for (const syntax::Parameter& parameter : function.syntax->parameters) {
    const std::string name(parameter.name);
    const bool by_position = parameter.kind == syntax::ParameterKind::positional;
    if (self != nullptr && by_position) {
      bindings[name] = self;
      self = nullptr;
    } else if (const ValueRef given = keyword(call, name)) {
      bindings[name] = given;
    } else if (by_position && next < call.items.size()) {
      bindings[name] = call.items[next++];
    } else if (by_position || parameter.kind == syntax::ParameterKind::keyword_only) {
      if (parameter.fallback != nullptr && !has_unknown_arguments(call)) {
        bindings[name] = program_.evaluate(*parameter.fallback, *function.module);
      }
    }
  }
  return bindings;
}

ValueRef Reader::run(const FunctionInfo& function, const std::map<std::string, ValueRef>& bindings)
{
  if (running_.size() >= k_max_running
      || std::ranges::find(running_, &function) != running_.end()) {
    return nullptr;
  }
  running_.push_back(&function);
  Observer silent;
  Interpreter interpreter(program_, {4, 32, 10'000});
  const ValueRef value = interpreter.run(function, bindings, silent);
  running_.pop_back();
  const bool telling = value->kind != ValueKind::none && value->kind != ValueKind::unknown;
  return telling ? value : nullptr;
}

ValueRef Reader::resolve_call(const Value& call)
{
  if (is_builtin_call(call, "getattr") && call.items.size() >= 2) {
    const Value& name = settled(*call.items[1]);
    if (name.kind != ValueKind::string) {
      return nullptr;
    }
    Value attribute;
    attribute.kind = ValueKind::attribute;
    attribute.text = name.text;
    attribute.base = call.items[0];
    attribute.module = call.module;
    attribute.origin = call.origin;
    return resolve(program_.make(std::move(attribute)));
  }
  const Value& callee = settled(*call.base);
  if (callee.kind != ValueKind::attribute) {
    return nullptr;
  }
  const FunctionInfo* method = method_of(callee.base, callee.text);
  return method == nullptr ? nullptr : run(*method, bind(*method, call, callee.base));
}

std::string Reader::entity_of(ValueRef value)
{
  const Value& subject = settled(*resolve(value));
  switch (subject.kind) {
  case ValueKind::class_ref:
    return schema_.mapped(subject.class_info->qualified) != nullptr ? subject.class_info->qualified
                                                                    : std::string();
  case ValueKind::parameter: {
    const bool is_class = subject.text == "cls" && subject.class_info != nullptr
                          && schema_.mapped(subject.class_info->qualified) != nullptr;
    return is_class ? subject.class_info->qualified : std::string();
  }
  case ValueKind::call: {
    const std::string name = construct_name(*subject.base);
    if ((name == "aliased" || name == "with_polymorphic" || name == "alias")
        && !subject.items.empty()) {
      return entity_of(subject.items.front());
    }
    if (name == "Table" && !subject.items.empty()
        && settled(*subject.items.front()).kind == ValueKind::string) {
      const std::string& table = settled(*subject.items.front()).text;
      return schema_.table(table) != nullptr ? table : std::string();
    }
    const Value& callee = settled(*subject.base);
    if (callee.kind == ValueKind::attribute
        && (callee.text == "alias" || callee.text == "of_type")) {
      return entity_of(callee.base);
    }
    if (is_builtin_call(subject, "type") && subject.items.size() == 1) {
      const ClassInfo* info = instance_class(subject.items.front());
      return info != nullptr && schema_.mapped(info->qualified) != nullptr ? info->qualified
                                                                           : std::string();
    }
    return {};
  }
  case ValueKind::attribute: {
    if (subject.text == "__table__") {
      return entity_of(subject.base);
    }
    if (subject.text == "__class__") {
      const ClassInfo* info = instance_class(subject.base);
      return info != nullptr && schema_.mapped(info->qualified) != nullptr ? info->qualified
                                                                           : std::string();
    }
    return {};
  }
  case ValueKind::unknown: {
    const MappedClass* named =
      subject.text.empty() ? nullptr : schema_.mapped_by_short_name(subject.text);
    const bool is_class =
      named != nullptr && std::isupper(static_cast<unsigned char>(subject.text.front())) != 0;
    return is_class ? named->name : std::string();
  }
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::dict:
  case ValueKind::symbol:
  case ValueKind::module_ref:
  case ValueKind::function_ref:
  case ValueKind::subscript:
  case ValueKind::operation:
  case ValueKind::lambda:
  case ValueKind::element:
  case ValueKind::either:
  case ValueKind::comprehension:
    return {};
  }
  return {};
}

std::string source_text(const Program& program, const Value& value)
{
  if (value.module == nullptr || value.origin == nullptr || value.module->syntax == nullptr) {
    return {};
  }
  const std::string& source = *value.module->syntax->source;
  const auto& span = value.origin->span;
  if (span.end > source.size() || span.begin >= span.end) {
    return program.locate(value).text;
  }
  constexpr std::size_t k_max_text = 120;
  std::string text;
  bool blank = false;
  for (const char c : std::string_view(source).substr(span.begin, span.end - span.begin)) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space || !blank) {
      text += space ? ' ' : c;
    }
    blank = space;
  }
  if (text.size() > k_max_text) {
    text.resize(k_max_text);
    text = to_utf8_lossy(text);
  }
  return text;
}

std::string construct_name(const Value& value)
{
  const std::string name = sqlalchemy_name(value);
  const bool link_of_chain = name.find("()") != std::string::npos; // select().where is no construct
  return link_of_chain ? std::string() : std::string(short_name(name));
}

} // namespace assay::facts::queries
