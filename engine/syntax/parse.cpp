// SPDX-License-Identifier: MIT
#include "engine/syntax/ast.hpp"
#include "engine/syntax/converter.hpp"
#include "engine/syntax/grammar.hpp"
#include "engine/syntax/lines.hpp"
#include "engine/syntax/plain.hpp"
#include "engine/syntax/recover.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

namespace {

Span whole_span(std::string_view source)
{
  const auto lines = std::count(source.begin(), source.end(), '\n');
  return Span{0, static_cast<std::uint32_t>(source.size()), 1, 1, static_cast<int>(lines) + 1};
}

void refuse(Module& module, std::string message)
{
  const auto span = whole_span(*module.source);
  auto& statement = module.statements.emplace_back();
  statement.span = span;
  module.body.push_back(&statement);
  module.errors.push_back(SyntaxError{span, std::move(message)});
}

} // namespace

namespace {

enum class Reader { any, grammar };

Module parse_by(Reader reader, std::string source, const ParseLimits& limits)
{
  Module module;
  module.source = std::make_unique<const std::string>(normalised_source(std::move(source)));
  if (module.source->size() > limits.max_bytes) {
    refuse(module, "larger than " + std::to_string(limits.max_bytes) + " bytes");
    return module;
  }
  if (reader == Reader::grammar || !PlainReader(module, *module.source, limits).read_file()) {
    const Tree tree{*module.source};
    Converter converter{module, limits};
    if (!tree || tree.has_error()) {
      recover(module, converter, limits);
    } else {
      converter.convert(tree.root(), *module.source, {}, module.body);
    }
  }
  module.docstring = docstring_of(module.body);
  return module;
}

} // namespace

Module parse(std::string source, const ParseLimits& limits)
{
  return parse_by(Reader::any, std::move(source), limits);
}

Module parse_with_grammar(std::string source, const ParseLimits& limits)
{
  return parse_by(Reader::grammar, std::move(source), limits);
}

const Expr* parse_expression(Module& module, std::string_view text, const Span& at)
{
  const ParseLimits limits;
  const Expr* found = nullptr;
  const bool is_blank = text.find_first_not_of(" \t\f\r\n") == std::string_view::npos;
  if (!is_blank && text.size() < limits.max_bytes) {
    const auto wrapped = '(' + std::string{text} + ')';
    const auto& kept = module.strings.emplace_back(normalised_source(wrapped));
    if (const auto* plain = PlainReader(module, kept, limits, &at).read_bracketed()) {
      return plain;
    }
    if (const Tree tree{kept}) {
      Converter converter{module, limits};
      found = converter.convert_expression(tree.root(), kept, at);
    }
  }
  if (found != nullptr) {
    return found;
  }
  auto& unknown = module.expressions.emplace_back();
  unknown.span = at;
  return &unknown;
}

std::string_view line_text(const Module& module, int line)
{
  std::string_view rest = *module.source;
  for (int skipped = 1; skipped < line; ++skipped) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) {
      return {};
    }
    rest.remove_prefix(end + 1);
  }
  return line < 1 ? std::string_view{} : rest.substr(0, rest.find('\n'));
}

} // namespace assay::syntax
