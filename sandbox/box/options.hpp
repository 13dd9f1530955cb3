// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/box/syscall.hpp"

namespace assay::box {

/// A mount option string in a fixed buffer.
class Options {
public:
  Options& text(const char* part)
  {
    for (; *part != '\0' && length_ + 1 < sizeof buffer_; ++part) {
      buffer_[length_++] = *part;
    }
    buffer_[length_] = '\0';
    return *this;
  }

  Options& number(uint32_t value)
  {
    char digits[12];
    unsigned count = 0;
    do {
      digits[count++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (count > 0) {
      const char one[2] = {digits[--count], '\0'};
      text(one);
    }
    return *this;
  }

  [[nodiscard]] long get() const { return word(buffer_); }

private:
  char buffer_[128] = {};
  unsigned length_ = 0;
};

} // namespace assay::box
