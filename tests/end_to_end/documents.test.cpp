// SPDX-License-Identifier: MIT
// Every command that a document shows in a block of shell is run, on a sample.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/git_repository.hpp"

#include <SQLiteCpp/Database.h>

#include <map>
#include <sstream>

using namespace assay::test;

namespace {

namespace fs = std::filesystem;

struct Shown {
  std::string document;
  std::string command;
};

/// Not run here, each for its reason.
const std::map<std::string, const char*> k_elsewhere = {
  {"samples/demo.sh", "sets the machine up and builds"},
  {"tests/run.sh", "sets the machine up, builds, and runs this test"},
  {"cmake --workflow --preset dev", "builds, and runs this test"},
  {"tests/format.sh --fix", "rewrites the sources; the test \"format\" runs the script"},
  {"cmake --build --preset release --target assay_bench_read && "
   "build/release/tests/assay_bench_read",
   "measures, in the release preset"},
  {"cmake --build --preset release --target assay_bench_report && "
   "build/release/tests/assay_bench_report results.sqlite",
   "measures, in the release preset"},
  {"cmake --build --preset release && cpack -G DEB --config build/release/CPackConfig.cmake -B "
   "build/release",
   "packages; the tests below tests/packaging do"},
  {"ASSAY_TABLE=1 build/dev/tests/assay_tests_pipeline", "is a test itself"},
};

/// The lines of all ```sh blocks, without comments.
void collect(const fs::path& document, std::vector<Shown>& shown)
{
  std::istringstream text(read_text(document));
  bool inside = false;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("```")) {
      inside = line == "```sh";
    } else if (inside) {
      line = line.substr(0, line.find(" # "));
      line.erase(line.find_last_not_of(' ') + 1);
      if (!line.empty()) {
        shown.push_back({fs::relative(document, ASSAY_SOURCE_DIR).string(), line});
      }
    }
  }
}

std::vector<Shown> shown_commands()
{
  std::vector<Shown> shown;
  const fs::path root = ASSAY_SOURCE_DIR;
  collect(root / "README.md", shown);
  for (const char* folder : {"docs", "rubrics"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() == ".md") {
        collect(entry.path(), shown);
      }
    }
  }
  return shown;
}

/// `command` with the repository in place of every address of example.org.
std::string with_repository(std::string command, const std::string& repository)
{
  for (auto at = command.find("https://example.org/"); at != std::string::npos;
       at = command.find("https://example.org/")) {
    command.replace(at, command.find(' ', at) - at, repository);
  }
  return command;
}

/// `command` with files below `home` in place of those a document speaks of.
std::string with_files(std::string command, const std::string& home)
{
  for (const std::string file :
       {"candidates.csv", "results.sqlite", "merged.sqlite", "record.json"}) {
    for (auto at = command.find(" " + file); at != std::string::npos;
         at = command.find(" " + file, at + 1)) {
      command.insert(at + 1, home + "/");
    }
  }
  return command;
}

/// The words of an assay command, without what reads its output; empty if it is another program.
std::string assay_words(const std::string& command)
{
  for (const std::string program : {"assay ", "build/release/engine/cli/assay "}) {
    if (command.starts_with(program)) {
      return command.substr(program.size(), command.find(" | ") - program.size());
    }
  }
  return {};
}

/// What a command names as its output, relative to where it runs; empty if nothing.
std::string written_by(const std::string& words)
{
  const std::string option =
    words.find("--artifacts ") == std::string::npos ? "--output " : "--artifacts ";
  const auto at = words.find(option);
  return at == std::string::npos
           ? std::string()
           : words.substr(at + option.size(),
                          words.find(' ', at + option.size()) - at - option.size());
}

/// `command` with `path` in place of the output it names.
std::string with_output(std::string command, const fs::path& path)
{
  const std::string name = written_by(command);
  if (!name.empty()) {
    command.replace(command.rfind(" " + name) + 1, name.size(), path.string());
  }
  return command;
}

} // namespace

TEST_CASE("every command in a document works")
{
  const TemporaryFolder home;
  GitRepository repository(home.path() / "blog");
  repository.commit_folder(sample_folder("select-joined"));
  REQUIRE(grader(home, {"grade", repository.url()}).code == 0);
  home.write("candidates.csv",
             "candidate,repository\nana," + repository.url() + "\nbruno,"
               + sample_folder("single-script").string() + "\n");
  const std::string database = (home.path() / "data/assay/results.sqlite").string();
  int run_here = 0;
  for (const auto& [document, command] : shown_commands()) {
    CAPTURE(document, command);
    if (k_elsewhere.contains(command)) {
      continue;
    }
    ++run_here;
    if (const auto words = assay_words(command); !words.empty()) {
      const fs::path written = home.path() / written_by(words);
      const std::string here =
        with_files(with_repository(words, repository.url()), home.path().string());
      const std::string line = k_assay + " " + with_output(here, written);
      const bool grades =
        words.starts_with("grade ") || words.starts_with("batch ") || words.starts_with("ci ");
      const CommandResult result =
        run({"sh", "-c", line + (grades ? " --no-run" : "")}, at_home(home));
      CAPTURE(result.err);
      CHECK(result.code == 0);
      CHECK((!result.out.empty() || fs::exists(written)));
    } else if (command.starts_with("sqlite3 ")) {
      const auto from = command.find('"') + 1;
      SQLite::Database opened(database);
      SQLite::Statement statement(opened, command.substr(from, command.rfind('"') - from));
      CHECK(statement.executeStep());
    } else {
      FAIL_CHECK("nothing here knows how to run this");
    }
  }
  CHECK(run_here >= 4);
}
