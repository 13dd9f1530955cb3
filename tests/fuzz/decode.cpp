// SPDX-License-Identifier: MIT
// Any octets: a value that encodes to the same value again, or a reason; never more than the limits
// allow.
#include "sandbox/wire/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace assay::wire;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size); // NOLINT
  const Limits limits{4096, 256, 16};
  const auto decoded = decode(bytes, limits);
  Reader reader(bytes, limits);
  const bool skipped = reader.skip() && reader.finish();
  if (const auto* const value = std::get_if<Value>(&decoded)) {
    const std::string again = encode(*value);
    const auto back = decode(again, {65536, 256, 16});
    const auto* const same = std::get_if<Value>(&back);
    if (same == nullptr || !skipped || encode(*same) != again) {
      std::abort();
    }
  } else if (skipped && std::get<Fault>(decoded) != Fault::key) {
    std::abort(); // only a dict's keys are looked at closer by decode()
  }
  return 0;
}
