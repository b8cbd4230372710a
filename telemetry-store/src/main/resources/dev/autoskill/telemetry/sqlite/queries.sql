SELECT watermark, newest, COALESCE((SELECT MAX(rowid) FROM autoskill_java_stale), 0) AS notes,
  <countable> AND checksum = <checksum>
  AND (watermark IS NULL
    OR EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = watermark AND id IS watermark_id)
    OR (newest > watermark AND EXISTS (SELECT 1 FROM autoskill_java_stale)
      AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = watermark))) AS in_place
FROM autoskill_java_state, (SELECT MAX(rowid) AS newest FROM skill_telemetry LIMIT 1)
WHERE version = <version>

SELECT (SELECT COUNT(*) FROM skill_telemetry)
    - (SELECT COUNT(*) FROM skill_telemetry WHERE rowid > COALESCE(watermark, -1 << 63))
  = (SELECT TOTAL(uses) FROM autoskill_java_total)
    - (SELECT TOTAL(uses) FROM autoskill_java_retained)
FROM autoskill_java_state

SELECT <skill> AS skill, period, <sums>, group_concat(agent, char(31)) AS agents
FROM (<parts>) GROUP BY <key> HAVING SUM(uses) >= :minimum ORDER BY <order> LIMIT :limit

SELECT COALESCE(skill_name, '') AS skill, COALESCE(skill_id, '') AS skill_id,
  COALESCE(agent_id, 'unknown') AS agent, COALESCE(session_id, '') AS session, outcome,
  <at> AS at, max(min(CAST(duration_ms AS REAL), 1e12), -1e12) AS ms
FROM skill_telemetry WHERE <range> LIMIT -1

SELECT skill, agent, period, COUNT(*) AS uses,
  COUNT(*) FILTER (WHERE outcome = 'success') AS successes,
  COUNT(*) FILTER (WHERE outcome = 'failure') AS failures,
  COUNT(*) FILTER (WHERE outcome = 'partial') AS partials,
  COUNT(*) FILTER (WHERE outcome = 'skipped') AS skipped,
  COUNT(ms) AS timed, TOTAL(ms) AS ms, MIN(at) AS first, MAX(at) AS last, <pairs> AS buckets
FROM (SELECT skill, agent, outcome, at, ms, <period> AS period,
    CASE outcome WHEN 'skipped' THEN -1 - bucket ELSE bucket END AS bucket
  FROM (SELECT *, <bucket> AS bucket FROM (<events>)) WHERE <window> LIMIT -1) GROUP BY skill, agent, period
