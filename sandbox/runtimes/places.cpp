// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/places.hpp"

#include <cstdlib>

#include <unistd.h>

namespace assay::runtimes {

namespace {

namespace fs = std::filesystem;

fs::path path_in(const char* variable)
{
  const char* const value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe)
  return value != nullptr && value[0] == '/' ? fs::path(value) : fs::path();
}

fs::path definitions_near(const fs::path& executable_folder)
{
  std::error_code code;
  const fs::path shared = (executable_folder / "../share/assay/runtimes").lexically_normal();
  if (fs::is_directory(shared, code)) {
    return shared;
  }
  fs::path folder = executable_folder;
  for (int level = 0; level <= 6 && !folder.empty(); ++level) {
    if (const fs::path found = folder / "sandbox" / "runtimes";
        fs::is_regular_file(found / "sqlalchemy-2.0.runtime", code)) {
      return found;
    }
    folder = folder == folder.parent_path() ? fs::path() : folder.parent_path();
  }
  return {};
}

fs::path store_folder()
{
  if (const fs::path named = path_in("ASSAY_RUNTIMES"); !named.empty()) {
    return named;
  }
  if (::geteuid() == 0) {
    return "/var/lib/assay/runtimes";
  }
  if (const fs::path cache = path_in("XDG_CACHE_HOME"); !cache.empty()) {
    return cache / "assay" / "runtimes";
  }
  const fs::path home = path_in("HOME");
  return home.empty() ? home : home / ".cache" / "assay" / "runtimes";
}

} // namespace

Expected<Places> find_places(const fs::path& executable_folder)
{
  Places places;
  places.definitions = path_in("ASSAY_RUNTIME_FILES");
  if (places.definitions.empty()) {
    places.definitions = definitions_near(executable_folder);
  }
  if (places.definitions.empty()) {
    return Failure{"runtimes", 0, "no *.runtime files near the program; set ASSAY_RUNTIME_FILES"};
  }
  places.store = store_folder();
  if (places.store.empty()) {
    return Failure{"runtimes", 0, "no home folder to keep them in; set ASSAY_RUNTIMES"};
  }
  return places;
}

} // namespace assay::runtimes
