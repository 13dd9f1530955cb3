// SPDX-License-Identifier: MIT
#include "sandbox/cell/cgroup.hpp"

#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>

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

  SECTION("version 2")
  {
    host.kind = CgroupKind::version2;
    auto group = Cgroup::make(host, "0");
    REQUIRE(group);
    write(group_folder / "memory.events", "low 0\noom 3\noom_kill 2\n");
    write(group_folder / "memory.peak", "1048576\n");
    (*group)->reset();
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
    (*group)->reset();
    CHECK_FALSE((*group)->read().out_of_memory);
    write(group_folder / "memory.oom_control", "oom_kill_disable 7\nunder_oom 0\noom_kill 1\n");
    CHECK((*group)->read().out_of_memory);
  }
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
