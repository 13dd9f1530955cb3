// SPDX-License-Identifier: MIT
#include "engine/checks/consumers.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace assay::checks {

namespace {

bool counts(const Callable& callable)
{
  return callable.live != Truth::no && !callable.bad_example && !callable.writes;
}

bool is_plain_code(const Callable& callable)
{
  return callable.kind == CallableKind::function || callable.kind == CallableKind::method
         || callable.kind == CallableKind::coroutine;
}

bool is_chosen(const Resolution& roles, const Callable& callable)
{
  return std::ranges::any_of(roles.queries,
                             [&](const auto& entry) { return entry.second == callable.ref; });
}

/// R32: it reads relationships of what another query function brings, and gives away something
/// else.
bool handles_results(const QueryFacts& facts, const Callable& callable)
{
  const bool gives_objects = callable.returns == "objects" || callable.returns == "statement"
                             || callable.returns == "rows" || callable.returns == "comments";
  return !callable.accesses.empty() && !gives_objects
         && std::ranges::any_of(facts.callables, [&](const Callable& other) {
              return other.ref != callable.ref && !other.statements.empty()
                     && std::ranges::find(callable.calls, other.ref) != callable.calls.end();
            });
}

} // namespace

std::vector<const Callable*> consumers_of(const QueryFacts& facts, const Resolution& roles)
{
  std::vector<const Callable*> consumers;
  std::set<std::string> serialisers;
  for (const Callable& callable : facts.callables) {
    const bool handles =
      is_plain_code(callable) && !is_chosen(roles, callable) && handles_results(facts, callable);
    if ((callable.consumer || handles) && counts(callable)) {
      consumers.push_back(&callable);
      if (callable.kind != CallableKind::route) {
        serialisers.insert(callable.ref);
      }
    }
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const Callable& callable : facts.callables) {
      const bool hands_on = std::ranges::any_of(callable.calls, [&](const std::string& ref) {
        return ref != callable.ref && serialisers.contains(ref);
      });
      if (hands_on && is_plain_code(callable) && counts(callable)
          && std::ranges::find(consumers, &callable) == consumers.end()) {
        consumers.push_back(&callable);
        serialisers.insert(callable.ref);
        grown = true;
      }
    }
  }
  return consumers;
}

std::vector<const Callable*> outermost_consumers(const QueryFacts& facts, const Resolution& roles)
{
  std::vector<const Callable*> consumers = consumers_of(facts, roles);
  std::set<std::string> called;
  for (const Callable* callable : consumers) {
    for (const std::string& ref : callable->calls) {
      if (ref != callable->ref) {
        called.insert(ref);
      }
    }
    for (const RelationAccess& access : callable->accesses) {
      called.insert(access.via);
    }
  }
  std::erase_if(consumers,
                [&](const Callable* callable) { return called.contains(callable->ref); });
  return consumers;
}

} // namespace assay::checks
