// SPDX-License-Identifier: MIT
#include "engine/batch/similar.hpp"

#include "engine/base/text.hpp"
#include "engine/batch/delimited.hpp"
#include "engine/codec/json.hpp"
#include "engine/intake/intake.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/store/fingerprints.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <utility>

namespace assay::batch {

namespace {

using codec::Json;
using similarity::Lines;
using similarity::Pair;
using similarity::Passage;

int percent(double share)
{
  return static_cast<int>(std::lround(share * 100));
}

std::string place_of(const Lines& lines)
{
  return fmt::format("{}:{}-{}", lines.path, lines.first, lines.last);
}

const std::string& name_of(const std::vector<Standing>& standings, std::size_t index)
{
  return standings[index].entry.candidate;
}

std::string pair_text(const std::vector<Standing>& standings, const Pair& pair)
{
  const std::string a = printable(to_utf8_lossy(name_of(standings, pair.a)));
  const std::string b = printable(to_utf8_lossy(name_of(standings, pair.b)));
  std::string text = fmt::format("{} and {}: {} % of {}, {} % of {}\n",
                                 a,
                                 b,
                                 percent(pair.share_a),
                                 a,
                                 percent(pair.share_b),
                                 b);
  for (const Passage& passage : pair.passages) {
    text += fmt::format("    {}  {}\n",
                        printable(to_utf8_lossy(place_of(passage.a))),
                        printable(to_utf8_lossy(place_of(passage.b))));
  }
  return text;
}

std::string as_text(const std::vector<Standing>& standings, const Similar& similar)
{
  std::string text;
  for (const Pair& pair : similar.pairs) {
    text += pair_text(standings, pair) + "\n";
  }
  text += fmt::format("Submissions compared: {}; pairs from {} % on: {}\n",
                      similar.compared,
                      percent(similar.threshold),
                      similar.pairs.size());
  if (similar.without > 0) {
    text += fmt::format("Not compared: {}, graded by a version that kept nothing to compare\n",
                        similar.without);
  }
  if (!similar.pairs.empty()) {
    text += "Same structure in these lines: it may have a common source, or none. That is for a "
            "person to judge;\nno score depends on it. Per cent: of what sets a submission apart "
            "from the others of the batch.\n";
  }
  return text;
}

std::string as_csv(const std::vector<Standing>& standings, const Similar& similar)
{
  std::string text =
    "candidate_a,candidate_b,share_a,share_b,path_a,first_line_a,last_line_a,path_b,"
    "first_line_b,last_line_b\n";
  for (const Pair& pair : similar.pairs) {
    for (const Passage& passage : pair.passages) {
      text += fmt::format("{},{},{:.2f},{:.2f},{},{},{},{},{},{}\n",
                          csv_cell(name_of(standings, pair.a)),
                          csv_cell(name_of(standings, pair.b)),
                          pair.share_a,
                          pair.share_b,
                          csv_cell(passage.a.path),
                          passage.a.first,
                          passage.a.last,
                          csv_cell(passage.b.path),
                          passage.b.first,
                          passage.b.last);
    }
  }
  return text;
}

Json json_of(const Lines& lines)
{
  return Json(
    Json::Record{{"path", lines.path}, {"first_line", lines.first}, {"last_line", lines.last}});
}

std::string as_json(const std::vector<Standing>& standings, const Similar& similar)
{
  Json::List pairs;
  for (const Pair& pair : similar.pairs) {
    Json::List passages;
    for (const Passage& passage : pair.passages) {
      passages.push_back(Json(Json::Record{{"a", json_of(passage.a)}, {"b", json_of(passage.b)}}));
    }
    pairs.push_back(Json(Json::Record{{"candidate_a", name_of(standings, pair.a)},
                                      {"candidate_b", name_of(standings, pair.b)},
                                      {"share_a", percent(pair.share_a) / 100.0},
                                      {"share_b", percent(pair.share_b) / 100.0},
                                      {"passages", std::move(passages)}}));
  }
  const Json record(Json::Record{{"schema_version", 1},
                                 {"compared", static_cast<int>(similar.compared)},
                                 {"not_compared", static_cast<int>(similar.without)},
                                 {"threshold", similar.threshold},
                                 {"pairs", std::move(pairs)}});
  return codec::dump(record, codec::Layout::indented);
}

} // namespace

Result<Similar> find_similar(store::Store& store,
                             const std::vector<Standing>& standings,
                             std::span<const TreeFingerprints> starter,
                             const similarity::PairOptions& options)
{
  const store::Fingerprints fingerprints(store);
  std::vector<TreeFingerprints> trees;
  std::vector<std::size_t> places;
  Similar similar;
  similar.threshold = options.threshold;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (!standings[i].record) {
      continue;
    }
    ASSAY_ASSIGN(auto tree, fingerprints.load(standings[i].record->submission.tree_digest));
    if (tree) {
      trees.push_back(std::move(*tree));
      places.push_back(i);
    } else {
      ++similar.without;
    }
  }
  similar.compared = trees.size();
  similar.pairs = similarity::similar_pairs(trees, starter, options);
  for (Pair& pair : similar.pairs) {
    pair.a = places[pair.a];
    pair.b = places[pair.b];
  }
  return similar;
}

Result<TreeFingerprints> starter_code(const std::string& source)
{
  Submission submission;
  ASSAY_ASSIGN(submission.source, intake::resolve_source(source, std::filesystem::current_path()));
  ASSAY_ASSIGN(const Snapshot snapshot, intake::obtain(submission, {}));
  return pipeline::fingerprint(snapshot);
}

std::string
render_similar(const std::vector<Standing>& standings, const Similar& similar, SimilarFormat format)
{
  switch (format) {
  case SimilarFormat::csv:
    return as_csv(standings, similar);
  case SimilarFormat::json:
    return as_json(standings, similar);
  case SimilarFormat::text:
    break;
  }
  return as_text(standings, similar);
}

} // namespace assay::batch
