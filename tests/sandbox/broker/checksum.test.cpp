// SPDX-License-Identifier: MIT
#include "sandbox/broker/checksum.hpp"

#include "tests/support/catch.hpp"

using namespace assay::broker;

TEST_CASE("the hash is SipHash-2-4")
{
  // The vectors of the reference implementation: key 00 01 .. 0f, input 00 01 .. of each length.
  const Key key{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};
  std::string input;
  CHECK(siphash(key, input) == 0x726fdb47dd0e0e31U);
  for (char octet = 0; octet < 15; ++octet) {
    input.push_back(octet);
  }
  CHECK(siphash(key, input) == 0xa129ca6149be45e5U);
}
