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
