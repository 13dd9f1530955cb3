// SPDX-License-Identifier: MIT
// What isolation costs, as ratios in one run: an empty box, a small submission in a warm box, in a
// cold one, and in a plainly forked Python with a local SQLite.
//
//   assay_bench_sandbox [RUNS]
#include "engine/probe/sandbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

using namespace assay;
namespace fs = std::filesystem;
using Ticks = std::chrono::steady_clock;

namespace {

constexpr std::string_view k_submission = R"(
from datetime import datetime
from sqlalchemy import Column, ForeignKey, String, Table, Text, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

class Base(DeclarativeBase):
    pass

post_tags = Table(
    "post_tags", Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True))

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(120), unique=True)
    posts: Mapped[list["Post"]] = relationship(back_populates="author")

class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(server_default=func.now())
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship(back_populates="posts")
    comments: Mapped[list["Comment"]] = relationship(back_populates="post")
    tags: Mapped[list["Tag"]] = relationship(secondary=post_tags, back_populates="posts")

class Comment(Base):
    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    post: Mapped[Post] = relationship(back_populates="comments")

class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    posts: Mapped[list[Post]] = relationship(secondary=post_tags, back_populates="tags")

def work(path):
    engine = create_engine("sqlite:///" + path)
    Base.metadata.create_all(engine)
    found = 0
    with Session(engine) as session:
        session.add(User(id=1, email="a@example.org", posts=[
            Post(id=i, title="t", body="b", comments=[Comment(text="c") for _ in range(3)]) for i in range(1, 5)]))
        session.commit()
    for statement in (
        select(User), select(Post).options(selectinload(Post.comments)), select(Post).where(Post.author_id == 1),
        select(User).options(selectinload(User.posts).selectinload(Post.comments)), select(Comment).join(Post)):
        with Session(engine) as session:
            found += len(session.scalars(statement).all())
    return found
)";

constexpr std::string_view k_plain = R"(
import os, sys, time, tempfile
import sqlalchemy, sqlalchemy.orm, sqlalchemy.ext.asyncio, sqlalchemy.dialects.sqlite, alembic.command, alembic.autogenerate
folder, runs = sys.argv[1], int(sys.argv[2])
sys.path.insert(0, folder)
times = []
for number in range(runs):
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        import case
        assert case.work(f"{folder}/{number}.db") == 22
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0
    times.append((time.perf_counter() - begun) * 1e6)
print(sorted(times)[len(times) // 2])
)";

double median(std::vector<double> values)
{
  std::ranges::sort(values);
  return values[values.size() / 2];
}

double microseconds(const std::function<void()>& work)
{
  const auto begun = Ticks::now();
  work();
  return std::chrono::duration<double, std::micro>(Ticks::now() - begun).count();
}

void require(bool held, std::string_view what)
{
  if (!held) {
    fmt::print(stderr, "bench: {}\n", what);
    std::exit(1);
  }
}

wire::Value call()
{
  return wire::Value(wire::Value::Dict{
    {"module", "case"}, {"function", "work"}, {"arguments", wire::Value::List{"/assay/main"}}});
}

void run_submission(cell::Slot& slot, const cell::Archive& files)
{
  auto run = slot.start(files, {});
  require(static_cast<bool>(run), run ? "" : describe(run.failure()));
  const cell::Reply reply = (*run)->step("call", call());
  require(reply.value == wire::Value(22), "the submission gave something else");
  require((*run)->finish().kind == cell::EndingKind::finished, "the box did not end well");
}

/// The same work without a box: the runtime's Python through its own loader.
double plain_forks(const fs::path& root, int runs)
{
  const fs::path folder = fs::temp_directory_path() / fmt::format("assay-bench-{}", ::getpid());
  fs::create_directories(folder);
  std::ofstream(folder / "case.py") << k_submission;
  std::ofstream(folder / "plain.py") << k_plain;
  fs::path loader;
  for (const auto& entry : fs::directory_iterator(root / "usr/lib")) {
    for (const char* name : {"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}) {
      loader = fs::exists(entry.path() / name) ? entry.path() / name : loader;
    }
  }
  const std::string command = fmt::format("PYTHONHOME={0}/usr taskset -c 0 {1} --library-path {2} "
                                          "{0}/usr/bin/python3 -s -B {3}/plain.py {3} {4}",
                                          root.string(),
                                          loader.string(),
                                          loader.parent_path().string(),
                                          folder.string(),
                                          runs);
  FILE* pipe = ::popen(command.c_str(), "r");
  double value = 0;
  require(pipe != nullptr && std::fscanf(pipe, "%lf", &value) == 1, "the plain Python did not run");
  ::pclose(pipe);
  fs::remove_all(folder);
  return value;
}

long resident_kilobytes(int pid)
{
  std::ifstream file(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) {
      return std::atol(line.c_str() + 6);
    }
  }
  return 0;
}

} // namespace

int main(int argc, char** argv)
{
  const int runs = argc > 1 ? std::atoi(argv[1]) : 40;
  const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
  const auto installation = probe::find_installation(folder);
  require(static_cast<bool>(installation), "the build tree has no harness");
  const auto runtime = runtimes::installed(installation->runtimes, "sqlalchemy-2.0");
  require(static_cast<bool>(runtime), "the runtime sqlalchemy-2.0 is not installed");
  auto files = cell::pack(std::vector<cell::SubmittedFile>{{"case.py", k_submission}});
  auto nothing = cell::pack({});
  require(files && nothing, "no memory");

  probe::SandboxOptions options;
  options.cpu = 0;
  auto sandbox = probe::Sandbox::open(*installation, options);
  require(static_cast<bool>(sandbox), sandbox ? "" : sandbox.error().message);
  cell::Slot& slot = (*sandbox)->slot();

  run_submission(slot, *files);
  std::vector<double> empty;
  std::vector<double> warm;
  for (int i = 0; i < runs; ++i) {
    empty.push_back(microseconds([&] {
      auto run = slot.start(*nothing, {});
      require(static_cast<bool>(run), "no box");
      (*run)->finish();
    }));
    warm.push_back(microseconds([&] { run_submission(slot, *files); }));
  }
  const double plain = plain_forks(runtime->root, runs);
  std::vector<double> cold;
  for (int i = 0; i < 5; ++i) {
    cell::SlotPlan plan;
    plan.cell = probe::plan_cell(*installation, *runtime);
    plan.cell.level = slot.level();
    plan.cell.slot = 7;
    plan.cell.cpu = 0;
    plan.broker = installation->broker;
    cold.push_back(microseconds([&] {
      auto fresh = cell::Slot::open(plan);
      require(static_cast<bool>(fresh), "no cold cell");
      run_submission(**fresh, *files);
    }));
  }

  std::vector<std::unique_ptr<probe::Sandbox>> pair;
  for (int cpu = 0; cpu < 2; ++cpu) {
    probe::SandboxOptions each;
    each.slot = 1 + cpu;
    each.cpu = cpu;
    auto opened = probe::Sandbox::open(*installation, each);
    require(static_cast<bool>(opened), "no second sandbox");
    pair.push_back(std::move(*opened));
  }
  const double both = microseconds([&] {
    const auto work = [&](int i) {
      for (int n = 0; n < runs; ++n) {
        run_submission(pair[static_cast<std::size_t>(i)]->slot(), *files);
      }
    };
    std::thread first(work, 0);
    std::thread second(work, 1);
    first.join();
    second.join();
  });

  fmt::print("empty box, warm                 {:8.1f} ms\n", median(empty) / 1000);
  fmt::print("submission, warm                {:8.1f} ms\n", median(warm) / 1000);
  fmt::print("the same in a plain fork        {:8.1f} ms   warm / plain {:.2f}\n",
             plain / 1000,
             median(warm) / plain);
  fmt::print("submission, cold                {:8.1f} ms   cold / warm  {:.1f}\n",
             median(cold) / 1000,
             median(cold) / median(warm));
  fmt::print("two slots                       {:8.1f} submissions/s\n", 2 * runs / (both / 1e6));
  fmt::print("engine, resident                {:8} MiB\n", resident_kilobytes(::getpid()) / 1024);
}
