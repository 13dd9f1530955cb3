// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/command.hpp"

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::test {

/// git over https on loopback: support/git_server.py with a certificate made for it. The
/// repositories are folders of `root`.
class GitServer {
public:
  GitServer(const std::filesystem::path& root, const std::string& login)
    : root_(root)
  {
    const auto made = run({"openssl",
                           "req",
                           "-x509",
                           "-newkey",
                           "ec",
                           "-pkeyopt",
                           "ec_paramgen_curve:prime256v1",
                           "-nodes",
                           "-subj",
                           "/CN=localhost",
                           "-addext",
                           "subjectAltName=DNS:localhost,DNS:127.0.0.1",
                           "-days",
                           "2",
                           "-keyout",
                           root / "key.pem",
                           "-out",
                           certificate()});
    if (made.code != 0) {
      throw std::runtime_error("no certificate: " + made.err);
    }
    start(login);
  }

  GitServer(const GitServer&) = delete;
  GitServer& operator=(const GitServer&) = delete;

  ~GitServer()
  {
    ::close(input_);
    ::waitpid(server_, nullptr, 0);
  }

  /// What a client must trust.
  [[nodiscard]] std::string certificate() const { return root_ / "certificate.pem"; }

  [[nodiscard]] std::string host() const { return "localhost:" + std::to_string(port_); }

  /// `path` begins with "open/", "private/", "elsewhere/..." or "broken/".
  [[nodiscard]] std::string url(const std::string& path) const
  {
    return "https://" + host() + "/" + path;
  }

  /// What was asked for so far, a line each.
  [[nodiscard]] std::string requests() const { return read_text(root_ / "requests"); }

private:
  void start(const std::string& login)
  {
    int input[2];
    int output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) {
      throw std::runtime_error("pipe");
    }
    const std::string program = std::string(ASSAY_SOURCE_DIR) + "/tests/support/git_server.py";
    const std::string key = root_ / "key.pem";
    server_ = ::fork();
    if (server_ == 0) {
      ::dup2(input[0], STDIN_FILENO);
      ::dup2(output[1], STDOUT_FILENO);
      ::execlp("python3",
               "python3",
               program.c_str(),
               root_.c_str(),
               certificate().c_str(),
               key.c_str(),
               login.c_str(),
               nullptr);
      ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    std::FILE* const said = ::fdopen(output[0], "r");
    const int fields = std::fscanf(said, "%d", &port_);
    std::fclose(said);
    if (fields != 1) {
      throw std::runtime_error("the git server does not start");
    }
  }

  std::filesystem::path root_;
  pid_t server_ = -1;
  int input_ = -1;
  int port_ = 0;
};

} // namespace assay::test
