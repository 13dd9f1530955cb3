// SPDX-License-Identifier: MIT
#include "sandbox/cell/id_map.hpp"

#include "tests/support/catch.hpp"

using assay::cell::choose_id;
using assay::cell::choose_ids;

TEST_CASE("Root gives each slot two users that nobody else is")
{
  const auto first = choose_ids("         0          0 4294967295\n", 0, 0);
  const auto second = choose_ids("         0          0 4294967295\n", 0, 1);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->text == "0 2046820352 1\n1 2046820353 1\n");
  CHECK(second->text == "0 2046820354 1\n1 2046820355 1\n");
  CHECK(first->candidate == 1);
}

TEST_CASE("Inside another user namespace the end of its range is used")
{
  const auto map = choose_ids("0 1000 1\n1 100000 65536\n", 0, 1);
  REQUIRE(map);
  CHECK(map->text == "0 65533 1\n1 65534 1\n");
}

TEST_CASE("An ordinary user maps only itself")
{
  const auto map = choose_ids("0 0 4294967295\n", 1000, 3);
  REQUIRE(map);
  CHECK(map->text == "0 1000 1\n");
  CHECK(map->candidate == 0);
  CHECK(map->deny_setgroups);
}

TEST_CASE("A candidate never is the host's root")
{
  CHECK_FALSE(choose_ids("0 0 1\n", 0, 0));
  CHECK_FALSE(choose_ids("", 0, 0));
  CHECK_FALSE(choose_ids("0 1000 1\n", 0, 0));
}

TEST_CASE("Without a user namespace the candidate has the same user as behind one")
{
  CHECK(choose_id("0 0 4294967295\n", 0, 1) == 2046820355);
  CHECK(choose_id("0 1000 1\n1 100000 65536\n", 0, 1) == 65534);
  CHECK(choose_id("0 0 4294967295\n", 1000, 3) == 1000);
  CHECK_FALSE(choose_id("0 0 1\n", 0, 0));
}
