package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Rows;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.otlp.OtlpReceiver;
import dev.autoskill.telemetry.sync.EventPush;
import dev.autoskill.telemetry.sync.PushResult;
import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.Receiver;
import dev.autoskill.telemetry.sync.SyncException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Pushes events, once or again and again, or shows which ones would be pushed. */
final class SyncPush {

  private static final Duration BETWEEN_PUSHES = Duration.ofSeconds(10);

  private record Pushed(String to, PushResult result) {

    private long known() {
      return result.read() - result.added() - result.refused();
    }
  }

  private static final List<Column<Pushed>> PUSHED =
      List.of(
          new Column<>("to", Pushed::to),
          new Column<>("read", pushed -> pushed.result().read()),
          new Column<>("added", pushed -> pushed.result().added()),
          new Column<>("known", Pushed::known),
          new Column<>("refused", pushed -> pushed.result().refused()),
          new Column<>("leftOut", pushed -> pushed.result().leftOut()));

  private static final List<TableColumn<Pushed>> PUSHED_TABLE =
      List.of(
          TableColumn.text("Server", 0, Pushed::to),
          TableColumn.number("Sent", 2, pushed -> Figures.count(pushed.result().read())),
          TableColumn.number("New there", 1, pushed -> Figures.count(pushed.result().added())),
          TableColumn.number("Known there", 4, pushed -> Figures.count(pushed.known())),
          TableColumn.number("Refused", 3, pushed -> Figures.count(pushed.result().refused())));

  /** As they leave. */
  private static final List<Column<PushedEvent>> EVENT =
      List.of(
          new Column<>("id", PushedEvent::id),
          new Column<>("skillId", PushedEvent::skillId),
          new Column<>("skillName", PushedEvent::skillName),
          new Column<>("sessionId", PushedEvent::sessionId),
          new Column<>("agentId", PushedEvent::agentId),
          new Column<>("durationMs", PushedEvent::durationMs),
          new Column<>("outcome", event -> event.outcome().text()),
          new Column<>("timestamp", PushedEvent::timestamp));

  /** A span has neither. */
  private static final Set<String> NOT_IN_SPANS = Set.of("skillId", "sessionId");

  private final Call call;
  private final Format format;
  private final boolean isFull;
  private final Receiver receiver;

  SyncPush(Call call, Format format, boolean isFull) {
    this.call = call;
    this.format = format;
    this.isFull = isFull;
    this.receiver = receiver(call);
  }

  /** The server that was named, or that of the settings. */
  static Receiver receiver(Call call) {
    return Server.receiver(call.host(), call.arguments().find(SyncCommand.TO));
  }

  static EventPush prepare(Call call, Data data, Receiver receiver) {
    Host host = call.host();
    return new EventPush(
        data.collector(), host.environment(), receiver, host.clock(), host.pause()::sleep);
  }

  void once() throws IOException {
    try {
      print(push());
    } catch (SyncException e) {
      throw Failure.unreadable(e.getMessage());
    }
  }

  /** A server that is away does not end it; anything else does. */
  void watch() throws IOException {
    do {
      try {
        PushResult result = push();
        if (result.read() > 0 || result.leftOut() > 0) {
          print(result);
          call.host().out().flush();
        }
      } catch (SyncException e) {
        if (!e.isPassing()) {
          throw Failure.unreadable(e.getMessage());
        }
        call.printer().note(String.valueOf(e.getMessage()));
      }
    } while (call.host().pause().sleep(BETWEEN_PUSHES));
  }

  private PushResult push() {
    try (Data data = call.open()) {
      return prepare(call, data, receiver).push(isFull);
    }
  }

  private void print(PushResult result) throws IOException {
    warn(result);
    Pushed pushed = new Pushed(receiver.name(), result);
    call.printer().print(new Answer<>(PUSHED, PUSHED_TABLE, null, null, List.of(pushed)), format);
  }

  private void warn(PushResult result) throws IOException {
    for (Map.Entry<String, Long> remark : result.remarks().entrySet()) {
      call.printer().warn(remark.getValue() + " events: " + remark.getKey());
    }
  }

  /** Connects to nothing. */
  void dryRun() throws IOException {
    if (format == Format.JSON) {
      throw Failure.usage("events that would be sent are written as jsonl or csv");
    }
    List<Column<PushedEvent>> columns =
        EVENT.stream()
            .filter(column -> !isOfSpans() || !NOT_IN_SPANS.contains(column.name()))
            .toList();
    Rows<PushedEvent> rows =
        Rows.begin(format == Format.CSV ? format : Format.JSONL, call.printer().raw(), columns);
    AtomicReference<PushResult> result = new AtomicReference<>();
    try (Data data = call.open()) {
      EventPush push = prepare(call, data, receiver);
      rows.writeEach(row -> result.set(push.forEachWaiting(isFull, row)));
    } catch (SyncException e) {
      throw Failure.unreadable(e.getMessage());
    }
    warn(result.get());
    call.printer().note(result.get().read() + " events would be sent to " + receiver.name() + ".");
  }

  private boolean isOfSpans() {
    return OtlpReceiver.isAddress(receiver.name());
  }
}
