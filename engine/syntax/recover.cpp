// SPDX-License-Identifier: MIT
#include "engine/syntax/recover.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/syntax/lines.hpp"

namespace assay::syntax {

namespace {

/// Text parsed again, in multiples of the source: nesting repeats it, four levels of broken blocks need about eight.
constexpr std::size_t k_reparse_factor = 16;
constexpr std::size_t k_reparse_floor = 65536;

/// Pieces that may fail to parse before the rest is given up; each costs about 100 microseconds.
constexpr int k_max_failures = 5000;

bool opens_block(std::string_view word)
{
  constexpr std::array<std::string_view, 10> words{
    "class", "def", "async", "if", "for", "while", "with", "try", "match", "case"};
  return is_clause_word(word) || std::find(words.begin(), words.end(), word) != words.end();
}

bool is_conflict_marker(std::string_view line)
{
  return line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line == "=======\n"
         || line.starts_with("||||||| ");
}

class Recovery {
public:
  Recovery(Module& module, Converter& converter, const ParseLimits& limits)
    : module_(module)
    , converter_(converter)
    , max_depth_(limits.max_depth)
    , source_(*module.source)
    , budget_(k_reparse_factor * source_.size() + k_reparse_floor)
  {
  }

  void run()
  {
    lines_ = split_lines(source_);
    blank_conflict_markers();
    block({0, lines_.size()}, module_.body);
  }

private:
  // Source.
  void blank_conflict_markers();
  std::string_view text(LineRange range) const;
  Origin origin(LineRange range) const;
  Span span(LineRange range) const;
  std::size_t first_code_line(LineRange range) const;
  OpenScan scan(LineRange range) const;

  // Parsing.
  bool exhausted() const { return failures_ >= k_max_failures; }
  void give_up(LineRange range, Block& out);
  bool convert_clean(std::string_view text, const Origin& origin, Block& out);
  bool convert_kept(std::string text, const Origin& origin, Block& out);
  void block(LineRange range, Block& out);
  void item(LineRange range, int indent, Block& out);
  void broken(LineRange range, int indent, Block& out);
  void leaf(LineRange range, Block& out);
  bool leaf_with_closers(LineRange range, Block& out);

  // Statements with blocks.
  std::vector<LineRange> clauses(LineRange range, int indent) const;
  std::size_t header_end(LineRange range) const;
  Continuation header(LineRange range, Block& out);
  Continuation loose_header(LineRange range, Block& out);
  bool parse_header(LineRange range, Block& out);
  void compound(const std::vector<LineRange>& groups, Block& out);
  void clause(LineRange range, Stmt& owner, Stmt*& last);
  Handler except_clause(LineRange head);
  Stmt& make(StmtKind kind, const Span& span);
  const Expr* unknown(const Span& span);
  void note(const Span& span, std::string message);

  Module& module_;
  Converter& converter_;
  int max_depth_;
  std::string_view source_;
  std::size_t budget_;
  std::vector<Line> lines_;
  int depth_ = 0;
  int failures_ = 0;
};

// --- source ---

/// Both sides of an unresolved merge count; the markers between them do not end the class they are in.
void Recovery::blank_conflict_markers()
{
  std::string blanked;
  for (std::size_t index = 0; index < lines_.size(); ++index) {
    auto& line = lines_[index];
    const auto marker = text({index, index + 1});
    if (!is_conflict_marker(marker)) {
      continue;
    }
    if (blanked.empty()) {
      blanked = source_;
    }
    note(span({index, index + 1}), "merge conflict marker");
    std::replace_if(
      blanked.begin() + static_cast<std::ptrdiff_t>(line.begin),
      blanked.begin() + static_cast<std::ptrdiff_t>(line.end),
      [](char character) { return character != '\n'; },
      ' ');
    line.has_code = false;
  }
  if (!blanked.empty()) {
    source_ = module_.strings.emplace_back(std::move(blanked));
  }
}

std::string_view Recovery::text(LineRange range) const
{
  const auto begin = lines_[range.first].begin;
  return source_.substr(begin, lines_[range.last - 1].end - begin);
}

Origin Recovery::origin(LineRange range) const
{
  return {static_cast<std::uint32_t>(lines_[range.first].begin), static_cast<int>(range.first)};
}

Span Recovery::span(LineRange range) const
{
  const auto first = first_code_line(range);
  auto last = range.last - 1;
  while (last > first && !lines_[last].has_code) {
    --last;
  }
  const auto line = text({first, first + 1});
  const auto blanks = std::min(line.find_first_not_of(" \t\f"), line.size());
  return Span{
    static_cast<std::uint32_t>(lines_[first].begin + blanks),
    static_cast<std::uint32_t>(lines_[last].end),
    static_cast<int>(first) + 1,
    static_cast<int>(blanks) + 1,
    static_cast<int>(last) + 1};
}

/// The first line with code, or the first line.
std::size_t Recovery::first_code_line(LineRange range) const
{
  for (auto index = range.first; index < range.last; ++index) {
    if (lines_[index].has_code) {
      return index;
    }
  }
  return range.first;
}

OpenScan Recovery::scan(LineRange range) const
{
  OpenScan out;
  for (auto index = range.first; index < range.last; ++index) {
    out.feed(text({index, index + 1}), lines_[index].begin);
  }
  return out;
}

// --- parsing ---

bool Recovery::convert_clean(std::string_view text, const Origin& origin, Block& out)
{
  if (text.size() > budget_) {
    return false;
  }
  budget_ -= text.size();
  const Tree tree{text};
  if (!tree || tree.has_error()) {
    ++failures_;
    return false;
  }
  converter_.convert(tree.root(), text, origin, out);
  return true;
}

bool Recovery::convert_kept(std::string text, const Origin& origin, Block& out)
{
  return convert_clean(module_.strings.emplace_back(std::move(text)), origin, out);
}

void Recovery::block(LineRange range, Block& out)
{
  if (range.empty()) {
    return;
  }
  if (depth_ >= max_depth_) {
    give_up(range, out);
    return;
  }
  ++depth_;
  const int indent = lines_[first_code_line(range)].indent;
  for (const auto& statement :
       split_statements(source_, lines_, range, indent, Brackets::trusted)) {
    if (exhausted()) {
      give_up({statement.first, range.last}, out);
      break;
    }
    item(statement, indent, out);
  }
  --depth_;
}

void Recovery::give_up(LineRange range, Block& out)
{
  out.push_back(&make(StmtKind::error, span(range)));
  note(out.back()->span, "not read: too many errors or levels before it");
}

void Recovery::item(LineRange range, int indent, Block& out)
{
  if (convert_clean(text(range), origin(range), out)) {
    return;
  }
  const auto pieces = split_statements(source_, lines_, range, indent, Brackets::distrusted);
  if (pieces.size() <= 1) {
    broken(range, indent, out);
    return;
  }
  for (const auto& piece : pieces) {
    if (exhausted()) {
      give_up({piece.first, range.last}, out);
      return;
    }
    if (!convert_clean(text(piece), origin(piece), out)) {
      broken(piece, indent, out);
    }
  }
}

void Recovery::broken(LineRange range, int indent, Block& out)
{
  const auto groups = clauses(range, indent);
  const auto& main = groups.front();
  const auto start = first_code_line(main);
  const auto body = header_end(main);
  const auto has_body = body < main.last && lines_[first_code_line({body, main.last})].has_code;
  const auto word = first_word(source_, lines_[start]);
  if (opens_block(word) || word == "@") {
    if (has_body || groups.size() > 1) {
      compound(groups, out);
    } else {
      leaf(range, out);
    }
    return;
  }
  if (!has_body || leaf_with_closers(range, out)) {
    if (!has_body) {
      leaf(range, out);
    }
    return;
  }
  leaf({range.first, body}, out);
  block({body, range.last}, out);
}

/// A statement without statements inside. Of a broken one only what it binds is kept.
void Recovery::leaf(LineRange range, Block& out)
{
  if (leaf_with_closers(range, out)) {
    return;
  }
  Block read;
  const auto piece = text(range);
  if (piece.size() <= budget_) {
    budget_ -= piece.size();
    if (const Tree tree{piece}) {
      converter_.convert(tree.root(), piece, origin(range), read);
    }
  }
  const auto tells_nothing = [](const Stmt* statement) {
    return statement->kind == StmtKind::expression || statement->kind == StmtKind::error;
  };
  read.erase(std::remove_if(read.begin(), read.end(), tells_nothing), read.end());
  if (read.empty()) {
    read.push_back(&make(StmtKind::error, span(range)));
  }
  out.insert(out.end(), read.begin(), read.end());
}

/// A statement that parses once its brackets are closed.
bool Recovery::leaf_with_closers(LineRange range, Block& out)
{
  const auto state = scan(range);
  if (!state.in_brackets() || state.in_string()) {
    return false;
  }
  const auto begin = lines_[range.first].begin;
  std::string repaired{source_.substr(begin, state.code_end() - begin)};
  for (auto open = state.brackets().rbegin(); open != state.brackets().rend(); ++open) {
    repaired += open->closer;
  }
  repaired += '\n';
  if (!convert_kept(std::move(repaired), origin(range), out)) {
    return false;
  }
  const auto& open = state.brackets().back();
  const auto line = static_cast<std::size_t>(
    std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(open.offset), '\n'));
  const auto column = open.offset - lines_[line].begin;
  note(
    Span{
      static_cast<std::uint32_t>(open.offset),
      static_cast<std::uint32_t>(open.offset + 1),
      static_cast<int>(line) + 1,
      static_cast<int>(column) + 1,
      static_cast<int>(line) + 1},
    std::string{"'"} + source_[open.offset] + "' was never closed");
  return true;
}

// --- statements with blocks ---

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

/// The line after the header: after the decorators, to the end of the logical line, or to the first colon at the end of a
/// line if a bracket is never closed.
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
bool Recovery::parse_header(LineRange range, Block& out)
{
  const auto begin = lines_[range.first].begin;
  const auto state = scan(range);
  const auto indent = static_cast<std::size_t>(lines_[first_code_line(range)].indent);
  const std::string pass = '\n' + std::string(indent + 1, ' ') + "pass\n";
  const std::string written{source_.substr(begin, state.code_end() - begin)};
  const bool has_colon = state.last_code() == ':';
  const auto head = span(range);
  if (!state.continues() && has_colon) {
    return convert_kept(std::string{text(range)} + pass, origin(range), out);
  }
  std::string repaired = has_colon ? written.substr(0, written.size() - 1) : written;
  for (auto open = state.brackets().rbegin(); open != state.brackets().rend(); ++open) {
    repaired += open->closer;
  }
  if (!convert_kept(repaired + ':' + pass, origin(range), out)) {
    return false;
  }
  note(
    head,
    state.in_brackets()
      ? std::string{"'"} + source_[state.brackets().back().offset] + "' was never closed"
      : "missing ':'");
  return true;
}

Continuation Recovery::header(LineRange range, Block& out)
{
  const auto start = first_code_line(range);
  const auto word = first_word(source_, lines_[start]);
  if (word == "try") {
    auto& made = make(StmtKind::try_, span(range));
    out.push_back(&made);
    return {&made, &made.body, nullptr};
  }
  if (parse_header(range, out)) {
    auto made = converter_.last_compound();
    if (made.statement != nullptr && made.body->size() == 1) {
      made.body->clear();
      return made;
    }
    out.pop_back();
  }
  return loose_header(range, out);
}

/// A header that cannot be parsed: the name of a class or function is still worth something, anything else is a
/// condition nobody knows.
Continuation Recovery::loose_header(LineRange range, Block& out)
{
  const auto where = span(range);
  note(where, "unreadable first line of a block");
  auto line = first_code_line(range);
  while (line + 1 < range.last && first_word(source_, lines_[line]) == "@") {
    ++line;
  }
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
    return {&made, &made.body, nullptr};
  }
  auto& made = make(is_class ? StmtKind::class_ : StmtKind::function, where);
  out.push_back(&made);
  if (is_class) {
    auto definition = std::make_unique<Class>();
    definition->name = name;
    definition->name_span = where;
    definition->bases.push_back(unknown(where));
    const Continuation open{&made, &definition->body, &definition->docstring};
    made.class_def = std::move(definition);
    return open;
  }
  auto function = std::make_unique<Function>();
  function->name = name;
  function->name_span = where;
  function->is_async = is_async;
  const Continuation open{&made, &function->body, &function->docstring};
  made.function = std::move(function);
  return open;
}

void Recovery::compound(const std::vector<LineRange>& groups, Block& out)
{
  const auto& main = groups.front();
  const auto body = header_end(main);
  const auto open = header({main.first, body}, out);
  open.statement->span.end_line = span({main.first, groups.back().last}).end_line;
  open.statement->span.end = span({main.first, groups.back().last}).end;
  block({body, main.last}, *open.body);
  if (open.docstring != nullptr) {
    *open.docstring = docstring_of(*open.body);
  }
  auto* last = open.statement;
  for (auto group = groups.begin() + 1; group != groups.end(); ++group) {
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
    auto& nested = make(StmtKind::if_, span(range));
    nested.value = unknown(nested.span);
    block(rest, nested.body);
    last->orelse.push_back(&nested);
    last = &nested;
  } else {
    block(rest, last->orelse);
  }
}

Handler Recovery::except_clause(LineRange head)
{
  const std::string prefix = std::string(static_cast<std::size_t>(lines_[head.first].indent), ' ')
                             + "try: pass\n";
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
  }
  return out;
}

Stmt& Recovery::make(StmtKind kind, const Span& span)
{
  auto& made = module_.statements.emplace_back();
  made.kind = kind;
  made.span = span;
  return made;
}

const Expr* Recovery::unknown(const Span& span)
{
  auto& made = module_.expressions.emplace_back();
  made.span = span;
  return &made;
}

void Recovery::note(const Span& span, std::string message)
{
  module_.errors.push_back(SyntaxError{span, std::move(message)});
}

} // namespace

void recover(Module& module, Converter& converter, const ParseLimits& limits)
{
  Recovery{module, converter, limits}.run();
  const auto before = [](const Span& left, const Span& right) { return left.begin < right.begin; };
  std::stable_sort(module.errors.begin(), module.errors.end(), [&](const auto& left, const auto& right) {
    return before(left.span, right.span);
  });
  std::stable_sort(
    module.comments.begin(), module.comments.end(), [](const auto& left, const auto& right) {
      return left.line < right.line;
    });
}

} // namespace assay::syntax
