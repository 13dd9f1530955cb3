// SPDX-License-Identifier: MIT
// Tables as text: comma-, semicolon- or tab-separated values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::batch {

/// One record; `line` is where it starts, 1-based.
struct TableRow {
  int line = 0;
  std::vector<std::string> cells;
  std::string problem; ///< why the record cannot be read; the rows after it still are
};

/// Semicolon or tab if the first line has more of them outside quotes than commas, else comma.
char find_separator(std::string_view text);

/// Records of `text` in order; lines without anything but spaces are left out. A quoted cell may
/// hold separators, line ends and doubled quotes; one that is never closed ends with its line, so
/// that a stray quote costs one row. Source: RFC 4180.
std::vector<TableRow> read_table(std::string_view text, char separator);

/// A cell as it has to be written: quoted where RFC 4180 asks for it. A cell that a spreadsheet
/// would take for a formula (=, +, -, @, tab or carriage return at its start) that is no number
/// gets an apostrophe before it.
std::string csv_cell(std::string_view text);

} // namespace assay::batch
