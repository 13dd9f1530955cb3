// SPDX-License-Identifier: MIT
#include "engine/facts/program.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/program_state.hpp"
#include "engine/facts/walk.hpp"

namespace assay::facts {

Program::Program(const Snapshot& snapshot)
  : state_(std::make_unique<ProgramState>(snapshot))
{
  load_modules(*state_);
}

Program::~Program() = default;

const std::vector<SourceFile>& Program::files() const
{
  return state_->files;
}

const std::vector<const ModuleInfo*>& Program::modules() const
{
  return state_->modules;
}

const ModuleInfo* Program::module(std::string_view dotted_name) const
{
  const auto found = state_->by_name.find(dotted_name);
  return found == state_->by_name.end() ? nullptr : found->second;
}

const ModuleInfo* Program::module_at(std::string_view path) const
{
  const auto found = state_->by_path.find(path);
  return found == state_->by_path.end() ? nullptr : found->second;
}

const ModuleInfo*
Program::imported(const ModuleInfo& importer, std::string_view dotted, int level) const
{
  return resolve_import(*state_, importer, dotted, level);
}

const Snapshot& Program::snapshot() const
{
  return state_->snapshot;
}

ValueRef
Program::evaluate(const syntax::Expr& expression, const ModuleInfo& module, const ClassInfo* scope)
{
  const std::pair<const syntax::Expr*, const ClassInfo*> key{&expression, scope};
  const auto known = state_->evaluated.find(key);
  if (known != state_->evaluated.end()) {
    return known->second;
  }
  if (!state_->evaluating.insert(key).second) {
    return state_->unknown(); // defined in terms of itself
  }
  Observer silent;
  Walk walk(*this, *state_, InterpreterLimits{}, silent);
  Frame frame;
  frame.module = &module;
  frame.class_scope = scope;
  const ValueRef value = walk.evaluate(expression, frame);
  state_->evaluating.erase(key);
  state_->evaluated[key] = value;
  return value;
}

namespace {

/// "Mapped['list[Post]']": a quoted part of an annotation is an annotation itself.
class AnnotationReader {
public:
  AnnotationReader(Program& program, const ModuleInfo& module)
    : program_(program),
      module_(module)
  {
  }

  ValueRef read(ValueRef value, const syntax::Expr& at, int depth)
  {
    if (depth > 12) {
      return value;
    }
    if (value->kind == ValueKind::string) {
      return read(program_.evaluate_text(value->text, module_, at), at, depth + 1);
    }
    if (value->kind != ValueKind::subscript && value->kind != ValueKind::operation) {
      return value;
    }
    const bool literal =
      value->kind == ValueKind::subscript && dotted_name(*value->base).ends_with("Literal");
    if (literal) {
      return value;
    }
    Value copy = *value;
    bool changed = false;
    for (ValueRef& item : copy.items) {
      const ValueRef inner = read(item, at, depth + 1);
      changed = changed || inner != item;
      item = inner;
    }
    return changed ? program_.make(std::move(copy)) : value;
  }

private:
  Program& program_;
  const ModuleInfo& module_;
};

} // namespace

ValueRef Program::annotation(const syntax::Expr& expression,
                             const ModuleInfo& module,
                             const ClassInfo* scope)
{
  return AnnotationReader(*this, module).read(evaluate(expression, module, scope), expression, 0);
}

ValueRef
Program::evaluate_text(std::string_view text, const ModuleInfo& module, const syntax::Expr& at)
{
  const auto found = state_->mutable_syntax.find(&module);
  if (found == state_->mutable_syntax.end()) {
    return state_->unknown(std::string(text));
  }
  const syntax::Expr* parsed = syntax::parse_expression(*found->second, text, at.span);
  return parsed == nullptr ? state_->unknown(std::string(text)) : evaluate(*parsed, module);
}

ValueRef Program::make(Value value)
{
  return state_->store(std::move(value));
}

Location Program::locate(const ModuleInfo& module, const syntax::Span& span) const
{
  // 200 characters: one line of code with room to spare, and no candidate line can bloat the
  // record.
  constexpr std::size_t k_max_text = 200;
  std::string text(trim(syntax::line_text(*module.syntax, span.line)));
  if (text.size() > k_max_text) {
    text.resize(k_max_text);
    text = to_utf8_lossy(text);
  }
  return {module.path, span.line, span.column, span.end_line, std::move(text)};
}

Location Program::locate(const Value& value) const
{
  return value.module == nullptr || value.origin == nullptr
           ? Location{}
           : locate(*value.module, value.origin->span);
}

} // namespace assay::facts
