// SPDX-License-Identifier: MIT
// Where results go: standard output or a file, and how a terminal wants them.
#pragma once

#include "engine/base/result.hpp"
#include "engine/report/report.hpp"

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace assay::cli {

/// Options that every command with a result has.
struct OutputOptions {
  std::string format = "text";
  std::string audience = "manager"; ///< manager, candidate
  std::string output;               ///< file; empty: standard output
  std::string colour = "auto";      ///< auto, always, never
  int width = 0;                    ///< 0: of the terminal, else 80
};

/// `--output`, without the other options of a report.
void add_output_file(CLI::App& command, OutputOptions& options);

enum class WithFormat { no, yes };
void add_output_options(CLI::App& command, OutputOptions& options, WithFormat with_format);

report::RenderOptions render_options(const OutputOptions& options);

/// Writes the bytes. A file appears as a whole or not at all; a device or a pipe is written to.
/// Errors: io.
Result<void> deliver(std::string_view bytes, const OutputOptions& options);

} // namespace assay::cli
