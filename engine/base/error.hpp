// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace assay {

/// Why the outside world refused us. Closed: callers branch on the code, never on the text.
enum class ErrorCode {
  invalid_input,  ///< what the user gave is malformed (usage, rubric, URL)
  not_found,      ///< the named thing does not exist
  limit_exceeded, ///< a documented limit was hit
  unavailable,    ///< host unreachable, credentials refused, timed out
  conflict,       ///< somebody else holds it (locked database)
  io,             ///< reading or writing failed (disk full, permission)
};

/// One line for a person: lower case start, names the object and the limit.
struct Error {
  ErrorCode code = ErrorCode::io;
  std::string message;

  bool operator==(const Error&) const = default;
};

/// `context: message`, the same code. Added once at each module border.
Error with_context(Error error, std::string_view context);

std::string_view to_string(ErrorCode code);

} // namespace assay
