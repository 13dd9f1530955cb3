// SPDX-License-Identifier: MIT
#include "sandbox/base/descriptor.hpp"

#include "tests/support/catch.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace assay;

namespace {

bool is_open(int number)
{
  return ::fcntl(number, F_GETFD) >= 0;
}

std::span<const std::byte> bytes_of(std::string_view text)
{
  return std::as_bytes(std::span(text.data(), text.size()));
}

} // namespace

TEST_CASE("A descriptor closes what it owns, once")
{
  auto ends = make_pipe();
  REQUIRE(ends);
  const int number = (*ends)[0].get();
  Descriptor moved = std::move((*ends)[0]);
  CHECK(is_open(number));
  CHECK(moved.get() == number);
  moved.reset();
  CHECK_FALSE(is_open(number));
}

TEST_CASE("A message arrives whole with its descriptors")
{
  auto pair = socket_pair(SOCK_SEQPACKET);
  auto pipe = make_pipe();
  REQUIRE(pair);
  REQUIRE(pipe);
  const int attached = (*pipe)[1].get();
  REQUIRE(send_message((*pair)[0].get(), bytes_of("go"), std::span(&attached, 1)));
  auto message = receive_message((*pair)[1].get(), 16, 1000);
  REQUIRE(message);
  CHECK(message->bytes.size() == 2);
  REQUIRE(message->descriptors.size() == 1);
  CHECK(::write(message->descriptors[0].get(), "x", 1) == 1);
  char got = 0;
  CHECK(::read((*pipe)[0].get(), &got, 1) == 1);
  CHECK(got == 'x');
  CHECK((::fcntl(message->descriptors[0].get(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("Too long a message is told from a whole one")
{
  auto pair = socket_pair(SOCK_SEQPACKET);
  REQUIRE(pair);
  REQUIRE(send_message((*pair)[0].get(), bytes_of("0123456789"), {}));
  auto message = receive_message((*pair)[1].get(), 4, 1000);
  REQUIRE(message);
  CHECK(message->truncated);
}

TEST_CASE("A closed other side and a silent one differ")
{
  auto pair = socket_pair(SOCK_SEQPACKET);
  REQUIRE(pair);
  auto silent = receive_message((*pair)[1].get(), 4, 1);
  REQUIRE_FALSE(silent);
  CHECK(silent.failure().error_number == ETIMEDOUT);
  (*pair)[0].reset();
  auto closed = receive_message((*pair)[1].get(), 4, 1000);
  REQUIRE(closed);
  CHECK(closed->closed);
}

TEST_CASE("A failure names its stage and the error")
{
  CHECK(describe(Failure{"mount /repo", EPERM, {}}) == "mount /repo: Operation not permitted");
  CHECK(describe(Failure{"runtime", 0, "no such runtime"}) == "runtime: no such runtime");
}
