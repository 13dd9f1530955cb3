// SPDX-License-Identifier: MIT
#include "engine/store/schema_steps.hpp"

namespace assay::store {

extern const char* const k_views_sql = R"sql(
CREATE VIEW v_runs AS
SELECT runs.id AS run_id, runs.graded_at, candidates.source, submissions.ref, submissions.commit_id,
       submissions.tree_digest, rubrics.name AS rubric, rubrics.version AS rubric_version, runs.engine_version,
       runs.point / 100.0 AS point, runs.low / 100.0 AS low, runs.high / 100.0 AS high, runs.band,
       runs.needs_review, runs.isolation,
       (SELECT count(*) FROM gates WHERE gates.run_id = runs.id AND gates.tripped) AS gates_tripped,
       (SELECT count(*) FROM flags WHERE flags.run_id = runs.id) AS flags
FROM runs
JOIN submissions ON submissions.id = runs.submission_id
JOIN candidates ON candidates.id = submissions.candidate_id
JOIN rubrics ON rubrics.id = runs.rubric_id;

CREATE VIEW v_latest_runs AS
SELECT * FROM v_runs
WHERE run_id IN (SELECT max(runs.id)
                 FROM runs
                 JOIN submissions ON submissions.id = runs.submission_id
                 JOIN rubrics ON rubrics.id = runs.rubric_id
                 GROUP BY submissions.candidate_id, submissions.ref, rubrics.name);

CREATE VIEW v_scores AS
SELECT v_runs.run_id, v_runs.source, category_scores.category, category_scores.title, category_scores.weight,
       category_scores.point / 100.0 AS point, category_scores.low / 100.0 AS low,
       category_scores.high / 100.0 AS high
FROM category_scores
JOIN v_runs ON v_runs.run_id = category_scores.run_id
ORDER BY v_runs.run_id, category_scores.position;

CREATE VIEW v_verdicts AS
SELECT v_runs.run_id, v_runs.source, verdicts.position, verdicts.check_id, rubric_checks.category,
       rubric_checks.title, verdicts.outcome, verdicts.credit, check_scores.available / 100.0 AS points,
       check_scores.earned / 100.0 AS earned, check_scores.lost / 100.0 AS lost,
       check_scores.undetermined / 100.0 AS undetermined, verdicts.basis, verdicts.confidence, verdicts.reason,
       (SELECT path || CASE WHEN line > 0 THEN ':' || line ELSE '' END FROM evidence
        WHERE evidence.run_id = verdicts.run_id AND evidence.verdict = verdicts.position
        ORDER BY evidence.position LIMIT 1) AS place
FROM verdicts
JOIN v_runs ON v_runs.run_id = verdicts.run_id
JOIN runs ON runs.id = verdicts.run_id
LEFT JOIN rubric_checks ON rubric_checks.rubric_id = runs.rubric_id AND rubric_checks.check_id = verdicts.check_id
LEFT JOIN check_scores ON check_scores.run_id = verdicts.run_id AND check_scores.check_id = verdicts.check_id;

CREATE VIEW v_lost_points AS
SELECT run_id, source, check_id, category, title, lost, points, reason, place
FROM v_verdicts
WHERE lost > 0
ORDER BY run_id, lost DESC, position;

CREATE VIEW v_undetermined AS
SELECT run_id, source, check_id, category, title, undetermined, points, confidence, reason
FROM v_verdicts
WHERE undetermined > 0
ORDER BY run_id, undetermined DESC, position;

CREATE VIEW v_evidence AS
SELECT verdicts.run_id, candidates.source, verdicts.check_id, verdicts.outcome, evidence.path, evidence.line,
       evidence.text, evidence.note
FROM evidence
JOIN verdicts ON verdicts.run_id = evidence.run_id AND verdicts.position = evidence.verdict
JOIN runs ON runs.id = evidence.run_id
JOIN submissions ON submissions.id = runs.submission_id
JOIN candidates ON candidates.id = submissions.candidate_id;

CREATE VIEW v_check_statistics AS
SELECT v_latest_runs.rubric, v_latest_runs.rubric_version, v_verdicts.check_id, v_verdicts.title,
       count(*) AS runs,
       sum(v_verdicts.outcome = 'pass') AS passed,
       sum(v_verdicts.outcome = 'partial') AS partly,
       sum(v_verdicts.outcome = 'fail') AS failed,
       sum(v_verdicts.outcome = 'unverified') AS unverified,
       sum(v_verdicts.outcome = 'not_applicable') AS not_applicable,
       round(avg(v_verdicts.credit), 3) AS mean_credit,
       round(avg(v_verdicts.lost), 2) AS mean_lost,
       round(avg(v_verdicts.undetermined), 2) AS mean_undetermined
FROM v_latest_runs
JOIN v_verdicts ON v_verdicts.run_id = v_latest_runs.run_id
GROUP BY v_latest_runs.rubric, v_latest_runs.rubric_version, v_verdicts.check_id;

CREATE VIEW v_gates AS
SELECT v_runs.run_id, v_runs.source, gates.gate, gates.title, gates.reason
FROM gates
JOIN v_runs ON v_runs.run_id = gates.run_id
WHERE gates.tripped;

CREATE VIEW v_flags AS
SELECT v_runs.run_id, v_runs.source, flags.flag, flags.path, flags.line, flags.detail
FROM flags
JOIN v_runs ON v_runs.run_id = flags.run_id;
)sql";

} // namespace assay::store
