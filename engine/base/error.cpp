// SPDX-License-Identifier: MIT
#include "engine/base/error.hpp"

#include <stdexcept>

namespace assay {

Error with_context(Error error, std::string_view context)
{
  error.message = std::string(context) + ": " + error.message;
  return error;
}

std::string_view to_string(ErrorCode code)
{
  switch (code) {
  case ErrorCode::invalid_input:
    return "invalid_input";
  case ErrorCode::not_found:
    return "not_found";
  case ErrorCode::limit_exceeded:
    return "limit_exceeded";
  case ErrorCode::unavailable:
    return "unavailable";
  case ErrorCode::conflict:
    return "conflict";
  case ErrorCode::io:
    return "io";
  }
  throw std::logic_error("unknown ErrorCode");
}

} // namespace assay
