package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.event.SkillContext;
import reactor.core.scheduler.Schedulers;

/**
 * Lets tasks that are handed to Reactor's schedulers take the context along that is open then, from
 * when this is made until it is closed. An asynchronous server may have handlers do their work
 * there, and nothing but Reactor sees both threads.
 *
 * <p>Internal: public because the starter of Spring Boot needs it, and not promised to stay. Safe
 * for use by any number of threads.
 */
public final class SchedulerHook implements AutoCloseable {

  /** Adds the hook to those that others have. */
  public SchedulerHook() {
    Schedulers.onScheduleHook(
        toString(), task -> SkillContext.currentOrNull() == null ? task : SkillContext.carry(task));
  }

  @Override
  public void close() {
    Schedulers.resetOnScheduleHook(toString());
  }
}
