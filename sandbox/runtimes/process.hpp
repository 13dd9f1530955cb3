// SPDX-License-Identifier: MIT
// Runs the tools that build a runtime. They end with us.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/base/expected.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace assay::runtimes {

/// A started program: standard input empty, standard output a pipe, standard error a file. Killed
/// and reaped by the destructor if nobody waited for it.
class Process {
public:
  /// `program` is looked up in the system's usual folders. `environment`: "NAME=value". Failures:
  /// not found, no process.
  static Expected<Process> start(const std::vector<std::string>& arguments,
                                 const std::vector<std::string>& environment,
                                 const std::filesystem::path& errors_to);

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();

  /// Bytes of its standard output; 0: the end.
  Expected<std::size_t> read(std::span<std::byte> into);

  /// Reads the rest of its output and waits for its end: 0, or what it exited with, or 128 + the
  /// signal's number.
  Expected<int> wait();

  /// Everything it wrote to standard output, and its end. Failures: more than 16 MiB.
  Expected<std::string> output(int& status);

private:
  Process() = default;

  pid_t id_ = -1;
  Descriptor output_;
};

/// Path of an executable in the system's usual folders, empty if there is none.
std::filesystem::path find_program(std::string_view name);

/// The environment that tools get: a fixed PATH, the C locale, and of ours what the network needs.
std::vector<std::string> tool_environment();

} // namespace assay::runtimes
