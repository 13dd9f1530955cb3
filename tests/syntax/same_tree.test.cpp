// SPDX-License-Identifier: MIT
#include "tests/syntax/same_tree.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace assay::tests {

using namespace syntax;

namespace {

class Comparison {
public:
  std::string run(const Module& left, const Module& right)
  {
    if (left.errors.size() != right.errors.size()) {
      const auto& errors = left.errors.empty() ? right.errors : left.errors;
      return "line " + std::to_string(errors.front().span.line)
             + ": error: " + errors.front().message;
    }
    blocks(left.body, right.body);
    line_ = 0;
    check(left.docstring == right.docstring, "docstring");
    auto comments = left.comments;
    auto others = right.comments;
    std::ranges::stable_sort(comments, {}, &Comment::line);
    std::ranges::stable_sort(others, {}, &Comment::line);
    const bool same = std::ranges::equal(comments, others, [this](const auto& a, const auto& b) {
      line_ = a.line;
      return a.line == b.line && a.text == b.text;
    });
    check(same, "comments");
    return out_;
  }

private:
  bool check(bool same, std::string_view what)
  {
    if (!same && out_.empty()) {
      out_ = "line " + std::to_string(line_) + ": ";
      out_ += what;
    }
    return same && out_.empty();
  }

  void spans(const Span& a, const Span& b)
  {
    const bool same = a.begin == b.begin && a.end == b.end && a.line == b.line
                      && a.column == b.column && a.end_line == b.end_line;
    if (!same) {
      const auto show = [](const Span& span) {
        return std::to_string(span.begin) + "-" + std::to_string(span.end) + " line "
               + std::to_string(span.line) + ":" + std::to_string(span.column) + "-"
               + std::to_string(span.end_line);
      };
      check(false, "span " + show(a) + " and " + show(b));
    }
  }

  template<class List, class Compare>
  void each(const List& a, const List& b, std::string_view what, Compare compare)
  {
    if (check(a.size() == b.size(), what)) {
      for (std::size_t i = 0; i < a.size() && out_.empty(); ++i) {
        compare(a[i], b[i]);
      }
    }
  }

  void expressions(const Expr* a, const Expr* b)
  {
    if (a == nullptr || b == nullptr) {
      check(a == b, "an expression is missing");
      return;
    }
    line_ = a->span.line;
    check(a->kind == b->kind,
          "kind " + std::to_string(static_cast<int>(a->kind)) + " and "
            + std::to_string(static_cast<int>(b->kind)));
    check(a->text == b->text, "text of an expression");
    spans(a->span, b->span);
    if (!out_.empty()) {
      return;
    }
    expressions(a->value, b->value);
    list(a->items, b->items, "items");
    list(a->keys, b->keys, "keys");
    keywords(a->keywords, b->keywords);
    parameters(a->parameters, b->parameters);
    each(a->clauses, b->clauses, "clauses", [this](const Clause& x, const Clause& y) {
      check(x.is_async == y.is_async, "async clause");
      expressions(x.target, y.target);
      expressions(x.iterable, y.iterable);
      list(x.conditions, y.conditions, "conditions");
    });
  }

  void
  list(const std::vector<const Expr*>& a, const std::vector<const Expr*>& b, std::string_view what)
  {
    each(a, b, what, [this](const Expr* x, const Expr* y) { expressions(x, y); });
  }

  void keywords(const std::vector<Keyword>& a, const std::vector<Keyword>& b)
  {
    each(a, b, "keywords", [this](const Keyword& x, const Keyword& y) {
      check(x.name == y.name, "name of a keyword");
      expressions(x.value, y.value);
    });
  }

  void parameters(const std::vector<Parameter>& a, const std::vector<Parameter>& b)
  {
    each(a, b, "parameters", [this](const Parameter& x, const Parameter& y) {
      check(x.name == y.name && x.kind == y.kind, "parameter");
      expressions(x.annotation, y.annotation);
      expressions(x.fallback, y.fallback);
    });
  }

  void blocks(const Block& a, const Block& b)
  {
    each(a, b, "statements", [this](const Stmt* x, const Stmt* y) { statements(*x, *y); });
  }

  void statements(const Stmt& a, const Stmt& b)
  {
    line_ = a.span.line;
    check(a.kind == b.kind, "kind of a statement");
    check(a.text == b.text, "text of a statement");
    check(a.level == b.level && a.is_async == b.is_async, "level or async");
    list(a.targets, b.targets, "targets");
    expressions(a.value, b.value);
    expressions(a.annotation, b.annotation);
    each(a.names, b.names, "names", [this](const ImportedName& x, const ImportedName& y) {
      check(x.name == y.name && x.alias == y.alias, "imported name");
    });
    each(a.with_items, b.with_items, "with items", [this](const WithItem& x, const WithItem& y) {
      expressions(x.context, y.context);
      expressions(x.target, y.target);
    });
    blocks(a.body, b.body);
    each(a.handlers, b.handlers, "handlers", [this](const Handler& x, const Handler& y) {
      check(x.name == y.name, "name of a handler");
      expressions(x.type, y.type);
      blocks(x.body, y.body);
    });
    blocks(a.orelse, b.orelse);
    blocks(a.finally, b.finally);
    if (check((a.function == nullptr) == (b.function == nullptr), "function")
        && a.function != nullptr) {
      functions(*a.function, *b.function);
    }
    if (check((a.class_def == nullptr) == (b.class_def == nullptr), "class")
        && a.class_def != nullptr) {
      classes(*a.class_def, *b.class_def);
    }
    line_ = a.span.line;
    spans(a.span, b.span);
  }

  void functions(const Function& a, const Function& b)
  {
    check(a.name == b.name && a.docstring == b.docstring && a.is_async == b.is_async, "function");
    spans(a.name_span, b.name_span);
    parameters(a.parameters, b.parameters);
    expressions(a.returns, b.returns);
    list(a.decorators, b.decorators, "decorators");
    blocks(a.body, b.body);
  }

  void classes(const Class& a, const Class& b)
  {
    check(a.name == b.name && a.docstring == b.docstring, "class");
    spans(a.name_span, b.name_span);
    list(a.bases, b.bases, "bases");
    keywords(a.keywords, b.keywords);
    list(a.decorators, b.decorators, "decorators");
    blocks(a.body, b.body);
  }

  std::string out_;
  int line_ = 0;
};

} // namespace

std::string first_difference(const Module& left, const Module& right)
{
  return Comparison().run(left, right);
}

} // namespace assay::tests
