// SPDX-License-Identifier: MIT
// Private to this module: one open database.
#pragma once

#include "engine/store/failure.hpp"
#include "engine/store/store.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <chrono>
#include <utility>

namespace assay::store {

struct Store::Connection {
  std::filesystem::path path;
  StoreOptions options;
  SQLite::Database database;
};

/// Opens, recognises and migrates. Throws SQLite::Exception besides.
Result<SQLite::Database>
open_database(const std::filesystem::path& path, OpenMode mode, const StoreOptions& options);

/// Runs `action` and turns SQLite's exceptions into errors; `waited` is measured from here.
template<class Action>
auto guarded(const std::filesystem::path& path, const StoreOptions& options, Action action)
  -> decltype(action())
{
  const auto start = std::chrono::steady_clock::now();
  try {
    return action();
  } catch (const SQLite::Exception& exception) {
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
    return to_error(exception, {path, waited, options.max_bytes});
  }
}

} // namespace assay::store
