// SPDX-License-Identifier: MIT
#include "sandbox/broker/confine.hpp"

#include "sandbox/box/abox.h"
#include "sandbox/box/policy.hpp"

#include <linux/filter.h>
#include <sys/resource.h>
#include <unistd.h>

namespace assay::broker {

namespace {

/// Nobody's user number, below those of the cells.
constexpr uid_t k_broker_uid = 0x79ffffff;

} // namespace

Expected<void> confine()
{
  auto filter = box::compile_filter(box::Role::broker);
  if (!filter) {
    return filter.failure();
  }
  abox_candidate limits{};
  limits.uid = ::geteuid() == 0 ? k_broker_uid : ::geteuid();
  limits.cpu_seconds = RLIM_INFINITY; // it serves many runs; each statement has its own deadline
#ifdef __SANITIZE_ADDRESS__
  limits.address_space = RLIM_INFINITY; // the sanitizer's shadow alone is terabytes
#else
  limits.address_space = 2ULL << 30;
#endif
  limits.file_size = 0;
  limits.open_files = 512;
  limits.tasks = 64;
  limits.stack = 8ULL << 20;
  limits.filter = filter->data();
  limits.filter_length = static_cast<std::uint32_t>(filter->size() / sizeof(sock_filter));
  abox_error error{};
  if (abox_lock(&limits, &error) != 0) {
    return Failure{error.stage, error.error_number, {}};
  }
  return {};
}

} // namespace assay::broker
