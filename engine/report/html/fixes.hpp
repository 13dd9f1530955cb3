// SPDX-License-Identifier: MIT
// Private to this module: how to mend what lost points, as code.
#pragma once

#include "engine/report/html/markup.hpp"

#include <string_view>

namespace assay::report::html {

/// A short example in SQLAlchemy 2.0 or Alembic for that kind of check; empty if there is none.
std::string_view fix_example(std::string_view kind);

/// Several lines of our own, each escaped, with the breaks kept.
Markup lines(std::string_view text);

} // namespace assay::report::html
