// SPDX-License-Identifier: MIT
// Repositories that attack whoever looks at them, as data: hostile/<name>.sh makes `repo`, and its
// head says what becomes of it. Where there is a trigger, git itself falls for the attack: a test
// that the trap was set.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace assay::test;
namespace fs = std::filesystem;

namespace {

struct Trap {
  fs::path script;
  std::string expected;
  std::string trigger;
};

Trap read_trap(const fs::path& path)
{
  Trap trap;
  trap.script = path;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("# expect: ")) {
      trap.expected = line.substr(10);
    } else if (line.starts_with("# trigger: ")) {
      trap.trigger = line.substr(11);
    }
  }
  return trap;
}

std::vector<Trap> all_traps()
{
  std::vector<Trap> traps;
  for (const auto& entry :
       fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "tests/end_to_end/hostile")) {
    traps.push_back(read_trap(entry.path()));
  }
  std::ranges::sort(traps, {}, &Trap::script);
  return traps;
}

} // namespace

TEST_CASE("a hostile repository is graded or refused, and nothing of it runs")
{
  for (const Trap& trap : all_traps()) {
    const TemporaryFolder home;
    const fs::path canary = home.path() / "canary";
    const std::string folder = home.path().string();
    const std::string quiet = "GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 HOME=" + folder;
    const std::string at = quiet + " CANARY=" + canary.string();
    CAPTURE(trap.script.filename().string());
    const CommandResult made =
      run({"sh", "-c", "cd " + folder + " && . " + trap.script.string()}, at);
    CAPTURE(made.err);
    REQUIRE(made.code == 0);
    fs::remove(canary); // whatever making it set off

    const CommandResult graded = grader(home, {"grade", folder + "/repo", "--no-store"});
    CAPTURE(graded.err);
    const bool refused = graded.code == 2 || graded.code == 3;
    CHECK((trap.expected == "graded" ? graded.code == 0 : refused));
    CHECK_FALSE(fs::exists(canary));
    CHECK_FALSE(fs::exists(home.path().parent_path() / "escaped.py"));

    if (!trap.trigger.empty()) {
      static_cast<void>(
        run({"timeout", "20", "sh", "-c", "cd " + folder + "/repo && " + trap.trigger}, at));
      CHECK(fs::exists(canary));
    }
  }
}
