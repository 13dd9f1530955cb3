// SPDX-License-Identifier: MIT
// Runs a program and collects what it prints.
#pragma once

#include "tests/support/memory_snapshot.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include <sys/wait.h>

namespace assay::test {

struct CommandResult {
  int code = -1;
  std::string out;
  std::string err;
};

inline std::string shell_quoted(const std::string& word)
{
  std::string quoted = "'";
  for (const char c : word) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted + "'";
}

/// `environment` stands before the command: "XDG_CACHE_HOME=/tmp/x".
inline CommandResult run(const std::vector<std::string>& words, const std::string& environment = "")
{
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "out").string();
  const std::string err = (folder.path() / "err").string();
  std::string line = environment;
  for (const std::string& word : words) {
    line += " " + shell_quoted(word);
  }
  line += " >" + shell_quoted(out) + " 2>" + shell_quoted(err) + " </dev/null";
  const int status = std::system(line.c_str()); // NOLINT(cert-env33-c): the words are quoted
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text(out), read_text(err)};
}

} // namespace assay::test
