// SPDX-License-Identifier: MIT
// Git repositories for tests, made object by object: dates, authors and even impossible trees are
// the test's choice.
#pragma once

#include "tests/support/read_text.hpp"
#include "tests/support/temporary_folder.hpp"

#include <git2.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

/// What a tree entry holds; the mode is git's, in octal.
struct GitFile {
  std::string content;
  unsigned mode = 0100644;
};

using GitFiles = std::map<std::string, GitFile>;

struct RawEntry {
  unsigned mode = 0100644;
  std::string name; ///< written as it is
  std::string id;
};

struct CommitOptions {
  std::string branch = "main"; ///< moved to the new commit; empty: none
  long long when = 1'700'000'000;
  std::string name = "Ana Lima";
  std::string mail = "ana@example.org";
  std::string message = "Work";
  std::vector<std::string> parents = {}; ///< empty: the tip of the branch, if there is one
};

enum class Bare { no, yes };

/// A repository in `folder`/.git or, bare, in `folder`. HEAD names "main".
class GitRepository {
public:
  explicit GitRepository(const std::filesystem::path& folder, Bare bare = Bare::no)
    : folder_(folder)
  {
    git_libgit2_init();
    git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
    options.flags =
      GIT_REPOSITORY_INIT_MKPATH | (bare == Bare::yes ? unsigned{GIT_REPOSITORY_INIT_BARE} : 0U);
    options.initial_head = "main";
    check(git_repository_init_ext(&repository_, folder.c_str(), &options));
    check(git_repository_odb(&objects_, repository_));
  }

  GitRepository(const GitRepository&) = delete;
  GitRepository& operator=(const GitRepository&) = delete;

  ~GitRepository()
  {
    git_odb_free(objects_);
    git_repository_free(repository_);
    git_libgit2_shutdown();
  }

  [[nodiscard]] std::string path() const { return folder_.string(); }

  [[nodiscard]] std::string url() const { return "file://" + folder_.string(); }

  [[nodiscard]] std::filesystem::path git_directory() const
  {
    return git_repository_path(repository_);
  }

  std::string write_blob(std::string_view content)
  {
    return write_object(content, GIT_OBJECT_BLOB);
  }

  /// The entries in the order given, with whatever names and modes.
  std::string write_raw_tree(const std::vector<RawEntry>& entries)
  {
    std::string bytes;
    for (const RawEntry& entry : entries) {
      git_oid id;
      check(git_oid_fromstr(&id, entry.id.c_str()));
      bytes += octal(entry.mode) + " " + entry.name + '\0';
      bytes.append(reinterpret_cast<const char*>(id.id), sizeof id.id);
    }
    return write_object(bytes, GIT_OBJECT_TREE);
  }

  std::string write_tree(const GitFiles& files) { return write_level(files, ""); }

  /// A commit of `tree`; answers its id.
  std::string commit_tree(const std::string& tree, const CommitOptions& options = {})
  {
    std::vector<std::string> parents = options.parents;
    git_oid tip;
    const std::string branch = "refs/heads/" + options.branch;
    if (parents.empty() && git_reference_name_to_id(&tip, repository_, branch.c_str()) == 0) {
      parents.push_back(hex(tip));
    }
    std::string text = "tree " + tree + "\n";
    for (const std::string& parent : parents) {
      text += "parent " + parent + "\n";
    }
    const std::string person =
      options.name + " <" + options.mail + "> " + std::to_string(options.when) + " +0000\n";
    text += "author " + person + "committer " + person + "\n" + options.message + "\n";
    const std::string id = write_object(text, GIT_OBJECT_COMMIT);
    if (!options.branch.empty()) {
      set_reference(branch, id);
    }
    return id;
  }

  std::string commit(const GitFiles& files, const CommitOptions& options = {})
  {
    return commit_tree(write_tree(files), options);
  }

  /// A commit of the regular files below `source`, as they lie there.
  std::string commit_folder(const std::filesystem::path& source, const CommitOptions& options = {})
  {
    GitFiles files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
      if (entry.is_symlink()) {
        files[entry.path().lexically_relative(source)] = {
          std::filesystem::read_symlink(entry.path()), 0120000};
      } else if (entry.is_regular_file()) {
        const auto executable = entry.status().permissions() & std::filesystem::perms::owner_exec;
        files[entry.path().lexically_relative(source)] = {
          read_text(entry.path()),
          executable == std::filesystem::perms::none ? 0100644U : 0100755U};
      }
    }
    return commit(files, options);
  }

  /// `name` in full, such as "refs/tags/v1".
  void set_reference(const std::string& name, const std::string& id)
  {
    git_oid target;
    check(git_oid_fromstr(&target, id.c_str()));
    git_reference* reference = nullptr;
    check(git_reference_create(&reference, repository_, name.c_str(), &target, 1, nullptr));
    git_reference_free(reference);
  }

  void annotated_tag(const std::string& name, const std::string& commit)
  {
    const std::string text = "object " + commit + "\ntype commit\ntag " + name
                             + "\ntagger Ana <a@b.c> 1700000000 +0000\n\nrelease\n";
    set_reference("refs/tags/" + name, write_object(text, GIT_OBJECT_TAG));
  }

  /// HEAD names `branch`, or the commit with that id.
  void set_head(const std::string& target) const
  {
    const bool is_id = target.size() == 40;
    std::ofstream(git_directory() / "HEAD")
      << (is_id ? target : "ref: refs/heads/" + target) << "\n";
  }

  std::string write_object(std::string_view content, git_object_t type)
  {
    git_oid id;
    check(git_odb_write(&id, objects_, content.data(), content.size(), type));
    return hex(id);
  }

private:
  static void check(int code)
  {
    if (code < 0) {
      const git_error* const error = git_error_last();
      throw std::runtime_error(error == nullptr ? "libgit2" : error->message);
    }
  }

  static std::string hex(const git_oid& id)
  {
    std::string text(40, '\0');
    git_oid_fmt(text.data(), &id);
    return text;
  }

  static std::string octal(unsigned mode)
  {
    std::string digits;
    for (; mode != 0; mode /= 8) {
      digits.insert(digits.begin(), static_cast<char>('0' + mode % 8));
    }
    return digits;
  }

  std::string write_level(const GitFiles& files, const std::string& prefix)
  {
    std::map<std::string, RawEntry> sorted; // by name, folders with a '/' behind, as git sorts
    for (auto place = files.lower_bound(prefix);
         place != files.end() && place->first.starts_with(prefix);) {
      const std::string rest = place->first.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      if (slash == std::string::npos) {
        const GitFile& file = place->second;
        // The id of a submodule is a commit of another repository.
        const std::string id = file.mode == 0160000 ? file.content : write_blob(file.content);
        sorted[rest] = {file.mode, rest, id};
        ++place;
        continue;
      }
      const std::string name = rest.substr(0, slash);
      sorted[name + "/"] = {0040000, name, write_level(files, prefix + name + "/")};
      while (place != files.end() && place->first.starts_with(prefix + name + "/")) {
        ++place;
      }
    }
    std::vector<RawEntry> entries;
    for (const auto& [key, entry] : sorted) {
      entries.push_back(entry);
    }
    return write_raw_tree(entries);
  }

  std::filesystem::path folder_;
  git_repository* repository_ = nullptr;
  git_odb* objects_ = nullptr;
};

} // namespace assay::test
