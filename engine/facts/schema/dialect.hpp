// SPDX-License-Identifier: MIT
// The database the candidate had in mind. In: code, configuration files, requirements. Out:
// evidence, strongest first.
#pragma once

#include "engine/facts/schema/imports.hpp"
#include "engine/facts/schema/requirements.hpp"
#include "engine/model/facts.hpp"

#include <vector>

namespace assay::facts {

struct DialectReading {
  Dialect dialect = Dialect::unknown;
  std::vector<Evidence> evidence; ///< for that dialect, strongest first, at most 8
};

/// Source: checks.md head: engine URLs, alembic.ini, .env files, compose files, drivers, dialect
/// imports, SQL that one database alone understands; the README last.
DialectReading read_dialect(const ImportIndex& imports,
                            const std::vector<Requirement>& requirements);

/// The dialect a database URL begins with; unknown if `text` is none.
Dialect dialect_of_url(std::string_view text);

} // namespace assay::facts
