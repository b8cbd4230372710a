-- version
-- Of the tables and triggers. A change of what a column means needs another one.
4

-- moment
-- That of a timestamp in microseconds since 1970; null if SQLite does not understand it. SQLite
-- rounds to milliseconds, which may carry into the next second, so that is undone.
CASE WHEN substr(timestamp, 5, 1) = '-' THEN
  (unixepoch(timestamp) - CASE WHEN substr(timestamp, 20, 4) = '.999' THEN
    (unixepoch(timestamp) + 62167219200) % 60 <> CAST(substr(timestamp, 18, 2) AS INTEGER)
    ELSE 0 END)
  * 1000000 + CAST(CAST('0' || substr(timestamp, 20) AS REAL) * 1000000 + 0.001 AS INTEGER)
END

-- at
-- The moment of an event; a text that is none belongs to 1970.
COALESCE(<moment>, 0)

-- day
-- The UTC day of a moment, also before 1970.
(at + 62167219200000000) / 86400000000 - 719528

-- bucket
-- As DurationHistogram.bucketOf; null for a use without duration.
CASE WHEN ms < 32 THEN max(CAST(ms AS INTEGER), 0)
ELSE 16 * CAST(log2(ms) AS INTEGER) + (CAST(ms AS INTEGER) >> (CAST(log2(ms) AS INTEGER) - 4)) - 64
END

-- events
-- As they are counted. LIMIT -1 makes SQLite compute each expression once.
SELECT COALESCE(skill_name, '') AS skill, COALESCE(skill_id, '') AS skill_id,
  COALESCE(agent_id, 'unknown') AS agent, COALESCE(session_id, '') AS session, outcome,
  <at> AS at, max(min(CAST(duration_ms AS REAL), 1e12), -1e12) AS ms
FROM skill_telemetry WHERE <range> LIMIT -1

-- counted
-- The histogram is a text: the members of a JSON object, bucket and number. Skipped uses have
-- buckets of their own, from -1 downwards, since comparisons leave them out.
SELECT skill, agent, period, COUNT(*) AS uses,
  COUNT(*) FILTER (WHERE outcome = 'success') AS successes,
  COUNT(*) FILTER (WHERE outcome = 'failure') AS failures,
  COUNT(*) FILTER (WHERE outcome = 'partial') AS partials,
  COUNT(*) FILTER (WHERE outcome = 'skipped') AS skipped,
  COUNT(ms) AS timed, TOTAL(ms) AS ms, MIN(at) AS first, MAX(at) AS last, <pairs> AS buckets
FROM (SELECT skill, agent, outcome, at, ms, <period> AS period,
    CASE outcome WHEN 'skipped' THEN -1 - bucket ELSE bucket END AS bucket
  FROM (SELECT *, <bucket> AS bucket FROM (<events>)) WHERE <window> LIMIT -1) GROUP BY skill, agent, period

-- columns
-- Counts as they are in each table.
uses, successes, failures, partials, skipped, timed, ms, first, last, buckets

-- sums
SUM(uses) AS uses, SUM(successes) AS successes, SUM(failures) AS failures,
  SUM(partials) AS partials, SUM(skipped) AS skipped, SUM(timed) AS timed, TOTAL(ms) AS ms,
  MIN(first) AS first, MAX(last) AS last, group_concat(buckets) AS buckets

-- uses
-- Of the parts below; Uses.of reads it.
SELECT <skill> AS skill, period, <sums>, group_concat(agent, char(31)) AS agents
FROM (<parts>) GROUP BY <key> HAVING SUM(uses) >= :minimum ORDER BY <order> LIMIT :limit

-- sessions
SELECT skill, COUNT(DISTINCT session) FROM (<events>)
WHERE at >= :since AND at < :until GROUP BY skill

-- totals
-- All that is counted, of any time.
SELECT skill, agent, 0 AS period, <columns> FROM autoskill_java_total WHERE <who>

-- days
-- Days from a table.
SELECT skill, agent, <periodOfDay> AS period, <counts> FROM <table>
WHERE day BETWEEN <first> AND <last> AND <who>

-- countable
-- Whether the triggers see every change: rows have rowids, and ids are the only unique key. Before
-- an insert, the rowid -1 stands for any; and once the greatest rowid is taken, SQLite chooses
-- random ones.
(SELECT COUNT(*) > 0 AND MIN(is_id) FROM (
    SELECT (SELECT COUNT(*) FROM pragma_index_xinfo(i.name) x WHERE x.key) = 1
      AND EXISTS (SELECT 1 FROM pragma_index_xinfo(i.name) x WHERE x.key
        AND lower(x.name) = 'id' AND (i.origin <> 'c' OR x.coll = 'BINARY')) AS is_id
    FROM pragma_index_list('skill_telemetry') i WHERE i."unique"))
  AND COALESCE((SELECT MAX(rowid) FROM skill_telemetry), 0) < (1 << 62)
  AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = -1)

-- checksum
-- One damaged byte changes it.
(SELECT COALESCE(SUM(uses + successes + failures + partials + skipped + timed), 0)
FROM autoskill_java_total)

-- state
-- Checks cheaply that the event at the watermark is the one that was counted there. If it is gone,
-- that must have been noted, and an event above it shows that rowids were not given anew.
SELECT watermark,
  CASE WHEN newest IS NULL THEN 0 WHEN watermark IS NULL THEN 9223372036854775807
    ELSE newest - watermark END AS uncounted,
  COALESCE((SELECT MAX(rowid) FROM autoskill_java_stale), 0) AS notes,
  <countable> AND checksum = <checksum>
  AND (watermark IS NULL
    OR EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = watermark AND id IS watermark_id)
    OR (newest > watermark AND EXISTS (SELECT 1 FROM autoskill_java_stale)
      AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = watermark))) AS in_place
FROM autoskill_java_state, (SELECT MAX(rowid) AS newest FROM skill_telemetry LIMIT 1)
WHERE version = <version>

-- has all events
-- Whether as many events are there as were counted; takes 10 ms for a million of them.
SELECT (SELECT COUNT(*) FROM skill_telemetry)
    - (SELECT COUNT(*) FROM skill_telemetry WHERE rowid > COALESCE(watermark, -1 << 63))
  = (SELECT TOTAL(uses) FROM autoskill_java_total)
    - (SELECT TOTAL(uses) FROM autoskill_java_retained)
FROM autoskill_java_state

-- negated
-- Rows to be taken away. A number that was negative loses its sign.
skill, agent, day, -uses, -successes, -failures, -partials, -skipped, -timed, -ms, first, last,
  replace(replace(buckets, ':', ':-'), '--', '')

-- add
uses = uses + excluded.uses, successes = successes + excluded.successes,
  failures = failures + excluded.failures, partials = partials + excluded.partials,
  skipped = skipped + excluded.skipped, timed = timed + excluded.timed,
  ms = ms + excluded.ms, first = min(first, excluded.first), last = max(last, excluded.last),
  buckets = COALESCE(buckets || ',' || excluded.buckets, buckets, excluded.buckets)
