// SPDX-License-Identifier: MIT
#include "sandbox/cell/level.hpp"

namespace assay::cell {

std::string_view name_of(Level level)
{
  switch (level) {
  case Level::none:
    return "L0";
  case Level::filtered:
    return "L1";
  case Level::separated:
    return "L2";
  case Level::complete:
    return "L3";
  }
  return "L0";
}

std::string_view summary_of(Level level)
{
  switch (level) {
  case Level::none:
    return "nothing holds submitted code on this host";
  case Level::filtered:
    return "Landlock, seccomp and limits without namespaces: names and sizes of files can be seen";
  case Level::separated:
    return "own namespaces, seccomp, Landlock and limits; memory is bounded by address space";
  case Level::complete:
    return "own namespaces, seccomp, Landlock, limits and a control group";
  }
  return {};
}

} // namespace assay::cell
