// SPDX-License-Identifier: MIT
// The engine's side under attack: killed, deserted by its zygote, and busy with good and bad at
// once.
#include "sandbox/cell/cell.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace assay;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view k_stubborn = R"(
import signal
import threading
import time

def attack():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    for _ in range(4):
        threading.Thread(target=time.sleep, args=(1000,)).start()
    time.sleep(1000)
)";

constexpr std::string_view k_good = R"(
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(80), unique=True)
    posts: Mapped[list["Post"]] = relationship(back_populates="author")

class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship(back_populates="posts")

def attack():
    Base.registry.configure()
    return [f"{c.table.name}.{c.name} {c.type} {c.nullable}" for t in Base.metadata.sorted_tables for c in t.columns]
)";

constexpr std::string_view k_bad[] = {
  "import os\ndef attack():\n    os._exit(0)\n",
  "import ctypes\ndef attack():\n    ctypes.string_at(0)\n",
  "import ctypes\ndef attack():\n    ctypes.CDLL(None).unshare(0x10000000)\n",
  "def attack():\n    while True:\n        print('x' * 10000)\n",
  "import sqlalchemy.orm\ndef attack():\n    sqlalchemy.orm.Session = sqlalchemy.orm.Mapped = "
  "None\n    return 1\n",
  "raise SystemExit(3)\n",
  "import os\ndef attack():\n    os.write(3, b'garbage')\n    return 1\n",
  "def attack():\n    return 'x' * (1 << 24)\n",
};

const wire::Value k_call(wire::Value::Dict{{"module", "case"}, {"function", "attack"}});

wire::Value answer_of(cell::Cell& cell, std::string_view code)
{
  auto files = cell::pack(std::vector<cell::SubmittedFile>{{"case.py", code}});
  auto database = socket_pair(SOCK_STREAM);
  if (!files || !database) {
    return "no files";
  }
  cell::Limits limits;
  limits.cpu_seconds = 5;
  auto candidate = cell.start(*files, (*database)[1], limits);
  if (!candidate) {
    return describe(candidate.failure());
  }
  const cell::Reply reply = (*candidate)->step("call", k_call);
  (*candidate)->finish();
  return reply.kind == cell::Reply::Kind::value ? reply.value : wire::Value("no value");
}

/// Gone, or dead and waiting for whoever inherits it to notice.
bool is_gone(int pid)
{
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text(std::istreambuf_iterator<char>(file), {});
  const std::size_t end = text.rfind(')');
  return end == std::string::npos || text.size() < end + 3 || text[end + 2] == 'Z'
         || text[end + 2] == 'X';
}

/// Processes of the host whose parent chain contains `pid`, by asking /proc.
std::vector<int> children_of(int pid)
{
  std::vector<int> found;
  std::ifstream file("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
  for (int child = 0; file >> child;) {
    found.push_back(child);
    for (const int grandchild : children_of(child)) {
      found.push_back(grandchild);
    }
  }
  return found;
}

int groups_of(int pid)
{
  const cell::CgroupHost host = cell::find_cgroups();
  int count = 0;
  for (const fs::path& parent : {host.memory, host.pids}) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(parent, ignored)) {
      count +=
        entry.path().filename().string().starts_with("assay-" + std::to_string(pid) + "-") ? 1 : 0;
    }
  }
  return count;
}

} // namespace

TEST_CASE("Killing the engine leaves no process and no control group")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  // Killed while the zygote starts, while a candidate runs, and in between.
  const auto delay = GENERATE(20ms, 300ms, 1500ms, 2500ms);
  const pid_t engine = ::fork();
  REQUIRE(engine >= 0);
  if (engine == 0) {
    auto cell = cell::Cell::open(test::plan_of_cell());
    if (cell) {
      answer_of(**cell, k_stubborn);
    }
    ::_exit(0);
  }
  std::this_thread::sleep_for(delay);
  const std::vector<int> inside = children_of(engine);
  REQUIRE(::kill(engine, SIGKILL) == 0);
  ::waitpid(engine, nullptr, 0);
  const auto deadline = std::chrono::steady_clock::now() + 1s;
  const auto all_gone = [&] {
    return std::ranges::all_of(inside, is_gone) && groups_of(engine) == 0;
  };
  while (!all_gone() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(5ms);
  }
  CAPTURE(inside);
  CHECK(all_gone());
}

TEST_CASE("A zygote that dies costs nobody anything")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  auto cell = cell::Cell::open(test::plan_of_cell());
  REQUIRE(cell);
  auto files = cell::pack(std::vector<cell::SubmittedFile>{{"case.py", k_stubborn}});
  auto database = socket_pair(SOCK_STREAM);
  REQUIRE(files);
  REQUIRE(database);
  auto candidate = (*cell)->start(*files, (*database)[1], {});
  REQUIRE(candidate);
  std::thread killer([&] {
    std::this_thread::sleep_for(100ms);
    ::kill((*cell)->pid(), SIGKILL);
  });
  CHECK((*candidate)->step("call", k_call).kind == cell::Reply::Kind::ended);
  killer.join();
  CHECK((*candidate)->finish().kind == cell::EndingKind::engine_fault);
  CHECK_FALSE((*cell)->usable());
  auto next = cell::Cell::open(test::plan_of_cell());
  REQUIRE(next);
  CHECK(answer_of(**next, k_good) != wire::Value("no value"));
}

TEST_CASE("Good submissions among hostile ones give what they give alone")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  constexpr int k_each = 100; // of good and of bad, on each of two slots
  auto alone = cell::Cell::open(test::plan_of_cell());
  REQUIRE(alone);
  const wire::Value expected = answer_of(**alone, k_good);
  REQUIRE(expected.get<wire::Value::List>() != nullptr);
  REQUIRE(expected.get<wire::Value::List>()->size() == 4);

  std::atomic<int> same = 0;
  const auto work = [&](int slot) {
    cell::CellPlan plan = test::plan_of_cell();
    plan.slot = slot;
    auto cell = cell::Cell::open(plan);
    for (int i = 0; cell && i < k_each; ++i) {
      answer_of(**cell, k_bad[static_cast<std::size_t>(i + slot) % std::size(k_bad)]);
      if (!(*cell)->usable()) {
        cell = cell::Cell::open(plan);
        if (!cell) {
          return;
        }
      }
      same += answer_of(**cell, k_good) == expected ? 1 : 0;
    }
  };
  std::thread first(work, 1);
  std::thread second(work, 2);
  first.join();
  second.join();
  CHECK(same == 2 * k_each);
}
