// SPDX-License-Identifier: MIT
#include "engine/report/words.hpp"

#include "engine/codec/time.hpp"
#include "engine/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::report {

namespace {

std::string technology_name(const std::string& technology)
{
  struct Name {
    std::string_view id;
    std::string_view name;
  };

  constexpr Name names[] = {{"django", "Django's ORM"},
                            {"peewee", "Peewee"},
                            {"tortoise", "Tortoise ORM"},
                            {"pony", "Pony ORM"},
                            {"raw-sql", "SQL without an ORM"}};
  const auto* const found = std::ranges::find(names, technology, &Name::id);
  return found == std::end(names) ? technology : std::string(found->name);
}

bool is_word(char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
         || (byte >= '0' && byte <= '9') || byte == '_'
         || (static_cast<unsigned char>(byte) & 0x80U) != 0;
}

} // namespace

bool names(std::string_view text, std::string_view name)
{
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || (!is_word(text[at - 1]) && text[at - 1] != '.');
    const bool ends = end == text.size() || !is_word(text[end]);
    if (begins && ends) {
      return true;
    }
  }
  return false;
}

std::string_view database_title(std::string_view database)
{
  return database == "postgresql" ? "PostgreSQL" : database == "sqlite" ? "SQLite" : database;
}

std::string with_titles(const RunRecord& record, std::string_view text)
{
  std::string replaced(text);
  for (const IntegrityFlag& flag : record.facts.integrity) {
    if (const auto at = replaced.find(flag.flag); at != std::string::npos && !flag.flag.empty()) {
      replaced.replace(at, flag.flag.size(), "\u201c" + flag_title(flag.flag) + "\u201d");
    }
  }
  for (const CheckSpec& check : record.rubric.checks) {
    if (check.title.empty() || check.id.find('.') == std::string::npos) {
      continue;
    }
    const std::string title = "\u201c" + check.title + "\u201d";
    auto at = replaced.find(check.id);
    while (at != std::string::npos) {
      const auto end = at + check.id.size();
      const bool longer = end < replaced.size() && (is_word(replaced[end]) || replaced[end] == '-');
      if (!longer) {
        replaced.replace(at, check.id.size(), title);
      }
      at = replaced.find(check.id, longer ? end : at + title.size());
    }
  }
  return replaced;
}

std::string minute_text(Instant instant)
{
  std::string text = codec::time_text(instant).substr(0, 16);
  std::ranges::replace(text, 'T', ' ');
  return text + " UTC";
}

std::string history_text(const SubmissionRecord& submission)
{
  const History& history = submission.history;
  if (submission.commit.empty()) {
    return "a plain folder without history";
  }
  std::string text = fmt::format(
    "{}{}",
    history.shallow ? "at least " : "",
    counted(static_cast<std::size_t>(std::max(history.commits, 0)), "commit", "commits"));
  if (history.committed_at) {
    text += ", the last on " + minute_text(*history.committed_at);
  }
  return text;
}

std::string gate_text(const RunRecord& record, const GateResult& gate)
{
  std::string text = ": " + gate.reason;
  const auto spec = std::ranges::find(record.rubric.gates, gate.id, &GateSpec::id);
  if (spec == record.rubric.gates.end()) {
    return text;
  }
  if (!spec->cap.empty() && record.scorecard.band != record.scorecard.band_before_gates) {
    text += fmt::format(". It caps the band at \"{}\"; by the number alone it would be \"{}\"",
                        spec->cap,
                        record.scorecard.band_before_gates);
  }
  if (spec->needs_person) {
    text += ". A person has to decide";
  }
  return text;
}

bool of_flags(const Rubric& rubric, const GateResult& gate)
{
  const auto spec = std::ranges::find(rubric.gates, gate.id, &GateSpec::id);
  return spec != rubric.gates.end()
         && std::ranges::any_of(spec->when,
                                [](const GateCondition& when) { return !when.flag.empty(); });
}

FlagWeight weight_of(const Rubric& rubric, const IntegrityFlag& flag)
{
  const auto weight = rubric.flag_weights.find(flag.flag);
  return weight != rubric.flag_weights.end() && weight->second == "notice" ? FlagWeight::notice
                                                                           : FlagWeight::grave;
}

bool is_trouble(const Signal& signal)
{
  return signal.id == "unindexed_lookups";
}

std::string score_text(const Rubric& rubric, Points points)
{
  const Points rounded{(points.hundredths + 5) / 10 * 10};
  const bool lifted = std::ranges::any_of(rubric.bands, [&](const BandSpec& band) {
    return rounded.value() >= band.at_least && points.value() < band.at_least;
  });
  return lifted ? fmt::format("{}.{:02}", points.hundredths / 100, points.hundredths % 100)
                : tenths(points);
}

std::string scale_text(const Rubric& rubric)
{
  std::string text;
  for (const BandSpec& band : rubric.bands) {
    text += text.empty() ? "" : ", ";
    text +=
      band.at_least > 0 ? fmt::format("{} from {:g}", band.id, band.at_least) : band.id + " below";
  }
  return text;
}

std::string explanation(const RunRecord& record)
{
  if (record.submission.python_files == 0) {
    return "There is no Python in this submission.";
  }
  const EnvironmentFacts& environment = record.facts.environment;
  if (environment.uses_sqlalchemy || environment.other_technology.empty()) {
    return "";
  }
  if (environment.other_technology == "none") {
    return "This submission uses neither SQLAlchemy nor another database library.";
  }
  return fmt::format("This submission does not use SQLAlchemy; its data model is written with {}.",
                     technology_name(environment.other_technology));
}

} // namespace assay::report
