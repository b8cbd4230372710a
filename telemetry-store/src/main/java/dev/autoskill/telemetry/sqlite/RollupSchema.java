package dev.autoskill.telemetry.sqlite;

import org.jdbi.v3.core.Handle;

/** Makes the tables and triggers that the rollups live in, and empties them. */
final class RollupSchema {

  private static final int TRIGGERS = 4;

  /** What is counted, by table: how to delete some of it, but not what retention kept. */
  private static final String[] FORGET = {
    some("autoskill_java_changed", "row", "TRUE"),
    some("autoskill_java_loose", "day, skill, agent", "TRUE"),
    some("autoskill_java_loose_total", "skill", "TRUE"),
    some("autoskill_java_total", "agent, skill, kept", "kept = 0"),
    some("autoskill_java_day", "day, skill, agent, kept", "kept = 0"),
    some("autoskill_java_session", "part, skill, kept", "kept = 0"),
    some("autoskill_java_session_day", "day, skill, part, kept", "kept = 0"),
    some("autoskill_java_skill_id", "skill, id", "TRUE"),
    some("autoskill_java_chunk", "no", "TRUE"),
  };

  /** What is of no use without the words it is made of. */
  private static final String[] OF_WORDS = {
    "autoskill_java_total",
    "autoskill_java_day",
    "autoskill_java_session",
    "autoskill_java_session_day",
    "autoskill_java_session_count",
    "autoskill_java_skill_id"
  };

  private final Handle handle;
  private final RollupDao dao;
  private final RollupUpdateDao update;

  RollupSchema(Handle handle, RollupDao dao, RollupUpdateDao update) {
    this.handle = handle;
    this.dao = dao;
    this.update = update;
  }

  private static String some(String table, String key, String condition) {
    return "DELETE FROM %1$s WHERE (%2$s) IN (SELECT %2$s FROM %1$s WHERE %3$s LIMIT ?)"
        .formatted(table, key, condition);
  }

  /**
   * Makes the tables that are missing. What they held is gone, and the rest worth nothing without
   * it, but for what retention kept. Its caller holds the write lock.
   */
  RollupState makeTables() {
    RollupSchemaDao schema = handle.attach(RollupSchemaDao.class);
    if (!schema.hasWords()) {
      for (String table : OF_WORDS) {
        handle.execute("DROP TABLE IF EXISTS " + table);
      }
    }
    schema.createState();
    schema.createWork();
    schema.createWords();
    schema.createTotals();
    schema.createDays();
    schema.createSessions();
    schema.createSessionDays();
    schema.createSessionCounts();
    schema.dropChanged();
    schema.createChanged();
    schema.createChangedIndex();
    schema.createSkillIds();
    schema.createChunks();
    schema.createLoose();
    schema.createLooseTotals();
    update.start(RollupState.VERSION, RollupState.GIVEN_UP, RollupState.LOWEST);
    return handle.attach(RollupStateDao.class).state();
  }

  /**
   * Forgets some of what was counted, but for what retention kept; when all of it is forgotten,
   * starts anew. Its caller holds the write lock.
   *
   * @param limit how many rows to delete at most
   */
  void forgetSome(int limit) {
    update.giveUp(RollupState.LOWEST);
    int left = limit;
    for (String some : FORGET) {
      left -= handle.execute(some, left);
      if (left <= 0) {
        return;
      }
    }
    recountSessions();
    update.startWork();
    makeTriggers();
    update.start(RollupState.VERSION, TRIGGERS, RollupState.LOWEST);
  }

  /**
   * They may be there, but on a table that has got another name since. One of them only an earlier
   * version made.
   */
  private void makeTriggers() {
    for (String name : new String[] {"deleted", "moved", "updated", "replaced", "inserted"}) {
      handle.execute("DROP TRIGGER IF EXISTS autoskill_java_" + name);
    }
    RollupTriggerDao triggers = handle.attach(RollupTriggerDao.class);
    triggers.createDeleted();
    triggers.createMoved();
    triggers.createUpdated();
    if (handle.attach(RollupSchemaDao.class).hasKey()) {
      triggers.createInserted();
    } else {
      triggers.createInsertedWithoutKey();
    }
  }

  /** What was counted is gone, so only what retention kept is left to count. */
  void recountSessions() {
    handle.execute("DELETE FROM autoskill_java_session_count");
    dao.keptSessions().forEach(this::addSessionCounts);
  }

  private void addSessionCounts(StoredSessions row) {
    SessionUses uses = new SessionUses();
    uses.add(row.uses());
    new SessionUses()
        .moreWith(uses)
        .forEach((agent, sessions) -> update.addSessionCount(row.skill(), agent, sessions));
  }
}
