package dev.autoskill.telemetry.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.autoskill.telemetry.event.SkillContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Contexts on Reactor's threads. */
class SchedulerHookTest {

  private static final SkillContext CLIENT = SkillContext.ofAgent("cursor");

  @Test
  void tasksTakeTheContextAlongUntilTheLastHookIsClosed() {
    SchedulerHook one = new SchedulerHook();
    SchedulerHook other = new SchedulerHook();
    assertEquals(CLIENT, scheduled());
    assertNull(contextOfATask());

    other.close();
    assertEquals(CLIENT, scheduled());

    one.close();
    assertNull(scheduled());
  }

  private static @Nullable SkillContext scheduled() {
    SkillContext.Scope scope = CLIENT.open();
    try {
      return contextOfATask();
    } finally {
      scope.close();
    }
  }

  private static @Nullable SkillContext contextOfATask() {
    return Mono.fromCallable(() -> Optional.ofNullable(SkillContext.currentOrNull()))
        .subscribeOn(Schedulers.boundedElastic())
        .block()
        .orElse(null);
  }
}
