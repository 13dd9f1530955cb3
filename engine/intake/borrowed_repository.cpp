// SPDX-License-Identifier: MIT
#include "engine/intake/borrowed_repository.hpp"

#include "engine/base/text.hpp"
#include "engine/intake/file_descriptor.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

namespace assay::intake {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_max_object_files = 2'000'000;
constexpr std::size_t k_max_loose_refs = 100'000;
constexpr std::size_t k_max_ref_bytes = 4096;
constexpr std::size_t k_max_packed_refs_bytes = std::size_t{64} << 20U;

// The threshold: when this repository is the source of a fetch, large files are sent whole and not
// searched for similarities, which takes minutes and several times their size of memory.
// libgit2 1.5 takes the threshold from this key, not from core.bigFileThreshold.
constexpr std::string_view k_configuration =
  "[core]\n\trepositoryformatversion = 0\n\tbare = true\n[pack]\n\tdeltaCacheSize = 524288\n";

Error refused(const fs::path& path, std::string_view why)
{
  return Error{ErrorCode::invalid_input, fmt::format("{} {}", printable(path.string()), why)};
}

Error io_error(const fs::path& path, const std::error_code& code)
{
  return Error{ErrorCode::io, fmt::format("{}: {}", printable(path.string()), code.message())};
}

fs::file_type type_of(const fs::path& path)
{
  std::error_code ignored;
  return fs::symlink_status(path, ignored).type();
}

bool is_bare(const fs::path& folder)
{
  return type_of(folder / "HEAD") == fs::file_type::regular
         && type_of(folder / "objects") == fs::file_type::directory
         && type_of(folder / "refs") == fs::file_type::directory;
}

/// Nothing if there is no such file. A link or anything else that is not a regular file is refused.
Result<std::optional<std::string>> read_small(const fs::path& path, std::size_t max_bytes)
{
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  const int reason = errno;
  if (!file && reason == ENOENT) {
    return std::optional<std::string>();
  }
  struct stat status = {};
  if (!file && reason != ELOOP) {
    return io_error(path, std::error_code(reason, std::generic_category()));
  }
  if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return refused(path, "is not a regular file");
  }
  ASSAY_ASSIGN(auto content, read_all(file, max_bytes, printable(path.string())));
  return std::optional<std::string>(std::move(content));
}

/// Calls `visit` with everything below `root` that is not a folder; links and special files are
/// refused.
template<class Visit>
Result<void> each_file(const fs::path& root, std::size_t max_files, Session& session, Visit visit)
{
  std::error_code code;
  std::size_t files = 0;
  fs::recursive_directory_iterator place(root, code);
  for (const fs::recursive_directory_iterator end; !code && place != end; place.increment(code)) {
    ASSAY_TRY(session.check("looking at the repository"));
    const auto type = place->symlink_status(code).type();
    if (type == fs::file_type::directory) {
      continue;
    }
    if (type != fs::file_type::regular) {
      return refused(place->path(),
                     "is a link or a special file inside a repository; such are not followed");
    }
    if (++files > max_files) {
      return Error{ErrorCode::limit_exceeded,
                   fmt::format("{} holds more than {} files", printable(root.string()), max_files)};
    }
    ASSAY_TRY(visit(place->path()));
  }
  return code ? Result<void>(io_error(root, code)) : Result<void>();
}

Result<void> check_alternates(const fs::path& file)
{
  ASSAY_ASSIGN(const auto content, read_small(file, k_max_packed_refs_bytes));
  if (content) {
    for (const std::string_view line : split(*content, '\n')) {
      if (!trim(line).empty() && !trim(line).starts_with('#')) {
        return refused(
          file, "borrows objects of another repository, which is not followed (make a full clone)");
      }
    }
  }
  return {};
}

Result<void> check_objects(const fs::path& objects, Session& session)
{
  ASSAY_TRY(check_alternates(objects / "info" / "alternates"));
  ASSAY_TRY(check_alternates(objects / "info" / "http-alternates"));
  return each_file(
    objects, k_max_object_files, session, [](const fs::path& /*file*/) { return Result<void>(); });
}

Result<void> write_file(const fs::path& path, std::string_view content)
{
  std::error_code code;
  fs::create_directories(path.parent_path(), code);
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) {
    return Error{ErrorCode::io, fmt::format("writing {} (is the disk full?)", path.string())};
  }
  return {};
}

bool is_sha256_name(std::string_view content)
{
  const std::string_view word = trim(content.substr(0, content.find('\n')));
  return word.size() == 64 && std::ranges::all_of(word, [](char c) {
           return std::isxdigit(static_cast<unsigned char>(c)) != 0;
         });
}

Result<void> copy_file(const fs::path& from, const fs::path& to, std::size_t max_bytes)
{
  ASSAY_ASSIGN(const auto content, read_small(from, max_bytes));
  if (!content) {
    return {};
  }
  if (is_sha256_name(*content)) {
    return refused(from,
                   "has a SHA-256 object name; only repositories with SHA-1 names can be read");
  }
  return write_file(to, *content);
}

Result<void> copy_refs(const fs::path& from, const fs::path& to, Session& session)
{
  ASSAY_TRY(copy_file(from / "HEAD", to / "HEAD", k_max_ref_bytes));
  ASSAY_TRY(copy_file(from / "packed-refs", to / "packed-refs", k_max_packed_refs_bytes));
  return each_file(from / "refs", k_max_loose_refs, session, [&](const fs::path& file) {
    return copy_file(file, to / file.lexically_relative(from), k_max_ref_bytes);
  });
}

int add_reference(const char* name, void* payload)
{
  static_cast<References*>(payload)->all.push_back({name, {}});
  return 0;
}

/// A ref that leads nowhere is left out.
Result<References> list_references(git_repository& repository)
{
  References references;
  const int code = git_reference_foreach_name(&repository, add_reference, &references);
  if (code < 0) {
    return library_error(code, ErrorCode::invalid_input, "the refs of the repository are damaged");
  }
  std::erase_if(references.all, [&repository](Reference& reference) {
    git_oid id;
    const bool leads = git_reference_name_to_id(&id, &repository, reference.name.c_str()) == 0;
    if (leads) {
      reference.id = from_git(id);
    }
    return !leads;
  });
  std::ranges::sort(references.all, {}, &Reference::name);
  git_reference* head = nullptr;
  if (git_reference_lookup(&head, &repository, "HEAD") == 0) {
    const char* const target = git_reference_symbolic_target(head);
    references.head = target == nullptr ? "" : target;
    git_reference_free(head);
  }
  git_oid id;
  if (git_reference_name_to_id(&id, &repository, "HEAD") == 0) {
    references.head_id = from_git(id);
  }
  return references;
}

} // namespace

Result<fs::path> git_directory_of(const fs::path& folder)
{
  const fs::path inner = folder / ".git";
  const fs::file_type type = type_of(inner);
  if (type == fs::file_type::not_found) {
    return is_bare(folder) ? folder : fs::path();
  }
  if (type != fs::file_type::directory) {
    return refused(
      inner,
      "points elsewhere (a link, a linked work tree or a submodule) and is not followed; name "
      "the repository itself");
  }
  if (!is_bare(inner)) {
    return refused(inner, "is not a git repository (HEAD, objects or refs are missing)");
  }
  return inner;
}

Result<BorrowedRepository> borrow(const fs::path& git_directory, Session& session)
{
  use_git_library();
  if (type_of(git_directory / "commondir") != fs::file_type::not_found) {
    return refused(git_directory, "belongs to a linked work tree; name the repository itself");
  }
  ASSAY_TRY(check_objects(git_directory / "objects", session));
  ASSAY_ASSIGN(TemporaryDirectory directory,
               TemporaryDirectory::make(temporary_root(), "assay-local-"));
  const fs::path& own = directory.path();
  ASSAY_TRY(copy_refs(git_directory, own, session));
  std::error_code code;
  fs::create_directories(own / "refs", code);
  ASSAY_TRY(write_file(own / "config", k_configuration));
  ASSAY_TRY(write_file(own / "objects" / "info" / "alternates",
                       (git_directory / "objects").string() + "\n"));
  git_repository* opened = nullptr;
  const int result = git_repository_open_bare(&opened, own.c_str());
  if (result < 0) {
    return library_error(result, ErrorCode::invalid_input, printable(git_directory.string()));
  }
  GitHandle<git_repository> repository(opened);
  ASSAY_ASSIGN(References references, list_references(*repository));
  return BorrowedRepository{std::move(directory), std::move(repository), std::move(references)};
}

} // namespace assay::intake
