// SPDX-License-Identifier: MIT
#include "engine/syntax/ast.hpp"
#include "tests/support/catch.hpp"
#include "tests/syntax/outline.hpp"

#include <string>
#include <utility>

using namespace assay::syntax;
using assay::tests::outline;

namespace {

std::string repeated(std::string_view text, int times)
{
  std::string out;
  for (int count = 0; count < times; ++count) {
    out += text;
  }
  return out;
}

/// What follows a hostile first statement must still be read.
const Stmt& last_statement(const Module& module)
{
  REQUIRE_FALSE(module.body.empty());
  return *module.body.back();
}

} // namespace

TEST_CASE("all line ends and indentations read alike", "[syntax]")
{
  const std::string plain =
    "class A:\n    x = 1\n    def f(self):\n        return '''a\nb'''\ny = 2\n";
  const auto with_line_ends = [&plain](std::string_view end) {
    std::string out;
    for (const char character : plain) {
      out += character == '\n' ? std::string{end} : std::string{character};
    }
    return out;
  };
  const std::string expected =
    "class A [ ]\n  = x <- 1\n  def f [self]\n    return \"a\\nb\"\n= y <- 2\n";
  const std::string tabs = "class A:\n\tx = 1\n\tdef f(self):\n\t\treturn '''a\nb'''\ny = 2\n";
  CHECK(outline(parse(plain)) == expected);
  CHECK(outline(parse(with_line_ends("\r\n"))) == expected);
  CHECK(outline(parse(with_line_ends("\r"))) == expected);
  CHECK(outline(parse(tabs)) == expected);
  CHECK(outline(parse("\xEF\xBB\xBF" + plain)) == expected);
  CHECK(outline(parse("\f\n" + plain)) == expected);
  CHECK(outline(parse(plain.substr(0, plain.size() - 1))) == expected);
  CHECK(outline(parse("\n\n   \n" + plain + "\n  \n\t\n")) == expected);
}

TEST_CASE("a form feed before a statement does not indent it", "[syntax]")
{
  CHECK(outline(parse("a = 1\n\fdef f(): pass\n")) == "= a <- 1\ndef f []\n  pass\n");
}

TEST_CASE("nothing to read gives an empty module", "[syntax]")
{
  const auto* const source = GENERATE("", "\n", "   ", "\t\n\n", "\xEF\xBB\xBF", "\r\n\r", "\\\n");
  const auto module = parse(source);
  CHECK(module.body.empty());
  CHECK(module.errors.empty());
  CHECK(module.comments.empty());
}

TEST_CASE("spans are where the text is", "[syntax]")
{
  const auto module =
    parse("\xEF\xBB\xBFx = 1\r\n\r\nclass A(\r\n    Base):\r\n    id = Column(Integer)\r\n");
  const auto& made = *module.body.at(1);
  CHECK(made.span.line == 3);
  CHECK(made.span.column == 1);
  CHECK(made.span.end_line == 5);
  CHECK(made.class_def->name_span.column == 7);
  CHECK(made.class_def->bases.at(0)->span.line == 4);
  const auto& call = *made.class_def->body.at(0)->value;
  CHECK(call.span.line == 5);
  CHECK(call.span.column == 10);
  CHECK(module.source->substr(call.span.begin, call.span.end - call.span.begin)
        == "Column(Integer)");
}

TEST_CASE("spans in a damaged file are where the text is", "[syntax]")
{
  const auto module = parse("x = = 1\nclass A(Base)\n  y = f(1\n  def g(self):\n    z = h(2)\n    "
                            "if a ==:\n      b = i(3)\n    elif c d:\n      e = j(4)\n");
  const auto check = [&module](const Expr& call, int line, int column, std::string_view text) {
    CHECK(call.span.line == line);
    CHECK(call.span.column == column);
    CHECK(std::string_view{*module.source}.substr(call.span.begin, text.size()) == text);
  };
  const auto& body = module.body.at(1)->class_def->body;
  CHECK(module.body.at(1)->class_def->name_span.column == 7);
  CHECK(module.body.at(1)->span.end_line == 9);
  check(*body.at(0)->value, 3, 7, "f(1");
  const auto& function = *body.at(1)->function;
  CHECK(body.at(1)->span.line == 4);
  check(*function.body.at(0)->value, 5, 9, "h(2)");
  const auto& condition = *function.body.at(1);
  CHECK(condition.span.line == 6);
  check(*condition.body.at(0)->value, 7, 11, "i(3)");
  check(*condition.orelse.at(0)->body.at(0)->value, 9, 11, "j(4)");
}

TEST_CASE("views survive the module being moved", "[syntax]")
{
  auto made = parse("a = 'x\\ty'\n");
  const Module moved = std::move(made);
  CHECK(moved.body.at(0)->targets.at(0)->text == "a");
  CHECK(moved.body.at(0)->value->text == "x\ty");
}

TEST_CASE("a file above the limit becomes one error", "[syntax]")
{
  ParseLimits limits;
  limits.max_bytes = 8;
  CHECK(outline(parse("x = 1\n", limits)) == "= x <- 1\n");
  const auto module = parse("x = 1234\ny = 2\n", limits);
  REQUIRE(module.body.size() == 1);
  CHECK(module.body[0]->kind == StmtKind::error);
  CHECK(module.body[0]->span.end_line == 3);
  REQUIRE(module.errors.size() == 1);
  CHECK(module.errors[0].message == "larger than 8 bytes");
}

TEST_CASE("nesting beyond the limit is unknown and the rest is read", "[syntax]")
{
  ParseLimits limits;
  limits.max_depth = 5;
  CHECK(outline(parse("x = [[[[[[1]]]]]]\ny = 2\n", limits))
        == "= x <- (list (list (list (list <unknown>))))\n= y <- 2\n"
           "syntax error 1:9: nested deeper than 5 levels\n");
}

TEST_CASE("hostile depth and length are survived", "[syntax]")
{
  constexpr int many = 100000;
  const auto text = GENERATE_COPY("x = " + repeated("(", many) + "1" + repeated(")", many),
                                  "x = " + repeated("(", many),
                                  "x = " + repeated("[", many) + repeated("]", many),
                                  "x = a" + repeated("+a", many),
                                  "x = a" + repeated(".a", many),
                                  "x = a" + repeated("()", many),
                                  "x = a" + repeated("**a", many),
                                  "x = " + repeated("not ", many) + "a",
                                  "x = " + repeated("lambda: ", many) + "a",
                                  "x = " + repeated("a if b else ", many) + "c",
                                  repeated("@a\n", many) + "def f(): pass",
                                  "if a: pass\n" + repeated("elif b: pass\n", many / 10));
  const auto module = parse(text + "\nlast = 1\n");
  CHECK(last_statement(module).kind == StmtKind::assign);
  CHECK(last_statement(module).targets.at(0)->text == "last");
}

TEST_CASE("long chains without depth are read whole", "[syntax]")
{
  const auto assigned = parse(repeated("x = ", 10000) + "1\n");
  CHECK(assigned.body.at(0)->targets.size() == 10000);
  const auto both = parse("x = a" + repeated(" and a", 10000) + "\n");
  CHECK(both.body.at(0)->value->items.size() == 10001);
  const auto parts = parse("x = " + repeated("'a' ", 10000) + "\n");
  CHECK(parts.body.at(0)->value->text.size() == 10000);
}

TEST_CASE("deeply nested blocks end in an error statement", "[syntax]")
{
  std::string source;
  for (int depth = 0; depth < 240; ++depth) {
    source += std::string(static_cast<std::size_t>(depth), ' ') + "if a:\n";
  }
  source += std::string(240, ' ') + "pass\nlast = 1\n";
  const auto module = parse(source);
  CHECK(last_statement(module).targets.at(0)->text == "last");
  int depth = 0;
  const auto* statement = module.body.at(0);
  for (; statement->kind == StmtKind::if_; statement = statement->body.at(0)) {
    ++depth;
  }
  CHECK(statement->kind == StmtKind::error);
  CHECK(depth == 200);
  CHECK_FALSE(module.errors.empty());
}

TEST_CASE("a long chain of elif ends in an error statement", "[syntax]")
{
  const int length = GENERATE(1000, 10000);
  const auto* const broken = GENERATE("", "  x = = 1\n");
  const auto module =
    parse("if a:\n  pass\n" + repeated("elif b:\n  pass\n", length) + broken + "last = 1\n");
  CHECK(last_statement(module).targets.at(0)->text == "last");
  int depth = 0;
  const auto* statement = module.body.at(0);
  for (; statement->kind == StmtKind::if_; ++depth) {
    REQUIRE_FALSE(statement->orelse.empty());
    statement = statement->orelse.at(0);
  }
  CHECK(statement->kind == StmtKind::error);
  CHECK(depth > 190);
  CHECK(depth <= 200);
  CHECK_FALSE(module.errors.empty());
}

TEST_CASE("thousands of broken statements are given up on with a word", "[syntax]")
{
  const auto module = parse(repeated("x = = 1\n", 6000) + "last = 1\n");
  CHECK(last_statement(module).kind == StmtKind::error);
  CHECK(module.errors.back().message == "not read: too many errors or levels before it");
}

TEST_CASE("a module of any size below the limit is read whole", "[syntax]")
{
  std::string source = "class Large(Base):\n";
  for (int count = 0; count < 20000; ++count) {
    source += "    column" + std::to_string(count) + " = Column(Integer)  # comment\n";
  }
  source += "# between\n" + repeated("#\n", 70000) + "last = Column(String)\n";
  const auto module = parse(source);
  REQUIRE(module.body.size() == 2);
  CHECK(module.body[0]->class_def->body.size() == 20000);
  CHECK(module.body[0]->class_def->bases.size() == 1);
  CHECK(module.body[0]->class_def->body.at(19999)->span.line == 20001);
  CHECK(module.body[1]->value->span.line == 90003);
  CHECK(module.comments.size() == 90001);
  CHECK(module.errors.empty());
}

TEST_CASE("any bytes yield a module", "[syntax]")
{
  const std::string_view bytes[] = {{"\0\0\0x = 1\n", 9},
                                    "\xFF\xFE\xFD",
                                    "x = '\xC3\x28'\n",
                                    "\xEF\xBB",
                                    "x = \x80\n",
                                    "\x1b[0m\n"};
  for (const auto text : bytes) {
    const auto module = parse(std::string{text});
    CHECK(module.source->size() == text.size());
    CHECK((module.errors.empty() || !module.body.empty()));
  }
}

TEST_CASE("a line of the source comes without its end", "[syntax]")
{
  const auto module = parse("first\r\nsecond\n\nlast");
  CHECK(line_text(module, 1) == "first");
  CHECK(line_text(module, 2) == "second");
  CHECK(line_text(module, 3).empty());
  CHECK(line_text(module, 4) == "last");
  CHECK(line_text(module, 5).empty());
  CHECK(line_text(module, 0).empty());
  CHECK(line_text(module, -1).empty());
}

TEST_CASE("a quoted expression is read in place", "[syntax]")
{
  struct Row {
    const char* text;
    const char* expected;
  };

  const auto row = GENERATE(values<Row>({
    {"list[Post]", "([] list Post)"},
    {"Mapped['User']", "([] Mapped \"User\")"},
    {" int |\n None ", "(| int None)"},
    {"a, b", "(tuple a b)"},
    {"Post.id == foreign(Comment.post_id)", "(== (. Post id) (call foreign (. Comment post_id)))"},
    {"'single'", "\"single\""},
    {"", "<unknown>"},
    {" \n", "<unknown>"},
    {"()", "(tuple)"},
    {"list[", "<unknown>"},
    {"a b", "<unknown>"},
    {"x) + (y", "<unknown>"},
    {"x = 1", "<unknown>"},
    {"import a", "<unknown>"},
    {"a)\nb = (c", "<unknown>"},
  }));
  auto module = parse("x = 1\n");
  const Span at{3, 7, 11, 13, 17};
  const auto* made = parse_expression(module, row.text, at);
  INFO(row.text);
  CHECK(outline(made) == row.expected);
  CHECK(made->span.begin == 3);
  CHECK(made->span.line == 11);
  CHECK(made->span.column == 13);
  CHECK(module.errors.empty());
  CHECK(module.comments.empty());
}
