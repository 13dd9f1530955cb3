// SPDX-License-Identifier: MIT
#include "engine/syntax/token_stream.hpp"

#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace assay;
using namespace assay::syntax;

namespace {

/// Names as they are, "!" behind those that are bound; strings "S", numbers "N".
std::string shown(const std::string& source)
{
  std::string text;
  const TokenStream stream = token_stream(source);
  for (const StreamToken& token : stream.tokens) {
    text += text.empty() ? "" : " ";
    text += token.kind == StreamKind::text     ? "S"
            : token.kind == StreamKind::number ? "N"
                                               : std::string(token.text);
    text += token.binds ? "!" : "";
  }
  return text;
}

} // namespace

TEST_CASE("A stream has tokens without comments, docstrings, imports and layout")
{
  struct Row {
    const char* source;
    const char* tokens;
  };

  const auto row = GENERATE(values<Row>({
    {"", ""},
    {"# only a comment\n", ""},
    {"\"\"\"Docstring.\"\"\"\nimport os\nfrom a.b import c as d, e\nx = 1  # why\n", "x! = N"},
    {"def f(a, b=c, *args, d: T = e, **rest):\n    'doc'\n    return a + \"x\" 'y'\n",
     "def f! ( a! , b! = c , * args! , d! : T = e , ** rest! ) : return a + S"},
    {"class A(B, key=C):\n    name: M[int] = column(String(50), nullable=False)\n",
     "class A! ( B , key = C ) : name! : M [ int ] = column ( String ( N ) , nullable = False )"},
    {"for i, (j, k) in f(x): pass\n", "for i! , ( j! , k! ) in f ( x ) : pass"},
    {"with a.b(c) as d, e as (f, g): pass\n", "with a . b ( c ) as d! , e as ( f! , g! ) : pass"},
    {"self.title = x.y[z] = t\n", "self . title! = x . y [ z ] = t"},
    {"r = [u.v for u in w if (n := m(u))]\n", "r! = [ u . v for u! in w if ( n! := m ( u ) ) ]"},
    {"g = lambda q, s=t: f\"{q} {s}\"\n", "g! = lambda q! , s! = t : S"},
    {"try:\n    f()\nexcept E as e:\n    raise\n", "try : f ( ) except E as e! : raise"},
    {"x = None\r\ny = ...\r\n", "x! = None y! = ..."},
  }));
  CAPTURE(row.source);
  CHECK(shown(row.source) == row.tokens);
}

TEST_CASE("Imports are told apart from the tokens")
{
  const TokenStream stream = token_stream("import a.b as c, d\nfrom ..e import f as g, h\n"
                                          "from k import *\nfrom __future__ import annotations\n");
  std::string text;
  for (const StreamImport& each : stream.imports) {
    text += fmt::format("{}/{}/{} ", each.module, each.name, each.alias);
  }
  CHECK(text == "a.b//c d// ..e/f/g ..e/h/ k/*/ ");
}

TEST_CASE("Tokens know their lines, and broken text gives the tokens that are there")
{
  const TokenStream stream = token_stream("x = (1,\n     '''a\nb''')\n");
  REQUIRE(stream.tokens.size() == 7);
  CHECK(stream.tokens[5].line == 2);
  CHECK(stream.tokens[5].end_line == 3);
  CHECK(shown("def f(:\n    return a +\nclass B: x = 1\n").find("x! = N") != std::string::npos);
  CHECK(token_stream("x = 1\n", 3).tokens.empty());
}

TEST_CASE("However deep a text is nested, the stream is read")
{
  const std::string deep(20'000, '(');
  CHECK_NOTHROW(token_stream("x = " + deep + std::string(20'000, ')') + "\n"));
  std::string blocks;
  for (int i = 0; i < 300; ++i) {
    blocks += std::string(static_cast<std::size_t>(i), ' ') + "if a:\n";
  }
  CHECK_NOTHROW(token_stream(blocks));
}
