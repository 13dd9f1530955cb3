// SPDX-License-Identifier: MIT
#include "engine/cli/command.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace assay::cli {

std::span<const Command> commands()
{
  static constexpr std::array k_commands{
    Command{"grade", add_grade},     Command{"batch", add_batch},
    Command{"show", add_show},       Command{"list", add_list},
    Command{"report", add_report},   Command{"ci", add_ci},
    Command{"verify", add_verify},   Command{"rank", add_rank},
    Command{"compare", add_compare}, Command{"stats", add_stats},
    Command{"export", add_export},   Command{"similarity", add_similarity},
    Command{"review", add_review},   Command{"regrade", add_regrade},
    Command{"merge", add_merge},     Command{"rubric", add_rubric},
    Command{"checks", add_checks},   Command{"runtime", add_runtime},
    Command{"doctor", add_doctor},
  };
  return k_commands;
}

void complain(std::string_view message)
{
  fmt::print(stderr, "assay: {}\n", printable(message, KeepNewlines::yes));
}

Exit refuse(const Error& error)
{
  complain(error.message);
  return error.code == ErrorCode::invalid_input ? Exit::usage : Exit::not_obtainable;
}

std::filesystem::path executable_folder()
{
  std::error_code code;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", code);
  return code ? std::filesystem::path() : path.parent_path();
}

std::filesystem::path default_database()
{
  const char* data =
    std::getenv("XDG_DATA_HOME"); // NOLINT(concurrency-mt-unsafe): read once at start
  if (data != nullptr && data[0] == '/') {
    return std::filesystem::path(data) / "assay" / "results.sqlite";
  }
  const char* home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe): read once at start
  const std::filesystem::path base = home != nullptr && home[0] == '/' ? home : ".";
  return base / ".local" / "share" / "assay" / "results.sqlite";
}

} // namespace assay::cli
