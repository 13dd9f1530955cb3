// SPDX-License-Identifier: MIT
#include "engine/intake/earlier_tips.hpp"

#include "engine/base/digest.hpp"

#include <git2.h>

#include <vector>

namespace assay::intake {

namespace {

// Each is walked whenever the repository is read.
constexpr std::size_t k_max_tips = 32;

/// The folder of a ref's earlier tips: names of refs do not lie in each other's way in it.
std::string folder_of(const std::string& name)
{
  constexpr std::size_t scheme = std::string_view("sha256:").size();
  return std::string(k_earlier_tips) + sha256(name).substr(scheme, 40) + "/";
}

std::vector<ObjectId> earlier_tips(git_repository& repository, const std::string& name)
{
  std::vector<ObjectId> tips;
  git_reference_iterator* iterator = nullptr;
  const std::string pattern = folder_of(name) + "*";
  if (git_reference_iterator_glob_new(&iterator, &repository, pattern.c_str()) < 0) {
    return tips;
  }
  git_reference* reference = nullptr;
  while (git_reference_next(&reference, iterator) == 0) {
    if (const git_oid* target = git_reference_target(reference)) {
      tips.push_back(from_git(*target));
    }
    git_reference_free(reference);
  }
  git_reference_iterator_free(iterator);
  return tips;
}

} // namespace

std::string kept_name(const std::string& name)
{
  return name == "HEAD" ? "refs/assay/HEAD" : name;
}

void keep_tip(git_repository& repository, const std::string& name, const ObjectId& next)
{
  git_oid before;
  const std::string kept = kept_name(name);
  if (git_reference_name_to_id(&before, &repository, kept.c_str()) < 0 || from_git(before) == next
      || earlier_tips(repository, kept).size() >= k_max_tips) {
    return;
  }
  const std::string place = folder_of(kept) + from_git(before).hex();
  git_reference* made = nullptr;
  if (git_reference_create(&made, &repository, place.c_str(), &before, 1, nullptr) == 0) {
    git_reference_free(made);
  }
}

Result<std::optional<ReplacedHistory>> replaced_history(git_repository& repository,
                                                        const std::string& name,
                                                        const Commit& tip,
                                                        Session& session)
{
  std::optional<ReplacedHistory> replaced;
  const auto objects = objects_of(repository);
  if (!objects) {
    return replaced;
  }
  for (const ObjectId& earlier : earlier_tips(repository, kept_name(name))) {
    const auto commit = peeled_to_commit(*objects, earlier);
    if (!commit || !*commit) {
      continue;
    }
    ASSAY_ASSIGN(const int gone, commits_beyond(*objects, **commit, tip.id, session));
    if (gone > (replaced ? replaced->commits : 0)) {
      replaced = ReplacedHistory{(*commit)->hex(), gone};
    }
  }
  return replaced;
}

} // namespace assay::intake
