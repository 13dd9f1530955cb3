// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/git_library.hpp"
#include "engine/intake/references.hpp"
#include "engine/intake/session.hpp"
#include "engine/intake/source.hpp"

#include <string>
#include <string_view>

namespace assay::intake {

/// Brings the commits that `ref` may mean from `url` into the bare repository `into`, and answers
/// what the remote says its refs are; refs of `into` that the remote no longer has are removed.
/// `source` names the remote in messages and decides which credentials it may see; `url` differs
/// from it only for a file URL.
///
/// Credentials are offered once: a second request means that they were refused. Certificates must
/// be valid, host keys must be in ~/.ssh/known_hosts. Errors: unavailable (unreachable,
/// credentials, certificate, host key, interrupted), not_found (no repository there, no such ref,
/// empty), limit_exceeded (max_received_bytes, max_wall), invalid_input (damaged data), io.
Result<References> fetch(git_repository& into,
                         const std::string& url,
                         const Source& source,
                         std::string_view ref,
                         Session& session);

} // namespace assay::intake
