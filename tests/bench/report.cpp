// SPDX-License-Identifier: MIT
// How long pages take and how large they are, over the runs of a results database.
//
//   assay_bench_report results.sqlite     limits: one page under 60 ms, a site of 500 under 10 s
//   and 60 MB
#include "engine/report/site.hpp"
#include "engine/store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using assay::RunRecord;

double milliseconds_since(std::chrono::steady_clock::time_point start)
{
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
    .count();
}

} // namespace

int main(int argc, char** argv)
{
  if (argc != 2) {
    fmt::print(stderr, "usage: assay_bench_report RESULTS.sqlite\n");
    return 2;
  }
  const auto database = assay::store::Store::open(argv[1], assay::store::OpenMode::read_only);
  if (!database) {
    fmt::print(stderr, "{}\n", database.error().message);
    return 3;
  }
  const auto runs = database->list();
  if (!runs || runs->empty()) {
    fmt::print(stderr, "{}: no runs\n", argv[1]);
    return 3;
  }
  constexpr std::size_t k_candidates = 500;
  std::vector<double> pages;
  std::size_t bytes = 0;
  assay::report::Site site;
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < k_candidates; ++i) {
    const auto record = database->load((*runs)[i % runs->size()].id);
    if (!record) {
      fmt::print(stderr, "{}\n", record.error().message);
      return 3;
    }
    site.rubric = record->rubric;
    const auto page_start = std::chrono::steady_clock::now();
    bytes += assay::report::render_html(*record).size();
    pages.push_back(milliseconds_since(page_start));
    site.entries.push_back(assay::report::site_entry(*record, "candidate", "candidates/1.html"));
  }
  bytes +=
    assay::report::render_site_index(site).size() + assay::report::render_site_matrix(site).size();
  const double all = milliseconds_since(start);
  std::ranges::sort(pages);
  fmt::print("page: median {:.1f} ms, slowest {:.1f} ms\nsite of {}: {:.1f} s, {:.1f} MB\n",
             pages[pages.size() / 2],
             pages.back(),
             k_candidates,
             all / 1000,
             static_cast<double>(bytes) / 1e6);
  return pages.back() < 60 && all < 10'000 && bytes < 60'000'000 ? 0 : 1;
}
