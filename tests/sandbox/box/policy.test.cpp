// SPDX-License-Identifier: MIT
#include "sandbox/box/policy.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <cstring>

#include <linux/bpf_common.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

using namespace assay;

namespace {

std::vector<sock_filter> program_of(box::Role role)
{
  auto bytes = box::compile_filter(role);
  REQUIRE(bytes);
  REQUIRE(bytes->size() % sizeof(sock_filter) == 0);
  std::vector<sock_filter> program(bytes->size() / sizeof(sock_filter));
  std::memcpy(program.data(), bytes->data(), bytes->size());
  return program;
}

bool returns(const std::vector<sock_filter>& program, unsigned action)
{
  return std::ranges::any_of(program, [&](const sock_filter& instruction) {
    return instruction.code == (BPF_RET | BPF_K) && instruction.k == action;
  });
}

} // namespace

TEST_CASE("Every role has a filter that the kernel can take")
{
  const auto role = GENERATE(box::Role::candidate,
                             box::Role::candidate_among_others,
                             box::Role::candidate_with_socket,
                             box::Role::broker);
  const auto program = program_of(role);
  CHECK(program.size() > 50);
  CHECK(program.size() < BPF_MAXINSNS);
  CHECK(returns(program, SECCOMP_RET_KILL_PROCESS));
  CHECK(returns(program, SECCOMP_RET_ALLOW));
  // What is not named is refused, not let through.
  CHECK(returns(program, SECCOMP_RET_ERRNO | 1));
}

TEST_CASE("The broker may do less than a candidate")
{
  CHECK(program_of(box::Role::broker).size() < program_of(box::Role::candidate).size());
}
