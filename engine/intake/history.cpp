// SPDX-License-Identifier: MIT
#include "engine/intake/history.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>
#include <string>

namespace assay::intake {

namespace {

// Nobody writes a megabyte of commit message; the object is held in memory.
constexpr std::size_t k_max_commit_bytes = std::size_t{1} << 20U;
// Year 9999: beyond it a date has no four-digit form.
constexpr long long k_last_second = 253'402'300'799LL;

// git itself follows any number; a tag of a tag is rare already.
constexpr int k_max_nested_tags = 10;

struct RawObject {
  git_object_t type = GIT_OBJECT_INVALID;
  std::string bytes; ///< of a commit or tag; empty for other types
};

Error malformed(const ObjectId& id)
{
  return Error{ErrorCode::invalid_input,
               fmt::format("the repository is damaged: object {} is malformed", id.hex())};
}

/// Nothing if the object is missing.
Result<std::optional<RawObject>> read_raw(git_odb& objects, const ObjectId& id)
{
  const git_oid name = to_git(id);
  std::size_t size = 0;
  RawObject raw;
  const int header = git_odb_read_header(&size, &raw.type, &objects, &name);
  if (header == GIT_ENOTFOUND) {
    return std::optional<RawObject>();
  }
  if (header < 0) {
    return malformed(id);
  }
  if (raw.type != GIT_OBJECT_COMMIT && raw.type != GIT_OBJECT_TAG) {
    return std::optional(raw);
  }
  git_odb_object* object = nullptr;
  if (size > k_max_commit_bytes || git_odb_read(&object, &objects, &name) < 0) {
    return malformed(id);
  }
  raw.bytes.assign(static_cast<const char*>(git_odb_object_data(object)),
                   git_odb_object_size(object));
  git_odb_object_free(object);
  return std::optional(std::move(raw));
}

std::optional<ObjectId> parse_id(std::string_view text)
{
  git_oid id;
  if (text.size() != 40 || git_oid_fromstrn(&id, text.data(), text.size()) < 0) {
    return std::nullopt;
  }
  return from_git(id);
}

/// "Name <mail> 1700000000 +0100"
std::optional<Instant> parse_date(std::string_view person)
{
  person = person.substr(std::min(person.rfind('>'), person.size() - 1) + 1);
  const std::string_view text = trim(person);
  long long seconds = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (code != std::errc{} || end == text.data() || seconds < 0 || seconds > k_last_second) {
    return std::nullopt;
  }
  return Instant{std::chrono::seconds{seconds}};
}

/// Source: "Git Internals, Commit Objects".
std::optional<Commit> parse(const ObjectId& id, std::string_view bytes)
{
  Commit commit;
  commit.id = id;
  bool has_tree = false;
  for (const std::string_view line : split(bytes.substr(0, bytes.find("\n\n")), '\n')) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string_view key = line.substr(0, space);
    const std::string_view value = line.substr(std::min(space + 1, line.size()));
    if (key == "tree" || key == "parent") {
      const auto named = parse_id(value);
      if (!named) {
        return std::nullopt;
      }
      if (key == "parent") {
        commit.parents.push_back(*named);
      } else {
        commit.tree = *named;
        has_tree = true;
      }
    } else if (key == "committer" && !value.empty()) {
      commit.committed_at = parse_date(value);
      break;
    }
  }
  return has_tree ? std::optional(std::move(commit)) : std::nullopt;
}

struct Reached {
  std::set<ObjectId> commits;
  std::optional<Instant> first_commit_at;
  bool incomplete = false;
};

using Visit = std::function<bool(const Commit&)>; ///< false ends the walk

Result<Reached>
reach(git_odb& objects, std::span<const ObjectId> tips, Session& session, const Visit& visit)
{
  Reached reached;
  std::vector<ObjectId> waiting(tips.begin(), tips.end());
  while (!waiting.empty()) {
    const ObjectId id = waiting.back();
    waiting.pop_back();
    if (reached.commits.contains(id)) {
      continue;
    }
    if (reached.commits.size() >= session.limits().max_commits) {
      reached.incomplete = true;
      break;
    }
    ASSAY_TRY(session.check("reading the history"));
    ASSAY_ASSIGN(const auto commit, read_commit(objects, id));
    if (!commit) {
      reached.incomplete = true;
      continue;
    }
    reached.commits.insert(id);
    if (commit->parents.empty() && commit->committed_at) {
      reached.first_commit_at =
        std::min(reached.first_commit_at.value_or(*commit->committed_at), *commit->committed_at);
    }
    if (!visit(*commit)) {
      break;
    }
    waiting.insert(waiting.end(), commit->parents.begin(), commit->parents.end());
  }
  return reached;
}

bool go_on(const Commit& /*commit*/)
{
  return true;
}

Result<int> commits_not_in(git_odb& objects,
                           const std::set<ObjectId>& known,
                           const ObjectId& tip,
                           Session& session)
{
  ASSAY_ASSIGN(const Reached all, reach(objects, {&tip, 1}, session, go_on));
  return static_cast<int>(
    std::ranges::count_if(all.commits, [&](const ObjectId& id) { return !known.contains(id); }));
}

} // namespace

Result<std::optional<Commit>> read_commit(git_odb& objects, const ObjectId& id)
{
  ASSAY_ASSIGN(const auto raw, read_raw(objects, id));
  if (!raw) {
    return std::optional<Commit>();
  }
  auto commit = raw->type == GIT_OBJECT_COMMIT ? parse(id, raw->bytes) : std::nullopt;
  if (!commit) {
    return malformed(id);
  }
  return commit;
}

Result<std::optional<ObjectId>> peeled_to_commit(git_odb& objects, const ObjectId& id)
{
  ObjectId current = id;
  for (int level = 0; level < k_max_nested_tags; ++level) {
    ASSAY_ASSIGN(const auto raw, read_raw(objects, current));
    if (!raw) {
      return Error{ErrorCode::invalid_input,
                   fmt::format("the repository is incomplete or damaged: object {} is missing",
                               current.hex())};
    }
    if (raw->type == GIT_OBJECT_COMMIT) {
      return std::optional(current);
    }
    constexpr std::string_view key = "object ";
    const auto target = raw->type == GIT_OBJECT_TAG && raw->bytes.starts_with(key)
                          ? parse_id(std::string_view(raw->bytes).substr(key.size(), 40))
                          : std::nullopt;
    if (!target) {
      return std::optional<ObjectId>();
    }
    current = *target;
  }
  return std::optional<ObjectId>();
}

Result<Commit> last_before(git_odb& objects, const Commit& tip, Instant deadline, Session& session)
{
  std::optional<Commit> commit = tip;
  std::optional<Instant> oldest;
  std::set<ObjectId> seen;
  while (commit && seen.insert(commit->id).second) {
    if (commit->committed_at && *commit->committed_at <= deadline) {
      return *commit;
    }
    oldest = commit->committed_at ? commit->committed_at : oldest;
    ASSAY_TRY(session.check("reading the history"));
    if (commit->parents.empty()) {
      break;
    }
    ASSAY_ASSIGN(commit, read_commit(objects, commit->parents.front()));
  }
  return Error{
    ErrorCode::not_found,
    fmt::format("no commit at or before {}{}",
                to_iso8601(deadline),
                oldest ? fmt::format(" (the first one is of {})", to_iso8601(*oldest)) : "")};
}

Result<History>
history_of(git_odb& objects, const Commit& graded, const Commit& tip, Session& session)
{
  const ObjectId from = graded.id;
  ASSAY_ASSIGN(const Reached reached, reach(objects, {&from, 1}, session, go_on));
  History history;
  history.commits = static_cast<int>(reached.commits.size());
  history.committed_at = graded.committed_at;
  history.first_commit_at = reached.first_commit_at;
  history.shallow = reached.incomplete;
  if (tip.id != graded.id) {
    ASSAY_ASSIGN(history.commits_after, commits_not_in(objects, reached.commits, tip.id, session));
  }
  return history;
}

Result<int>
commits_beyond(git_odb& objects, const ObjectId& from, const ObjectId& tip, Session& session)
{
  ASSAY_ASSIGN(const Reached reached, reach(objects, {&tip, 1}, session, go_on));
  return commits_not_in(objects, reached.commits, from, session);
}

Result<std::vector<ObjectId>> commits_named(git_odb& objects,
                                            std::span<const ObjectId> tips,
                                            std::string_view prefix,
                                            Session& session)
{
  std::vector<ObjectId> found;
  const auto visit = [&](const Commit& commit) {
    if (commit.id.hex().starts_with(prefix)) {
      found.push_back(commit.id);
    }
    return found.size() < 2 && prefix.size() < 40 ? true : found.empty();
  };
  ASSAY_TRY(reach(objects, tips, session, visit));
  return found;
}

} // namespace assay::intake
