// SPDX-License-Identifier: MIT
// Runtimes: read-only root filesystems with a Python and what candidates import. docs/runtimes.md.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/base/expected.hpp"
#include "sandbox/runtimes/builder.hpp"
#include "sandbox/runtimes/definition.hpp"
#include "sandbox/runtimes/manifest.hpp"
#include "sandbox/runtimes/places.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace assay::runtimes {

/// An installed runtime, kept from deletion for as long as a copy of this lives.
struct Runtime {
  std::string name;
  std::string summary;
  std::filesystem::path root; ///< its tree; usr/ is what a box shows
  Manifest manifest;
  std::shared_ptr<const Descriptor> held;

  /// Version of a Python distribution ("sqlalchemy", "flask-migrate"), empty if it is not there.
  [[nodiscard]] std::string version(const std::string& distribution) const;
};

enum class State {
  missing,
  ready,
  outdated, ///< its definition has changed since: install rebuilds it
  damaged,  ///< there is something, but no tree that can be used
};

/// One line of `assay runtime list`.
struct Listed {
  std::string name;
  std::string summary;
  State state = State::missing;
  std::string trouble; ///< of a damaged one, one line
  Manifest manifest;   ///< of a ready or outdated one
};

/// All defined and all imported runtimes, by name. Failures: a malformed definition.
Expected<std::vector<Listed>> list(const Places& places);

/// The runtime, if it fits its definition; its tree is not read again. Failures say what to do:
/// not installed, out of date, damaged, changeable by other users, no such runtime.
Expected<Runtime> installed(const Places& places, const std::string& name);

enum class Installation { already_there, built, rebuilt };

/// Builds the runtime unless a fitting one is there. Needs the network and 3 GiB; takes minutes.
/// Failures: no such definition, what build_tree() says, the disk. A failed build changes nothing.
Expected<Installation>
install(const Places& places, const std::string& name, const Progress& progress);

/// Makes a runtime of a tar, e.g. by `docker export`; replaces an imported one of this name. The
/// tree must hold Python 3 and SQLAlchemy below usr/; nothing of it is executed here. Failures:
/// the name of a definition, what unpack() and inspect() say.
Expected<void> import_tar(const Places& places,
                          const std::string& name,
                          const std::filesystem::path& archive,
                          const Progress& progress);

/// Failures: not installed, the disk.
Expected<void> remove(const Places& places, const std::string& name);

/// Reads the whole tree and says how it differs from what was installed, one line each.
/// Failures: not installed, unreadable.
Expected<std::vector<std::string>> verify(const Places& places, const std::string& name);

} // namespace assay::runtimes
