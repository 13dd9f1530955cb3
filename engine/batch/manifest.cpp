// SPDX-License-Identifier: MIT
#include "engine/batch/manifest.hpp"

#include "engine/base/text.hpp"
#include "engine/batch/delimited.hpp"
#include "engine/codec/flat_record.hpp"
#include "engine/intake/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <system_error>

namespace assay::batch {

namespace {

/// One row as named cells, in the order of the columns.
struct NamedRow {
  int row = 0;
  int line = 0;
  std::vector<std::pair<std::string, std::string>> cells;
};

struct ColumnName {
  std::string_view written;
  std::string_view meant;
};

constexpr std::array<ColumnName, 15> k_columns = {{{"repository", "repository"},
                                                   {"repo", "repository"},
                                                   {"url", "repository"},
                                                   {"repository_url", "repository"},
                                                   {"candidate", "candidate"},
                                                   {"candidate_id", "candidate"},
                                                   {"id", "candidate"},
                                                   {"name", "name"},
                                                   {"email", "email"},
                                                   {"e-mail", "email"},
                                                   {"ref", "ref"},
                                                   {"branch", "ref"},
                                                   {"deadline", "deadline"},
                                                   {"rubric", "rubric"},
                                                   {"tags", "tags"}}};

/// "Candidate ID" -> "candidate"; empty for a column of others.
std::string_view meaning(std::string_view heading)
{
  std::string name = to_lower(trim(heading));
  std::ranges::replace(name, ' ', '_');
  const auto* const found = std::ranges::find(k_columns, name, &ColumnName::written);
  return found == k_columns.end() ? std::string_view() : found->meant;
}

class EntryReader {
public:
  EntryReader(const std::filesystem::path& folder, const std::string& default_rubric)
    : folder_(folder),
      default_rubric_(default_rubric)
  {
  }

  void add(const NamedRow& row)
  {
    const std::size_t before = manifest_.issues.size();
    BatchEntry entry;
    entry.row = row.row;
    entry.rubric = default_rubric_;
    std::set<std::string_view> given;
    for (const auto& [heading, cell] : row.cells) {
      const std::string_view column = meaning(heading);
      if (column.empty()) {
        keep(entry, heading, cell);
        continue;
      }
      if (!given.insert(column).second) {
        complain(row, heading, "the column is given twice");
        continue;
      }
      set(entry, row, column, std::string(trim(cell)));
    }
    if (entry.repository.empty() && manifest_.issues.size() == before) {
      complain(row, "repository", "is empty");
    }
    if (entry.candidate.empty()) {
      entry.candidate = entry.repository;
    }
    if (manifest_.issues.size() == before) {
      refuse_twice(row, entry);
    }
    if (manifest_.issues.size() == before) {
      manifest_.entries.push_back(std::move(entry));
    }
  }

  void complain(const NamedRow& row, std::string_view column, std::string message)
  {
    manifest_.issues.push_back({row.row, row.line, printable(column), std::move(message)});
  }

  Manifest take() { return std::move(manifest_); }

private:
  void keep(BatchEntry& entry, const std::string& heading, const std::string& cell)
  {
    std::string name(trim(heading));
    if (std::ranges::find(manifest_.columns, name) == manifest_.columns.end()) {
      manifest_.columns.push_back(name);
    }
    entry.extra.emplace_back(std::move(name), cell);
  }

  void set(BatchEntry& entry, const NamedRow& row, std::string_view column, const std::string& cell)
  {
    const auto control = std::ranges::find_if(
      cell, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; });
    if (control != cell.end()) {
      complain(row, column, "holds a control character");
    } else if (column == "repository") {
      set_repository(entry, row, cell);
    } else if (column == "candidate") {
      entry.candidate = cell;
    } else if (column == "name") {
      entry.name = cell;
    } else if (column == "email") {
      entry.email = cell;
    } else if (column == "ref") {
      entry.ref = cell;
    } else if (column == "deadline") {
      set_deadline(entry, row, cell);
    } else if (column == "rubric") {
      set_rubric(entry, cell);
    } else {
      for (const std::string_view tag : split(cell, ';')) {
        if (!trim(tag).empty()) {
          entry.tags.emplace_back(trim(tag));
        }
      }
    }
  }

  void set_repository(BatchEntry& entry, const NamedRow& row, const std::string& cell)
  {
    if (cell.empty()) {
      return;
    }
    auto source = intake::resolve_source(cell, folder_);
    if (source) {
      entry.repository = *source;
    } else {
      complain(row, "repository", source.error().message);
    }
  }

  /// A path stands beside the manifest, the id of a built-in rubric anywhere.
  void set_rubric(BatchEntry& entry, const std::string& cell)
  {
    const bool is_path =
      cell.find('/') != std::string::npos || cell.ends_with(".yaml") || cell.ends_with(".yml");
    if (is_path) {
      entry.rubric = (folder_ / cell).lexically_normal().string();
    } else if (!cell.empty()) {
      entry.rubric = cell;
    }
  }

  void set_deadline(BatchEntry& entry, const NamedRow& row, const std::string& cell)
  {
    if (cell.empty()) {
      return;
    }
    const auto deadline = parse_instant(cell);
    if (deadline) {
      entry.deadline = *deadline;
    } else {
      complain(row, "deadline", deadline.error().message);
    }
  }

  /// The same work for the same person twice would count that person twice.
  void refuse_twice(const NamedRow& row, const BatchEntry& entry)
  {
    std::string key = entry.candidate + '\0' + entry.repository + '\0' + entry.ref + '\0'
                      + entry.rubric + '\0'
                      + (entry.deadline ? to_iso8601(*entry.deadline) : std::string());
    const auto [found, added] = rows_.emplace(std::move(key), row.row);
    if (!added) {
      complain(row, "", fmt::format("asks for the same as row {}", found->second));
    }
  }

  const std::filesystem::path& folder_;
  const std::string& default_rubric_;
  Manifest manifest_;
  std::map<std::string, int> rows_;
};

Result<void> check_heading(const std::vector<std::string>& headings)
{
  if (std::ranges::any_of(headings,
                          [](const auto& each) { return meaning(each) == "repository"; })) {
    return {};
  }
  std::vector<std::string> shown;
  for (const std::string& heading : headings) {
    shown.push_back('"' + printable(trim(heading).substr(0, 40)) + '"');
  }
  shown.resize(std::min<std::size_t>(shown.size(), 12));
  return Error{
    ErrorCode::invalid_input,
    fmt::format("the heading has no column \"repository\" (it has {})", join(shown, ", "))};
}

Result<Manifest> from_table(std::string_view text, EntryReader reader)
{
  const std::vector<TableRow> rows = read_table(text, find_separator(text));
  if (rows.empty()) {
    return Error{ErrorCode::invalid_input, "has no heading"};
  }
  const std::vector<std::string>& headings = rows.front().cells;
  ASSAY_TRY(check_heading(headings));
  for (std::size_t i = 1; i < rows.size(); ++i) {
    NamedRow named;
    named.row = static_cast<int>(i) + 1;
    named.line = rows[i].line;
    if (!rows[i].problem.empty()) {
      reader.complain(named, "", rows[i].problem);
      continue;
    }
    if (rows[i].cells.size() > headings.size()) {
      reader.complain(
        named,
        "",
        fmt::format("has {} cells, the heading has {}", rows[i].cells.size(), headings.size()));
      continue;
    }
    for (std::size_t j = 0; j < headings.size(); ++j) {
      named.cells.emplace_back(headings[j],
                               j < rows[i].cells.size() ? rows[i].cells[j] : std::string());
    }
    reader.add(named);
  }
  return reader.take();
}

Result<Manifest> from_json_lines(std::string_view text, EntryReader reader)
{
  int line = 0;
  int row = 0;
  for (const std::string_view each : split(text, '\n')) {
    ++line;
    if (trim(each).empty()) {
      continue;
    }
    NamedRow named;
    named.row = ++row;
    named.line = line;
    auto record = codec::read_flat_record(trim(each));
    if (!record) {
      reader.complain(named, "", record.error().message);
      continue;
    }
    named.cells = std::move(*record);
    reader.add(named);
  }
  return reader.take();
}

} // namespace

Result<Manifest> read_manifest(std::string_view text,
                               const std::filesystem::path& folder,
                               const std::string& default_rubric)
{
  if (text.size() > k_most_manifest_bytes) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("has {} bytes, more than {}", text.size(), k_most_manifest_bytes)};
  }
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    return Error{ErrorCode::invalid_input, "is UTF-16; save it as CSV with UTF-8"};
  }
  if (text.starts_with("\xef\xbb\xbf")) {
    text.remove_prefix(3);
  }
  // What spreadsheets of the western world write as CSV is Latin-1 or close to it.
  const std::string decoded = is_utf8(text) ? std::string(text) : latin1_to_utf8(text);
  if (static_cast<std::size_t>(std::ranges::count(decoded, '\n')) > k_most_manifest_rows) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("has more than {} lines", k_most_manifest_rows)};
  }
  EntryReader reader(folder, default_rubric);
  return trim(decoded).starts_with('{') ? from_json_lines(decoded, std::move(reader))
                                        : from_table(decoded, std::move(reader));
}

Result<Manifest> load_manifest(const std::filesystem::path& path, const std::string& default_rubric)
{
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) {
    return Error{std::filesystem::exists(path, failure) ? ErrorCode::invalid_input
                                                        : ErrorCode::not_found,
                 fmt::format("{}: there is no such file", path.string())};
  }
  if (std::filesystem::file_size(path, failure) > k_most_manifest_bytes) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("{}: has more than {} bytes", path.string(), k_most_manifest_bytes)};
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    const int cause = errno;
    return Error{ErrorCode::io,
                 fmt::format("{}: {}", path.string(), std::generic_category().message(cause))};
  }
  auto manifest = read_manifest(
    text.str(), std::filesystem::absolute(path, failure).parent_path(), default_rubric);
  return manifest ? std::move(manifest) : with_context(manifest.error(), path.string());
}

std::string describe(const ManifestIssue& issue, std::string_view file)
{
  std::string text = fmt::format("{}: row {}", printable(file), issue.row);
  if (issue.line != issue.row) {
    text += fmt::format(" (line {})", issue.line);
  }
  if (!issue.column.empty()) {
    text += fmt::format(", column \"{}\"", issue.column);
  }
  return text + ": " + issue.message;
}

} // namespace assay::batch
