// SPDX-License-Identifier: MIT
#include "engine/store/schema_steps.hpp"

namespace assay::store {

extern const char* const k_tables_sql = R"sql(
CREATE TABLE schema_migrations (
  version     INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  applied_at  TEXT NOT NULL
) STRICT;

CREATE TABLE rubrics (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL,
  version         TEXT NOT NULL,
  title           TEXT NOT NULL,
  digest          TEXT NOT NULL,
  content_digest  TEXT NOT NULL UNIQUE,
  content         TEXT NOT NULL
) STRICT;
CREATE INDEX rubrics_digest ON rubrics (digest);

CREATE TABLE rubric_checks (
  rubric_id  INTEGER NOT NULL REFERENCES rubrics ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  check_id   TEXT NOT NULL,
  category   TEXT NOT NULL,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL,
  points     INTEGER NOT NULL,
  PRIMARY KEY (rubric_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX rubric_checks_check ON rubric_checks (rubric_id, check_id);

CREATE TABLE candidates (
  id      INTEGER PRIMARY KEY,
  source  TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE submissions (
  id               INTEGER PRIMARY KEY,
  candidate_id     INTEGER NOT NULL REFERENCES candidates,
  content_digest   TEXT NOT NULL UNIQUE,
  ref              TEXT NOT NULL,
  commit_id        TEXT NOT NULL,
  tree_digest      TEXT NOT NULL,
  graded_before    TEXT,
  commits          INTEGER NOT NULL,
  committed_at     TEXT,
  first_commit_at  TEXT,
  shallow          INTEGER NOT NULL,
  commits_after    INTEGER NOT NULL,
  files            INTEGER NOT NULL,
  python_files     INTEGER NOT NULL
) STRICT;
CREATE INDEX submissions_candidate ON submissions (candidate_id);
CREATE INDEX submissions_commit ON submissions (commit_id);

CREATE TABLE skipped_paths (
  submission_id  INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  path           TEXT NOT NULL,
  reason         TEXT NOT NULL,
  detail         TEXT NOT NULL,
  PRIMARY KEY (submission_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
  id               INTEGER PRIMARY KEY,
  tree_digest      TEXT NOT NULL,
  version          INTEGER NOT NULL,
  execution        TEXT NOT NULL,
  content_digest   TEXT NOT NULL,
  content_bytes    INTEGER NOT NULL,
  content          BLOB NOT NULL,
  UNIQUE (tree_digest, version, execution, content_digest)
) STRICT;

CREATE TABLE runs (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  graded_at          TEXT NOT NULL,
  engine_version     TEXT NOT NULL,
  submission_id      INTEGER NOT NULL REFERENCES submissions,
  rubric_id          INTEGER NOT NULL REFERENCES rubrics,
  rubric_path        TEXT NOT NULL,
  facts_id           INTEGER NOT NULL REFERENCES facts,
  runtime            TEXT NOT NULL,
  python             TEXT NOT NULL,
  sqlalchemy         TEXT NOT NULL,
  alembic            TEXT NOT NULL,
  database           TEXT NOT NULL,
  isolation          TEXT NOT NULL,
  resolution         TEXT NOT NULL,
  point              INTEGER NOT NULL,
  low                INTEGER NOT NULL,
  high               INTEGER NOT NULL,
  band               TEXT NOT NULL,
  band_before_gates  TEXT NOT NULL,
  needs_review       INTEGER NOT NULL,
  clone_ms           INTEGER NOT NULL,
  read_ms            INTEGER NOT NULL,
  execute_ms         INTEGER NOT NULL,
  total_ms           INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_submission ON runs (submission_id);
CREATE INDEX runs_rubric ON runs (rubric_id);
CREATE INDEX runs_facts ON runs (facts_id);
CREATE INDEX runs_graded_at ON runs (graded_at);

CREATE TABLE review_reasons (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdicts (
  run_id          INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position        INTEGER NOT NULL,
  check_id        TEXT NOT NULL,
  outcome         TEXT NOT NULL,
  credit          REAL,
  earned_share    REAL NOT NULL,
  lost_share      REAL NOT NULL,
  expected_share  REAL NOT NULL,
  basis           TEXT NOT NULL,
  confidence      REAL NOT NULL,
  reason          TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdicts_check ON verdicts (check_id, outcome);

CREATE TABLE verdict_levels (
  run_id    INTEGER NOT NULL,
  verdict   INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  level     TEXT NOT NULL,
  PRIMARY KEY (run_id, verdict, position),
  FOREIGN KEY (run_id, verdict) REFERENCES verdicts (run_id, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  run_id       INTEGER NOT NULL,
  verdict      INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  path         TEXT NOT NULL,
  line         INTEGER NOT NULL,
  column_number INTEGER NOT NULL,
  end_line     INTEGER NOT NULL,
  text         TEXT NOT NULL,
  note         TEXT NOT NULL,
  PRIMARY KEY (run_id, verdict, position),
  FOREIGN KEY (run_id, verdict) REFERENCES verdicts (run_id, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE check_scores (
  run_id        INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position      INTEGER NOT NULL,
  check_id      TEXT NOT NULL,
  category      TEXT NOT NULL,
  available     INTEGER NOT NULL,
  earned        INTEGER NOT NULL,
  lost          INTEGER NOT NULL,
  undetermined  INTEGER NOT NULL,
  expected      INTEGER NOT NULL,
  applicable    INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_scores_check ON check_scores (run_id, check_id);

CREATE TABLE category_scores (
  run_id      INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  category    TEXT NOT NULL,
  title       TEXT NOT NULL,
  weight      INTEGER NOT NULL,
  point       INTEGER NOT NULL,
  low         INTEGER NOT NULL,
  high        INTEGER NOT NULL,
  applicable  INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE gates (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  gate      TEXT NOT NULL,
  title     TEXT NOT NULL,
  tripped   INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE flags (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  flag      TEXT NOT NULL,
  path      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  detail    TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE queries (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  ref       TEXT NOT NULL,
  role      TEXT NOT NULL,
  path      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE migrations (
  run_id     INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
  kind       TEXT NOT NULL,
  directory  TEXT NOT NULL,
  revisions  INTEGER NOT NULL,
  heads      INTEGER NOT NULL
) STRICT;
)sql";

} // namespace assay::store
