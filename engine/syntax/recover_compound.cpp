// SPDX-License-Identifier: MIT
// Statements with blocks that do not parse as a whole: the header, the body and the clauses each on
// their own.
#include "engine/syntax/recover.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

namespace {

bool opens_definition(std::string_view word)
{
  return word == "class" || word == "def" || word == "async";
}

} // namespace

/// The statement's lines up to its first clause, then one range per clause.
std::vector<LineRange> Recovery::clauses(LineRange range, int indent) const
{
  std::vector<LineRange> out{range};
  OpenScan state;
  for (auto index = range.first; index < range.last; ++index) {
    const auto& line = lines_[index];
    const bool is_clause = index > first_code_line(range) && line.has_code && line.indent == indent
                           && !state.in_string() && is_clause_word(first_word(source_, line));
    if (is_clause) {
      out.back().last = index;
      out.push_back({index, range.last});
      state = {};
    }
    state.feed(text({index, index + 1}), line.begin);
  }
  return out;
}

/// The line after the header: after the decorators, to the end of the logical line, or to the first
/// colon at the end of a line if a bracket is never closed.
std::size_t Recovery::header_end(LineRange range) const
{
  OpenScan state;
  const auto start = first_code_line(range);
  bool in_decorators = true;
  for (auto index = start; index < range.last; ++index) {
    if (!state.continues()) {
      in_decorators = first_word(source_, lines_[index]) == "@" || !lines_[index].has_code;
    }
    state.feed(text({index, index + 1}), lines_[index].begin);
    if (!state.continues() && !in_decorators) {
      return index + 1;
    }
  }
  for (auto index = start; index < range.last; ++index) {
    const auto word = first_word(source_, lines_[index]);
    if (scan({index, index + 1}).last_code() == ':' && word != "@") {
      return index + 1;
    }
  }
  return start + 1;
}

/// Parses a header with an empty block: as it is, with a colon added, or with its brackets closed.
/// `elif` is read as `if`.
bool Recovery::parse_header(LineRange range, Block& out)
{
  const auto begin = lines_[range.first].begin;
  const auto start = first_code_line(range);
  const auto state = scan(range);
  const auto indent = static_cast<std::size_t>(lines_[start].indent);
  const std::string pass = '\n' + std::string(indent + 3, ' ') + "pass\n";
  const bool is_complete = !state.continues() && state.last_code() == ':';
  auto header =
    std::string{is_complete ? text(range) : source_.substr(begin, state.code_end() - begin)};
  if (first_word(source_, lines_[start]) == "elif") {
    header.replace(header.find("elif"), 4, "  if");
  }
  if (is_complete) {
    return convert_kept(header + pass, origin(range), out);
  }
  if (state.last_code() == ':') {
    header.pop_back();
  }
  for (auto open = state.brackets().rbegin(); open != state.brackets().rend(); ++open) {
    header += open->closer;
  }
  if (!convert_kept(header + ':' + pass, origin(range), out)) {
    return false;
  }
  if (state.in_brackets()) {
    note_never_closed(state.brackets().back());
  } else {
    note(span({start, range.last}), "missing ':'");
  }
  return true;
}

/// The decorators before a definition; one unknown if they cannot be parsed.
std::vector<const Expr*> Recovery::decorators(LineRange range)
{
  const auto indent = static_cast<std::size_t>(lines_[first_code_line(range)].indent);
  const auto definition = std::string(indent, ' ') + "class _: pass\n";
  const auto state = scan(range);
  const auto begin = lines_[range.first].begin;
  std::string written{source_.substr(begin, state.code_end() - begin)};
  for (auto open = state.brackets().rbegin(); open != state.brackets().rend(); ++open) {
    written += open->closer;
  }
  Block read;
  if (convert_kept(written + '\n' + definition, origin(range), read) && read.size() == 1
      && read.front()->kind == StmtKind::class_) {
    if (state.in_brackets()) {
      note_never_closed(state.brackets().back());
    }
    return read.front()->class_def->decorators;
  }
  note(span(range), "unreadable decorator");
  return {unknown(span(range))};
}

Continuation Recovery::header(LineRange range, Block& out)
{
  auto start = first_code_line(range);
  const auto word = first_word(source_, lines_[start]);
  if (word == "try") {
    auto& made = make(StmtKind::try_, span(range));
    out.push_back(&made);
    return {&made, &made.body, nullptr, nullptr};
  }
  const auto size = out.size();
  if (parse_header(range, out)) {
    const auto made = converter_.last_compound();
    if (made.statement != nullptr && made.body->size() == 1 && out.size() == size + 1) {
      made.body->clear();
      return made;
    }
    out.resize(size);
  }
  if (word != "@") {
    return loose_header(range, out);
  }
  while (start < range.last && !opens_definition(first_word(source_, lines_[start]))) {
    ++start;
  }
  if (start == range.last) {
    return loose_header(range, out);
  }
  auto found = decorators({range.first, start});
  const auto made = header({start, range.last}, out);
  if (made.decorators != nullptr) {
    *made.decorators = std::move(found);
  }
  return made;
}

/// A header that cannot be parsed: the name of a class or function is still worth something,
/// anything else is a condition nobody knows.
Continuation Recovery::loose_header(LineRange range, Block& out)
{
  const auto where = span(range);
  note(where, "unreadable first line of a block");
  const auto line = first_code_line(range);
  auto rest = text({line, line + 1});
  const auto next_word = [&rest] {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\f"), rest.size()));
    const auto word = first_word(rest, Line{0, rest.size(), 0, true});
    rest.remove_prefix(word.size());
    return word;
  };
  auto keyword = next_word();
  const bool is_async = keyword == "async";
  keyword = is_async ? next_word() : keyword;
  const bool is_class = keyword == "class";
  const bool is_function = keyword == "def";
  const auto name = is_class || is_function ? next_word() : std::string_view{};
  if (name.empty()) {
    auto& made = make(StmtKind::if_, where);
    made.value = unknown(where);
    out.push_back(&made);
    return {&made, &made.body, nullptr, nullptr};
  }
  auto& made = make(is_class ? StmtKind::class_ : StmtKind::function, where);
  out.push_back(&made);
  if (is_class) {
    auto definition = std::make_unique<Class>();
    definition->name = name;
    definition->name_span = where;
    definition->bases.push_back(unknown(where));
    const Continuation open{
      &made, &definition->body, &definition->docstring, &definition->decorators};
    made.class_def = std::move(definition);
    return open;
  }
  auto function = std::make_unique<Function>();
  function->name = name;
  function->name_span = where;
  function->is_async = is_async;
  const Continuation open{&made, &function->body, &function->docstring, &function->decorators};
  made.function = std::move(function);
  return open;
}

/// Subject and patterns stay unknown.
void Recovery::match(LineRange range, Block& out)
{
  const LineRange cases{header_end(range), range.last};
  auto& made = make(StmtKind::match, span(range));
  made.value = unknown(made.span);
  out.push_back(&made);
  const int indent = lines_[first_code_line(cases)].indent;
  for (const auto& part : split_statements(source_, lines_, cases, indent, Brackets::trusted)) {
    const auto body = header_end(part);
    Handler handler;
    handler.type = unknown(span({part.first, body}));
    block({body, part.last}, handler.body);
    made.handlers.push_back(std::move(handler));
  }
}

void Recovery::compound(const std::vector<LineRange>& groups, Block& out)
{
  const auto& main = groups.front();
  if (first_word(source_, lines_[first_code_line(main)]) == "match") {
    match(main, out);
    return;
  }
  const auto body = header_end(main);
  const auto open = header({main.first, body}, out);
  open.statement->span.end_line = span({main.first, groups.back().last}).end_line;
  open.statement->span.end = span({main.first, groups.back().last}).end;
  block({body, main.last}, *open.body);
  if (open.docstring != nullptr) {
    *open.docstring = docstring_of(*open.body);
  }
  auto* last = open.statement;
  int nested = 0;
  for (auto group = groups.begin() + 1; group != groups.end(); ++group) {
    if (last != open.statement && depth_ + ++nested >= max_depth_) {
      give_up({group->first, groups.back().last}, last->orelse);
      break;
    }
    clause(*group, *open.statement, last);
  }
}

/// `last` is the `if` that a following `elif` or `else` belongs to.
void Recovery::clause(LineRange range, Stmt& owner, Stmt*& last)
{
  const auto body = header_end(range);
  const LineRange head{range.first, body};
  const LineRange rest{body, range.last};
  const auto word = first_word(source_, lines_[range.first]);
  if (word == "except") {
    auto handler = except_clause(head);
    block(rest, handler.body);
    owner.handlers.push_back(std::move(handler));
  } else if (word == "finally") {
    block(rest, owner.finally);
  } else if (word == "elif") {
    const auto nested = header(head, last->orelse);
    block(rest, *nested.body);
    last = nested.statement;
  } else {
    block(rest, last->orelse);
  }
}

Handler Recovery::except_clause(LineRange head)
{
  const std::string prefix =
    std::string(static_cast<std::size_t>(lines_[head.first].indent), ' ') + "try: pass\n";
  const std::string pass =
    '\n' + std::string(static_cast<std::size_t>(lines_[head.first].indent) + 1, ' ') + "pass\n";
  auto where = origin(head);
  where.byte -= static_cast<std::uint32_t>(prefix.size());
  where.line -= 1;
  Block read;
  Handler out;
  const auto line = std::string{text(head)};
  if (convert_kept(prefix + line + pass, where, read) && read.size() == 1
      && read.front()->handlers.size() == 1) {
    out.type = read.front()->handlers.front().type;
    out.name = read.front()->handlers.front().name;
  } else {
    out.type = unknown(span(head));
    note(span(head), "unreadable first line of a block");
  }
  return out;
}

} // namespace assay::syntax
