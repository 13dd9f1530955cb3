// SPDX-License-Identifier: MIT
// One callable over all sizes, while it is driven.
#pragma once

#include "engine/probe/query_call.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace assay::probe {

/// R1: the last one shows eager loading that is meant for little data.
inline constexpr std::array<SeedSize, 4> k_drive_sizes = {SeedSize{3, 2}, {9, 2}, {3, 6}, {40, 2}};

struct Driven {
  const QueryTask* task = nullptr;
  const Callable* callable = nullptr;
  std::string module;
  std::string name;
  DrivenCallable facts;
  std::optional<std::size_t> way; ///< of calling it, once one has worked
  bool without_links = false;     ///< it raises where shared objects are linked to the roots
  bool given_up = false;
  bool changed_schema = false; ///< while it answered with rows of the engine's

  [[nodiscard]] bool is_script() const { return callable->kind == CallableKind::script; }

  void give_up(DriveOutcome outcome, std::string detail)
  {
    facts.outcome = outcome;
    facts.detail = std::move(detail);
    given_up = true;
  }
};

/// Adds what a call that came to its end showed to what is known of the callable, how the database
/// answers its statements included.
void accept_run(Driven& driven, Ground& ground, SeedSize size, Attempt& attempt);

/// Adds the warnings of a call, each once, without what differs from run to run.
void accept_warnings(Driven& driven, const Ground& ground, const Attempt& attempt);

} // namespace assay::probe
