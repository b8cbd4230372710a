package dev.autoskill.telemetry.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The session and the agent on whose behalf skills run. The contexts around it fill in what a
 * context leaves open, and finally the collector does.
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
 * @param sessionId an opaque, random id; never a user's or a machine's; not blank; null: left open
 * @param agentId the coding agent, for example {@code claude-code}; not blank; null: left open
 */
public record SkillContext(@Nullable String sessionId, @Nullable String agentId) {

  /** The agent id of events whose agent is not known. */
  public static final String UNKNOWN_AGENT = "unknown";

  private static final SkillContext NONE = new SkillContext(null, null);

  /** Checks both components. */
  public SkillContext {
    sessionId = Skill.optionalText(sessionId, "session");
    agentId = Skill.optionalText(agentId, "agent");
  }

  /**
   * {@return a context with a session}
   *
   * @param sessionId an opaque, random id; not blank
   */
  public static SkillContext ofSession(String sessionId) {
    return NONE.withSession(sessionId);
  }

  /**
   * {@return a context with an agent}
   *
   * @param agentId the agent; not blank
   */
  public static SkillContext ofAgent(String agentId) {
    return NONE.withAgent(agentId);
  }

  /**
   * {@return this context with another session}
   *
   * @param sessionId an opaque, random id; not blank
   */
  public SkillContext withSession(String sessionId) {
    return new SkillContext(Skill.requireText(sessionId, "session"), agentId);
  }

  /**
   * {@return this context with another agent}
   *
   * @param agentId the agent; not blank
   */
  public SkillContext withAgent(String agentId) {
    return new SkillContext(sessionId, Skill.requireText(agentId, "agent"));
  }

  /**
   * {@return the context of the current thread: the one opened last and not yet closed, filled in
   * by those around it; an empty one if there is none}
   */
  public static SkillContext current() {
    SkillContext current = currentOrNull();
    return current == null ? NONE : current;
  }

  /**
   * {@return the context of the current thread, for callers that fill in the rest later; null if no
   * context is open}
   */
  public static @Nullable SkillContext currentOrNull() {
    // No data race matters: a thread sees its own writes.
    OpenScope innermost = OpenScope.isUsed ? OpenScope.INNERMOST.get() : null;
    return innermost == null ? null : innermost.context;
  }

  /**
   * Makes this the current context of the current thread, filled in by the one that is current now.
   *
   * @return the scope that ends it; to be closed by the same thread
   */
  public Scope open() {
    SkillContext outer = current();
    return new OpenScope(
        new SkillContext(
            sessionId == null ? outer.sessionId : sessionId,
            agentId == null ? outer.agentId : agentId));
  }

  /**
   * {@return a task that runs the given one in the context that is current now, on another thread
   * or later}
   *
   * @param task the task
   */
  public static Runnable carry(Runnable task) {
    Objects.requireNonNull(task, "task must not be null");
    return carrySupplier(
            () -> {
              task.run();
              return true;
            })
        ::get;
  }

  /**
   * {@return a task that runs the given one in the context that is current now, on another thread
   * or later}
   *
   * @param <T> the type of the task's result
   * @param task the task
   */
  @SuppressWarnings("try")
  public static <T> Callable<T> carry(Callable<T> task) {
    Objects.requireNonNull(task, "task must not be null");
    SkillContext carried = current();
    return () -> {
      try (Scope scope = new OpenScope(carried)) {
        return task.call();
      }
    };
  }

  /**
   * {@return a supplier that runs the given one in the context that is current now, such as that of
   * a {@link java.util.concurrent.CompletableFuture}}
   *
   * @param <T> the type of the supplier's results
   * @param supplier the supplier
   */
  @SuppressWarnings("try")
  public static <T> Supplier<T> carrySupplier(Supplier<T> supplier) {
    Objects.requireNonNull(supplier, "supplier must not be null");
    SkillContext carried = current();
    return () -> {
      try (Scope scope = new OpenScope(carried)) {
        return supplier.get();
      }
    };
  }

  /**
   * {@return an executor that hands its tasks on to the given one, where each runs in the context
   * that is current where and when it is submitted}
   *
   * @param executor the executor; shutting the returned one down shuts this one down
   */
  public static ExecutorService carry(ExecutorService executor) {
    Objects.requireNonNull(executor, "executor must not be null");
    return (ExecutorService)
        Proxy.newProxyInstance(
            SkillContext.class.getClassLoader(),
            new Class<?>[] {ExecutorService.class},
            (proxy, method, arguments) -> submit(executor, method, arguments));
  }

  private static @Nullable Object submit(
      ExecutorService executor, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; arguments != null && i < types.length; i++) {
      // By the declared type: a result that is handed over beside a task may be a task itself.
      arguments[i] = carried(types[i], arguments[i]);
    }
    try {
      return method.invoke(executor, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static @Nullable Object carried(Class<?> type, @Nullable Object argument) {
    if (type == Runnable.class && argument instanceof Runnable task) {
      return carry(task);
    }
    if (type == Callable.class && argument instanceof Callable<?> task) {
      return carry(task);
    }
    return type == Collection.class && argument instanceof Collection<?> tasks
        ? tasks.stream().map(task -> carried(Callable.class, task)).toList()
        : argument;
  }

  /** Ends a context that {@link SkillContext#open} began. */
  public interface Scope extends AutoCloseable {

    /**
     * Ends the scope, so that the context around it is current again. Scopes may be closed in any
     * order, and more than once; on another thread than the one that opened it this does nothing.
     */
    @Override
    void close();
  }

  /** One link in the chain of scopes that are open on a thread. */
  private static final class OpenScope implements Scope {

    private static final ThreadLocal<@Nullable OpenScope> INNERMOST = new ThreadLocal<>();

    /** Whether a scope was ever opened: most programs open none, and each call asks for it. */
    private static boolean isUsed;

    private final SkillContext context;
    private final @Nullable OpenScope outer = INNERMOST.get();
    private final Thread thread = Thread.currentThread();
    private boolean isClosed;

    OpenScope(SkillContext context) {
      this.context = context;
      isUsed = true;
      INNERMOST.set(this);
    }

    @Override
    public void close() {
      if (isClosed || thread != Thread.currentThread()) {
        return;
      }
      isClosed = true;
      OpenScope innermost = INNERMOST.get();
      // A scope that is closed before those within it goes when they do.
      while (innermost != null && innermost.isClosed) {
        innermost = innermost.outer;
      }
      if (innermost == null) {
        // A value left in a pooled thread would keep this class and its loader alive.
        INNERMOST.remove();
      } else {
        INNERMOST.set(innermost);
      }
    }
  }
}
