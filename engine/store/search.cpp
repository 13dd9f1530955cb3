// SPDX-License-Identifier: MIT
#include "engine/store/search.hpp"

#include "engine/base/text.hpp"
#include "engine/store/statement.hpp"

#include <charconv>
#include <cstdint>
#include <variant>

namespace assay::store {

namespace {

constexpr const char* k_select =
  "SELECT runs.id, runs.graded_at, source, ref, commit_id, tree_digest, rubrics.name, "
  "rubrics.version,"
  " engine_version, point, low, high, band, needs_review,"
  " (SELECT count(*) FROM gates WHERE gates.run_id = runs.id AND tripped),"
  " (SELECT count(*) FROM flags WHERE flags.run_id = runs.id)"
  " FROM runs JOIN submissions ON submissions.id = submission_id"
  " JOIN candidates ON candidates.id = candidate_id JOIN rubrics ON rubrics.id = rubric_id";

/// Conditions joined by AND, with their values.
class Where {
public:
  void add(const char* condition, std::variant<std::string, std::int64_t> value)
  {
    sql_ += (sql_.empty() ? " WHERE " : " AND ");
    sql_ += condition;
    values_.push_back(std::move(value));
  }

  void add(const char* condition)
  {
    sql_ += (sql_.empty() ? " WHERE " : " AND ");
    sql_ += condition;
  }

  [[nodiscard]] const std::string& sql() const { return sql_; }

  void bind(SQLite::Statement& statement) const
  {
    int position = 0;
    for (const auto& value : values_) {
      ++position;
      std::visit([&](const auto& each) { statement.bind(position, each); }, value);
    }
  }

private:
  std::string sql_;
  std::vector<std::variant<std::string, std::int64_t>> values_;
};

std::vector<RunSummary>
selected(const SQLite::Database& database, const Where& where, std::int64_t limit)
{
  std::string sql = k_select + where.sql() + " ORDER BY runs.id DESC";
  if (limit > 0) {
    sql += " LIMIT " + std::to_string(limit);
  }
  Rows rows(database, sql);
  where.bind(rows.statement());
  std::vector<RunSummary> runs;
  while (rows.next()) {
    RunSummary& run = runs.emplace_back();
    rows >> run.id.value >> run.graded_at >> run.source >> run.ref >> run.commit >> run.tree_digest
      >> run.rubric_id >> run.rubric_version >> run.engine_version >> run.total.point
      >> run.total.low >> run.total.high >> run.band >> run.needs_review >> run.gates_tripped
      >> run.integrity_flags;
  }
  return runs;
}

std::int64_t run_number(std::string_view text)
{
  std::int64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc{} && end == text.data() + text.size() ? number : 0;
}

bool is_commit_prefix(std::string_view text)
{
  return text.size() >= 4 && text.size() <= 40
         && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// "https://host/group/blog.git/" -> "blog"
std::string_view last_component(std::string_view source)
{
  while (source.ends_with('/')) {
    source.remove_suffix(1);
  }
  if (source.ends_with(".git")) {
    source.remove_suffix(4);
  }
  const std::size_t slash = source.find_last_of("/:");
  return slash == std::string_view::npos ? source : source.substr(slash + 1);
}

std::vector<RunSummary> by_last_component(const SQLite::Database& database, std::string_view text)
{
  Where where;
  where.add("instr(source, ?) > 0", std::string(text));
  auto runs = selected(database, where, 0);
  std::erase_if(runs, [&](const RunSummary& run) { return last_component(run.source) != text; });
  return runs;
}

} // namespace

std::vector<RunSummary> summaries(const SQLite::Database& database, const RunFilter& filter)
{
  Where where;
  if (!filter.source.empty()) {
    where.add("instr(lower(source), ?) > 0", to_lower(filter.source));
  }
  if (!filter.commit.empty()) {
    where.add("instr(commit_id, ?) = 1", to_lower(filter.commit));
  }
  if (!filter.rubric_id.empty()) {
    where.add("rubrics.name = ?", filter.rubric_id);
  }
  if (!filter.band.empty()) {
    where.add("band = ?", filter.band);
  }
  if (filter.needs_review) {
    where.add("needs_review = ?", std::int64_t{*filter.needs_review});
  }
  if (filter.since) {
    where.add("graded_at >= ?", codec::time_text(*filter.since));
  }
  if (filter.until) {
    where.add("graded_at <= ?", codec::time_text(*filter.until));
  }
  if (filter.latest_only) {
    where.add("runs.id IN (SELECT run_id FROM v_latest_runs)");
  }
  return selected(database, where, filter.limit);
}

std::vector<RunSummary> named_runs(const SQLite::Database& database, std::string_view text)
{
  if (const std::int64_t number = run_number(text); number > 0) {
    Where where;
    where.add("runs.id = ?", number);
    if (auto runs = selected(database, where, 0); !runs.empty()) {
      return runs;
    }
  }
  if (is_commit_prefix(text)) {
    RunFilter filter;
    filter.commit = text;
    if (auto runs = summaries(database, filter); !runs.empty()) {
      return runs;
    }
  }
  Where where;
  where.add("source = ?", std::string(text));
  if (auto runs = selected(database, where, 0); !runs.empty()) {
    return runs;
  }
  return by_last_component(database, last_component(text));
}

} // namespace assay::store
