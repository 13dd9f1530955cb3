// SPDX-License-Identifier: MIT
#include "engine/base/digest.hpp"
#include "engine/codec/codec.hpp"
#include "engine/codec/packed.hpp"
#include "engine/store/compress.hpp"
#include "engine/store/rows.hpp"
#include "engine/store/run_writer.hpp"
#include "engine/store/statement.hpp"

#include <fmt/format.h>

namespace assay::store {

namespace {

constexpr std::size_t k_max_value_bytes = 1'000'000'000; // SQLite's limit: sqlite.org/limits.html

/// The id of a row that never changes: found by its key, or made.
class Shared {
public:
  Shared(const SQLite::Database& database, const char* insert, const char* find)
    : insert_(database, insert),
      find_(database, find)
  {
  }

  Command& insertion() { return insert_; }

  std::int64_t id(const std::string& key)
  {
    find_.statement().bind(1, key);
    return id();
  }

  std::int64_t id()
  {
    std::int64_t found = 0;
    find_.next();
    find_ >> found;
    return found;
  }

  SQLite::Statement& find() { return find_.statement(); }

private:
  Command insert_;
  Rows find_;
};

bool changed(const SQLite::Database& database)
{
  return database.getChanges() > 0;
}

std::int64_t
insert_rubric(SQLite::Database& database, const Rubric& rubric, const Documents& documents)
{
  Shared shared(database,
                "INSERT INTO rubrics (name, version, title, digest, content_digest, content)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                "SELECT id FROM rubrics WHERE content_digest = ?");
  shared.insertion().run(rubric.id,
                         rubric.version,
                         rubric.title,
                         rubric.digest,
                         documents.rubric_digest,
                         documents.rubric);
  const bool is_new = changed(database);
  const std::int64_t id = shared.id(documents.rubric_digest);
  if (is_new) {
    Command check(
      database,
      "INSERT INTO rubric_checks (rubric_id, position, check_id, category, kind, title, points)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
    int position = 0;
    for (const CheckSpec& spec : rubric.checks) {
      check.run(id, position++, spec.id, spec.category, spec.kind, spec.title, spec.points);
    }
  }
  return id;
}

std::int64_t insert_submission(SQLite::Database& database,
                               const SubmissionRecord& submission,
                               const std::string& digest)
{
  Shared candidate(database,
                   "INSERT INTO candidates (source) VALUES (?) ON CONFLICT DO NOTHING",
                   "SELECT id FROM candidates WHERE source = ?");
  candidate.insertion().run(submission.source);
  Shared shared(
    database,
    "INSERT INTO submissions (candidate_id, content_digest, ref, commit_id, tree_digest, "
    "graded_before,"
    " commits, committed_at, first_commit_at, shallow, commits_after, files, python_files)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    "SELECT id FROM submissions WHERE content_digest = ?");
  const History& history = submission.history;
  shared.insertion().run(candidate.id(to_utf8_lossy(submission.source)),
                         digest,
                         submission.ref,
                         submission.commit,
                         submission.tree_digest,
                         submission.before,
                         history.commits,
                         history.committed_at,
                         history.first_commit_at,
                         history.shallow,
                         history.commits_after,
                         submission.files,
                         submission.python_files);
  const bool is_new = changed(database);
  const std::int64_t id = shared.id(digest);
  if (is_new) {
    Command skipped(database,
                    "INSERT INTO skipped_paths (submission_id, position, path, reason, detail)"
                    " VALUES (?, ?, ?, ?, ?)");
    int position = 0;
    for (const SkippedPath& path : submission.skipped) {
      skipped.run(id, position++, path.path, path.reason, path.detail);
    }
  }
  return id;
}

std::int64_t
insert_facts(SQLite::Database& database, const RunRecord& record, const Documents& documents)
{
  SQLite::Statement insertion(
    database,
    "INSERT INTO facts (tree_digest, version, execution, content_digest, content_bytes,"
    " content) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const std::string tree = to_utf8_lossy(record.submission.tree_digest);
  insertion.bind(1, tree);
  insertion.bind(2, record.facts.version);
  insertion.bind(3, documents.execution);
  insertion.bind(4, documents.facts_digest);
  insertion.bind(5, static_cast<std::int64_t>(documents.facts_bytes));
  insertion.bindNoCopy(6, documents.facts.data(), static_cast<int>(documents.facts.size()));
  insertion.exec();

  Rows find(database,
            "SELECT id FROM facts WHERE tree_digest = ? AND version = ? AND execution = ? AND "
            "content_digest = ?");
  find.statement().bind(1, tree);
  find.statement().bind(2, record.facts.version);
  find.statement().bind(3, documents.execution);
  find.statement().bind(4, documents.facts_digest);
  std::int64_t id = 0;
  find.next();
  find >> id;
  return id;
}

} // namespace

std::string execution_key(const ExecutionRecord& execution)
{
  return execution == ExecutionRecord{} ? "reading" : codec::to_json(execution);
}

void describe_rubric(Documents& made, Rubric rubric)
{
  rubric.path.clear();
  made.rubric = codec::to_json(rubric);
  made.rubric_digest = sha256(made.rubric);
}

Result<Packed> packed(const Facts& facts)
{
  const std::string bytes = codec::pack(facts);
  Packed made;
  made.bytes = bytes.size();
  ASSAY_ASSIGN(made.content, compress(bytes));
  return made;
}

void keep_packed(SQLite::Database& database, std::int64_t facts, const Packed& packed)
{
  SQLite::Statement copy(database,
                         "INSERT INTO packed_facts (facts_id, layout, content_bytes, content)"
                         " VALUES (?, ?, ?, ?) ON CONFLICT (facts_id) DO UPDATE SET"
                         " layout = excluded.layout, content_bytes = excluded.content_bytes,"
                         " content = excluded.content");
  copy.bind(1, facts);
  copy.bind(2, codec::packed_layout());
  copy.bind(3, static_cast<std::int64_t>(packed.bytes));
  copy.bindNoCopy(4, packed.content.data(), static_cast<int>(packed.content.size()));
  copy.exec();
}

Result<Documents> documents(const RunRecord& record)
{
  Documents made;
  describe_rubric(made, record.rubric);
  const std::string facts = codec::to_json(record.facts);
  made.facts_bytes = facts.size();
  made.facts_digest = sha256(facts);
  ASSAY_ASSIGN(made.facts, compress(facts));
  if (made.facts.size() > k_max_value_bytes) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("the facts take {} bytes compressed, more than {}",
                             made.facts.size(),
                             k_max_value_bytes)};
  }
  ASSAY_ASSIGN(made.packed, packed(record.facts));
  made.submission_digest = sha256(codec::to_json(record.submission));
  made.resolution = codec::to_json(record.judgement.resolution);
  made.execution = execution_key(record.execution);
  return made;
}

std::int64_t
rubric_row(SQLite::Database& database, const Rubric& rubric, const Documents& documents)
{
  return insert_rubric(database, rubric, documents);
}

RunId insert(SQLite::Database& database, const RunRecord& record, const Documents& documents)
{
  RunParts parts;
  parts.submission = insert_submission(database, record.submission, documents.submission_digest);
  parts.rubric = insert_rubric(database, record.rubric, documents);
  parts.facts = insert_facts(database, record, documents);
  keep_packed(database, parts.facts, documents.packed);
  return RunWriter(database).write(record, record.rubric, parts, documents.resolution);
}

} // namespace assay::store
