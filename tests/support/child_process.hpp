// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::test {

/// A forked copy of this process that runs `body` and ends; its answer comes back through a pipe.
/// Start children before threads.
class ChildProcess {
public:
  explicit ChildProcess(const std::function<std::string()>& body)
  {
    int ends[2];
    if (::pipe(ends) != 0) {
      throw std::runtime_error("pipe");
    }
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      run(body, ends[1]);
    }
    ::close(ends[1]);
    answer_ = ends[0];
  }

  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  ~ChildProcess()
  {
    ::close(answer_);
    if (pid_ > 0) {
      ::waitpid(pid_, nullptr, 0);
    }
  }

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// Waits until the child has said everything.
  std::string answer()
  {
    std::string text;
    char buffer[256];
    for (ssize_t got = 0; (got = ::read(answer_, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(got));
    }
    return text;
  }

  /// Waits for one byte: the child's sign that it has come so far.
  void await_sign()
  {
    char sign = 0;
    if (::read(answer_, &sign, 1) != 1) {
      throw std::runtime_error("the child ended early");
    }
  }

private:
  [[noreturn]] static void run(const std::function<std::string()>& body, int to)
  {
    std::string text;
    try {
      text = body();
    } catch (const std::exception& exception) {
      text = std::string("exception: ") + exception.what();
    }
    if (::write(to, text.data(), text.size()) < 0) {
      ::_exit(1);
    }
    ::_exit(0);
  }

  pid_t pid_ = -1;
  int answer_ = -1;
};

} // namespace assay::test
