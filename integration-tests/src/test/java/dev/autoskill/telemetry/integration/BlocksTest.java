package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A block that returns one of Reactor's publishers, whose classes nobody else can name. */
class BlocksTest {

  @TempDir Path directory;

  private TelemetryCollector telemetry;

  @BeforeEach
  void open() {
    telemetry =
        TelemetryCollector.open(
            TelemetryConfig.builder().database(directory.resolve("telemetry.db")).build(),
            Environment.of(Map.of("HOME", directory.toString())),
            TimeSource.system());
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void endsWithTheMono() throws Exception {
    Mono<String> mono = telemetry.use("a", () -> Mono.fromCallable(() -> "value"));
    assertEquals(List.of(), outcomes());

    assertEquals("value", mono.block());
    assertEquals(List.of("success"), outcomes());
  }

  @Test
  void failsWithTheFlux() {
    Flux<Integer> flux =
        telemetry.call("a", () -> Flux.range(0, 2).map(divisor -> 1 / (1 - divisor)));
    assertEquals(List.of(), outcomes());

    assertThrows(ArithmeticException.class, flux::blockLast);
    assertEquals(List.of("failure"), outcomes());
  }

  @Test
  void answersAnotherTypeOfPublisherAsItIs() throws Exception {
    ConnectableFlux<Integer> connectable = Flux.range(0, 2).publish();

    ConnectableFlux<Integer> answered = telemetry.use("a", () -> connectable);

    assertSame(connectable, answered);
    assertEquals(List.of("success"), outcomes());
  }

  private List<String> outcomes() {
    return telemetry.getEvents().stream().map(event -> event.outcome().text()).toList();
  }
}
