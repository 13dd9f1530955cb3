// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::runtimes {

namespace {

constexpr std::array<std::string_view, 6> k_folders = {
  "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"};

constexpr std::size_t k_max_output = std::size_t{16} << 20;

std::vector<char*> pointers(const std::vector<std::string>& texts)
{
  std::vector<char*> list;
  for (const std::string& text : texts) {
    list.push_back(const_cast<char*>(text.c_str())); // NOLINT: execve does not write
  }
  list.push_back(nullptr);
  return list;
}

/// Only async-signal-safe calls: it runs between fork and exec.
[[noreturn]] void become(const char* program,
                         char* const* arguments,
                         char* const* environment,
                         int input,
                         int output,
                         int errors,
                         pid_t parent)
{
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  if (::prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || ::getppid() != parent
      || ::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0
      || ::dup2(errors, STDERR_FILENO) < 0) {
    ::_exit(127);
  }
  ::execve(program, arguments, environment);
  ::_exit(127);
}

} // namespace

Expected<Process> Process::start(const std::vector<std::string>& arguments,
                                 const std::vector<std::string>& environment,
                                 const std::filesystem::path& errors_to)
{
  const std::filesystem::path program = arguments.front().starts_with('/')
                                          ? std::filesystem::path(arguments.front())
                                          : find_program(arguments.front());
  if (program.empty()) {
    return Failure{arguments.front(), 0, "is not installed"};
  }
  auto pipe = make_pipe();
  if (!pipe) {
    return pipe.failure();
  }
  const Descriptor input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const Descriptor errors(
    ::open(errors_to.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!input || !errors) {
    return system_failure("start " + arguments.front());
  }
  const auto argument_pointers = pointers(arguments);
  const auto environment_pointers = pointers(environment);
  const pid_t parent = ::getpid();
  Process process;
  process.id_ = ::fork();
  if (process.id_ < 0) {
    return system_failure("start " + arguments.front());
  }
  if (process.id_ == 0) {
    become(program.c_str(),
           argument_pointers.data(),
           environment_pointers.data(),
           input.get(),
           (*pipe)[1].get(),
           errors.get(),
           parent);
  }
  process.output_ = std::move((*pipe)[0]);
  return process;
}

Process::Process(Process&& other) noexcept
  : id_(std::exchange(other.id_, -1)),
    output_(std::move(other.output_))
{
}

Process::~Process()
{
  if (id_ > 0) {
    ::kill(id_, SIGTERM);
    output_.reset();
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
}

Expected<std::size_t> Process::read(std::span<std::byte> into)
{
  while (true) {
    const ssize_t got = ::read(output_.get(), into.data(), into.size());
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) {
      return system_failure("read from a tool");
    }
  }
}

Expected<int> Process::wait()
{
  std::array<std::byte, 4096> rest{};
  while (true) {
    const auto got = read(rest);
    if (!got) {
      return got.failure();
    }
    if (*got == 0) {
      break;
    }
  }
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0) {
    if (errno != EINTR) {
      return system_failure("waitpid");
    }
  }
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Expected<std::string> Process::output(int& status)
{
  std::string text;
  std::array<std::byte, 4096> part{};
  while (true) {
    const auto got = read(part);
    if (!got) {
      return got.failure();
    }
    if (*got == 0) {
      break;
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): a char view of bytes
    text.append(reinterpret_cast<const char*>(part.data()), *got);
    if (text.size() > k_max_output) {
      return Failure{"read from a tool", 0, "wrote more than 16 MiB"};
    }
  }
  const auto ended = wait();
  if (!ended) {
    return ended.failure();
  }
  status = *ended;
  return text;
}

std::filesystem::path find_program(std::string_view name)
{
  for (const std::string_view folder : k_folders) {
    const std::filesystem::path path = std::filesystem::path(folder) / name;
    if (::access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return {};
}

std::vector<std::string> tool_environment()
{
  std::vector<std::string> environment = {"LC_ALL=C.UTF-8",
                                          "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:"
                                          "/sbin:/bin"};
  constexpr std::array k_kept = {"http_proxy",
                                 "https_proxy",
                                 "no_proxy",
                                 "HTTP_PROXY",
                                 "HTTPS_PROXY",
                                 "NO_PROXY",
                                 "SSL_CERT_FILE",
                                 "TMPDIR",
                                 "HOME"};
  for (const char* const name : k_kept) {
    if (const char* const value = std::getenv(name)) { // NOLINT(concurrency-mt-unsafe)
      environment.push_back(std::string(name) + "=" + value);
    }
  }
  return environment;
}

} // namespace assay::runtimes
