// SPDX-License-Identifier: MIT
// Owner of the headers that all tests precompile; has nothing of its own.
#include "tests/support/catch.hpp"
