-- Counts of spans of time, so that a report need not read the events. A span of level 0 is a day of UTC, numbered from
-- 1970-01-01; one of a higher level, up to 6, is four of the level below it. Level 7 is all days before the one that is its
-- span. Skills and agents have no unique index, which would refuse long names.
CREATE TABLE autoskill_java_rollup (
  level integer NOT NULL,
  span integer NOT NULL,
  skill_name text COLLATE "C" NOT NULL,
  agent_id text COLLATE "C" NOT NULL,
  uses bigint NOT NULL,
  successes bigint NOT NULL,
  failures bigint NOT NULL,
  partials bigint NOT NULL,
  skipped bigint NOT NULL,
  ms double precision NOT NULL,
  "first" timestamptz NOT NULL,
  "last" timestamptz NOT NULL,
  buckets integer[] NOT NULL,
  bucket_uses bigint[] NOT NULL,
  bucket_skipped bigint[] NOT NULL);

CREATE INDEX autoskill_java_rollup_span ON autoskill_java_rollup (level, span);

-- Spans of which the counts are not right, or not made yet. Each change of events adds rows to it and reads none: to
-- find out whether its day is there already, it would have to wait for those who are about to delete that row.
CREATE TABLE autoskill_java_stale (level integer NOT NULL, span integer NOT NULL);

CREATE FUNCTION autoskill_java_day(moment timestamptz) RETURNS integer STABLE LANGUAGE sql AS
$$ SELECT CAST(floor(extract(epoch FROM moment) / 86400) AS integer) $$;

CREATE FUNCTION autoskill_java_changed() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO autoskill_java_stale SELECT DISTINCT 0, autoskill_java_day("timestamp") FROM changed;
  RETURN NULL;
END $$;

CREATE FUNCTION autoskill_java_emptied() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM autoskill_java_rollup;
  DELETE FROM autoskill_java_stale;
  RETURN NULL;
END $$;

CREATE TRIGGER autoskill_java_inserted AFTER INSERT ON skill_telemetry
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION autoskill_java_changed();
CREATE TRIGGER autoskill_java_deleted AFTER DELETE ON skill_telemetry
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION autoskill_java_changed();
CREATE TRIGGER autoskill_java_updated_from AFTER UPDATE ON skill_telemetry
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION autoskill_java_changed();
CREATE TRIGGER autoskill_java_updated_to AFTER UPDATE ON skill_telemetry
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION autoskill_java_changed();
CREATE TRIGGER autoskill_java_truncated AFTER TRUNCATE ON skill_telemetry
  FOR EACH STATEMENT EXECUTE FUNCTION autoskill_java_emptied();

INSERT INTO autoskill_java_stale SELECT DISTINCT 0, autoskill_java_day("timestamp") FROM skill_telemetry;

CREATE FUNCTION autoskill_java_count_day(day integer) RETURNS void LANGUAGE sql AS $$
  INSERT INTO autoskill_java_rollup
  SELECT 0, day, skill_name, agent_id, SUM(uses), SUM(successes), SUM(failures), SUM(partials), SUM(skipped), SUM(ms),
    MIN("first"), MAX("last"),
    COALESCE(array_agg(bucket ORDER BY bucket) FILTER (WHERE bucket IS NOT NULL), '{}'),
    COALESCE(array_agg(uses ORDER BY bucket) FILTER (WHERE bucket IS NOT NULL), '{}'),
    COALESCE(array_agg(skipped ORDER BY bucket) FILTER (WHERE bucket IS NOT NULL), '{}')
  FROM (
    SELECT skill_name, agent_id, autoskill_java_bucket(duration) AS bucket,
      COUNT(*) AS uses,
      COUNT(*) FILTER (WHERE outcome = 'success') AS successes,
      COUNT(*) FILTER (WHERE outcome = 'failure') AS failures,
      COUNT(*) FILTER (WHERE outcome = 'partial') AS partials,
      COUNT(*) FILTER (WHERE outcome = 'skipped') AS skipped,
      COALESCE(SUM(duration), 0) AS ms,
      MIN("timestamp") AS "first", MAX("timestamp") AS "last"
    FROM (
      SELECT *, CASE WHEN duration_ms IS NOT NULL THEN least(greatest(duration_ms, -1e12), 1e12) END AS duration
      FROM skill_telemetry
      WHERE "timestamp" >= autoskill_java_moment(day * 86400000000)
        AND "timestamp" < autoskill_java_moment((day + 1) * 86400000000)) AS event
    GROUP BY 1, 2, 3) AS counted
  GROUP BY skill_name, agent_id $$;

CREATE FUNCTION autoskill_java_count_span(upper_level integer, upper_span integer) RETURNS void LANGUAGE sql AS $$
  WITH part AS (
    SELECT * FROM autoskill_java_rollup
    WHERE upper_level < 7 AND level = upper_level - 1 AND span BETWEEN upper_span * 4 AND upper_span * 4 + 3
    UNION ALL
    SELECT * FROM autoskill_java_rollup
    WHERE upper_level = 7 AND level BETWEEN 0 AND 6 AND span < upper_span >> 2 * level
      AND (level = 6 OR span >= (upper_span >> 2 * (level + 1)) * 4)),
  histogram AS (
    SELECT skill_name, agent_id, array_agg(bucket ORDER BY bucket) AS buckets,
      array_agg(uses ORDER BY bucket) AS bucket_uses, array_agg(skipped ORDER BY bucket) AS bucket_skipped
    FROM (
      SELECT skill_name, agent_id, bucket, CAST(SUM(uses) AS bigint) AS uses, CAST(SUM(skipped) AS bigint) AS skipped
      FROM (
        SELECT skill_name, agent_id, unnest(buckets) AS bucket, unnest(bucket_uses) AS uses,
          unnest(bucket_skipped) AS skipped
        FROM part) AS entry
      GROUP BY 1, 2, 3) AS counted
    GROUP BY 1, 2),
  total AS (
    SELECT skill_name, agent_id, SUM(uses) AS uses, SUM(successes) AS successes, SUM(failures) AS failures,
      SUM(partials) AS partials, SUM(skipped) AS skipped, SUM(ms) AS ms, MIN("first") AS "first", MAX("last") AS "last"
    FROM part GROUP BY 1, 2)
  INSERT INTO autoskill_java_rollup
  SELECT upper_level, upper_span, skill_name, agent_id, uses, successes, failures, partials, skipped, ms, "first", "last",
    COALESCE(buckets, '{}'), COALESCE(bucket_uses, '{}'), COALESCE(bucket_skipped, '{}')
  FROM total LEFT JOIN histogram USING (skill_name, agent_id) $$;

-- Counts the newest stale span of the lowest level anew, and answers whether there was one; false, too, if another
-- connection is at it. The span's row goes first: a change that is committed after that has a row of its own, which stays.
-- Spans of higher levels are counted once they are over, and when all are, all days before today.
CREATE FUNCTION autoskill_java_roll_up() RETURNS boolean SECURITY DEFINER LANGUAGE plpgsql AS $$
DECLARE
  today integer := autoskill_java_day(now());
  stale autoskill_java_stale;
BEGIN
  IF NOT pg_try_advisory_xact_lock(5318008242114) THEN
    RETURN false;
  END IF;
  SELECT * INTO stale FROM autoskill_java_stale AS each
  WHERE each.level = 0 OR (each.span + 1) * (1 << 2 * each.level) <= today
  ORDER BY each.level, each.span DESC LIMIT 1;
  IF NOT FOUND THEN
    IF NOT EXISTS (SELECT 1 FROM autoskill_java_rollup WHERE level = 7 AND span = today) THEN
      DELETE FROM autoskill_java_rollup WHERE level = 7;
      PERFORM autoskill_java_count_span(7, today);
    END IF;
    RETURN false;
  END IF;
  DELETE FROM autoskill_java_stale AS each WHERE each.level = stale.level AND each.span = stale.span;
  DELETE FROM autoskill_java_rollup AS each WHERE each.level = stale.level AND each.span = stale.span;
  IF stale.level = 0 THEN
    DELETE FROM autoskill_java_rollup WHERE level = 7 AND span > stale.span;
    PERFORM autoskill_java_count_day(stale.span);
  ELSE
    PERFORM autoskill_java_count_span(stale.level, stale.span);
  END IF;
  IF stale.level < 6 THEN
    INSERT INTO autoskill_java_stale SELECT stale.level + 1, stale.span >> 2
    WHERE NOT EXISTS (
      SELECT 1 FROM autoskill_java_stale AS each
      WHERE each.level = stale.level + 1 AND each.span = stale.span >> 2);
  END IF;
  RETURN true;
END $$;

-- With their owner's rights, so nobody's own tables may take the place of these.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['changed', 'emptied', 'roll_up'] LOOP
    EXECUTE format('ALTER FUNCTION %I() SET search_path = %I, pg_temp', 'autoskill_java_' || name, current_schema());
  END LOOP;
END $$;
