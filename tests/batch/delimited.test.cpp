// SPDX-License-Identifier: MIT
#include "engine/batch/delimited.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace assay::batch;

TEST_CASE("Cells are taken apart as RFC 4180 says")
{
  struct Row {
    const char* text;
    std::vector<std::vector<std::string>> cells;
  };

  const auto row = GENERATE(values<Row>({
    {"a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
    {"a,b\r\n1,2", {{"a", "b"}, {"1", "2"}}},
    {"a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
    {"a,,\n", {{"a", "", ""}}},
    {"\"a,b\",c\n", {{"a,b", "c"}}},
    {"\"say \"\"yes\"\"\",c\n", {{"say \"yes\"", "c"}}},
    {"\"two\nlines\",c\nd,e\n", {{"two\nlines", "c"}, {"d", "e"}}},
    {"\n\n , \na\n\n", {{"a"}}},
    {"a\"b,c\n", {{"a\"b", "c"}}},
    {"", {}},
  }));
  CAPTURE(row.text);
  std::vector<std::vector<std::string>> cells;
  for (const TableRow& each : read_table(row.text, ',')) {
    CHECK(each.problem.empty());
    cells.push_back(each.cells);
  }
  CHECK(cells == row.cells);
}

TEST_CASE("A broken quote costs its own row and no other")
{
  const auto rows = read_table("a,b\n1,\"open\n3,4\n\"x\"y,6\n7,8\n", ',');
  REQUIRE(rows.size() == 5);
  CHECK(rows[1].problem == "cell 2: a quote is opened and never closed");
  CHECK(rows[1].line == 2);
  CHECK(rows[2].cells == std::vector<std::string>{"3", "4"});
  CHECK(rows[3].problem == "cell 1: text follows the closing quote");
  CHECK(rows[4].cells == std::vector<std::string>{"7", "8"});
}

TEST_CASE("A row knows the line it starts on")
{
  const auto rows = read_table("a\n\"1\n2\n3\"\n\nb\n", ',');
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].line == 2);
  CHECK(rows[2].line == 6);
}

TEST_CASE("The separator is the one that the heading uses")
{
  CHECK(find_separator("a,b;c,d\n;;;;") == ',');
  CHECK(find_separator("a;b;c\n,,,,") == ';');
  CHECK(find_separator("a\tb\n") == '\t');
  CHECK(find_separator("\"x;y;z\",b\n") == ',');
  CHECK(find_separator("repository\n") == ',');
}

TEST_CASE("What a spreadsheet would calculate is written as text")
{
  struct Row {
    const char* cell;
    const char* written;
  };

  const auto row = GENERATE(values<Row>({
    {"plain", "plain"},
    {"", ""},
    {"a,b", "\"a,b\""},
    {"say \"x\"", "\"say \"\"x\"\"\""},
    {"=1+1", "\"'=1+1\""},
    {"+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\""},
    {"-2+3", "\"'-2+3\""},
    {"@SUM(A1)", "\"'@SUM(A1)\""},
    {"\t=1", "\"'\t=1\""},
    {"-3.5", "-3.5"},
    {"two\nlines", "\"two\nlines\""},
    {"bad \xff byte", "bad \xef\xbf\xbd byte"},
  }));
  CAPTURE(row.cell);
  CHECK(csv_cell(row.cell) == row.written);
}
