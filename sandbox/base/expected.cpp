// SPDX-License-Identifier: MIT
#include "sandbox/base/expected.hpp"

#include <cerrno>
#include <cstring>

namespace assay {

std::string describe(const Failure& failure)
{
  std::string line = failure.stage;
  if (!failure.text.empty()) {
    line += ": " + failure.text;
  }
  if (failure.error_number != 0) {
    line += std::string(": ") + ::strerrordesc_np(failure.error_number);
  }
  return line;
}

Failure system_failure(std::string stage)
{
  const int number = errno;
  return Failure{std::move(stage), number, {}};
}

} // namespace assay
