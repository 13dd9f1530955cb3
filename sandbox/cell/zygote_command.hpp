// SPDX-License-Identifier: MIT
// How the runtime's Python is started.
#pragma once

#include "sandbox/base/expected.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace assay::cell {

/// What execve takes, made before the clone: the child may not allocate.
class Command {
public:
  Command(std::vector<std::string> arguments, std::vector<std::string> environment);
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  ~Command() = default;

  [[nodiscard]] char* const* arguments() const { return argument_pointers_.data(); }

  [[nodiscard]] char* const* environment() const { return environment_pointers_.data(); }

private:
  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  std::vector<char*> argument_pointers_;
  std::vector<char*> environment_pointers_;
};

/// The zygote in a root of its own, where runtime and harness have fixed places.
std::unique_ptr<Command> command_in_root(const std::string& python, const std::string& preload);

/// The zygote on the host itself: the runtime's Python through the runtime's own loader, with no
/// library of the host's. `work`: where the candidate's folders are. Errors: the runtime has no
/// loader.
Expected<std::unique_ptr<Command>> command_on_host(const std::filesystem::path& runtime,
                                                   const std::filesystem::path& harness,
                                                   const std::filesystem::path& work,
                                                   const std::string& python,
                                                   const std::string& preload);

} // namespace assay::cell
