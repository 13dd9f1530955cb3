// SPDX-License-Identifier: MIT
#include "sandbox/broker/checksum.hpp"

#include <bit>
#include <cstring>

namespace assay::broker {

namespace {

struct State {
  std::uint64_t a;
  std::uint64_t b;
  std::uint64_t c;
  std::uint64_t d;

  void round()
  {
    a += b;
    b = std::rotl(b, 13) ^ a;
    a = std::rotl(a, 32);
    c += d;
    d = std::rotl(d, 16) ^ c;
    a += d;
    d = std::rotl(d, 21) ^ a;
    c += b;
    b = std::rotl(b, 17) ^ c;
    c = std::rotl(c, 32);
  }

  void absorb(std::uint64_t word)
  {
    d ^= word;
    round();
    round();
    a ^= word;
  }
};

} // namespace

std::uint64_t siphash(const Key& key, std::string_view octets)
{
  State state{key[0] ^ 0x736f6d6570736575U,
              key[1] ^ 0x646f72616e646f6dU,
              key[0] ^ 0x6c7967656e657261U,
              key[1] ^ 0x7465646279746573U};
  const std::uint64_t length = octets.size();
  for (; octets.size() >= sizeof(std::uint64_t); octets.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t word = 0;
    std::memcpy(&word, octets.data(), sizeof word);
    state.absorb(word);
  }
  std::uint64_t last = 0;
  std::memcpy(&last, octets.data(), octets.size());
  state.absorb(last | length << 56U);
  state.c ^= 0xFFU;
  for (int index = 0; index < 4; ++index) {
    state.round();
  }
  return state.a ^ state.b ^ state.c ^ state.d;
}

void RowDigest::add(std::string_view row)
{
  sums_[0] += siphash(key_, row);
  sums_[1] += siphash({key_[1], ~key_[0]}, row);
  ++rows_;
}

std::string RowDigest::octets() const
{
  std::string out(sizeof sums_, '\0');
  std::memcpy(out.data(), sums_.data(), sizeof sums_);
  return out;
}

} // namespace assay::broker
