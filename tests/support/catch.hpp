// SPDX-License-Identifier: MIT
// The one place that decides between Catch2 2 and 3.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#  include <catch2/catch_all.hpp>

using Catch::Approx;
using namespace Catch::Matchers; // NOLINT(google-build-using-namespace): as in Catch2 2
#else
#  include <catch2/catch.hpp>
#endif
