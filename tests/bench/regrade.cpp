// SPDX-License-Identifier: MIT
// How fast stored submissions are judged by a changed rubric, and where the time goes:
//   assay_bench_regrade DATABASE RUBRIC
#include "engine/checks/bind.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/rubric/rubric.hpp"
#include "engine/store/store.hpp"

#include <fmt/format.h>

#include <chrono>
#include <vector>

using namespace assay;

namespace {

template<class Work>
void measure(const char* what, std::size_t count, Work work)
{
  const auto start = std::chrono::steady_clock::now();
  work();
  const double seconds =
    std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  fmt::print("{:<12}{:>9.3f} ms each\n", what, seconds * 1000 / static_cast<double>(count));
}

} // namespace

int main(int argc, char** argv)
{
  if (argc != 3) {
    return 2;
  }
  auto store = store::Store::open(argv[1], store::OpenMode::existing).value();
  const auto rubric = checks::bind(rubric::load_rubric(argv[2]).value()).value();
  const auto runs = store.list().value();
  std::vector<RunRecord> records;
  measure("load", runs.size(), [&] {
    for (const RunSummary& run : runs) {
      records.push_back(store.load(run.id).value());
    }
  });
  measure("judge", runs.size(), [&] {
    for (RunRecord& record : records) {
      pipeline::judge_record(record, rubric);
    }
  });
  measure("save", runs.size(), [&] {
    for (const RunRecord& record : records) {
      store.save(record).value();
    }
  });
}
