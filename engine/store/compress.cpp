// SPDX-License-Identifier: MIT
#include "engine/store/compress.hpp"

#include <fmt/format.h>
#include <zlib.h>

namespace assay::store {

namespace {

// SQLite keeps at most 10^9 bytes in a value; facts of a million lines of Python take a tenth of it
// uncompressed.
constexpr std::size_t k_max_bytes = std::size_t{1024} * 1024 * 1024;

const Bytef* input(std::string_view bytes)
{
  return reinterpret_cast<const Bytef*>(bytes.data());
}

Bytef* output(std::string& bytes)
{
  return reinterpret_cast<Bytef*>(bytes.data());
}

} // namespace

Result<std::string> compress(std::string_view bytes)
{
  uLongf size = compressBound(bytes.size());
  std::string compressed(size, '\0');
  if (compress2(output(compressed), &size, input(bytes), bytes.size(), Z_DEFAULT_COMPRESSION)
      != Z_OK) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("no memory to compress {} bytes", bytes.size())};
  }
  compressed.resize(size);
  return compressed;
}

Result<std::string> decompress(std::string_view compressed, std::size_t size)
{
  if (size > k_max_bytes) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("{} bytes of facts are more than {}", size, k_max_bytes)};
  }
  std::string bytes(size, '\0');
  uLongf length = size;
  const int status = uncompress(output(bytes), &length, input(compressed), compressed.size());
  if (status != Z_OK || length != size) {
    return Error{ErrorCode::invalid_input, "the stored facts are damaged"};
  }
  return bytes;
}

} // namespace assay::store
