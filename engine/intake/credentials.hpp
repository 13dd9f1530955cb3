// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"
#include "engine/intake/intake.hpp"
#include "engine/intake/source.hpp"

#include <optional>
#include <string>

namespace assay::intake {

struct UserPassword {
  std::string username;
  std::string password;
};

/// What may be sent to the host of `source`: the line of the store that fits it, else the token if
/// its hosts include this one; nothing if there is neither. Errors: invalid_input (store readable
/// by others, not a regular file), not_found, io.
Result<std::optional<UserPassword>> password_for(const Source& source,
                                                 const Credentials& credentials);

/// `text` with the password replaced by "***"; a last defence for messages of libraries.
std::string without_secret(std::string text, const std::optional<UserPassword>& secret);

} // namespace assay::intake
