// SPDX-License-Identifier: MIT
// Cells for tests, where this host can have them.
#pragma once

#include "sandbox/cell/cell.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include <unistd.h>

namespace assay::test {

/// Root filesystem of a runtime, or nothing if it is not installed.
inline std::optional<std::filesystem::path> runtime_root(const std::string& name = "sqlalchemy-2.0")
{
  const char* const folder = std::getenv("ASSAY_RUNTIMES");
  const std::filesystem::path runtimes = folder != nullptr ? folder : "/var/lib/assay/runtimes";
  const std::filesystem::path root = runtimes / name / "root";
  std::error_code ignored;
  return std::filesystem::exists(root / "usr/bin/python3", ignored) ? std::optional(root)
                                                                    : std::nullopt;
}

/// A cell with the libraries that most submissions use.
inline cell::CellPlan plan_of_cell()
{
  cell::CellPlan plan;
  plan.runtime = runtime_root().value_or("/nonexistent");
  plan.harness = std::filesystem::path(ASSAY_BUILD_DIR) / "harness";
  plan.preload = {"sqlalchemy", "sqlalchemy.orm"};
  plan.cgroups = cell::find_cgroups();
  plan.level =
    plan.cgroups.kind == cell::CgroupKind::none ? cell::Level::separated : cell::Level::complete;
  return plan;
}

} // namespace assay::test
