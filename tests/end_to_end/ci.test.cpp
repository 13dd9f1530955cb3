// SPDX-License-Identifier: MIT
// assay ci as a job runs it, with the variables that GitHub Actions and GitLab CI set.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/git_repository.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace assay::test;

namespace {

namespace fs = std::filesystem;

/// A job: a checkout of one sample, and a place for what the step writes.
struct Job {
  TemporaryFolder home;
  GitRepository repository;

  explicit Job(const std::string& sample)
    : repository(home.path() / "work")
  {
    repository.commit_folder(sample_folder(sample));
  }

  [[nodiscard]] std::string path(const std::string& name) const
  {
    return (home.path() / name).string();
  }

  [[nodiscard]] CommandResult step(std::vector<std::string> words,
                                   const std::string& variables,
                                   const std::string& line = "") const
  {
    const std::string environment = "env -u GITHUB_ACTIONS -u GITLAB_CI " + at_home(home) + " "
                                    + variables + " PATH=" + ASSAY_BUILD_DIR
                                    + "/engine/cli:\"$PATH\"";
    if (!line.empty()) {
      return run({"sh", "-c", line + " --no-run"}, environment);
    }
    words.insert(words.begin(), {k_assay, "ci", "--no-run", "--artifacts", path("out")});
    return run(words, environment);
  }

  [[nodiscard]] std::string github() const
  {
    return "GITHUB_ACTIONS=true GITHUB_WORKSPACE=" + path("work")
           + " GITHUB_STEP_SUMMARY=" + path("summary") + " GITHUB_OUTPUT=" + path("outputs");
  }

  [[nodiscard]] std::string gitlab() const
  {
    return "GITLAB_CI=true CI_PROJECT_DIR=" + path("work");
  }
};

bool has(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

/// The commands of a workflow that call assay, as the runner's shell gets them.
std::vector<std::string> assay_steps(const fs::path& workflow)
{
  std::vector<std::string> steps;
  std::istringstream text(read_text(workflow));
  for (std::string line; std::getline(text, line);) {
    if (const auto at = line.find("assay ci "); at != std::string::npos) {
      steps.push_back(line.substr(at));
    }
  }
  return steps;
}

} // namespace

TEST_CASE("In GitHub Actions the summary, the outputs, notes and files are written")
{
  const Job job("junior-query-loop");
  const CommandResult result = job.step({}, job.github());
  CAPTURE(result.err);
  CHECK(result.code == 0);
  CHECK(has(read_text(job.path("summary")), "### Points lost"));
  CHECK(has(read_text(job.path("outputs")), "\nband=weak\n"));
  CHECK(has(result.out, "\n::error file=models.py,line=23,"));
  for (const char* name : {"assay.html",
                           "assay.md",
                           "assay.sarif",
                           "assay-junit.xml",
                           "gl-code-quality-report.json"}) {
    CAPTURE(name);
    CHECK(fs::file_size(job.path("out") + "/" + name) > 100);
  }
  CHECK_FALSE(fs::exists(job.path("out") + "/assay.json"));
}

TEST_CASE("While candidate's text is printed the runner takes no commands")
{
  const Job job("junior-query-loop");
  const std::string log = job.step({}, job.github()).out;
  REQUIRE(log.starts_with("::stop-commands::assay-"));
  const std::string word = log.substr(17, log.find('\n') - 17);
  CHECK(word.size() > 32);
  const auto end = log.find("\n::" + word + "::\n");
  REQUIRE(end != std::string::npos);
  CHECK(log.find("### Points lost") < end);
  CHECK(log.find("::error ") > end);
  CHECK(job.step({}, job.github()).out.substr(17, word.size()) != word);
}

TEST_CASE("In GitLab CI the checkout of the job is graded")
{
  const Job job("junior-query-loop");
  const CommandResult result = job.step({"--audience", "manager"}, job.gitlab());
  CAPTURE(result.err);
  CHECK(result.code == 0);
  CHECK(result.out.starts_with("## "));
  CHECK_FALSE(has(result.out, "::stop-commands::"));
  const auto record = nlohmann::json::parse(read_text(job.path("out") + "/assay.json"));
  CHECK(record["submission"]["commit"].is_string());
}

TEST_CASE("The exit code says how a job went")
{
  struct Row {
    std::vector<std::string> words;
    int code;
  };

  const Job job("junior-query-loop");
  const auto row = GENERATE(values<Row>({
    {{"--fail-under", "20"}, 0},
    {{"--fail-under", "99"}, 1},
    {{"--rubric", "no-such-rubric"}, 2},
    {{"--fail-under", "many"}, 2},
    {{"/no/such/folder"}, 3},
    {{"--strict"}, 4},
    {{"--artifacts", "/dev/null/out"}, 5},
  }));
  CAPTURE(row.words);
  auto words = row.words;
  if (words.front() == "--artifacts") {
    CHECK(
      run({k_assay, "ci", "--no-run", job.path("work"), "--artifacts", words[1]}, at_home(job.home))
        .code
      == row.code);
  } else {
    CHECK(job.step(words, job.gitlab()).code == row.code);
  }
}

TEST_CASE("A refusal is an annotation in GitHub Actions")
{
  const Job job("junior-query-loop");
  const CommandResult result = job.step({"/no/such%0A::error::folder"}, job.github());
  CHECK(result.code == 3);
  CHECK(has(result.out, "::error title=assay::"));
  CHECK(has(result.out, "%250A"));
}

TEST_CASE("Every assay command of the sample workflows works")
{
  int steps = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "samples/ci")) {
    if (!entry.is_regular_file()) {
      continue;
    }
    const bool github = entry.path().filename().string().starts_with("github");
    for (const std::string& line : assay_steps(entry.path())) {
      CAPTURE(entry.path().string(), line);
      ++steps;
      const Job job("select-joined");
      const std::string submission = "SUBMISSION=" + job.repository.url()
                                     + " COMMIT=HEAD GITHUB_SERVER_URL=file://"
                                     + job.home.path().string() + " REPOSITORY=work";
      // The server's address of a repository ends in .git; the one here is a folder.
      fs::create_directory_symlink(job.path("work"), job.path("work.git"));
      const CommandResult result =
        job.step({},
                 (github ? job.github() : job.gitlab()) + " " + submission,
                 "cd " + job.home.path().string() + " && " + line);
      CAPTURE(result.err);
      CHECK(result.code == 0);
      CHECK(fs::file_size(job.path("assay-report/assay.html")) > 1'000);
    }
  }
  CHECK(steps == 4);
}

TEST_CASE("A record is reproduced, and a changed one is not")
{
  const Job job("select-joined");
  const std::string record = job.path("record.json");
  REQUIRE(
    grader(job.home, {"grade", job.repository.url(), "--format", "json", "--output", record}).code
    == 0);
  const CommandResult same = grader(job.home, {"verify", record});
  CAPTURE(same.err);
  CHECK(same.code == 0);
  CHECK(same.out.starts_with("reproduced: all "));
  auto forged = nlohmann::ordered_json::parse(read_text(record));
  forged["score"]["point"] = 99.5;
  std::ofstream(job.path("forged.json")) << forged.dump();
  const CommandResult changed = grader(job.home, {"verify", job.path("forged.json")});
  CHECK(changed.code == 1);
  CHECK(has(changed.out, "not reproduced: 1 of "));
  CHECK(has(changed.out, "score.point\n    recorded  99.5"));
  forged["rubric"]["digest"] = "sha256:0";
  std::ofstream(job.path("forged.json")) << forged.dump();
  CHECK(grader(job.home, {"verify", job.path("forged.json")}).code == 2);
  CHECK(grader(job.home, {"verify", job.path("absent.json")}).code == 3);
}
