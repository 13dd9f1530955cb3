// SPDX-License-Identifier: MIT
#include "engine/store/schema_steps.hpp"

namespace assay::store {

// entry_key is the digest of what is asked for (candidate, repository, ref, deadline, rubric): the
// same row of a manifest that is given again is the same entry. An entry that the manifest no
// longer has stays, unlisted. Reviews and disclosures are only ever added to.
extern const char* const k_batches_sql = R"sql(
CREATE TABLE batches (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  name        TEXT NOT NULL UNIQUE,
  created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE batch_entries (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id     INTEGER NOT NULL REFERENCES batches ON DELETE CASCADE,
  entry_key    TEXT NOT NULL,
  listed       INTEGER NOT NULL,
  row_number   INTEGER NOT NULL,
  candidate    TEXT NOT NULL,
  name         TEXT NOT NULL,
  email        TEXT NOT NULL,
  repository   TEXT NOT NULL,
  ref          TEXT NOT NULL,
  deadline     TEXT,
  rubric       TEXT NOT NULL,
  state        TEXT NOT NULL,
  detail       TEXT NOT NULL,
  run_id       INTEGER REFERENCES runs ON DELETE SET NULL,
  finished_at  TEXT,
  UNIQUE (batch_id, entry_key)
) STRICT;
CREATE INDEX batch_entries_run ON batch_entries (run_id);

CREATE TABLE batch_fields (
  entry_id  INTEGER NOT NULL REFERENCES batch_entries ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  is_tag    INTEGER NOT NULL,
  name      TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id        INTEGER NOT NULL,
  source        TEXT NOT NULL,
  check_id      TEXT NOT NULL,
  credit        REAL,
  reason        TEXT NOT NULL,
  reviewer      TEXT NOT NULL,
  reviewed_at   TEXT NOT NULL,
  basis_digest  TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_source ON reviews (source, check_id);
CREATE TRIGGER reviews_unchanged BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;
CREATE TRIGGER reviews_kept BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'a review is never removed'); END;

CREATE TABLE disclosures (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  disclosed_at  TEXT NOT NULL,
  reviewer      TEXT NOT NULL,
  what          TEXT NOT NULL
) STRICT;
CREATE TRIGGER disclosures_unchanged BEFORE UPDATE ON disclosures
BEGIN SELECT RAISE(ABORT, 'a disclosure is never changed'); END;
CREATE TRIGGER disclosures_kept BEFORE DELETE ON disclosures
BEGIN SELECT RAISE(ABORT, 'a disclosure is never removed'); END;

CREATE TABLE settings (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO settings VALUES ('alias_key', lower(hex(randomblob(16))));

CREATE INDEX submissions_tree ON submissions (tree_digest);

CREATE VIEW v_batches AS
SELECT batches.name AS batch, batch_entries.candidate, batch_entries.name, batch_entries.email,
       batch_entries.repository, batch_entries.ref, batch_entries.state, batch_entries.detail,
       batch_entries.run_id, runs.point / 100.0 AS point, runs.low / 100.0 AS low, runs.high / 100.0 AS high,
       runs.band, runs.needs_review
FROM batch_entries
JOIN batches ON batches.id = batch_entries.batch_id
LEFT JOIN runs ON runs.id = batch_entries.run_id
WHERE batch_entries.listed
ORDER BY batches.id, batch_entries.row_number;
)sql";

// A copy of facts.content: docs/database.md.
extern const char* const k_packed_sql = R"sql(
CREATE TABLE packed_facts (
  facts_id       INTEGER PRIMARY KEY REFERENCES facts ON DELETE CASCADE,
  layout         TEXT NOT NULL,
  content_bytes  INTEGER NOT NULL,
  content        BLOB NOT NULL
) STRICT;
)sql";

// Shown beside a run and no part of it: it depends on what this host's cache saw.
extern const char* const k_replaced_sql = R"sql(
ALTER TABLE batch_entries ADD COLUMN replaced_commits INTEGER NOT NULL DEFAULT 0;
)sql";

// What `assay similarity` compares, so that no repository is obtained again for it.
extern const char* const k_fingerprints_sql = R"sql(
CREATE TABLE fingerprints (
  tree_digest    TEXT NOT NULL,
  version        INTEGER NOT NULL,
  content_bytes  INTEGER NOT NULL,
  content        BLOB NOT NULL,
  PRIMARY KEY (tree_digest, version)
) STRICT;
)sql";

} // namespace assay::store
