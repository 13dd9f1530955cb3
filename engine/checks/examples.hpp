// SPDX-License-Identifier: MIT
// Examples that several kinds share. The domain of all examples is a library: authors write books,
// readers' reviews belong to a book and an author, books and genres are many-to-many.
#pragma once

#include "engine/checks/kind.hpp"

namespace assay::checks {

/// Reading cannot know these classes.
inline constexpr ExampleFile k_reflected_models[] = {{"models.py", R"(
from sqlalchemy import create_engine
from sqlalchemy.ext.automap import automap_base

Base = automap_base()
Base.prepare(autoload_with=create_engine("sqlite:///library.db"))
)"}};

/// No models at all.
inline constexpr ExampleFile k_no_models[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase

class Base(DeclarativeBase):
    pass
)"}};

} // namespace assay::checks
