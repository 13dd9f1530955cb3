// SPDX-License-Identifier: MIT
#include "engine/base/clock.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace assay {

namespace {

std::optional<int> number(std::string_view text, std::size_t at, std::size_t count)
{
  if (at + count > text.size()) {
    return std::nullopt;
  }
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<Instant> parse_unix(std::string_view digits)
{
  long long seconds = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  // Year 9999: beyond it the ISO form has no four-digit year.
  if (code != std::errc{} || end != digits.data() + digits.size() || seconds < 0
      || seconds > 253'402'300'799LL) {
    return std::nullopt;
  }
  return Instant{std::chrono::seconds{seconds}};
}

/// Minutes east of UTC of "", "Z", "+02:00", "-0530".
std::optional<int> parse_offset(std::string_view text)
{
  if (text.empty() || text == "Z" || text == "z") {
    return 0;
  }
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) {
    return std::nullopt;
  }
  const int sign = text[0] == '-' ? -1 : 1;
  const auto hours = number(text, 1, 2);
  const std::size_t minute_at = text.size() > 3 && text[3] == ':' ? 4 : 3;
  const auto minutes = text.size() == 3 ? std::optional<int>(0) : number(text, minute_at, 2);
  const bool whole = text.size() == 3 || text.size() == minute_at + 2;
  if (!hours || !minutes || !whole || *hours > 14 || *minutes > 59) {
    return std::nullopt;
  }
  return sign * (*hours * 60 + *minutes);
}

std::optional<Instant> parse_calendar(std::string_view text)
{
  const auto year = number(text, 0, 4);
  const auto month = number(text, 5, 2);
  const auto day = number(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) {
    return std::nullopt;
  }
  const Instant midnight{std::chrono::sys_days{date}};
  if (text.size() == 10) {
    return midnight + std::chrono::hours{24} - std::chrono::seconds{1};
  }
  const auto hour = number(text, 11, 2);
  const auto minute = number(text, 14, 2);
  if (!hour || !minute || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || *hour > 23
      || *minute > 59) {
    return std::nullopt;
  }
  std::size_t at = 16;
  int second = 0;
  if (text.size() > at && text[at] == ':') {
    const auto given = number(text, at + 1, 2);
    if (!given || *given > 59) {
      return std::nullopt;
    }
    second = *given;
    at += 3;
  }
  const auto offset = parse_offset(text.substr(at));
  if (!offset) {
    return std::nullopt;
  }
  return midnight + std::chrono::hours{*hour} + std::chrono::minutes{*minute - *offset}
         + std::chrono::seconds{second};
}

} // namespace

Instant SystemClock::now() const
{
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::ticks() const
{
  return std::chrono::steady_clock::now();
}

std::string to_iso8601(Instant instant)
{
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                     static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()),
                     time.hours().count(),
                     time.minutes().count(),
                     time.seconds().count());
}

Result<Instant> parse_instant(std::string_view text)
{
  const auto parsed =
    !text.empty() && text[0] == '@' ? parse_unix(text.substr(1)) : parse_calendar(text);
  if (!parsed) {
    return Error{
      ErrorCode::invalid_input,
      fmt::format("\"{}\" is not a time (use 2026-11-22, 2026-11-22T14:00Z or @unix-seconds)",
                  text)};
  }
  return *parsed;
}

} // namespace assay
