// SPDX-License-Identifier: MIT
#include "engine/intake/cache.hpp"

#include "engine/base/digest.hpp"
#include "engine/base/text.hpp"
#include "engine/intake/borrowed_repository.hpp"
#include "engine/intake/fetch.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <string>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace assay::intake {

namespace fs = std::filesystem;

namespace {

/// Where to fetch from, and under which name that is kept.
struct Remote {
  const Source& source;
  std::string url;
  std::string key;
};

std::string cache_key(std::string_view url)
{
  constexpr std::size_t scheme = std::string_view("sha256:").size();
  // 160 bits are enough to tell URLs apart.
  return sha256(url).substr(scheme, 40);
}

Error cache_error(const fs::path& path, const std::error_code& code)
{
  return Error{ErrorCode::io, fmt::format("{}: {}", path.string(), code.message())};
}

Result<GitHandle<git_repository>> make_repository(const fs::path& path)
{
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH;
  git_repository* made = nullptr;
  const int code = git_repository_init_ext(&made, path.c_str(), &options);
  if (code < 0) {
    return library_error(code, ErrorCode::io, path.string());
  }
  return GitHandle<git_repository>(made);
}

Result<GitHandle<git_repository>> open_repository(const fs::path& path)
{
  git_repository* opened = nullptr;
  const int code = git_repository_open_bare(&opened, path.c_str());
  if (code < 0) {
    return library_error(code, ErrorCode::invalid_input, path.string());
  }
  return GitHandle<git_repository>(opened);
}

Result<fs::path> cache_folder(const fs::path& cache)
{
  const fs::path folder = cache / "repositories";
  std::error_code code;
  fs::create_directories(cache, code);
  if (!code && fs::create_directory(folder, code)) {
    fs::permissions(folder, fs::perms::owner_all, code);
  }
  struct stat status = {};
  if (code) {
    return cache_error(folder, code);
  }
  if (stat(folder.c_str(), &status) != 0 || status.st_uid != geteuid()
      || (status.st_mode & S_IWOTH) != 0) {
    return Error{ErrorCode::invalid_input,
                 fmt::format("the cache {} belongs to another user or may be written by anybody",
                             folder.string())};
  }
  return folder;
}

/// What processes that died left behind. Only for the holder of the lock.
void remove_leftovers(const fs::path& folder, const std::string& key)
{
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().filename().string().starts_with(key + ".new-")) {
      fs::remove_all(entry.path(), ignored);
    }
  }
  for (const auto& entry : fs::directory_iterator(folder / key / "objects" / "pack", ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("pack-")) {
      fs::remove(entry.path(), ignored);
    }
  }
}

Result<FetchedRepository>
fetch_temporary(const Remote& remote, std::string_view ref, Session& session)
{
  ASSAY_ASSIGN(TemporaryDirectory directory,
               TemporaryDirectory::make(temporary_root(), "assay-fetch-"));
  ASSAY_ASSIGN(auto repository, make_repository(directory.path()));
  ASSAY_ASSIGN(auto references, fetch(*repository, remote.url, remote.source, ref, session));
  return FetchedRepository{
    std::nullopt, std::move(directory), std::move(repository), std::move(references), false};
}

Result<FetchedRepository>
fetch_new(const Remote& remote, std::string_view ref, Session& session, const fs::path& place)
{
  ASSAY_ASSIGN(TemporaryDirectory directory,
               TemporaryDirectory::make(place.parent_path(), place.filename().string() + ".new-"));
  ASSAY_ASSIGN(auto made, make_repository(directory.path()));
  ASSAY_ASSIGN(auto references, fetch(*made, remote.url, remote.source, ref, session));
  made.reset();
  std::error_code code;
  fs::remove_all(place, code);
  fs::rename(directory.path(), place, code);
  if (code) {
    return cache_error(place, code);
  }
  directory.release();
  ASSAY_ASSIGN(auto repository, open_repository(place));
  return FetchedRepository{
    std::nullopt, std::nullopt, std::move(repository), std::move(references), false};
}

Result<FetchedRepository>
fetch_more(const Remote& remote, std::string_view ref, Session& session, const fs::path& place)
{
  ASSAY_ASSIGN(auto repository, open_repository(place));
  ASSAY_ASSIGN(auto references, fetch(*repository, remote.url, remote.source, ref, session));
  return FetchedRepository{
    std::nullopt, std::nullopt, std::move(repository), std::move(references), true};
}

Result<FetchedRepository>
fetch_cached(const Remote& remote, std::string_view ref, Session& session, Freshness freshness)
{
  ASSAY_ASSIGN(const fs::path folder, cache_folder(session.options().cache_directory));
  ASSAY_ASSIGN(FileLock lock, FileLock::exclusive(folder / (remote.key + ".lock"), session));
  remove_leftovers(folder, remote.key);
  const fs::path place = folder / remote.key;
  std::error_code ignored;
  if (freshness == Freshness::reuse && fs::exists(place, ignored)) {
    auto fetched = fetch_more(remote, ref, session, place);
    // A damaged cache is replaced; every other failure would only happen again.
    if (fetched || fetched.error().code != ErrorCode::invalid_input) {
      lock.share();
      if (fetched) {
        fetched->lock = std::move(lock);
      }
      return fetched;
    }
  }
  auto fetched = fetch_new(remote, ref, session, place);
  if (fetched) {
    lock.share();
    fetched->lock = std::move(lock);
  }
  return fetched;
}

Result<FetchedRepository>
fetch_remote(const Remote& remote, std::string_view ref, Session& session, Freshness freshness)
{
  const IntakeOptions& options = session.options();
  if (options.cache_directory.empty() || options.use_cache == UseCache::no) {
    return fetch_temporary(remote, ref, session);
  }
  return fetch_cached(remote, ref, session, freshness);
}

} // namespace

Result<FetchedRepository>
fetch_source(const Source& source, std::string_view ref, Session& session, Freshness freshness)
{
  use_git_library();
  if (source.kind != SourceKind::file) {
    return fetch_remote({source, source.url, cache_key(source.url)}, ref, session, freshness);
  }
  std::error_code code;
  const fs::path path = fs::canonical(source.path, code);
  if (code) {
    return Error{ErrorCode::not_found, "no such repository"};
  }
  ASSAY_ASSIGN(const fs::path git_directory, git_directory_of(path));
  if (git_directory.empty()) {
    return Error{ErrorCode::not_found, "not a git repository"};
  }
  ASSAY_ASSIGN(const BorrowedRepository borrowed, borrow(git_directory, session));
  const Remote remote{
    source, borrowed.directory.path().string(), cache_key("file://" + path.string())};
  return fetch_remote(remote, ref, session, freshness);
}

} // namespace assay::intake
