// SPDX-License-Identifier: MIT
// Integrity flags for people who decide: what was seen, what it may mean, what to look at.
#include "engine/report/words.hpp"

#include <algorithm>
#include <array>

namespace assay::report {

namespace {

struct FlagWords {
  std::string_view flag;
  std::string_view title;
  std::string_view meaning;
};

constexpr std::array k_flag_words{
  FlagWords{"shadowed_library",
            "A file takes the place of a library",
            "The repository has a package or start-up file with the name of a library that the "
            "grading trusts. It can be an unlucky name; it can also replace what is measured. Open "
            "the file and see whether it imitates the library."},
  FlagWords{
    "patched_library",
    "Code changes a library while it runs",
    "Functions of SQLAlchemy, of the database driver or of Python are replaced at run time. "
    "Some projects do that for logging. Look at what the replacement does."},
  FlagWords{"forged_output",
            "Output imitates results of the grading",
            "The code writes text in the form of the grader's own messages. Such text is not "
            "believed and changed nothing in the score. Ask what it is for."},
  FlagWords{"answer_without_sql",
            "An answer came without a query",
            "A query function returned the right rows although no statement reached the database. "
            "The rows may be cached in memory, or made up. Read the function."},
  FlagWords{"sql_outside_step",
            "Statements ran outside the step that was measured",
            "SQL was sent at a moment when none was expected, for example by a thread or at exit. "
            "The counts of statements may be too low. Look for background work."},
  FlagWords{"schema_changed_by_query",
            "A query changes the tables it reads",
            "Code that was called to answer a question changed tables, views or indexes on the "
            "way. Set-up code in a demonstration does that; a view put in place of a table can "
            "also make a wrong query look right. What it changed was taken back."},
  FlagWords{"differs_when_repeated",
            "The same call gave different results",
            "A repeated run did not show the same. Random values and time can do that. Look at "
            "what the code depends on."},
  FlagWords{"protocol_violation",
            "The process spoke to the grader out of turn",
            "The submission's process sent messages that only the grader's own part sends. That "
            "does not happen by accident often; what it said was discarded. Look at what the code "
            "does with its file descriptors."},
  FlagWords{"forbidden_syscall",
            "The code asked the system for something that was refused",
            "A call to the operating system was blocked, for example a network connection. It can "
            "be a harmless start-up routine. Look at what the code wanted."},
  FlagWords{"early_exit",
            "The process ended itself",
            "The code ended the process before its work was done. Scripts that exit at their "
            "end do that. What could not be measured costs no points."},
  FlagWords{
    "symlink_outside",
    "A link leads out of the repository",
    "A symbolic link names a path outside. It was not followed. It is mostly left over from "
    "someone's machine."},
  FlagWords{"vendored_environment",
            "A virtual environment is in the repository",
            "Installed libraries were committed with the work. None of their files was graded. It "
            "shows a missing .gitignore, nothing worse."},
  FlagWords{
    "instructions_to_grader",
    "Text addresses whoever grades",
    "A file speaks to graders or to language models. It had no effect: nothing here follows "
    "text of a submission. Read the line and judge whether it is a joke, a test, or an "
    "attempt."},
  FlagWords{"rewritten_history",
            "The history was written anew",
            "Commit dates do not fit together. A squash or a rebase before handing in does that. "
            "Dates of commits prove nothing either way."},
  FlagWords{"data_dependent_behaviour",
            "The code behaves differently for little and for much data",
            "What was measured on a few rows does not hold for many. A page size or a batch size "
            "can do that; so can code that wants to look good in a test. Read the condition."},
};

const FlagWords* words_of_flag(std::string_view flag)
{
  const auto* const found = std::ranges::find(k_flag_words, flag, &FlagWords::flag);
  return found == k_flag_words.end() ? nullptr : found;
}

} // namespace

std::string flag_title(std::string_view flag)
{
  const FlagWords* words = words_of_flag(flag);
  return std::string(words == nullptr ? flag : words->title);
}

std::string flag_meaning(std::string_view flag)
{
  const FlagWords* words = words_of_flag(flag);
  return std::string(words == nullptr ? "Something that a person should look at before deciding."
                                      : words->meaning);
}

} // namespace assay::report
