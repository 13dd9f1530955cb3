// SPDX-License-Identifier: MIT
#include "sandbox/cell/zygote_command.hpp"

#include <array>
#include <string_view>

namespace assay::cell {

namespace fs = std::filesystem;

namespace {

std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
  std::vector<char*> pointers;
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::string& scratch)
{
  // A fixed hash seed: the order of sets must not differ from run to run.
  return {"PATH=/usr/bin:/bin",
          "HOME=" + scratch,
          "TMPDIR=" + scratch,
          "LANG=C.UTF-8",
          "TZ=UTC",
          "PYTHONHASHSEED=0",
          "PYTHONSAFEPATH=1",
          "PYTHONDONTWRITEBYTECODE=1"};
}

std::vector<std::string> interpreter(const std::string& python,
                                     const std::string& zygote,
                                     const std::string& preload,
                                     const std::string& work)
{
  return {python, "-s", "-B", "-u", zygote, preload, work};
}

fs::path find_loader(const fs::path& runtime)
{
  constexpr std::array<std::string_view, 2> k_names = {"ld-linux-x86-64.so.2",
                                                       "ld-linux-aarch64.so.1"};
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(runtime / "usr/lib", ignored)) {
    for (const std::string_view name : k_names) {
      if (fs::exists(entry.path() / name, ignored)) {
        return entry.path() / name;
      }
    }
  }
  return {};
}

} // namespace

Command::Command(std::vector<std::string> arguments, std::vector<std::string> environment)
  : arguments_(std::move(arguments)),
    environment_(std::move(environment)),
    argument_pointers_(pointers_to(arguments_)),
    environment_pointers_(pointers_to(environment_))
{
}

std::unique_ptr<Command> command_in_root(const std::string& python, const std::string& preload)
{
  return std::make_unique<Command>(interpreter(python, "/opt/assay/zygote.py", preload, ""),
                                   environment_with("/scratch"));
}

Expected<std::unique_ptr<Command>> command_on_host(const fs::path& runtime,
                                                   const fs::path& harness,
                                                   const fs::path& work,
                                                   const std::string& python,
                                                   const std::string& preload)
{
  const fs::path loader = find_loader(runtime);
  if (loader.empty()) {
    return Failure{"start the runtime's Python", 0, "the runtime has no loader"};
  }
  std::vector<std::string> arguments{
    loader, "--inhibit-cache", "--library-path", loader.parent_path()};
  for (std::string& argument :
       interpreter(runtime.string() + python, harness / "zygote.py", preload, work)) {
    arguments.push_back(std::move(argument));
  }
  std::vector<std::string> environment = environment_with(work / "scratch");
  // What libraries look for below /usr and /etc.
  environment.push_back("PYTHONHOME=" + (runtime / "usr").string());
  environment.push_back("PYTHONTZPATH=" + (runtime / "usr/share/zoneinfo").string());
  environment.push_back("SSL_CERT_FILE="
                        + (runtime / "etc/ssl/certs/ca-certificates.crt").string());
  return std::make_unique<Command>(std::move(arguments), std::move(environment));
}

} // namespace assay::cell
