// SPDX-License-Identifier: MIT
#include "engine/cli/progress.hpp"

#include <fmt/format.h>

#include <cstdio>

#include <unistd.h>

namespace assay::cli {

namespace {

std::string mebibytes(std::uint64_t bytes)
{
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1024.0 * 1024.0));
}

} // namespace

std::string describe(const intake::IntakeProgress& progress)
{
  switch (progress.stage) {
  case intake::IntakeStage::waiting:
    return "waiting for another process that uses this repository";
  case intake::IntakeStage::connecting:
    return "connecting";
  case intake::IntakeStage::receiving:
    return fmt::format("receiving {}, {} of {} objects",
                       mebibytes(progress.received_bytes),
                       progress.received_objects,
                       progress.total_objects);
  case intake::IntakeStage::resolving:
    return fmt::format(
      "resolving {} of {} objects", progress.resolved_objects, progress.total_objects);
  case intake::IntakeStage::reading:
    return fmt::format("reading, {} files", progress.files);
  }
  return {};
}

ProgressLine::ProgressLine(bool enabled)
  : enabled_(enabled && isatty(STDERR_FILENO) == 1)
{
}

ProgressLine::~ProgressLine()
{
  clear();
}

void ProgressLine::show(const intake::IntakeProgress& progress)
{
  if (enabled_) {
    fmt::print(stderr, "\r\x1b[K{}", describe(progress));
    std::fflush(stderr); // NOLINT(cert-err33-c): only the display would suffer
    visible_ = true;
  }
}

void ProgressLine::clear()
{
  if (visible_) {
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr); // NOLINT(cert-err33-c)
    visible_ = false;
  }
}

} // namespace assay::cli
