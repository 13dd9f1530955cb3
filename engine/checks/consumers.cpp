// SPDX-License-Identifier: MIT
#include "engine/checks/consumers.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace assay::checks {

namespace {

bool counts(const Callable& callable)
{
  return callable.live != Truth::no && !callable.bad_example;
}

bool is_plain_code(const Callable& callable)
{
  return callable.kind == CallableKind::function || callable.kind == CallableKind::method
         || callable.kind == CallableKind::coroutine;
}

} // namespace

std::vector<const Callable*> consumers_of(const QueryFacts& facts)
{
  std::vector<const Callable*> consumers;
  std::set<std::string> serialisers;
  for (const Callable& callable : facts.callables) {
    if (callable.consumer && counts(callable)) {
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
      if (hands_on && is_plain_code(callable) && counts(callable) && !callable.writes
          && std::ranges::find(consumers, &callable) == consumers.end()) {
        consumers.push_back(&callable);
        serialisers.insert(callable.ref);
        grown = true;
      }
    }
  }
  return consumers;
}

std::vector<const Callable*> outermost_consumers(const QueryFacts& facts)
{
  std::vector<const Callable*> consumers = consumers_of(facts);
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
