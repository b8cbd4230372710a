CREATE TABLE autoskill_java_schema (
  version integer PRIMARY KEY,
  applied timestamptz NOT NULL DEFAULT now());

-- The databases that were pushed: an id that says nothing, and a label only if somebody gave one.
CREATE TABLE autoskill_java_source (
  source uuid PRIMARY KEY,
  label text,
  watermark bigint NOT NULL,
  watermark_id text NOT NULL,
  pushed_at timestamptz NOT NULL);

-- The columns of the local table. Other tools store fractions of milliseconds.
CREATE TABLE skill_telemetry (
  id text COLLATE "C" PRIMARY KEY,
  skill_id text COLLATE "C" NOT NULL,
  skill_name text COLLATE "C" NOT NULL,
  session_id text COLLATE "C" NOT NULL,
  agent_id text COLLATE "C" NOT NULL,
  duration_ms double precision,
  outcome text COLLATE "C" NOT NULL,
  "timestamp" timestamptz NOT NULL,
  source uuid NOT NULL);

CREATE INDEX skill_telemetry_timestamp ON skill_telemetry ("timestamp");
CREATE INDEX skill_telemetry_skill ON skill_telemetry (skill_name, "timestamp");

-- A moment of its microseconds since 1970, and back; in two parts, since a float holds no later year exactly.
CREATE FUNCTION autoskill_java_moment(micros bigint) RETURNS timestamptz STABLE LANGUAGE sql AS
$$ SELECT timestamptz 'epoch' + (micros / 1000000) * interval '1 second' + (micros % 1000000) * interval '1 microsecond' $$;

CREATE FUNCTION autoskill_java_micros(moment timestamptz) RETURNS bigint STABLE LANGUAGE sql AS
$$ SELECT CAST(extract(epoch FROM date_trunc('second', moment)) AS bigint) * 1000000
  + CAST(extract(microseconds FROM moment) AS bigint) % 1000000 $$;

-- The bucket of a duration in the histogram: from 32 ms on, the exponent and four bits of the float.
CREATE FUNCTION autoskill_java_bucket(ms double precision) RETURNS integer IMMUTABLE LANGUAGE sql AS
$$ SELECT CASE WHEN ms < 32 THEN CAST(greatest(trunc(ms), 0) AS integer)
  ELSE (get_byte(float8send(ms), 0) & 127) * 256 + get_byte(float8send(ms), 1) - 16416 END $$;
