CREATE TABLE autoskill_java_state (one INTEGER PRIMARY KEY, version INTEGER NOT NULL,
  watermark INTEGER, watermark_id, checksum INTEGER NOT NULL)

CREATE TABLE autoskill_java_stale (timestamp)

CREATE TABLE autoskill_java_retained (skill TEXT, agent TEXT, day INTEGER, <counts>,
  buckets TEXT, PRIMARY KEY (skill, agent, day)) WITHOUT ROWID

CREATE TABLE autoskill_java_day (skill TEXT, agent TEXT, day INTEGER, <counts>,
  buckets TEXT, PRIMARY KEY (skill, agent, day)) WITHOUT ROWID

CREATE TABLE autoskill_java_total (skill TEXT, agent TEXT, <counts>,
  buckets TEXT, PRIMARY KEY (skill, agent)) WITHOUT ROWID

CREATE TRIGGER autoskill_java_deleted AFTER DELETE ON skill_telemetry
WHEN OLD.rowid <= (SELECT watermark FROM autoskill_java_state)
BEGIN
  INSERT INTO autoskill_java_stale SELECT OLD.timestamp WHERE <few>;
  UPDATE autoskill_java_state SET (watermark, watermark_id) =
    (SELECT rowid, id FROM skill_telemetry ORDER BY rowid DESC LIMIT 1)
  WHERE watermark = OLD.rowid
    AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid > OLD.rowid);
END

CREATE TRIGGER autoskill_java_updated BEFORE UPDATE ON skill_telemetry
WHEN OLD.rowid <= (SELECT watermark FROM autoskill_java_state)
  OR NEW.rowid <> OLD.rowid OR NEW.id IS NOT OLD.id
BEGIN
  INSERT INTO autoskill_java_stale SELECT timestamp FROM skill_telemetry
    WHERE (rowid IN (OLD.rowid, NEW.rowid) OR id = NEW.id) AND <few>;
  INSERT INTO autoskill_java_stale SELECT NEW.timestamp WHERE <few>;
END

CREATE TRIGGER autoskill_java_inserted BEFORE INSERT ON skill_telemetry
WHEN NEW.rowid <> -1 OR EXISTS (SELECT 1 FROM skill_telemetry WHERE id = NEW.id)
BEGIN
  INSERT INTO autoskill_java_stale SELECT timestamp FROM skill_telemetry
    WHERE (rowid = NEW.rowid OR id = NEW.id) AND <few>;
  INSERT INTO autoskill_java_stale SELECT NEW.timestamp
    WHERE NEW.rowid <= (SELECT watermark FROM autoskill_java_state) AND <few>;
END
