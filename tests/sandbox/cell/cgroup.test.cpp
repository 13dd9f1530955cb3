// SPDX-License-Identifier: MIT
#include "sandbox/cell/cgroup.hpp"

#include "tests/support/catch.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

using namespace assay::cell;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
  Folder()
    : path_(fs::temp_directory_path() / ("assay-test-cgroup-" + std::to_string(::getpid())))
  {
    fs::create_directories(path_);
  }

  ~Folder() { fs::remove_all(path_); }

  [[nodiscard]] const fs::path& path() const { return path_; }

private:
  fs::path path_;
};

/// A process that waits until it is killed.
class Candidate {
public:
  Candidate()
    : pid_(::fork())
  {
    while (pid_ == 0) {
      ::pause();
    }
  }

  Candidate(const Candidate&) = delete;
  Candidate& operator=(const Candidate&) = delete;

  ~Candidate()
  {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  [[nodiscard]] int pid() const { return pid_; }

private:
  int pid_;
};

void write(const fs::path& path, const std::string& text)
{
  std::ofstream(path) << text;
}

} // namespace

TEST_CASE("A host without usable control groups says why")
{
  const Folder folder;
  CHECK(find_cgroups(folder.path() / "nothing").kind == CgroupKind::none);
  CHECK(find_cgroups(folder.path() / "nothing").missing == "this host mounts no control groups");
  write(folder.path() / "cgroup.controllers", "");
  const CgroupHost host = find_cgroups(folder.path());
  CHECK(host.kind == CgroupKind::none);
  CHECK(host.missing.find("Delegate=yes") != std::string::npos);
}

TEST_CASE("Kills are counted from the last reset on, whatever the version")
{
  const Folder folder;
  CgroupHost host;
  host.memory = folder.path();
  const fs::path group_folder = folder.path() / ("assay-" + std::to_string(::getpid()) + "-0");
  const Candidate candidate;

  SECTION("version 2")
  {
    host.kind = CgroupKind::version2;
    auto group = Cgroup::make(host, "0");
    REQUIRE(group);
    write(group_folder / "memory.events", "low 0\noom 3\noom_kill 2\n");
    write(group_folder / "memory.peak", "1048576\n");
    REQUIRE((*group)->reset(candidate.pid()));
    CHECK_FALSE((*group)->read().out_of_memory);
    write(group_folder / "memory.events", "low 0\noom 4\noom_kill 3\n");
    CHECK((*group)->read().out_of_memory);
  }
  SECTION("version 1")
  {
    host.kind = CgroupKind::version1;
    auto group = Cgroup::make(host, "0");
    REQUIRE(group);
    write(group_folder / "memory.oom_control", "oom_kill_disable 7\nunder_oom 0\noom_kill 0\n");
    REQUIRE((*group)->reset(candidate.pid()));
    CHECK_FALSE((*group)->read().out_of_memory);
    write(group_folder / "memory.oom_control", "oom_kill_disable 7\nunder_oom 0\noom_kill 1\n");
    CHECK((*group)->read().out_of_memory);
  }
}

TEST_CASE("What the zygote uses is not taken from a candidate")
{
  const Folder folder;
  CgroupHost host;
  host.kind = CgroupKind::version2;
  host.memory = folder.path();
  const fs::path group_folder = folder.path() / ("assay-" + std::to_string(::getpid()) + "-2");
  auto group = Cgroup::make(host, "2");
  REQUIRE(group);
  write(group_folder / "memory.current", "1000000\n");
  write(group_folder / "memory.max", "");
  (*group)->settle();
  REQUIRE((*group)->bound(500000, 4));
  std::string text;
  std::ifstream(group_folder / "memory.max") >> text;
  CHECK(text == "1500000");
}

TEST_CASE("A limit that cannot be set is a failure, not a hope")
{
  const Folder folder;
  CgroupHost host;
  host.kind = CgroupKind::version2;
  host.memory = folder.path();
  auto group = Cgroup::make(host, "1");
  REQUIRE(group);
  CHECK_FALSE((*group)->bound(1 << 20, 4));
}
