package dev.autoskill.telemetry.event;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf skills run: the session that groups their events, and the agent. What a context
 * leaves open is filled in by the contexts around it, and at last by the collector.
 *
 * <p>A context becomes the current one of a thread by {@link #open}, and goes to other threads by
 * {@link #carry(Runnable)} and its like:
 *
 * <pre>{@code
 * try (SkillContext.Scope scope = SkillContext.ofSession("s-1").withAgent("cursor").open()) {
 *   reviewer.review(pullRequest);
 *   executor.submit(SkillContext.carry(() -> reviewer.review(another)));
 * }
 * }</pre>
 *
 * <p>Immutable, so that threads may share it.
 *
 * @param sessionId an opaque, random id; never a user's or a machine's; not blank; null: not said
 *     here
 * @param agentId the coding agent, for example {@code claude-code}; not blank; null: not said here
 */
public record SkillContext(@Nullable String sessionId, @Nullable String agentId) {

  /** The agent id of events whose agent is not known. */
  public static final String UNKNOWN_AGENT = "unknown";

  private static final SkillContext NONE = new SkillContext(null, null);

  /**
   * Checks both components.
   *
   * @throws IllegalArgumentException if one is blank
   */
  public SkillContext {
    if (sessionId != null) {
      Skill.requireText(sessionId, "session");
    }
    if (agentId != null) {
      Skill.requireText(agentId, "agent");
    }
  }

  /**
   * A context that says the session.
   *
   * @param sessionId an opaque, random id; not blank
   * @return the context
   * @throws NullPointerException if {@code sessionId} is null
   * @throws IllegalArgumentException if {@code sessionId} is blank
   */
  public static SkillContext ofSession(String sessionId) {
    return NONE.withSession(sessionId);
  }

  /**
   * A context that says the agent.
   *
   * @param agentId the agent; not blank
   * @return the context
   * @throws NullPointerException if {@code agentId} is null
   * @throws IllegalArgumentException if {@code agentId} is blank
   */
  public static SkillContext ofAgent(String agentId) {
    return NONE.withAgent(agentId);
  }

  /**
   * This context with another session.
   *
   * @param sessionId an opaque, random id; not blank
   * @return the context
   * @throws NullPointerException if {@code sessionId} is null
   * @throws IllegalArgumentException if {@code sessionId} is blank
   */
  public SkillContext withSession(String sessionId) {
    return new SkillContext(Skill.requireText(sessionId, "session"), agentId);
  }

  /**
   * This context with another agent.
   *
   * @param agentId the agent; not blank
   * @return the context
   * @throws NullPointerException if {@code agentId} is null
   * @throws IllegalArgumentException if {@code agentId} is blank
   */
  public SkillContext withAgent(String agentId) {
    return new SkillContext(sessionId, Skill.requireText(agentId, "agent"));
  }

  /**
   * The context of the current thread.
   *
   * @return the context opened last and not yet closed, filled in by those around it; one that says
   *     nothing if there is none
   */
  public static SkillContext current() {
    SkillContext current = currentOrNull();
    return current == null ? NONE : current;
  }

  /**
   * How many skills are running on the current thread, one inside of the other.
   *
   * @return the depth; 0 if none runs or telemetry is off
   */
  public static int depth() {
    return CurrentSkill.depth();
  }

  /**
   * The context of the current thread, for those who fill in what is missing later.
   *
   * @return as {@link #current()}, but null if no context is open
   */
  public static @Nullable SkillContext currentOrNull() {
    return OpenScope.currentContext();
  }

  /**
   * Makes this the current context of the current thread, filled in by the one that is current now.
   *
   * @return what ends that; to be closed by the same thread
   */
  public Scope open() {
    SkillContext outer = current();
    return OpenScope.open(
        new SkillContext(
            sessionId == null ? outer.sessionId : sessionId,
            agentId == null ? outer.agentId : agentId));
  }

  /**
   * Carries the current context into a task that runs on another thread or later.
   *
   * @param task the task
   * @return a task that runs the given one in the context that is current now
   * @throws NullPointerException if {@code task} is null
   */
  public static Runnable carry(Runnable task) {
    Objects.requireNonNull(task, "task must not be null");
    SkillContext carried = current();
    return () -> {
      Scope scope = OpenScope.open(carried);
      try {
        task.run();
      } finally {
        scope.close();
      }
    };
  }

  /**
   * Carries the current context into a task that runs on another thread or later.
   *
   * @param <T> what the task returns
   * @param task the task
   * @return a task that runs the given one in the context that is current now
   * @throws NullPointerException if {@code task} is null
   */
  public static <T> Callable<T> carry(Callable<T> task) {
    Objects.requireNonNull(task, "task must not be null");
    SkillContext carried = current();
    return () -> {
      Scope scope = OpenScope.open(carried);
      try {
        return task.call();
      } finally {
        scope.close();
      }
    };
  }

  /**
   * Carries the current context into a supplier that runs on another thread or later, such as that
   * of a {@link java.util.concurrent.CompletableFuture}.
   *
   * @param <T> what the supplier supplies
   * @param supplier the supplier
   * @return a supplier that runs the given one in the context that is current now
   * @throws NullPointerException if {@code supplier} is null
   */
  public static <T> Supplier<T> carrySupplier(Supplier<T> supplier) {
    Objects.requireNonNull(supplier, "supplier must not be null");
    SkillContext carried = current();
    return () -> {
      Scope scope = OpenScope.open(carried);
      try {
        return supplier.get();
      } finally {
        scope.close();
      }
    };
  }

  /**
   * Carries contexts into every task of an executor: each task runs in the context that is current
   * where and when it is submitted.
   *
   * @param executor the executor; shutting the returned one down shuts this one down
   * @return an executor that hands its tasks on to the given one
   * @throws NullPointerException if {@code executor} is null
   */
  public static ExecutorService carry(ExecutorService executor) {
    return new CarryingExecutorService(
        Objects.requireNonNull(executor, "executor must not be null"));
  }

  /** Ends what {@link SkillContext#open} began. */
  public interface Scope extends AutoCloseable {

    /**
     * Ends the scope, so that the context around it is current again. Scopes may be closed in any
     * order, and more than once; on another thread than the one that opened it this does nothing.
     */
    @Override
    void close();
  }
}
