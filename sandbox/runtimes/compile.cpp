// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/builder.hpp"
#include "sandbox/runtimes/inspect.hpp"
#include "sandbox/runtimes/process.hpp"
#include "sandbox/runtimes/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace assay::runtimes {

namespace {

namespace fs = std::filesystem;

/// First path below `root` that matches <folder>/<any>/<prefix>*, or <folder>/<prefix>*.
fs::path find_below(const fs::path& folder, std::string_view prefix)
{
  std::vector<fs::path> nested;
  std::error_code code;
  for (fs::directory_iterator next(folder, code), end; !code && next != end; next.increment(code)) {
    if (next->path().filename().string().starts_with(prefix)) {
      return next->path();
    }
    std::error_code ignored;
    if (next->is_directory(ignored) && !next->is_symlink(ignored)) {
      nested.push_back(next->path());
    }
  }
  for (const fs::path& inner : nested) {
    for (fs::directory_iterator next(inner, code), end; !code && next != end;
         next.increment(code)) {
      if (next->path().filename().string().starts_with(prefix)) {
        return next->path();
      }
    }
  }
  return {};
}

/// Loader, libraries and interpreter of the tree, whatever the host has.
Expected<std::vector<std::string>> interpreter_command(const fs::path& root,
                                                       const std::string& name)
{
  const fs::path loader = find_below(root / "usr/lib64", "ld-linux");
  const fs::path other = loader.empty() ? find_below(root / "usr/lib", "ld-linux") : loader;
  const fs::path libc = find_below(root / "usr/lib", "libc.so.6");
  if (other.empty() || libc.empty()) {
    return Failure{"runtime", 0, "has no C library"};
  }
  return std::vector<std::string>{other.string(),
                                  "--library-path",
                                  libc.parent_path().string(),
                                  (root / name.substr(1)).string(),
                                  "-I",
                                  "-S"};
}

std::vector<std::string> modules_of(const fs::path& root, const Contents& contents)
{
  std::vector<std::string> modules;
  const fs::path own = "usr/local/lib/python" + contents.python_version;
  for (const fs::path& folder :
       {fs::path(contents.standard_library), fs::path("usr/lib/python3"), own}) {
    std::error_code code;
    for (fs::recursive_directory_iterator next(root / folder, code), end; !code && next != end;
         next.increment(code)) {
      if (next->path().extension() == ".py" && next->is_regular_file()) {
        modules.push_back(next->path().string());
      }
    }
  }
  std::ranges::sort(modules);
  modules.erase(std::unique(modules.begin(), modules.end()), modules.end());
  return modules;
}

} // namespace

Expected<void> compile_modules(const fs::path& root, const fs::path& log)
{
  const auto contents = inspect(root, {});
  if (!contents) {
    return contents.failure();
  }
  auto interpreter = interpreter_command(root, contents->python);
  if (!interpreter) {
    return interpreter.failure();
  }
  const std::vector<std::string> modules = modules_of(root, *contents);
  const std::size_t workers = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
  std::vector<Process> running;
  std::vector<fs::path> lists;
  for (std::size_t worker = 0; worker < workers; ++worker) {
    std::string share;
    for (std::size_t i = worker; i < modules.size(); i += workers) {
      share += modules[i] + '\n';
    }
    lists.push_back(log.parent_path() / fmt::format("modules-{}", worker));
    if (const auto written = write_file(lists.back(), share); !written) {
      return written.failure();
    }
    std::vector<std::string> command = *interpreter;
    command.insert(command.end(),
                   {"-m",
                    "compileall",
                    "-qq",
                    "--invalidation-mode=unchecked-hash",
                    "-s",
                    root.string(),
                    "-p",
                    "/",
                    "-i",
                    lists.back().string()});
    auto process = Process::start(command, {"LC_ALL=C.UTF-8", "PATH=/usr/bin"}, log);
    if (!process) {
      return process.failure();
    }
    running.push_back(std::move(*process));
  }
  for (Process& process : running) {
    // Modules that do not compile (tests, templates) make the status 1; what matters is below.
    const auto status = process.wait();
    if (!status) {
      return status.failure();
    }
    if (*status > 1) {
      return Failure{
        "compile modules", 0, fmt::format("{} ended with {}", contents->python, *status)};
    }
  }
  std::error_code code;
  for (const fs::path& list : lists) {
    fs::remove(list, code);
  }
  std::string tag = contents->python_version;
  std::erase(tag, '.');
  const std::string compiled = fmt::format("__pycache__/__init__.cpython-{}.pyc", tag);
  const bool done = std::ranges::any_of(modules, [&](const std::string& module) {
    return module.ends_with("/sqlalchemy/__init__.py")
           && fs::exists(fs::path(module).parent_path() / compiled, code);
  });
  if (!done) {
    return Failure{"compile modules", 0, "SQLAlchemy was not compiled"};
  }
  return {};
}

} // namespace assay::runtimes
