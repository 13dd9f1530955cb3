// SPDX-License-Identifier: MIT
#include "engine/batch/shard.hpp"

#include "engine/base/digest.hpp"

#include <fmt/format.h>

#include <charconv>

namespace assay::batch {

namespace {

constexpr std::uint64_t k_most_shards = 10'000;

bool read_number(std::string_view text, std::uint64_t& number)
{
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc{} && end == text.data() + text.size();
}

/// Evenly spread, and the same on every machine.
std::uint64_t spread(const BatchEntry& entry)
{
  const std::string digest = sha256(entry.candidate + '\0' + entry.repository);
  std::uint64_t number = 0;
  const char* const digits = digest.data() + digest.find(':') + 1;
  std::from_chars(digits, digits + 15, number, 16);
  return number;
}

} // namespace

Result<Shard> parse_shard(std::string_view text)
{
  Shard shard;
  const std::size_t slash = text.find('/');
  const bool good = slash != std::string_view::npos
                    && read_number(text.substr(0, slash), shard.number)
                    && read_number(text.substr(slash + 1), shard.count) && shard.number >= 1
                    && shard.number <= shard.count && shard.count <= k_most_shards;
  if (!good) {
    return Error{ErrorCode::invalid_input,
                 fmt::format("--shard: \"{}\" is not I/N with I from 1 to N, N at most {}",
                             text,
                             k_most_shards)};
  }
  return shard;
}

void keep_shard(std::vector<BatchEntry>& entries, const Shard& shard)
{
  std::erase_if(entries, [&](const BatchEntry& entry) {
    return spread(entry) % shard.count != shard.number - 1;
  });
}

} // namespace assay::batch
