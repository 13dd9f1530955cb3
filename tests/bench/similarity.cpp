// SPDX-License-Identifier: MIT
// How long it takes to find what submissions have in common, without and with the reading:
//   assay_bench_similarity [COUNT]
// The submissions are the samples, each file with names and statements changed at random; one in
// fifty is a copy of another with its names changed.
#include "engine/similarity/fingerprint.hpp"
#include "engine/similarity/pairs.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace assay;

namespace {

namespace fs = std::filesystem;

using Files = std::vector<similarity::SourceText>;

constexpr std::size_t k_copy_every = 50;

std::vector<Files> samples()
{
  std::vector<Files> found;
  for (const auto& folder : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "samples")) {
    if (!fs::is_directory(folder.path() / "repo")) {
      continue;
    }
    Files& files = found.emplace_back();
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "repo")) {
      const std::string path = entry.path().string();
      if (path.ends_with(".py") && path.find("/versions/") == std::string::npos) {
        std::ifstream stream(entry.path());
        files.push_back({path, {std::istreambuf_iterator<char>(stream), {}}});
      }
    }
  }
  return found;
}

/// Lines without a block of their own, dropped or doubled here and there, others between them.
std::string changed(const std::string& text, std::mt19937& random)
{
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    const bool plain = line.ends_with(')') && line.find("def ") == std::string::npos;
    const auto chance = random() % 4;
    if (plain && chance == 0) {
      const std::string indent = line.substr(0, line.find_first_not_of(' '));
      out += indent + "step_" + std::to_string(random() % 9) + " = tuple_"
             + std::to_string(random()) + "[" + std::to_string(random() % 9) + "] - fold("
             + (random() % 2 == 0 ? "not " : "-") + "limit_" + std::to_string(random()) + ")\n";
    }
    out += plain && chance == 1 ? "" : line + "\n";
  }
  return out;
}

template<class Work>
void measure(const char* what, Work work)
{
  const auto start = std::chrono::steady_clock::now();
  work();
  fmt::print("{:<14}{:>8.3f} s\n",
             what,
             std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

} // namespace

int main(int argc, char** argv)
{
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 500;
  const std::vector<Files> originals = samples();
  std::mt19937 random(7); // NOLINT(*-msc51-cpp): the same submissions each time
  std::vector<Files> submissions;
  for (std::size_t i = 0; i < count; ++i) {
    const bool copy = i % k_copy_every == k_copy_every - 1;
    Files files = copy ? submissions[i / 2] : originals[random() % originals.size()];
    for (similarity::SourceText& file : files) {
      file.text = copy ? file.text : changed(file.text, random);
    }
    submissions.push_back(std::move(files));
  }
  std::vector<TreeFingerprints> trees;
  measure("fingerprints", [&] {
    for (const Files& files : submissions) {
      trees.push_back(similarity::fingerprint(files));
    }
  });
  std::vector<similarity::Pair> pairs;
  measure("pairs", [&] { pairs = similarity::similar_pairs(trees, {}); });
  fmt::print("{} submissions, {} pairs compared, {} listed\n",
             trees.size(),
             trees.size() * (trees.size() - 1) / 2,
             pairs.size());
}
