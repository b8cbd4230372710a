package dev.autoskill.telemetry.annotations.running;

/** Finds what runs on the calling thread: each call of a skill asks for it, twice. */
final class RunningThreads {

  /** A power of two. */
  private static final int SLOTS = 1024;

  /**
   * What most calls find, by the thread's id, since a thread's own variable takes more loads, one
   * after the other. A thread whose slot is another's has it the next time. No data race matters:
   * what a thread finds there it has put there itself, or it is not its own.
   */
  private static final RunningSkills[] RECENT = new RunningSkills[SLOTS];

  private static final ThreadLocal<Object[]> KEPT = new ThreadLocal<>();

  private RunningThreads() {}

  static RunningSkills current() {
    Thread thread = Thread.currentThread();
    if (!hasIdOfJdk(thread)) {
      return find(thread, KEPT.get());
    }
    int slot = (int) thread.getId() & SLOTS - 1;
    RunningSkills recent = RECENT[slot];
    if (recent != null && recent.refersTo(thread)) {
      return recent;
    }
    RunningSkills found = find(thread, KEPT.get());
    RECENT[slot] = found;
    return found;
  }

  /** Null if no skill was ever entered. */
  static RunningSkills currentOrNull() {
    Object[] kept = KEPT.get();
    return kept == null ? null : find(Thread.currentThread(), kept);
  }

  /** Else somebody's own code might answer, and that might be a skill, too. */
  private static boolean hasIdOfJdk(Thread thread) {
    return thread.getClass() == Thread.class || thread.getClass().getClassLoader() == null;
  }

  private static RunningSkills find(Thread thread, Object[] kept) {
    RunningSkills found = kept == null ? null : RunningSkills.keeperOf(kept);
    if (found == null) {
      found = new RunningSkills(thread, kept);
      KEPT.set(found.kept());
    }
    return found;
  }
}
