// SPDX-License-Identifier: MIT
#include "engine/batch/progress.hpp"

#include "engine/base/text.hpp"
#include "engine/codec/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace assay::batch {

namespace {

double seconds_between(Progress::Ticks from, Progress::Ticks to)
{
  return std::chrono::duration<double>(to - from).count();
}

std::string_view word_of(EventKind kind)
{
  switch (kind) {
  case EventKind::obtaining:
    return "obtaining";
  case EventKind::retrying:
    return "retrying";
  case EventKind::executing:
    return "executing";
  case EventKind::repeating:
    return "repeating";
  case EventKind::graded:
    return "graded";
  case EventKind::not_obtained:
    return "not_obtained";
  case EventKind::engine_fault:
    return "engine_fault";
  }
  return {};
}

std::string score_text(const RunRecord& record)
{
  const Scorecard& card = record.scorecard;
  if (card.band == "none") {
    return "no score";
  }
  return fmt::format("{:.1f} {}", card.total.point.value(), printable(card.band));
}

} // namespace

Progress::Progress(const std::vector<BatchEntry>& entries, Label label, Ticks start)
  : entries_(entries),
    label_(std::move(label)),
    start_(start),
    earlier_(static_cast<std::size_t>(std::ranges::count_if(
      entries, [](const BatchEntry& entry) { return entry.run.has_value(); })))
{
}

void Progress::note(const BatchEvent& event, Ticks now)
{
  switch (event.kind) {
  case EventKind::executing:
    running_[event.entry] = now;
    break;
  case EventKind::graded:
    running_.erase(event.entry);
    ++graded_;
    break;
  case EventKind::not_obtained:
  case EventKind::engine_fault:
    running_.erase(event.entry);
    ++failed_;
    break;
  case EventKind::obtaining:
  case EventKind::retrying:
  case EventKind::repeating:
    break;
  }
}

std::string Progress::line(Ticks now) const
{
  std::string text = fmt::format(
    "{} of {}: {} graded, {} failed", done(), entries_.size(), earlier_ + graded_, failed_);
  if (!running_.empty()) {
    text += fmt::format("; {} running", running_.size());
  }
  const double passed = seconds_between(start_, now);
  const std::size_t now_done = graded_ + failed_;
  if (now_done > 0 && passed > 0) {
    const double rate = static_cast<double>(now_done) / passed;
    const auto left = std::chrono::seconds{
      static_cast<std::int64_t>(static_cast<double>(entries_.size() - done()) / rate)};
    text += fmt::format(", {:.1f} a second, {} left", rate, duration_text(left));
  }
  const auto slowest =
    std::ranges::min_element(running_, {}, [](const auto& each) { return each.second; });
  if (slowest != running_.end() && seconds_between(slowest->second, now) >= 1) {
    text += fmt::format("; slowest {} ({:.0f} s)",
                        printable(label_(entries_[slowest->first])),
                        seconds_between(slowest->second, now));
  }
  return text;
}

std::string Progress::log_line(const BatchEvent& event) const
{
  const std::string label = printable(label_(entries_[event.entry]));
  const std::string place = fmt::format("[{}/{}] {}: ", done(), entries_.size(), label);
  switch (event.kind) {
  case EventKind::graded:
    return place + score_text(*event.record)
           + (event.from_ledger ? " (unchanged: not executed again)" : "");
  case EventKind::not_obtained:
    return place + "not obtained: " + printable(event.detail);
  case EventKind::engine_fault:
    return place + "engine fault, not graded: " + printable(event.detail);
  case EventKind::retrying:
    return place + "tried again later: " + printable(event.detail);
  case EventKind::repeating:
    return place + "engine fault, tried again in fresh cells: " + printable(event.detail);
  case EventKind::obtaining:
  case EventKind::executing:
    break;
  }
  return {};
}

std::string Progress::json(const BatchEvent& event) const
{
  const BatchEntry& entry = entries_[event.entry];
  codec::Json::Record members{{"event", word_of(event.kind)},
                              {"row", entry.row},
                              {"candidate", label_(entry)},
                              {"done", static_cast<std::int64_t>(done())},
                              {"total", static_cast<std::int64_t>(entries_.size())},
                              {"detail", nullptr},
                              {"run", nullptr},
                              {"point", nullptr},
                              {"low", nullptr},
                              {"high", nullptr},
                              {"band", nullptr},
                              {"from_ledger", event.from_ledger}};
  const auto set = [&](std::string_view name, codec::Json value) {
    for (auto& [member, held] : members) {
      if (member == name) {
        held = std::move(value);
      }
    }
  };
  if (!event.detail.empty()) {
    set("detail", event.detail);
  }
  if (event.record != nullptr) {
    const Scorecard& card = event.record->scorecard;
    set("run", event.run.value);
    set("point", card.total.point);
    set("low", card.total.low);
    set("high", card.total.high);
    set("band", card.band);
  }
  return codec::dump(codec::Json(std::move(members)), codec::Layout::compact);
}

std::string duration_text(std::chrono::seconds duration)
{
  const auto seconds = std::max<std::int64_t>(0, duration.count());
  if (seconds < 60) {
    return fmt::format("{} s", seconds);
  }
  if (seconds < 3600) {
    return fmt::format("{} min {} s", seconds / 60, seconds % 60);
  }
  if (seconds < 86'400) {
    return fmt::format("{} h {} min", seconds / 3600, seconds / 60 % 60);
  }
  return fmt::format("{} d {} h", seconds / 86'400, seconds / 3600 % 24);
}

} // namespace assay::batch
