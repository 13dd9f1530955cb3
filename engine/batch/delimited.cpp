// SPDX-License-Identifier: MIT
#include "engine/batch/delimited.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <charconv>

namespace assay::batch {

namespace {

class TableReader {
public:
  TableReader(std::string_view text, char separator)
    : text_(text),
      separator_(separator)
  {
  }

  std::vector<TableRow> read()
  {
    std::vector<TableRow> rows;
    while (at_ < text_.size()) {
      TableRow row = read_row();
      const bool empty =
        std::ranges::all_of(row.cells, [](const std::string& cell) { return trim(cell).empty(); });
      if (!empty || !row.problem.empty()) {
        rows.push_back(std::move(row));
      }
    }
    return rows;
  }

private:
  TableRow read_row()
  {
    TableRow row;
    row.line = line_;
    while (true) {
      row.cells.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted(row) : plain());
      if (at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
        continue;
      }
      break;
    }
    end_line();
    return row;
  }

  std::string plain()
  {
    const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
    const std::size_t stop = std::min(text_.find(separator_, at_), end);
    std::string cell(text_.substr(at_, stop - at_));
    at_ = stop;
    return cell;
  }

  std::string quoted(TableRow& row)
  {
    const std::size_t start = at_;
    std::string cell;
    int lines = 0;
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      const char each = text_[i];
      if (each == '"' && i + 1 < text_.size() && text_[i + 1] == '"') {
        cell += '"';
        ++i;
      } else if (each == '"') {
        at_ = i + 1;
        if (trim(plain()).empty()) {
          line_ += lines;
          return cell;
        }
        if (lines == 0) {
          note(row, "text follows the closing quote");
          return cell;
        }
        break; // the quote that closes it belongs to another row
      } else {
        lines += each == '\n' ? 1 : 0;
        cell += each;
      }
    }
    note(row, "a quote is opened and never closed");
    at_ = start;
    return plain();
  }

  static void note(TableRow& row, const char* problem)
  {
    if (row.problem.empty()) {
      row.problem = "cell " + std::to_string(row.cells.size() + 1) + ": " + problem;
    }
  }

  void end_line()
  {
    if (at_ < text_.size() && text_[at_] == '\r') {
      ++at_;
      if (at_ >= text_.size() || text_[at_] != '\n') {
        ++line_; // a lone carriage return ends a line too
        return;
      }
    }
    if (at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
      ++line_;
    }
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

bool is_plain_number(std::string_view text)
{
  double number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc{} && end == text.data() + text.size();
}

} // namespace

char find_separator(std::string_view text)
{
  bool inside = false;
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t tabs = 0;
  for (const char each : text) {
    if (each == '"') {
      inside = !inside;
    } else if (!inside && (each == '\n' || each == '\r')) {
      break;
    } else if (!inside) {
      commas += each == ',' ? 1 : 0;
      semicolons += each == ';' ? 1 : 0;
      tabs += each == '\t' ? 1 : 0;
    }
  }
  if (tabs > std::max(commas, semicolons)) {
    return '\t';
  }
  return semicolons > commas ? ';' : ',';
}

std::vector<TableRow> read_table(std::string_view text, char separator)
{
  return TableReader(text, separator).read();
}

std::string csv_cell(std::string_view text)
{
  constexpr std::string_view k_formula = "=+-@\t\r";
  std::string cell = to_utf8_lossy(text);
  std::erase(cell, '\0');
  if (!cell.empty() && k_formula.find(cell.front()) != std::string_view::npos
      && !is_plain_number(cell)) {
    cell.insert(cell.begin(), '\'');
  }
  if (cell.find_first_of(",;\t\"\r\n'") == std::string::npos) {
    return cell;
  }
  std::string quoted = "\"";
  for (const char each : cell) {
    quoted += each == '"' ? std::string("\"\"") : std::string(1, each);
  }
  return quoted + '"';
}

} // namespace assay::batch
