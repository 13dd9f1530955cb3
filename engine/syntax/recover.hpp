// SPDX-License-Identifier: MIT
// Private to engine/syntax: reads what can be read of a file with syntax errors.
//
// The file is cut into statements by its line structure (lines.hpp) and each is parsed alone; one
// that does not parse is cut again: a class or function into its header and the statements of its
// body, and so on, so that an error costs the statement it is in and nothing else. Rejected:
// tree-sitter's own recovery, which closes classes at the wrong place and drops whole definitions
// after an unclosed bracket.
#pragma once

#include "engine/syntax/converter.hpp"
#include "engine/syntax/lines.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::syntax {

/// Fills the body, comments and errors of a module whose source does not parse as a whole.
void recover(Module& module, Converter& converter, const ParseLimits& limits);

/// The work of recover().
class Recovery {
public:
  Recovery(Module& module, Converter& converter, const ParseLimits& limits);

  void run();

private:
  // Source.
  void blank_conflict_markers();
  std::string_view text(LineRange range) const;
  Origin origin(LineRange range) const;
  Span span(LineRange range) const;
  Span point(std::size_t offset) const;
  std::size_t first_code_line(LineRange range) const;
  LineRange without_margins(LineRange range) const;
  OpenScan scan(LineRange range) const;

  // Parsing.
  bool exhausted() const;
  void give_up(LineRange range, Block& out);
  bool convert_clean(std::string_view text, const Origin& origin, Block& out);
  bool convert_kept(std::string text, const Origin& origin, Block& out);
  void block(LineRange range, Block& out);
  void item(LineRange range, int indent, Block& out);
  void broken(LineRange range, int indent, Block& out);
  void leaf(LineRange range, Block& out);
  bool leaf_with_closers(LineRange range, Block& out);
  bool leaf_with_unknown(LineRange range, Block& out);
  void note_never_closed(const OpenScan::Bracket& bracket);

  // Statements with blocks: recover_compound.cpp.
  std::vector<LineRange> clauses(LineRange range, int indent) const;
  std::size_t header_end(LineRange range) const;
  Continuation header(LineRange range, Block& out);
  Continuation loose_header(LineRange range, Block& out);
  bool parse_header(LineRange range, Block& out);
  std::vector<const Expr*> decorators(LineRange range);
  void match(LineRange range, Block& out);
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
  bool too_long_ = false; ///< why the last conversion failed
};

} // namespace assay::syntax
