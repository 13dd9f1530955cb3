// SPDX-License-Identifier: MIT
#include "sandbox/cell/host.hpp"

#include "sandbox/box/abox.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>

#include <sys/socket.h>
#include <unistd.h>

namespace assay::cell {

namespace {

/// Runs one operation of harness/self_test.py in a box of its own.
std::pair<Reply, Ending> attack(Cell& cell,
                                std::string_view operation,
                                const Limits& limits,
                                const wire::Value& arguments = wire::Value())
{
  auto files = pack({});
  auto database = socket_pair(SOCK_STREAM);
  if (!files || !database) {
    return {};
  }
  auto candidate = cell.start(*files, (*database)[1], limits);
  if (!candidate) {
    Ending ending;
    ending.kind = EndingKind::engine_fault;
    ending.fault = describe(candidate.failure());
    return {Reply{}, ending};
  }
  Reply reply = (*candidate)->step(operation, arguments);
  return {reply, (*candidate)->finish()};
}

std::string read_word(const char* path)
{
  std::ifstream file(path);
  std::string word;
  file >> word;
  return word;
}

/// Why clone3 with namespaces is refused, and what helps.
Finding explain_namespaces(const Failure& failure)
{
  Finding finding{"namespaces", false, describe(failure), {}};
  if (read_word("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1") {
    finding.remedy =
      "run assay as root, or give its program an AppArmor profile with the line: userns,";
  } else if (read_word("/proc/sys/user/max_user_namespaces") == "0") {
    finding.remedy = "sysctl user.max_user_namespaces=10000";
  } else if (read_word("/proc/sys/kernel/unprivileged_userns_clone") == "0") {
    finding.remedy = "sysctl kernel.unprivileged_userns_clone=1";
  } else if (failure.error_number == EPERM || failure.error_number == ENOSYS) {
    finding.remedy =
      "in a container: start it with --security-opt seccomp=unconfined --cap-add SYS_ADMIN, or run "
      "assay outside of it";
  }
  return finding;
}

/// From here on Landlock is all that keeps from the host's files what has no root of its own: Linux
/// 6.7, which also bounds TCP. Signals are the filter's business.
constexpr int k_landlock_alone = 4;

Finding explain_landlock()
{
  const int abi = abox_landlock_abi();
  if (abi > 0) {
    return {"Landlock", true, fmt::format("ABI {}", abi), {}};
  }
  return {"Landlock",
          false,
          "this kernel has none",
          "boot a kernel with lsm=landlock (Linux 5.13 or later)"};
}

} // namespace

std::vector<std::string> self_test(Cell& cell, Level level)
{
  std::vector<std::string> through;
  Limits limits;
  limits.step_seconds = 10;
  limits.memory_bytes = 128ULL << 20;
  const auto [held, end] =
    attack(cell,
           "self_test",
           limits,
           wire::Value(wire::Value::Dict{{"plain", wire::Value(level <= Level::filtered)}}));
  const auto* const names = held.value.get<wire::Value::List>();
  if (held.kind != Reply::Kind::value || names == nullptr || end.kind != EndingKind::finished) {
    through.push_back("the self-test did not run: " + describe(end, limits));
  } else {
    for (const wire::Value& name : *names) {
      const auto* const text = name.get<std::string>();
      through.push_back(text == nullptr ? "unnamed" : *text);
    }
  }
  if (attack(cell, "self_test_filter", limits).second.kind != EndingKind::forbidden_call) {
    through.push_back("makes forbidden system calls");
  }
  if (level == Level::complete
      && attack(cell, "self_test_memory", limits).second.kind != EndingKind::memory_limit) {
    through.push_back("takes more memory than allowed");
  }
  return through;
}

HostReport assess_host(CellPlan plan)
{
  HostReport report;
  report.findings.push_back(explain_landlock());
  const bool groups = plan.cgroups.kind != CgroupKind::none;
  report.findings.push_back(
    groups ? Finding{"control group",
                     true,
                     plan.cgroups.kind == CgroupKind::version2 ? "version 2" : "version 1",
                     {}}
           : Finding{"control group", false, "none that assay may use", plan.cgroups.missing});
  const int landlock = abox_landlock_abi();
  bool namespaces = true;
  for (const Level level : {Level::complete, Level::separated, Level::filtered}) {
    if ((level == Level::complete && (!groups || landlock == 0))
        || (level == Level::filtered ? landlock < k_landlock_alone : !namespaces)) {
      continue;
    }
    plan.level = level;
    auto cell = Cell::open(plan);
    if (!cell) {
      namespaces = false;
      report.findings.push_back(level == Level::filtered
                                  ? Finding{"self-test of L1", false, describe(cell.failure()), {}}
                                  : explain_namespaces(cell.failure()));
      continue;
    }
    const std::vector<std::string> through = self_test(**cell, level);
    const std::string subject = fmt::format("self-test of {}", name_of(level));
    if (through.empty()) {
      if (level != Level::filtered) {
        report.findings.push_back({"namespaces", true, "user, mount, pid, ipc, uts and net", {}});
      }
      report.findings.push_back({subject, true, "every attack was held", {}});
      report.level = level;
      report.cell = std::move(*cell);
      break;
    }
    report.findings.push_back(
      {subject, false, fmt::format("got through: {}", fmt::join(through, ", ")), {}});
  }
  return report;
}

} // namespace assay::cell
