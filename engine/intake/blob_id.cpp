// SPDX-License-Identifier: MIT
#include "engine/intake/blob_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace assay::intake {

namespace {

struct Step {
  std::uint32_t mix;
  std::uint32_t constant;
};

/// FIPS 180-4, 4.1.1 and 4.2.1.
Step step(std::size_t round, std::uint32_t b, std::uint32_t c, std::uint32_t d)
{
  if (round < 20) {
    return {(b & c) ^ (~b & d), 0x5a827999};
  }
  if (round < 40) {
    return {b ^ c ^ d, 0x6ed9eba1};
  }
  if (round < 60) {
    return {(b & c) ^ (b & d) ^ (c & d), 0x8f1bbcdc};
  }
  return {b ^ c ^ d, 0xca62c1d6};
}

} // namespace

BlobId::BlobId(std::uint64_t size_bytes)
  : state_{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}
{
  const std::string header = fmt::format("blob {}", size_bytes);
  update({header.c_str(), header.size() + 1});
}

void BlobId::block()
{
  std::array<std::uint32_t, 80> w{};
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      w[i] = w[i] << 8U | buffer_[4 * i + j];
    }
  }
  for (std::size_t i = 16; i < w.size(); ++i) {
    w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  }
  auto [a, b, c, d, e] = state_;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const auto [mix, constant] = step(i, b, c, d);
    const std::uint32_t next = std::rotl(a, 5) + mix + e + constant + w[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  const std::array<std::uint32_t, 5> added = {a, b, c, d, e};
  for (std::size_t i = 0; i < added.size(); ++i) {
    state_[i] += added[i];
  }
}

void BlobId::update(std::string_view bytes)
{
  length_ += bytes.size();
  while (!bytes.empty()) {
    const std::size_t taken = std::min(bytes.size(), buffer_.size() - used_);
    std::copy_n(bytes.begin(), taken, buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += taken;
    bytes.remove_prefix(taken);
    if (used_ == buffer_.size()) {
      block();
      used_ = 0;
    }
  }
}

ObjectId BlobId::finish()
{
  const std::uint64_t bits = length_ * 8;
  update(std::string_view("\x80", 1));
  while (used_ != 56) {
    update(std::string_view("\0", 1));
  }
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    const char byte = static_cast<char>(bits >> (shift - 8) & 0xffU);
    update(std::string_view(&byte, 1));
  }
  ObjectId id;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    id.bytes[i] = static_cast<unsigned char>(state_[i / 4] >> (24 - 8 * (i % 4)) & 0xffU);
  }
  return id;
}

} // namespace assay::intake
