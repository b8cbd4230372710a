package dev.autoskill.telemetry.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.net.httpserver.HttpServer;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.listener.LiveSpans;
import dev.autoskill.telemetry.otlp.OtlpReceiver;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import dev.autoskill.telemetry.sync.EventPush;
import dev.autoskill.telemetry.sync.PushResult;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses that programs send live, and then the command from the store, to the same collector. */
class LiveThenPushTest {

  /** Both of protobuf and of JSON. The end of a name tells where it ends. */
  private static final Pattern NAME = Pattern.compile("execute_tool (\\w+-end)");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private HttpServer sink;
  private String address;

  @BeforeEach
  void start() throws IOException {
    sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          NAME.matcher(new String(body, StandardCharsets.ISO_8859_1))
              .results()
              .map(match -> match.group(1))
              .forEach(received::add);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
    address = "http://127.0.0.1:" + sink.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    sink.stop(0);
  }

  private OpenTelemetrySdk sdk() {
    OtlpHttpSpanExporter spans =
        OtlpHttpSpanExporter.builder().setEndpoint(address + "/v1/traces").build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                .build())
        .build();
  }

  private static void use(TelemetryCollector telemetry, String... skills) {
    for (String skill : skills) {
      telemetry.call(skill + "-end", () -> Outcome.SUCCESS);
    }
  }

  private void useLive(String... skills) {
    try (OpenTelemetrySdk sdk = sdk();
        TelemetryCollector telemetry =
            OpenedCollector.with(directory, new OpenTelemetryObserver(sdk))) {
      use(telemetry, skills);
    }
  }

  /** In a process without telemetry-otel. */
  private void useStored(Duration ago, String... skills) {
    TimeSource time = () -> System.currentTimeMillis() - ago.toMillis();
    TelemetryConfig config = OpenedCollector.config(directory).build();
    try (TelemetryCollector telemetry =
        TelemetryCollector.open(config, Environment.of(Map.of()), time)) {
      use(telemetry, skills);
    }
  }

  private PushResult push(boolean isFull) {
    Environment environment = Environment.of(Map.of("HOME", directory.toString()));
    TelemetryConfig config = OpenedCollector.config(directory).build();
    try (TelemetryCollector telemetry =
        TelemetryCollector.open(config, environment, TimeSource.system())) {
      OtlpReceiver receiver = OtlpReceiver.of("otlp:" + address, null);
      return new EventPush(telemetry, environment, receiver, InstantSource.system(), time -> false)
          .push(isFull);
    }
  }

  private Path note() {
    return directory.resolve("telemetry.db-spool").resolve("live-spans");
  }

  private Instant since() throws IOException {
    return LiveSpans.since(directory.resolve("telemetry.db"));
  }

  @Test
  void eachUseIsInTheCollectorOnceWhetherItWasSentLiveOrLater() {
    useStored(Duration.ofHours(1), "early", "old");
    useLive("first", "second");

    PushResult result = push(false);
    useLive("third");
    push(true);
    PushResult last = push(false);

    assertEquals(2, result.added());
    assertEquals(2, result.leftOut());
    assertEquals(0, result.refused());
    assertEquals(0, last.leftOut(), "the push has passed them");
    // The full push sends again those that it has sent before.
    assertEquals(
        Stream.of("early", "early", "first", "old", "old", "second", "third")
            .map(name -> name + "-end")
            .toList(),
        received.stream().sorted().toList());
  }

  @Test
  void theVeryFirstUseOfAProcessIsNotSentTwice() {
    useLive("only");

    assertEquals(1, push(false).leftOut());
    assertEquals(List.of("only-end"), received);
  }

  @Test
  void norIsItWhereTheDatabaseIsOfAnotherTool() throws IOException {
    useStored(Duration.ofHours(1), "old");
    Files.delete(note().getParent());

    useLive("only");

    assertEquals(1, push(false).leftOut());
    assertEquals(List.of("old-end", "only-end"), received.stream().sorted().toList());
  }

  @Test
  void theNoteIsTheUsersAloneAndTellsWhenTheFirstProcessBegan() throws IOException {
    Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
    useLive("first");
    Instant noted = since();
    useLive("second");

    assertFalse(noted.isBefore(before));
    assertFalse(noted.isAfter(Instant.now()));
    assertEquals(noted, since(), "an earlier note stays");
    assertEquals(noted + "\n", Files.readString(note()));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(note()));
    try (Stream<Path> files = Files.list(note().getParent())) {
      assertEquals(
          List.of(note()),
          files.filter(file -> file.getFileName().toString().startsWith("live")).toList());
    }
  }

  @Test
  void nothingIsNotedWithoutAnEvent() throws IOException {
    useStored(Duration.ZERO, "old");
    useLive();

    assertNull(since());
  }

  @Test
  void usesBeforeThereIsAnOpenTelemetryHadNoSpansAndArePushed() {
    AtomicReference<OpenTelemetry> telemetry = new AtomicReference<>(OpenTelemetry.noop());
    Supplier<OpenTelemetry> source =
        () -> {
          awaitAnotherMillisecond(); // or the time of the first event is also that of the note
          return telemetry.get();
        };
    try (OpenTelemetrySdk sdk = sdk();
        TelemetryCollector collector =
            OpenedCollector.with(directory, new OpenTelemetryObserver(source))) {
      use(collector, "without");
      collector.flush(PATIENCE);
      telemetry.set(sdk);
      use(collector, "live");
    }

    assertEquals(1, push(false).leftOut());
    assertEquals(List.of("live-end", "without-end"), received.stream().sorted().toList());
  }

  private static void awaitAnotherMillisecond() {
    long now = System.currentTimeMillis();
    while (System.currentTimeMillis() <= now + 1) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theServiceNotesItAsAnObserverOfAProgramsOwnDoes() {
    GlobalOpenTelemetry.resetForTest();
    try (OpenTelemetrySdk sdk = sdk()) {
      GlobalOpenTelemetry.set(sdk);
      try (TelemetryCollector telemetry = OpenedCollector.with(OpenedCollector.config(directory))) {
        use(telemetry, "found");
      }
    } finally {
      GlobalOpenTelemetry.resetForTest();
    }

    assertEquals(1, push(false).leftOut());
    assertEquals(List.of("found-end"), received);
  }

  @Test
  void nothingIsMadeBesideAnotherProgramsDatabase() throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("telemetry.db"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE of_others (a)");
    }

    useLive("first", "second");

    assertEquals(
        List.of("telemetry.db"), Arrays.stream(directory.toFile().list()).sorted().toList());
  }
}
