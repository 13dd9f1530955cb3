// SPDX-License-Identifier: MIT
#include "engine/cli/output.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <langinfo.h>

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

#include <sys/ioctl.h>
#include <unistd.h>

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

constexpr int k_default_width = 80;
constexpr int k_widest = 140; // longer lines are hard to read, however wide the terminal

/// 0 or an errno value.
int write_file(const std::string& path, std::string_view bytes)
{
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  return file ? 0 : errno;
}

int terminal_width()
{
  winsize size{};
  const bool known =
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0; // NOLINT(*-vararg)
  return known ? std::min<int>(size.ws_col, k_widest) : k_default_width;
}

bool wants_colour(const OutputOptions& options)
{
  if (options.colour != "auto") {
    return options.colour == "always";
  }
  const char* no_colour =
    std::getenv("NO_COLOR"); // NOLINT(concurrency-mt-unsafe): read once at start
  return options.output.empty() && isatty(STDOUT_FILENO) == 1
         && (no_colour == nullptr || no_colour[0] == '\0');
}

bool speaks_unicode()
{
  std::setlocale(LC_CTYPE, ""); // NOLINT(concurrency-mt-unsafe): before any thread
  const bool unicode =
    std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0; // NOLINT(concurrency-mt-unsafe)
  std::setlocale(LC_CTYPE, "C");                     // NOLINT(concurrency-mt-unsafe)
  return unicode;
}

} // namespace

void add_output_file(CLI::App& command, OutputOptions& options)
{
  command.add_option("--output", options.output, "Write to FILE instead of standard output")
    ->type_name("FILE");
}

void add_output_options(CLI::App& command, OutputOptions& options, WithFormat with_format)
{
  if (with_format == WithFormat::yes) {
    std::set<std::string> ids;
    for (const report::Format& format : report::k_formats) {
      ids.insert(std::string(format.id));
    }
    command.add_option("--format", options.format, "Format of the report")
      ->check(CLI::IsMember(ids))
      ->capture_default_str();
    command
      .add_option(
        "--audience",
        options.audience,
        "Who reads it: a candidate sees no hidden checks and no flags (not in text and json)")
      ->check(CLI::IsMember({"manager", "candidate"}))
      ->capture_default_str();
  }
  add_output_file(command, options);
  command.add_option("--colour,--color", options.colour, "Colours on a terminal")
    ->check(CLI::IsMember({"auto", "always", "never"}))
    ->capture_default_str();
  command
    .add_option("--width", options.width, "Columns of the text report; the terminal's unless given")
    ->check(CLI::Range(40, 400));
}

report::RenderOptions render_options(const OutputOptions& options)
{
  report::RenderOptions render;
  render.width = options.width > 0        ? options.width
                 : options.output.empty() ? terminal_width()
                                          : k_default_width;
  render.colour = wants_colour(options) ? report::Colour::yes : report::Colour::no;
  render.audience =
    options.audience == "candidate" ? report::Audience::candidate : report::Audience::manager;
  // A pipe or file gets UTF-8: what reads it is no terminal.
  const bool terminal = options.output.empty() && isatty(STDOUT_FILENO) == 1;
  render.charset =
    !terminal || speaks_unicode() ? report::Charset::unicode : report::Charset::ascii;
  return render;
}

Result<void> deliver(std::string_view bytes, const OutputOptions& options)
{
  if (options.output.empty()) {
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size()
                         && std::fflush(stdout) == 0;
    if (!written) {
      const int cause = errno;
      return Error{ErrorCode::io,
                   fmt::format("standard output: {}", std::generic_category().message(cause))};
    }
    return {};
  }
  // A device or a pipe is written to, never replaced; of a link, the file it leads to is replaced.
  std::error_code unknown;
  const fs::path resolved = fs::weakly_canonical(options.output, unknown);
  const std::string place = resolved.empty() ? options.output : resolved.string();
  const fs::file_type type = fs::status(place, unknown).type();
  const bool replaced = type == fs::file_type::regular || type == fs::file_type::not_found;
  const std::string target = replaced ? place + ".partial" : place;
  int cause = write_file(target, bytes);
  if (cause == 0 && replaced && std::rename(target.c_str(), place.c_str()) != 0) {
    cause = errno;
  }
  if (cause != 0) {
    if (replaced) {
      fs::remove(target, unknown);
    }
    return Error{ErrorCode::io,
                 fmt::format("{}: {}", options.output, std::generic_category().message(cause))};
  }
  return {};
}

} // namespace assay::cli
