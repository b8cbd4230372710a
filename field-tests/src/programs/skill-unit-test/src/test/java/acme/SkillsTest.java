package acme;
import static org.junit.jupiter.api.Assertions.*;
import dev.autoskill.telemetry.*;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
class SkillsTest {
  @TempDir Path dir;
  TelemetryCollector collector;
  @BeforeEach void open() { collector = TelemetryCollector.open(dir.resolve("t.db")); Telemetry.install(collector); }
  @AfterEach void close() { Telemetry.reset(); collector.close(); }
  @Test void records() {
    new Skills().greet("x");
    List<TelemetryEvent> e = collector.getEvents("greet", 10);
    assertEquals(1, e.size(), "events");
    assertEquals(Outcome.SUCCESS, e.get(0).outcome());
  }
  @Test void recordsFailure() {
    assertThrows(IllegalArgumentException.class, () -> new Skills().greet(null));
    assertEquals(Outcome.FAILURE, collector.getEvents().get(0).outcome());
  }
}
