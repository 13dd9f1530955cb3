// SPDX-License-Identifier: MIT
#include "tests/support/catch.hpp"

#include <cstdlib>
#include <string>

TEST_CASE("programs see the same through the broker as with plain sqlite3")
{
  // Debian's own Python has the libraries that the programs use.
  const std::string folder = ASSAY_SOURCE_DIR "/tests/sandbox/broker";
  const std::string command =
    "/usr/bin/python3 " + folder
    + "/fidelity.py " ASSAY_BROKER " " ASSAY_SOURCE_DIR "/sandbox/harness " + folder + "/programs";
  CHECK(std::system(command.c_str()) == 0); // NOLINT(cert-env33-c): a fixed command
}
