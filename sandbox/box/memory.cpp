// SPDX-License-Identifier: MIT
// What the compiler may call although there is no libc.
#include <stddef.h>

extern "C" {

void* memset(void* to, int value, size_t count);
void* memcpy(void* to, const void* from, size_t count);

__attribute__((visibility("hidden"))) void* memset(void* to, int value, size_t count)
{
  auto* bytes = static_cast<volatile unsigned char*>(to);
  for (size_t i = 0; i < count; ++i) {
    bytes[i] = static_cast<unsigned char>(value);
  }
  return to;
}

__attribute__((visibility("hidden"))) void* memcpy(void* to, const void* from, size_t count)
{
  auto* target = static_cast<volatile unsigned char*>(to);
  const auto* source = static_cast<const unsigned char*>(from);
  for (size_t i = 0; i < count; ++i) {
    target[i] = source[i];
  }
  return to;
}
}
