// SPDX-License-Identifier: MIT
// System calls without libc.
#pragma once

#include "sandbox/box/abox.h"

namespace assay::box {

/// The kernel's answer: -errno in case of an error.
inline long
call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0)
{
#if defined(__x86_64__)
  long result = 0;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
#else
#  error "libabox knows x86-64 and arm64"
#endif
}

inline long word(const void* pointer)
{
  return reinterpret_cast<long>(pointer); // NOLINT: what a system call takes
}

/// Remembers the first thing that went wrong. `ok` is false from then on, and later calls do
/// nothing: a half-built box is never entered.
class Stages {
public:
  explicit Stages(abox_error* error)
    : error_(error)
  {
  }

  /// Runs one system call, unless something failed before. Returns its result, -errno if refused.
  long
  run(const char* stage, long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0)
  {
    if (!ok_) {
      return -1;
    }
    const long result = call(number, a, b, c, d, e);
    if (result < 0) {
      fail(stage, static_cast<int>(-result));
    }
    return result;
  }

  void fail(const char* stage, int error_number)
  {
    if (ok_) {
      ok_ = false;
      if (error_ != nullptr) {
        error_->stage = stage;
        error_->error_number = error_number;
      }
    }
  }

  [[nodiscard]] bool ok() const { return ok_; }

  [[nodiscard]] int result() const { return ok_ ? 0 : -1; }

private:
  abox_error* error_;
  bool ok_ = true;
};

} // namespace assay::box
