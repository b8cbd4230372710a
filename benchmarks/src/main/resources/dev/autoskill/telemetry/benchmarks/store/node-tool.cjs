// Stores events as auto-skill's Node tool does: a write-ahead log, and for each event an insert that is prepared anew, in a
// transaction of its own. Prints how many events a second that made, opening and closing included.
const Database = require('better-sqlite3');
const crypto = require('node:crypto');

const [file, count] = [process.argv[2], Number(process.argv[3])];
const agents = ['claude-code', 'cursor', 'codex', 'gemini-cli', 'unknown'];
const outcomes = ['success', 'success', 'success', 'failure', 'partial'];

// https://github.com/ulid/spec: 48 bits of time and 80 random ones, in Crockford's base 32.
function ulid() {
  let bits = (BigInt(Date.now()) << 80n) | BigInt('0x' + crypto.randomBytes(10).toString('hex'));
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}

const start = process.hrtime.bigint();
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('foreign_keys = ON');
database.exec(`
  CREATE TABLE skill_telemetry (
    id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL, session_id TEXT NOT NULL,
    agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER, outcome TEXT NOT NULL, timestamp TEXT NOT NULL);
  CREATE INDEX idx_telemetry_skill ON skill_telemetry(skill_id);
  CREATE INDEX idx_telemetry_timestamp ON skill_telemetry(timestamp);
`);
let session = '';
for (let i = 0; i < count; i++) {
  if (i % 20 === 0) {
    session = crypto.randomUUID();
  }
  const skill = `skill-${String(crypto.randomInt(50)).padStart(2, '0')}`;
  database
    .prepare(
      'INSERT INTO skill_telemetry (id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome, timestamp)' +
        ' VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(ulid(), skill, skill, session, agents[i % 5], i % 1000, outcomes[i % 5], new Date().toISOString());
}
database.close();
console.log(count / (Number(process.hrtime.bigint() - start) / 1e9));
