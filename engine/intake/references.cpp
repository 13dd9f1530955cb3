// SPDX-License-Identifier: MIT
#include "engine/intake/references.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::intake {

namespace {

constexpr std::array<std::string_view, 3> k_spaces = {"refs/heads/", "refs/tags/", "refs/remotes/"};

std::string short_name(std::string_view name)
{
  for (const std::string_view space : k_spaces) {
    if (name.starts_with(space)) {
      return std::string(name.substr(space.size()));
    }
  }
  return std::string(name);
}

std::vector<std::string> short_names(const References& references)
{
  std::vector<std::string> names;
  for (const Reference& reference : references.all) {
    names.push_back(short_name(reference.name));
  }
  return names;
}

Error unknown_ref(const References& references, std::string_view ref)
{
  const auto hint = nearest(ref, short_names(references));
  return Error{ErrorCode::not_found,
               fmt::format("no branch, tag or commit \"{}\"{}",
                           printable(ref),
                           hint ? fmt::format(" (did you mean \"{}\"?)", printable(*hint)) : "")};
}

Result<std::vector<Reference>> default_branch(const References& references)
{
  const Reference* const named = references.find(references.head);
  if (named != nullptr) {
    return std::vector{*named};
  }
  if (!references.head_id) {
    return Error{
      ErrorCode::not_found,
      fmt::format(
        "the default branch \"{}\" has no commits; name another with --ref (there is \"{}\")",
        printable(short_name(references.head)),
        printable(short_name(references.all.front().name)))};
  }
  if (!references.head.empty()) {
    return std::vector{Reference{references.head, *references.head_id}};
  }
  for (const auto* const usual : {"refs/heads/main", "refs/heads/master"}) {
    const Reference* const branch = references.find(usual);
    if (branch != nullptr && branch->id == *references.head_id) {
      return std::vector{*branch};
    }
  }
  return std::vector{Reference{"HEAD", *references.head_id}};
}

Result<ObjectId> peeled(git_odb& objects, const Reference& reference)
{
  ASSAY_ASSIGN(const auto commit, peeled_to_commit(objects, reference.id));
  if (!commit) {
    return Error{
      ErrorCode::invalid_input,
      fmt::format("\"{}\" does not lead to a commit", printable(short_name(reference.name)))};
  }
  return *commit;
}

Result<Resolved> at(git_odb& objects, std::string name, const ObjectId& id)
{
  ASSAY_ASSIGN(auto commit, read_commit(objects, id));
  if (!commit) {
    return Error{ErrorCode::invalid_input,
                 fmt::format("the repository is incomplete: commit {} is missing", id.hex())};
  }
  return Resolved{std::move(name), *std::move(commit)};
}

/// Tips that may be walked to look for a commit; what is not a commit is passed over.
std::vector<ObjectId> commit_tips(git_odb& objects, const References& references)
{
  std::vector<ObjectId> tips;
  if (references.head_id) {
    tips.push_back(*references.head_id);
  }
  for (const Reference& reference : references.all) {
    const bool walked = starts_with_any(reference.name, k_spaces);
    const auto id = walked ? peeled(objects, reference) : Result<ObjectId>(Error{});
    if (id) {
      tips.push_back(*id);
    }
  }
  return tips;
}

Result<Resolved> resolve_commit(git_odb& objects,
                                const References& references,
                                std::string_view ref,
                                Session& session)
{
  const std::vector<ObjectId> tips = commit_tips(objects, references);
  ASSAY_ASSIGN(const auto found, commits_named(objects, tips, to_lower(ref), session));
  if (found.size() > 1) {
    return Error{
      ErrorCode::invalid_input,
      fmt::format(
        "\"{}\" is ambiguous: {} and {} begin with it", ref, found[0].hex(), found[1].hex())};
  }
  if (found.empty()) {
    return unknown_ref(references, ref);
  }
  return at(objects, "", found.front());
}

} // namespace

const Reference* References::find(std::string_view name) const
{
  const auto place = std::ranges::find(all, name, &Reference::name);
  return place == all.end() ? nullptr : &*place;
}

bool is_commit_name(std::string_view ref)
{
  return ref.size() >= 4 && ref.size() <= 40 && std::ranges::all_of(to_lower(ref), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Result<std::vector<Reference>> candidates(const References& references, std::string_view ref)
{
  if (references.all.empty() && !references.head_id) {
    return Error{ErrorCode::not_found, "the repository is empty: it has no commits"};
  }
  if (ref.empty() || ref == "HEAD") {
    return default_branch(references);
  }
  std::vector<Reference> found;
  const auto consider = [&](const std::string& name) {
    const Reference* const reference = references.find(name);
    if (reference != nullptr) {
      found.push_back(*reference);
    }
  };
  consider(std::string(ref));
  consider("refs/" + std::string(ref));
  for (const std::string_view space : k_spaces) {
    consider(std::string(space) + std::string(ref));
  }
  if (found.empty() && !is_commit_name(ref)) {
    return unknown_ref(references, ref);
  }
  return found;
}

Result<Resolved>
resolve(git_odb& objects, const References& references, std::string_view ref, Session& session)
{
  ASSAY_ASSIGN(const auto found, candidates(references, ref));
  if (found.empty()) {
    return resolve_commit(objects, references, ref, session);
  }
  ASSAY_ASSIGN(const ObjectId first, peeled(objects, found.front()));
  for (const Reference& other : found) {
    ASSAY_ASSIGN(const ObjectId id, peeled(objects, other));
    if (id != first) {
      return Error{ErrorCode::invalid_input,
                   fmt::format("\"{}\" is ambiguous: write {} or {}",
                               printable(ref),
                               printable(found.front().name),
                               printable(other.name))};
    }
  }
  const bool detached = found.front().name == "HEAD";
  return at(objects, detached ? "" : short_name(found.front().name), first);
}

} // namespace assay::intake
