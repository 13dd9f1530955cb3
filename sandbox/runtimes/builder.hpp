// SPDX-License-Identifier: MIT
// Builds the tree of a definition from Debian packages.
#pragma once

#include "sandbox/base/expected.hpp"
#include "sandbox/runtimes/definition.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::runtimes {

/// Told what is being done: "fetching and unpacking 120 packages".
using Progress = std::function<void(std::string_view stage)>;

/// Fills the empty folder `root`. mmdebstrap resolves, fetches and verifies the packages and only
/// unpacks them: no maintainer script runs, no privilege is used. `log` takes what the tools say.
/// Failures: a tool missing, no mirror, an unknown package, the disk.
Expected<void> build_tree(const Definition& definition,
                          const std::filesystem::path& root,
                          const std::filesystem::path& log,
                          const Progress& progress);

/// What every tree has besides its packages: bin, lib… as links below usr/, and two users.
Expected<void> complete_tree(const std::filesystem::path& root);

/// Compiles all modules with the tree's own interpreter, so that a read-only tree imports as fast
/// as a writable one. Failures: the interpreter does not start, SQLAlchemy stays uncompiled.
Expected<void> compile_modules(const std::filesystem::path& root, const std::filesystem::path& log);

/// Debian mirror in lines "URI release component" of `apt-get indextargets`; empty if none is one.
std::string find_mirror(std::string_view targets);

/// Lines `name "value";` of `apt-config dump` that say how this host reaches its mirror.
std::vector<std::string> download_options(std::string_view dump);

/// Tools that a build needs and this host lacks, each with the package that has it.
std::vector<std::string> missing_tools();

} // namespace assay::runtimes
