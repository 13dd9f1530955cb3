// SPDX-License-Identifier: MIT
// The quick reader and the grammar see the same tree in everything that the quick reader accepts.
#include "engine/syntax/plain.hpp"

#include "engine/syntax/converter.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/syntax/outline.hpp"
#include "tests/syntax/same_tree.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace fs = std::filesystem;
using namespace assay::syntax;
using assay::tests::first_difference;
using assay::tests::outline;

namespace {

bool is_plain(const std::string& source)
{
  Module module;
  module.source = std::make_unique<const std::string>(source);
  const bool accepted = PlainReader(module, *module.source, ParseLimits{}).read_file();
  if (!accepted) {
    CHECK(module.body.empty());
    CHECK(module.expressions.empty());
    CHECK(module.comments.empty());
  }
  return accepted;
}

} // namespace

TEST_CASE("samples and cases read alike both ways", "[syntax]")
{
  int accepted = 0;
  int files = 0;
  for (const auto* const folder : {"samples", "tests/facts", "tests/syntax/cases"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator{fs::path{ASSAY_SOURCE_DIR} / folder}) {
      const auto source =
        entry.path().extension() == ".py" ? assay::test::read_text(entry.path()) : std::string();
      if (source.empty()) {
        continue;
      }
      ++files;
      INFO(entry.path().string());
      if (is_plain(source)) {
        ++accepted;
        CHECK(first_difference(parse(source), parse_with_grammar(source)).empty());
      }
    }
  }
  REQUIRE(files > 100);
  CHECK(accepted > files * 3 / 4);
}

TEST_CASE("plain statements read alike both ways", "[syntax]")
{
  const auto* const source =
    GENERATE("a = b, *c = d,\n",
             "a.b[c], (d) = x\n",
             "x: Mapped[int | None] = f(y for y in z if y if not z)\n",
             "x = yield a, b\ny = yield from c\nyield\n",
             "x = a if b else lambda c, *d, e=1, **f: (g, h)\n",
             "x = not a in b and c is not d or e not in f <= g\n",
             "x = -a ** -b @ c // d << e & f | ~h\n",
             "x = {**a, 'b': c}, {*d, e}, {}, {f: g for f, g in h}\n",
             "x = a[1:2, ::3, :, ...][b,]\n",
             "f(*a, b, c=1, **d)(e := 2)\n",
             "x = [a async for b, in c for d in e]\n",
             "x = 0x1F + 1_000.5e-3j + .5 + 1.\n",
             "x = rb'a\\n' b\"c\" u'''d\n'''\n",
             "x = f'{a!r:>{w}}{{}} {b=} {c:%Y}' 'd' f\"\"\"{\ne}\"\"\"\n",
             "del a, b\ndel c\nassert a, 'b'\nraise A from B\nraise\n",
             "from . import a\nfrom ...b.c import (d as e, f,)\nimport g.h as i\n",
             "from a import *\nglobal a, b\nx += 1; y **= 2;\n",
             "print(a)\nprint = 1\nmatch = type(b)\nmatch.c = 1\n",
             "x = (a\n     # comment\n     + b)  # end\n",
             "x = a \\\n  + b\n");
  INFO(source);
  CHECK(is_plain(source));
  CHECK(first_difference(parse(source), parse_with_grammar(source)).empty());
}

TEST_CASE("blocks end alike both ways, whatever comments follow them", "[syntax]")
{
  const auto* const source = GENERATE(
    "def f():\n    pass  # same line\n    # in the block\n# behind it\nx = 1\n",
    "class A:\n    def f(self):\n        pass\n        # of f\n    # of A\n  # of neither\n",
    "if a:\n    b\n    # of if\nelif c: d # of elif\nelse:\n    # first\n    e\n",
    "try:\n    a\nexcept B as b:\n    c\n# between\nexcept (D, E):\n    f\nelse:\n    g\n"
    "finally:\n    h\n",
    "while a: b; c\nelse:\n\td\n",
    "async def f(a, /, b: int = 1, *c: str, d, **e) -> None:\n  async for g, h in i, j:\n"
    "    async with k as l, m as (n, o):\n      await p\n",
    "@a.b(c)\n# comment\n@d\nclass E(F, metaclass=G):\n    '''doc'''\n    h: int\n",
    "for a in b:\n    pass\n    \n\n    # last, no line feed");
  INFO(source);
  CHECK(is_plain(source));
  CHECK(first_difference(parse(source), parse_with_grammar(source)).empty());
}

// The grammar lets `^` bind tighter than `&`; Python does not (reference, section 6.17).
TEST_CASE("operators bind as in Python", "[syntax]")
{
  CHECK(outline(parse("a | b ^ c & d << e + f * -g ** h\n"))
        == "(| a (^ b (& c (<< d (+ e (* f (- (** g h))))))))\n");
}

TEST_CASE("what is not plain is left to the grammar", "[syntax]")
{
  const auto* const source = GENERATE("x = = 1\n",
                                      "x = (\n",
                                      "x = 'open\n",
                                      "x = 1)\n",
                                      "f(x for x in y, z)\n",
                                      "f() = 1\n",
                                      "1: int\n",
                                      "if a:\npass\n",
                                      "if a:\n    b\n  c\n",
                                      "  a\n",
                                      "if a:\n    b\nif c:\n\td\n",
                                      "match a:\n    case b:\n        pass\n",
                                      "type A = int\n",
                                      "def f[T](a): pass\n",
                                      "print 'a'\n",
                                      "print -1\n",
                                      "exec 'a'\n",
                                      "except_ <> b\n",
                                      "try:\n    a\nexcept A, b:\n    c\n",
                                      "try:\n    a\n",
                                      "with (a as b, c as d):\n    pass\n",
                                      "ñ = 1\n",
                                      "x = f'{a'\n",
                                      "x = f'}'\n",
                                      "x = f'\\N{BULLET}'\n",
                                      "x = *a\n",
                                      "{a: b, c}\n",
                                      "{*a: b}\n",
                                      "import a . b\n",
                                      "from a import ()\n",
                                      "a\f\n",
                                      "x = a if b\n");
  INFO(source);
  CHECK_FALSE(is_plain(source));
}

TEST_CASE("deep nesting is left to the grammar", "[syntax]")
{
  const auto repeated = [](const std::string& text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
      out += text;
    }
    return out;
  };
  CHECK(is_plain("x = " + repeated("(", 40) + repeated(")", 40) + "\n"));
  CHECK_FALSE(is_plain("x = " + repeated("(", 100000) + repeated(")", 100000) + "\n"));
  CHECK_FALSE(is_plain("x = " + repeated("-", 100000) + "1\n"));
  CHECK_FALSE(is_plain("x = " + repeated("not ", 100000) + "1\n"));
  CHECK_FALSE(is_plain("x = a" + repeated(".b", 100000) + "\n"));
  CHECK_FALSE(is_plain("x = a" + repeated(" + b", 100000) + "\n"));
  CHECK_FALSE(is_plain("x = a" + repeated(" ** b", 100000) + "\n"));
  CHECK_FALSE(is_plain("x = " + repeated("lambda: ", 100000) + "1\n"));
  CHECK_FALSE(is_plain("x = " + repeated("{1: ", 100000) + repeated("}", 100000) + "\n"));
  CHECK(is_plain("x = [" + repeated("f(a.b), ", 10000) + "]\n"));
}
