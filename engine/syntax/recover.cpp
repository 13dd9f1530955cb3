// SPDX-License-Identifier: MIT
#include "engine/syntax/recover.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::syntax {

namespace {

/// Text parsed again, in multiples of the source: nesting repeats it, three levels of broken blocks
/// need about six.
constexpr std::size_t k_reparse_factor = 8;
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

} // namespace

Recovery::Recovery(Module& module, Converter& converter, const ParseLimits& limits)
  : module_(module),
    converter_(converter),
    max_depth_(limits.max_depth),
    source_(*module.source),
    budget_(k_reparse_factor * source_.size() + k_reparse_floor)
{
}

void Recovery::run()
{
  lines_ = split_lines(source_);
  blank_conflict_markers();
  block({0, lines_.size()}, module_.body);
}

bool Recovery::exhausted() const
{
  return failures_ >= k_max_failures;
}

/// Both sides of an unresolved merge count; the markers between them do not end the class they are
/// in.
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
  return {static_cast<std::uint32_t>(lines_[range.first].begin),
          static_cast<int>(range.first),
          static_cast<std::uint32_t>(lines_[range.last - 1].end),
          static_cast<int>(range.last)};
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
  return Span{static_cast<std::uint32_t>(lines_[first].begin + blanks),
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

/// Without the comments before and after.
LineRange Recovery::without_margins(LineRange range) const
{
  range.first = first_code_line(range);
  while (range.last - 1 > range.first && !lines_[range.last - 1].has_code) {
    --range.last;
  }
  return range;
}

OpenScan Recovery::scan(LineRange range) const
{
  OpenScan out;
  for (auto index = range.first; index < range.last; ++index) {
    out.feed(text({index, index + 1}), lines_[index].begin);
  }
  return out;
}

bool Recovery::convert_clean(std::string_view text, const Origin& origin, Block& out)
{
  if (text.size() > budget_) {
    return false;
  }
  budget_ -= text.size();
  const Tree tree{text};
  too_long_ = tree.is_too_long();
  if (too_long_) {
    return false;
  }
  if (!tree || tree.has_error()) {
    failures_ = tree ? failures_ + 1 : k_max_failures;
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
  if (too_long_) {
    range = without_margins(range);
    if (convert_clean(text(range), origin(range), out)) {
      return;
    }
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
  const auto errors_before = module_.errors.size();
  if (piece.size() <= budget_) {
    budget_ -= piece.size();
    const Tree tree{piece};
    if (tree) {
      converter_.convert(tree.root(), piece, origin(range), read);
    } else {
      note(span(range), tree.is_too_long() ? "statement too long to read" : "unreadable statement");
    }
  }
  if (const auto quote = scan(range).unterminated_string(); quote != std::string_view::npos) {
    module_.errors.resize(errors_before);
    note(point(quote), "unterminated string");
  }
  const auto tells_nothing = [](const Stmt* statement) {
    return statement->kind == StmtKind::expression || statement->kind == StmtKind::error;
  };
  read.erase(std::remove_if(read.begin(), read.end(), tells_nothing), read.end());
  if (read.empty() && !leaf_with_unknown(range, read)) {
    read.push_back(&make(StmtKind::error, span(range)));
  }
  out.insert(out.end(), read.begin(), read.end());
}

/// An assignment of which only the left side can be read.
bool Recovery::leaf_with_unknown(LineRange range, Block& out)
{
  const auto first = first_code_line(range);
  const auto line = text({first, first + 1});
  const auto sign = assignment_sign(line);
  if (sign == std::string_view::npos) {
    return false;
  }
  const auto where = origin({first, first + 1});
  if (!convert_kept(std::string{line.substr(0, sign + 1)} + " ...\n", where, out)) {
    return false;
  }
  auto& value = module_.expressions.back();
  value.kind = ExprKind::unknown;
  value.text = {};
  return true;
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
  note_never_closed(state.brackets().back());
  return true;
}

void Recovery::note_never_closed(const OpenScan::Bracket& bracket)
{
  note(point(bracket.offset), std::string{"'"} + source_[bracket.offset] + "' was never closed");
}

/// The span of one character.
Span Recovery::point(std::size_t offset) const
{
  const auto begin = source_.begin();
  const auto row = std::count(begin, begin + static_cast<std::ptrdiff_t>(offset), '\n');
  const auto column = offset - lines_[static_cast<std::size_t>(row)].begin;
  const auto line = static_cast<int>(row) + 1;
  const auto byte = static_cast<std::uint32_t>(offset);
  return Span{byte, byte + 1, line, static_cast<int>(column) + 1, line};
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

void recover(Module& module, Converter& converter, const ParseLimits& limits)
{
  Recovery{module, converter, limits}.run();
  const auto before = [](const Span& left, const Span& right) { return left.begin < right.begin; };
  std::stable_sort(
    module.errors.begin(), module.errors.end(), [&](const auto& left, const auto& right) {
      return before(left.span, right.span);
    });
  std::stable_sort(module.comments.begin(),
                   module.comments.end(),
                   [](const auto& left, const auto& right) { return left.line < right.line; });
}

} // namespace assay::syntax
