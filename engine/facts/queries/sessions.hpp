// SPDX-License-Identifier: MIT
// Sessions and connections: is a value one, and where does it come from.
#pragma once

#include "engine/facts/queries/reader.hpp"

namespace assay::facts::queries {

/// True if the value is a Session, AsyncSession, Connection or something that the candidate treats
/// as one.
bool is_session(Reader& reader, ValueRef value);

/// True if the value is known to be asynchronous.
bool is_async_session(Reader& reader, ValueRef value);

/// Where a session comes from. `local_unclosed` means opened by hand; whether it is closed the
/// caller knows.
SessionSource session_source(Reader& reader, ValueRef session, const FlowContext& context);

/// True if the default or annotation of the parameter names a FastAPI dependency.
bool is_dependency(const syntax::Parameter& parameter);

} // namespace assay::facts::queries
