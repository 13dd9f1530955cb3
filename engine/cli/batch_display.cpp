// SPDX-License-Identifier: MIT
#include "engine/cli/batch_display.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

namespace assay::cli {

namespace {

std::size_t columns_of_terminal()
{
  winsize size{};
  const bool known =
    ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 10; // NOLINT(*-vararg)
  return known ? size.ws_col : 80;
}

/// A line that fits: one that wraps could not be written over.
std::string cut(std::string text, std::size_t width)
{
  while (display_width(text) >= width && !text.empty()) {
    do {
      text.pop_back();
    } while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U);
  }
  return is_utf8(text) ? text : to_utf8_lossy(text);
}

} // namespace

ProgressStyle progress_style(const std::string& word)
{
  if (word == "json") {
    return ProgressStyle::json;
  }
  if (word == "none") {
    return ProgressStyle::none;
  }
  const bool terminal = isatty(STDERR_FILENO) == 1;
  return word == "auto" && terminal ? ProgressStyle::line : ProgressStyle::plain;
}

BatchDisplay::BatchDisplay(ProgressStyle style, batch::Progress progress)
  : style_(style),
    progress_(std::move(progress))
{
}

BatchDisplay::~BatchDisplay()
{
  clear();
}

void BatchDisplay::note(const batch::BatchEvent& event)
{
  progress_.note(event, std::chrono::steady_clock::now());
  if (style_ == ProgressStyle::json) {
    fmt::print(stderr, "{}\n", progress_.json(event));
  } else if (style_ == ProgressStyle::plain) {
    if (const std::string line = progress_.log_line(event); !line.empty()) {
      fmt::print(stderr, "{}\n", line);
    }
  } else if (style_ == ProgressStyle::line) {
    const bool trouble = event.kind != batch::EventKind::graded;
    if (const std::string line = progress_.log_line(event); trouble && !line.empty()) {
      clear();
      fmt::print(stderr, "{}\n", line);
    }
    draw();
  }
}

void BatchDisplay::tick()
{
  const auto now = std::chrono::steady_clock::now();
  if (style_ == ProgressStyle::line && now - drawn_ >= std::chrono::milliseconds{500}) {
    draw();
  }
}

void BatchDisplay::draw()
{
  drawn_ = std::chrono::steady_clock::now();
  fmt::print(stderr, "\r\x1b[K{}", cut(progress_.line(drawn_), columns_of_terminal()));
  std::fflush(stderr); // NOLINT(cert-err33-c): only the display would suffer
  visible_ = true;
}

void BatchDisplay::clear()
{
  if (visible_) {
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr); // NOLINT(cert-err33-c)
    visible_ = false;
  }
}

} // namespace assay::cli
