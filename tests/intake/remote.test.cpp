// SPDX-License-Identifier: MIT
// Fetching: the cache, several processes, interruptions, and remotes that do not answer. Nothing
// leaves this machine.
#include "tests/intake/support.hpp"
#include "tests/support/catch.hpp"

#include <netinet/in.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace assay;
using intake::IntakeProgress;
using intake::IntakeStage;
using test::content;
using test::obtain;

namespace fs = std::filesystem;

namespace {

/// A repository that a URL names, and a cache of its own.
struct Remote {
  Remote()
    : repository(folder / "blog", test::Bare::yes)
  {
    for (int i = 0; i < 20; ++i) {
      repository.commit({{"a.py", {std::to_string(i)}}, {"b" + std::to_string(i) + ".py", {"x"}}},
                        {.when = 1'700'000'000 + i});
    }
    options.cache_directory = folder / "cache";
  }

  [[nodiscard]] Result<Snapshot> get(const std::string& ref = "") const
  {
    return obtain(repository.url(), ref, options);
  }

  /// Everything in the cache but lock files.
  [[nodiscard]] std::vector<std::string> kept() const
  {
    auto names = test::names_in(folder / "cache/repositories");
    std::erase_if(names, [](const std::string& name) { return name.ends_with(".lock"); });
    return names;
  }

  test::TemporaryFolder folder;
  test::GitRepository repository;
  intake::IntakeOptions options;
};

/// Accepts connections on 127.0.0.1 and says nothing, or hangs up at once.
class Listener {
public:
  enum class Manner { silent, hangs_up };

  explicit Listener(Manner manner)
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
  {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    listen(socket_, 8);
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this, manner] {
      for (;;) {
        const int connection = accept(socket_, nullptr, nullptr);
        if (connection < 0) {
          return;
        }
        if (manner == Manner::hangs_up) {
          close(connection);
        } else {
          connections_.push_back(connection);
        }
      }
    });
  }

  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  ~Listener()
  {
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
    for (const int connection : connections_) {
      close(connection);
    }
  }

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
  int socket_;
  int port_ = 0;
  std::vector<int> connections_;
  std::jthread thread_;
};

std::uint64_t objects_received(Remote& remote)
{
  std::uint64_t objects = 0;
  remote.options.progress = [&objects](const IntakeProgress& progress) {
    objects = std::max(objects, progress.total_objects);
  };
  REQUIRE(remote.get().has_value());
  remote.options.progress = nullptr;
  return objects;
}

/// Runs `work` in a child process and answers how it ended, as waitpid(2) says.
template<class Work>
pid_t in_child(Work work)
{
  const pid_t child = fork();
  if (child == 0) {
    _exit(work());
  }
  return child;
}

int ended(pid_t child)
{
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

} // namespace

TEST_CASE("A file URL gives the same snapshot as the repository it names, with and without a cache")
{
  Remote remote;
  const test::TemporaryRoot temporary;
  const auto local = obtain(remote.repository.path()).value();
  const auto cached = remote.get().value();
  remote.options.use_cache = intake::UseCache::no;
  const auto uncached = remote.get().value();
  CHECK(cached.tree_digest == local.tree_digest);
  CHECK(cached.commit == local.commit);
  CHECK(cached.history == local.history);
  CHECK(uncached.tree_digest == local.tree_digest);
  CHECK(cached.resolved_ref == "main");
  CHECK(cached.submission.source == remote.repository.url());
  CHECK(remote.kept().size() == 1);
  CHECK(temporary.empty());
}

TEST_CASE("Without a cache nothing is kept")
{
  Remote remote;
  remote.options.use_cache = intake::UseCache::no;
  REQUIRE(remote.get().has_value());
  CHECK_FALSE(fs::exists(remote.folder / "cache"));
}

TEST_CASE("A repeated grade fetches only what is new")
{
  Remote remote;
  const std::uint64_t first = objects_received(remote);
  CHECK(first >= 60); // 20 commits, 20 trees, 20 contents of a.py and one of the others
  CHECK(objects_received(remote) == 0);
  remote.repository.commit({{"a.py", {"new"}}});
  const std::uint64_t more = objects_received(remote);
  CHECK(more >= 2);
  CHECK(more <= 10);
  CHECK(content(remote.get().value(), "a.py") == "new");
}

TEST_CASE("What the remote says now is graded, not what the cache remembers")
{
  Remote remote;
  const std::string old = remote.get()->commit;
  // A forced push: another history under the same name, and a branch where there was a folder of
  // branches.
  remote.repository.set_reference("refs/heads/topic/one", old);
  REQUIRE(remote.get("topic/one").has_value());
  fs::remove_all(remote.folder / "blog/refs/heads");
  fs::create_directories(remote.folder / "blog/refs/heads");
  const std::string fresh = remote.repository.commit({{"a.py", {"rewritten"}}}, {.branch = "main"});
  remote.repository.set_reference("refs/heads/topic", fresh);
  CHECK(remote.get()->commit == fresh);
  CHECK(remote.get("topic")->commit == fresh);
  CHECK(remote.get("topic/one").error().code == ErrorCode::not_found);
  CHECK(remote.get(old).error().code == ErrorCode::not_found);
}

TEST_CASE("A history that was replaced by force is told, and one that went on is not")
{
  Remote remote;
  std::vector<intake::ReplacedHistory> told;
  remote.options.replaced = [&](const intake::ReplacedHistory& replaced) {
    told.push_back(replaced);
  };
  const auto commit = [&](const std::string& text, std::vector<std::string> parents) {
    return remote.repository.commit({{"a.py", {text}}},
                                    {.branch = "topic", .parents = std::move(parents)});
  };
  const std::string first = commit("one", {remote.get()->commit});
  told.clear();
  REQUIRE(remote.get("topic").has_value());
  const std::string second = commit("two", {first});
  REQUIRE(remote.get("topic").has_value());
  CHECK(told.empty());

  fs::remove(remote.folder / "blog/refs/heads/topic");
  commit("all at once", {first});
  // However often it is obtained, and also after the next push.
  for (const char* text : {"", "more"}) {
    if (*text != '\0') {
      commit(text, {});
    }
    REQUIRE(remote.get("topic").has_value());
    REQUIRE(remote.get("topic").has_value());
    REQUIRE(told.size() == 2);
    for (const intake::ReplacedHistory& replaced : told) {
      CHECK(replaced.tip == second);
      CHECK(replaced.commits == 1);
    }
    told.clear();
  }
  remote.options.use_cache = intake::UseCache::no;
  REQUIRE(remote.get("topic").has_value());
  CHECK(told.empty());
}

TEST_CASE("A tag, a commit and a deadline work through a URL too")
{
  Remote remote;
  const auto local =
    intake::obtain({remote.repository.path(), "", Instant{std::chrono::seconds{1'700'000'005}}}, {})
      .value();
  const auto fetched =
    intake::obtain({remote.repository.url(), "", Instant{std::chrono::seconds{1'700'000'005}}},
                   remote.options)
      .value();
  CHECK(fetched.commit == local.commit);
  CHECK(fetched.history.commits_after == 14);
  remote.repository.annotated_tag("v1", local.commit);
  CHECK(remote.get("v1")->commit == local.commit);
  CHECK(remote.get(local.commit)->commit == local.commit);
  CHECK(remote.get(local.commit.substr(0, 10))->commit == local.commit);
}

TEST_CASE("A remote that is gone is an error even if the cache knows it")
{
  Remote remote;
  REQUIRE(remote.get().has_value());
  fs::rename(remote.folder / "blog", remote.folder / "gone");
  const auto snapshot = remote.get();
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::not_found);
}

TEST_CASE("A folder that is no repository, and an empty one, are errors through a URL too")
{
  const test::TemporaryFolder folder;
  folder.write("plain/a.py", "1");
  CHECK_THAT(obtain("file://" + (folder / "plain").string()).error().message,
             Catch::Contains("not a git repository"));
  CHECK(obtain("file://" + (folder / "nowhere").string()).error().code == ErrorCode::not_found);
  const test::GitRepository empty(folder / "empty");
  CHECK_THAT(obtain(empty.url()).error().message, Catch::Contains("is empty"));
}

TEST_CASE("Several processes and threads share one cache")
{
  const Remote remote;
  const std::string expected = obtain(remote.repository.path())->tree_digest;
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    children.push_back(in_child([&] {
      for (int turn = 0; turn < 3; ++turn) {
        const auto snapshot = remote.get();
        if (!snapshot || snapshot->tree_digest != expected) {
          return 1;
        }
      }
      return 0;
    }));
  }
  for (const pid_t child : children) {
    CHECK(ended(child) == 0);
  }
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        const auto snapshot = remote.get();
        right += snapshot && snapshot->tree_digest == expected ? 1 : 0;
      });
    }
  }
  CHECK(right == 4);
  CHECK(remote.kept().size() == 1);
}

TEST_CASE("An interrupted fetch leaves no temporary files and a usable cache")
{
  const bool known = GENERATE(false, true);
  Remote remote;
  const test::TemporaryRoot temporary;
  if (known) {
    REQUIRE(remote.get().has_value());
    remote.repository.commit({{"a.py", {"new"}}});
  }
  std::atomic<bool> cancelled = false;
  remote.options.cancelled = &cancelled;
  remote.options.progress = [&cancelled](const IntakeProgress& progress) {
    cancelled = cancelled || progress.stage == IntakeStage::receiving
                || progress.stage == IntakeStage::resolving;
  };
  const auto snapshot = remote.get();
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::unavailable);
  CHECK_THAT(snapshot.error().message, Catch::Contains("interrupted"));
  CHECK(remote.kept().size() == (known ? 1U : 0U));
  CHECK(temporary.empty());
  cancelled = false;
  remote.options.progress = nullptr;
  CHECK(content(remote.get().value(), "a.py") == (known ? "new" : "19"));
}

TEST_CASE("A process that is killed while fetching leaves a usable cache")
{
  const bool known = GENERATE(false, true);
  Remote remote;
  const test::TemporaryRoot temporary;
  if (known) {
    REQUIRE(remote.get().has_value());
    remote.repository.commit({{"a.py", {"new"}}});
  }
  const pid_t child = in_child([&] {
    remote.options.progress = [](const IntakeProgress& progress) {
      if (progress.stage == IntakeStage::receiving || progress.stage == IntakeStage::resolving) {
        raise(SIGKILL);
      }
    };
    return remote.get().has_value() ? 0 : 1;
  });
  REQUIRE(WIFSIGNALED(ended(child)));
  CHECK(content(remote.get().value(), "a.py") == (known ? "new" : "19"));
  CHECK(remote.kept().size() == 1);
}

TEST_CASE("A damaged cache is replaced")
{
  Remote remote;
  REQUIRE(remote.get().has_value());
  const fs::path kept = remote.folder / "cache/repositories" / remote.kept().front();
  const auto* how = GENERATE("config", "objects", "pack", "refs", "file");
  const std::string what = how;
  CAPTURE(what);
  if (what == "config") {
    remote.folder.write(kept.lexically_relative(remote.folder.path()) / "config", "[[[");
  } else if (what == "objects") {
    fs::remove_all(kept / "objects/pack");
  } else if (what == "pack") {
    for (const auto& entry : fs::directory_iterator(kept / "objects/pack")) {
      fs::permissions(entry.path(), fs::perms::owner_all);
      fs::resize_file(entry.path(), 40);
    }
  } else if (what == "refs") {
    remote.folder.write(kept.lexically_relative(remote.folder.path()) / "refs/heads/main",
                        "nonsense\n");
  } else {
    fs::remove_all(kept);
    remote.folder.write(kept.lexically_relative(remote.folder.path()), "not a folder");
  }
  const auto snapshot = remote.get();
  REQUIRE(snapshot.has_value());
  CHECK(content(*snapshot, "a.py") == "19");
}

TEST_CASE("A cache that another process holds for too long is a conflict")
{
  Remote remote;
  REQUIRE(remote.get().has_value());
  const fs::path lock = remote.folder / "cache/repositories" / (remote.kept().front() + ".lock");
  const int held = open(lock.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(flock(held, LOCK_EX) == 0);
  remote.options.limits.max_wall = std::chrono::milliseconds{1500};
  bool waiting = false;
  remote.options.progress = [&waiting](const IntakeProgress& progress) {
    waiting = waiting || progress.stage == IntakeStage::waiting;
  };
  const auto snapshot = remote.get();
  close(held);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::conflict);
  CHECK_THAT(snapshot.error().message, Catch::Contains("another process"));
  CHECK(waiting);
}

TEST_CASE("A cache that anybody may write is refused")
{
  Remote remote;
  fs::create_directories(remote.folder / "cache/repositories");
  fs::permissions(remote.folder / "cache/repositories", fs::perms::all);
  CHECK(remote.get().error().code == ErrorCode::invalid_input);
}

TEST_CASE("A cache folder that cannot be made is an error of the disk")
{
  Remote remote;
  remote.folder.write("file", "");
  remote.options.cache_directory = remote.folder / "file";
  CHECK(remote.get().error().code == ErrorCode::io);
}

TEST_CASE("A disk with too little room ends a fetch before it begins")
{
  Remote remote;
  remote.options.limits.min_free_bytes = std::uint64_t{1} << 62U;
  const auto snapshot = remote.get();
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::io);
  CHECK_THAT(snapshot.error().message, Catch::Contains("is full"));
  CHECK(remote.kept().empty());
}

TEST_CASE("A write that the system refuses is an error of the disk and leaves a usable cache")
{
  Remote remote;
  REQUIRE(remote.get().has_value());
  std::string large;
  for (int i = 0; i < 20'000; ++i) {
    large += std::to_string(i * 7919); // some 80 KiB when compressed
  }
  remote.repository.commit({{"a.py", {large}}, {"b.py", {"new"}}});
  const pid_t child = in_child([&] {
    // As a full disk would: writes beyond the limit fail.
    const rlimit limit = {8192, 8192};
    std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    const auto snapshot = remote.get();
    return !snapshot && snapshot.error().code == ErrorCode::io ? 0 : 1;
  });
  CHECK(ended(child) == 0);
  CHECK(content(remote.get().value(), "b.py") == "new");
}

TEST_CASE("A port where nobody listens is named in one line")
{
  const auto* source = GENERATE("https://127.0.0.1:1/ana/blog", "ssh://git@127.0.0.1:1/ana/blog");
  const auto snapshot = obtain(source);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::unavailable);
  CHECK_THAT(snapshot.error().message,
             Catch::StartsWith(source) && Catch::Contains("cannot be reached"));
  CHECK(snapshot.error().message.find('\n') == std::string::npos);
}

TEST_CASE("A host that hangs up is unavailable")
{
  const Listener listener(Listener::Manner::hangs_up);
  const std::string scheme = GENERATE("https://", "ssh://git@");
  const auto snapshot = obtain(scheme + listener.address() + "/ana/blog");
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::unavailable);
}

TEST_CASE("A host that stays silent is given up at the limit on wall time")
{
  const Listener listener(Listener::Manner::silent);
  const std::string scheme = GENERATE("https://", "ssh://git@");
  intake::IntakeOptions options;
  options.limits.max_wall = std::chrono::milliseconds{300};
  const auto begin = std::chrono::steady_clock::now();
  const auto snapshot = obtain(scheme + listener.address() + "/ana/blog", "", options);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::limit_exceeded);
  CHECK_THAT(snapshot.error().message, Catch::Contains("longer than 0.3 s"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{20});
}

TEST_CASE("Waiting for a silent host can be interrupted")
{
  const Listener listener(Listener::Manner::silent);
  std::atomic<bool> cancelled = false;
  intake::IntakeOptions options;
  options.cancelled = &cancelled;
  const std::jthread user([&cancelled] {
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    cancelled = true;
  });
  const auto snapshot = obtain("https://" + listener.address() + "/ana/blog", "", options);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::unavailable);
  CHECK_THAT(snapshot.error().message, Catch::Contains("interrupted"));
}
