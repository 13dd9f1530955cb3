// SPDX-License-Identifier: MIT
// How long reading and judging take, without obtaining: 100 submissions of 30 files and some 3,000
// lines, and how the cost grows with the size of one submission. Prints figures; judges nothing.
//
//   assay_bench_read            both measurements
#include "engine/checks/bind.hpp"
#include "engine/facts/extract.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/resource.h>

using namespace assay;

namespace {

/// Code that a typical submission has besides its models: routes, services, schemas, tests.
std::string filler(int file, int lines)
{
  std::string text =
    fmt::format("\"\"\"Module {}.\"\"\"\nfrom dataclasses import dataclass\n\n", file);
  for (int i = 0; i * 12 < lines; ++i) {
    text += fmt::format(
      "@dataclass\nclass Settings{0}_{1}:\n    name: str = \"value {1}\"\n    size: int = {1}\n\n\n"
      "def handle_{0}_{1}(request, limit=10):\n    result = []\n    for item in "
      "request.items[:limit]:\n"
      "        result.append({{\"id\": item.id, \"title\": item.title}})\n    return result\n\n",
      file,
      i);
  }
  return text;
}

/// The sample with as many further files as make it `files` files and `lines` lines.
Snapshot submission(const std::string& sample, int files, int lines)
{
  const auto root = std::filesystem::path(ASSAY_SOURCE_DIR) / "samples" / sample / "repo";
  Snapshot snapshot = test::folder_snapshot(root);
  int present = 0;
  for (const auto& [path, blob] : snapshot.files) {
    present += static_cast<int>(std::count(blob.content->begin(), blob.content->end(), '\n'));
  }
  const int more = std::max(1, files - static_cast<int>(snapshot.files.size()));
  const int each = std::max(0, lines - present) / more;
  for (int i = 0; i < more; ++i) {
    test::add_file(snapshot, fmt::format("extra/module_{}.py", i), filler(i, each));
  }
  return snapshot;
}

int python_lines(const Snapshot& snapshot)
{
  int lines = 0;
  for (const auto& [path, blob] : snapshot.files) {
    if (path.ends_with(".py")) {
      lines += static_cast<int>(std::count(blob.content->begin(), blob.content->end(), '\n'));
    }
  }
  return lines;
}

/// Seconds of processor time: the same on a busy machine.
double grade(const Snapshot& snapshot, const checks::BoundRubric& rubric)
{
  const auto start = std::clock();
  RunRecord record;
  record.facts = facts::read(snapshot);
  pipeline::judge_record(record, rubric);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

long peak_mebibytes()
{
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

} // namespace

int main()
{
  const auto rubric_path =
    std::filesystem::path(ASSAY_SOURCE_DIR) / "rubrics" / "sqlalchemy-blog" / "rubric.yaml";
  const checks::BoundRubric rubric = checks::bind(rubric::load_rubric(rubric_path).value()).value();
  const std::vector<std::string> samples = {
    "classic-single-file", "flask-serialiser", "private-dependency", "sqlmodel-fastapi"};
  double total = 0;
  int lines = 0;
  for (int i = 0; i < 100; ++i) {
    const Snapshot snapshot =
      submission(samples[static_cast<std::size_t>(i) % samples.size()], 30, 3000);
    lines += python_lines(snapshot);
    total += grade(snapshot, rubric);
  }
  fmt::print(
    "100 submissions, {} lines: {:.2f} s, peak memory {} MiB\n", lines, total, peak_mebibytes());
  double per_line = 0;
  for (const int size : {10'000, 100'000, 1'000'000}) {
    const Snapshot snapshot = submission("classic-single-file", size / 250, size);
    const double seconds = grade(snapshot, rubric);
    const double micro = seconds * 1e6 / python_lines(snapshot);
    fmt::print("{:>9} lines: {:.2f} s, {:.2f} us a line, peak memory {} MiB",
               python_lines(snapshot),
               seconds,
               micro,
               peak_mebibytes());
    const std::string ratio = per_line > 0
                                ? fmt::format(", {:.2f} times the line before", micro / per_line)
                                : std::string();
    fmt::print("{}\n", ratio);
    per_line = micro;
  }
}
