// SPDX-License-Identifier: MIT
#include "engine/probe/query_scripts.hpp"

#include <algorithm>
#include <array>

namespace assay::probe {

namespace {

/// Errors of a script that no row of ours can be the cause of.
bool is_surely_of_code(const RunError& error)
{
  constexpr std::array<std::string_view, 3> k_types = {"sqlalchemy.exc.InvalidRequestError",
                                                       "sqlalchemy.exc.MissingGreenlet",
                                                       "sqlalchemy.orm.exc.DetachedInstanceError"};
  return std::ranges::find(k_types, error.type) != k_types.end();
}

} // namespace

Scripts::Scripts(std::vector<Driven>& driven, const QueryFacts& facts)
{
  for (Driven& each : driven) {
    if (!each.is_script() || each.given_up) {
      continue;
    }
    auto group = std::ranges::find_if(
      groups_, [&](const Group& known) { return known.script.module == each.module; });
    if (group == groups_.end()) {
      groups_.push_back({{each.module, each.name, {}, {}}, {}, {}, false, false});
      group = groups_.end() - 1;
      for (const Callable& callable : facts.callables) {
        if (callable.kind == CallableKind::script
            && callable.where.path == each.callable->where.path) {
          group->script.blocks.push_back(&callable);
        }
      }
      group->script.wanted.resize(group->script.blocks.size());
      group->blocks.resize(group->script.blocks.size());
    }
    for (std::size_t i = 0; i < group->script.blocks.size(); ++i) {
      const Callable& block = *group->script.blocks[i];
      if (&block == each.callable) {
        group->script.wanted[i] = true;
        group->blocks[i] = &each;
      } else if (block.where.line <= each.callable->where.end_line
                 && each.callable->where.line <= block.where.end_line) {
        each.give_up(DriveOutcome::unsuitable,
                     "It runs only as a script, between the lines of another query.");
      }
    }
  }
}

bool Scripts::drive(cell::Run& run,
                    Ground& ground,
                    const DatabaseImage& tables,
                    const SeedShape& shape,
                    SeedSize size,
                    Driven*& running)
{
  for (Group& group : groups_) {
    const auto open = [](const Driven* each) { return each != nullptr && !each->given_up; };
    const auto first = std::ranges::find_if(group.blocks, open);
    if (first == group.blocks.end()) {
      continue;
    }
    running = *first;
    ScriptAttempt attempt;
    if (!run_group(run, ground, tables, shape, group, attempt)) {
      for (Driven* const each : group.blocks) {
        if (open(each)) {
          each->give_up(DriveOutcome::unsuitable, "Its script ended the process.");
        }
      }
      return false;
    }
    for (std::size_t i = 0; i < group.blocks.size(); ++i) {
      if (open(group.blocks[i])) {
        accept(*group.blocks[i], ground, size, attempt, i);
      }
    }
  }
  running = nullptr;
  return true;
}

/// The first time it is found out what the script needs: no tables, or an object that it asks for.
bool Scripts::run_group(cell::Run& run,
                        Ground& ground,
                        const DatabaseImage& tables,
                        const SeedShape& shape,
                        Group& group,
                        ScriptAttempt& attempt)
{
  const auto once = [&] {
    attempt = {};
    const bool ready = group.makes_tables ? static_cast<bool>(ground.database->clear())
                                          : static_cast<bool>(ground.database->restore(tables));
    return !ready || run_script(run, ground, shape, group.script, group.asked, attempt);
  };
  if (!once()) {
    return false;
  }
  if (group.looked) {
    return true;
  }
  group.looked = true;
  if (!attempt.ok && std::ranges::none_of(attempt.blocks, &Attempt::ok)) {
    group.makes_tables = true;
    if (!once()) {
      return false;
    }
  }
  if (attempt.brought_own || attempt.asked.empty()) {
    return true;
  }
  group.asked = attempt.asked;
  return once();
}

void Scripts::accept(
  Driven& driven, Ground& ground, SeedSize size, ScriptAttempt& attempt, std::size_t block)
{
  if (attempt.failed == static_cast<int>(block) && attempt.rows_there) {
    attempt.error.message = ground.index->without_secrets(attempt.error.message);
    driven.facts.error = attempt.error;
    const bool of_code = is_surely_of_code(attempt.error);
    driven.give_up(of_code ? DriveOutcome::raised : DriveOutcome::unsuitable,
                   of_code
                     ? std::string()
                     : "The script stopped: " + attempt.error.type + ": " + attempt.error.message);
    return;
  }
  Attempt* const one = block < attempt.blocks.size() ? &attempt.blocks[block] : nullptr;
  if (one == nullptr || !one->ok || !attempt.rows_there) {
    driven.give_up(DriveOutcome::unsuitable,
                   attempt.error.type.empty() ? "Its script does not come to it."
                                              : "Its script stops before: " + attempt.error.type);
    return;
  }
  accept_warnings(driven, ground, *one);
  if (one->run.roots_seen == 0 && one->run.leaves_seen == 0) {
    driven.give_up(DriveOutcome::unsuitable,
                   "It runs only as a script, and printed none of the rows that it ran on.");
    return;
  }
  if (one->run.in_call == 0) {
    driven.give_up(DriveOutcome::unsuitable,
                   "It runs only as a script, and printed what was loaded before.");
    return;
  }
  accept_run(driven, ground, size, *one);
}

} // namespace assay::probe
