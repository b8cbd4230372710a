package dev.autoskill.telemetry.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.otlp.Collector.Answer;
import dev.autoskill.telemetry.sync.PushProgram;
import dev.autoskill.telemetry.sync.PushResult;
import dev.autoskill.telemetry.sync.PushStatus;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.SyncException;
import dev.autoskill.telemetry.sync.SyncSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes to a collector, in good times and in bad ones. */
class OtlpPushTest {

  private static final String HEADERS = "AUTO_SKILL_TELEMETRY_SYNC_HEADERS";

  @TempDir Path home;
  private Store store;
  private Collector collector;

  @BeforeEach
  void start() throws IOException {
    store = new Store(home);
    collector = new Collector();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  private PushResult push() {
    return store.push(collector.address());
  }

  private SyncException failingPush() {
    return assertThrows(SyncException.class, this::push);
  }

  private void answerInTurn(Answer... answers) {
    collector.behaviour =
        request ->
            collector.requests.size() <= answers.length
                ? answers[collector.requests.size() - 1]
                : Collector.OK;
  }

  @Test
  void everyEventIsSentOnceInBatches() {
    store.record(1_100, 1);

    assertEquals(new PushResult(1_100, 1_100, 0, 0, Map.of()), push());
    assertEquals(3, collector.requests.size());
    assertEquals(new PushResult(0, 0, 0, 0, Map.of()), push());

    store.record(10, 2);
    assertEquals(10, push().added());
    assertEquals(1_110, new HashSet<>(collector.traceIds()).size());
    assertEquals(1_110, collector.spans.size());
    assertEquals(1_110, store.status(collector.address()).pushed());
  }

  @Test
  void aPushThatFailedGoesOnAfterTheLastBatchThatWasTaken() {
    store.record(1_100, 1);
    collector.behaviour = request -> collector.requests.size() == 1 ? Collector.OK : Answer.of(503);

    SyncException thrown = failingPush();

    assertEquals(
        collector.address() + ": the server is overloaded, or away (HTTP status 503)",
        thrown.getMessage());
    assertEquals(List.of(1L, 2L, 4L, 8L), seconds());
    assertEquals(new PushStatus(512, 588, null), store.status(collector.address()));
    collector.behaviour = request -> Collector.OK;
    assertEquals(588, push().added());
    assertEquals(1_100, collector.spans.size());
    assertEquals(1_100, new HashSet<>(collector.traceIds()).size());
  }

  @Test
  void aPushThatIsKilledGoesOnAfterTheLastBatchThatWasTaken() throws Exception {
    store.record(1_100, 1);
    CompletableFuture<Process> push = new CompletableFuture<>();
    collector.behaviour =
        request -> {
          if (collector.requests.size() == 2) {
            push.join().destroyForcibly().onExit().join();
          }
          return collector.requests.size() == 2 ? Answer.of(503) : Collector.OK;
        };
    push.complete(PushProgram.start(store, collector.address()));
    push.join().waitFor();

    assertEquals(512, collector.spans.size());
    assertEquals(588, push().added());
    assertEquals(1_100, collector.spans.size());
    assertEquals(1_100, new HashSet<>(collector.traceIds()).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void anOverloadedCollectorIsAskedAgain(int status) {
    store.record(3, 1);
    answerInTurn(Answer.of(status));

    assertEquals(new PushResult(3, 3, 0, 0, Map.of()), push());

    assertEquals(List.of(1L), seconds());
    assertEquals(3, collector.spans.size());
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 1", "86400, 60", "'Wed, 21 Oct 2026 07:28:00 GMT', 1", "-5, 1"})
  void itIsLeftAloneForAsLongAsItAsksForUpToAMinute(String asked, long seconds) {
    store.record(3, 1);
    answerInTurn(new Answer(503, "", Map.of("Retry-After", asked)));

    push();

    assertEquals(List.of(seconds), seconds());
  }

  @Test
  void anEventThatIsRefusedHoldsUpNoOther() throws Exception {
    store.record(600, 1);
    store.sql("UPDATE skill_telemetry SET skill_name = 'bad' WHERE rowid IN (3, 77)");
    collector.behaviour =
        request -> request.body().contains("\"bad\"") ? Answer.of(400) : Collector.OK;

    PushResult result = push();

    assertEquals(
        new PushResult(600, 598, 2, 0, Map.of("refused by the server, HTTP status 400", 2L)),
        result);
    assertEquals(598, new HashSet<>(collector.traceIds()).size());
    assertEquals(598, collector.spans.size());
    assertEquals(0, push().read());
  }

  @Test
  void whereEveryEventIsRefusedNothingCountsAsSent() {
    store.record(5, 1);
    collector.behaviour = request -> Answer.of(400);

    SyncException thrown = failingPush();

    assertEquals(
        collector.address() + ": the server refused the request (HTTP status 400)",
        thrown.getMessage());
    assertEquals(5, store.status(collector.address()).waiting());
  }

  @ParameterizedTest
  @CsvSource({
    "401, 'the server refused the headers, or lacks one'",
    "403, 'the server refused the headers, or lacks one'",
    "404, the server takes no spans there",
    "500, the server refused the request",
    "307, 'the server names another address, which is not followed'"
  })
  void anotherStatusEndsThePushAtOnce(int status, String reason) {
    store.record(5, 1);
    collector.behaviour =
        request -> new Answer(status, "", Map.of("Location", "/elsewhere", "Retry-After", "1"));

    SyncException thrown = failingPush();

    assertEquals(
        "%s: %s (HTTP status %d)".formatted(collector.address(), reason, status),
        thrown.getMessage());
    assertEquals(1, collector.requests.size());
    assertEquals(List.of(), store.pauses);
    assertEquals(5, store.status(collector.address()).waiting());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "2", " 2 "})
  void spansThatAreRejectedOfARequestThatIsTakenAreCounted(String number) {
    store.record(5, 1);
    answerInTurn(
        new Answer(
            200,
            "{\"partialSuccess\":{\"errorMessage\":\"\\\"rejectedSpans\\\": 9\",\"rejectedSpans\":"
                + number
                + "}}",
            Map.of()));

    assertEquals(
        new PushResult(
            5, 3, 2, 0, Map.of("rejected by the server, which took the rest of the request", 2L)),
        push());
    assertEquals(0, push().read());
  }

  @Test
  void requestsHaveAMegabyteAtMost() throws Exception {
    store.record(300, 1);
    store.sql("UPDATE skill_telemetry SET skill_name = hex(randomblob(5000))");

    assertEquals(300, push().added());

    assertTrue(collector.requests.size() > 5);
    assertTrue(collector.requests.stream().allMatch(each -> each.body().length() <= 1_000_000));
    assertEquals(300, new HashSet<>(collector.traceIds()).size());
  }

  @Test
  void anAnswerWithoutEndIsNotReadToItsEnd() {
    store.record(5, 1);
    answerInTurn(Collector.ENDLESS);

    assertEquals(5, push().added());
    assertEquals(List.of(), store.pauses, "at the first attempt");
  }

  @Test
  void aCollectorThatIsAwayIsTriedAtLongerAndLongerIntervals() {
    store.record(5, 1);

    SyncException thrown =
        assertThrows(SyncException.class, () -> store.push("otlp:http://localhost:1/x/"));

    assertEquals(
        "otlp:http://localhost:1/x: the server cannot be reached, or the connection broke",
        thrown.getMessage());
    assertEquals(List.of(1L, 2L, 4L, 8L), seconds());
  }

  @ParameterizedTest
  @CsvSource({"DO_NOT_TRACK, 1", "CI, true", "AUTO_SKILL_TELEMETRY, local"})
  void nothingIsSentWhereSomebodyObjects(String variable, String value) {
    store.record(5, 1);
    store.variables.put(variable, value);

    SyncException thrown = failingPush();

    assertTrue(thrown.getMessage().startsWith("nothing is sent: "), thrown.getMessage());
    assertEquals(List.of(), collector.requests);
  }

  @Test
  void headersReachTheCollectorAndNobodyElse() {
    store.record(5, 1);
    store.variables.put(HEADERS, "api-key = open+sesame=, x-list=a%2Cb");
    collector.behaviour = request -> Answer.of(401);

    SyncException thrown = failingPush();

    Map<String, List<String>> headers = collector.requests.get(0).headers();
    assertEquals(List.of("open+sesame="), headers.get("Api-key"));
    assertEquals(List.of("a,b"), headers.get("X-list"));
    assertFalse(thrown.getMessage().contains("sesame"), thrown.getMessage());
    SyncSettings settings = new SyncSettings("otlp:http://h", null, "a=open-sesame", null);
    assertFalse(settings.toString().contains("sesame"), settings.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open-sesame",
        "a=b,open sesame=c",
        "a=open%sesame",
        "Host=sesame",
        "a=sesame%0Ab",
        ","
      })
  void headersThatAreNoneAreNotRepeated(String headers) {
    store.record(5, 1);
    store.variables.put(HEADERS, headers);

    SyncException thrown = failingPush();

    assertEquals(
        "the headers of the settings must be of the form name=value,name2=value2",
        thrown.getMessage());
    assertEquals(List.of(), collector.requests);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host:4318",
        "otlp:",
        "otlp:host:4318",
        "otlp:ftp://host",
        "otlp:http://",
        "otlp:http://u:open-sesame@host",
        "otlp:http://host?key=open-sesame",
        "otlp:http://host#open-sesame",
        "otlp:http://open sesame"
      })
  void anAddressThatIsNoneIsNotRepeated(String wrong) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> OtlpReceiver.of(wrong, null));

    assertTrue(thrown.getMessage().startsWith("address must be "), thrown.getMessage());
    assertFalse(thrown.getMessage().contains("sesame"), thrown.getMessage());
  }

  private List<Long> seconds() {
    return store.pauses.stream().map(Duration::toSeconds).toList();
  }
}
