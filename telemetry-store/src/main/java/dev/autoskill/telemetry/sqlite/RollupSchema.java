package dev.autoskill.telemetry.sqlite;

import org.jdbi.v3.core.Handle;

/** The tables and triggers that the rollups live in. */
final class RollupSchema {

  private final Handle handle;
  private final RollupSchemaDao schema;
  private final RollupDao dao;
  private final RollupUpdateDao update;

  RollupSchema(Handle handle) {
    this.handle = handle;
    this.schema = handle.attach(RollupSchemaDao.class);
    this.dao = handle.attach(RollupDao.class);
    this.update = handle.attach(RollupUpdateDao.class);
  }

  boolean isThere() {
    return schema.hasState();
  }

  /** Whether the table is one that rollups can be kept of: its rows have rowids. */
  boolean isPossible() {
    return schema.hasRowids();
  }

  /**
   * Makes what is missing. Its caller holds the write lock.
   *
   * @return whether the rollups are there
   */
  boolean ensure() {
    if (isThere() && dao.state() != null) {
      return true;
    }
    if (!isPossible()) {
      return false;
    }
    create();
    return true;
  }

  /** Forgets all that was counted, but for what retention kept. Its caller holds the write lock. */
  void startAgain() {
    create();
    for (String table :
        new String[] {
          "autoskill_java_total",
          "autoskill_java_day",
          "autoskill_java_session",
          "autoskill_java_session_day"
        }) {
      handle.execute("DELETE FROM " + table + " WHERE kept = 0");
    }
    handle.execute("DELETE FROM autoskill_java_changed");
    handle.execute("DELETE FROM autoskill_java_skill_id");
    handle.execute("DELETE FROM autoskill_java_chunk");
    recountSessions();
  }

  private void create() {
    schema.createState();
    schema.createWords();
    schema.createTotals();
    schema.createDays();
    schema.createSessions();
    schema.createSessionDays();
    schema.createSessionCounts();
    schema.createChanged();
    schema.createSkillIds();
    schema.createChunks();
    schema.createDeletedTrigger();
    schema.createUpdatedTrigger();
    schema.createMovedTrigger();
    if (schema.hasKey()) {
      schema.createReplacedTrigger();
    }
    update.start(RollupState.VERSION, schema.triggers(), RollupState.LOWEST);
  }

  /** What was counted is gone, so only what retention kept is left to count. */
  private void recountSessions() {
    handle.execute("DELETE FROM autoskill_java_session_count");
    dao.keptSessions().forEach(this::addSessionCounts);
  }

  private void addSessionCounts(StoredSessions row) {
    SessionUses uses = new SessionUses();
    uses.add(row.uses());
    RollupWriter.newSessions(new SessionUses(), uses)
        .forEach((agent, sessions) -> update.addSessionCount(row.skill(), agent, sessions));
  }
}
