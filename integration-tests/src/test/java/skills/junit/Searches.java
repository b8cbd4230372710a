package skills.junit;

import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.junit.SkillTelemetryExtension;
import dev.autoskill.telemetry.junit.SkillUses;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests of the same skills at the same time, each of which makes another number of uses. */
@ExtendWith(SkillTelemetryExtension.class)
@Execution(ExecutionMode.CONCURRENT)
public class Searches {

  /** Of all tests. */
  private static final ExecutorService POOL =
      Executors.newFixedThreadPool(
          4,
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });

  private final Search search = new Search();

  @RepeatedTest(100)
  void eachSeesItsOwnUses(RepetitionInfo repetition, SkillUses uses) throws Exception {
    int times = 1 + repetition.getCurrentRepetition() % 7;
    Thread[] threads = new Thread[times];
    for (int i = 0; i < times; i++) {
      search.find("own");
      threads[i] = new Thread(() -> search.find("thread"));
      threads[i].start();
      assertThrows(NullPointerException.class, () -> search.find(null));
      POOL.submit(uses.carry(() -> search.find("carried"))).get();
      POOL.submit(SkillContext.carry(() -> search.find("carried in its context"))).get();
      // Uses that are made there without being carried belong to nobody.
      search.findLater("later", POOL).join();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(uses).of("search").succeeded(4 * times).failed(times);
    assertThat(uses).of("search-later").succeeded(times);
    assertThat(uses).times(6 * times);
  }
}
