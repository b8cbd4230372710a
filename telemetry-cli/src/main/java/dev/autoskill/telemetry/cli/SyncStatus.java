package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.sync.EventPush;
import dev.autoskill.telemetry.sync.PushStatus;
import dev.autoskill.telemetry.sync.Receiver;
import dev.autoskill.telemetry.sync.SyncException;
import java.io.IOException;
import java.util.List;

/**
 * How far a database was pushed.
 *
 * @param to the server
 * @param status what the local database has noted
 */
record SyncStatus(String to, PushStatus status) {

  private static final List<Column<SyncStatus>> DATA =
      List.of(
          new Column<>("to", SyncStatus::to),
          new Column<>("pushed", row -> row.status().pushed()),
          new Column<>("waiting", row -> row.status().waiting()),
          new Column<>("lastPush", row -> row.status().lastPush()));

  private static List<TableColumn<SyncStatus>> table(Host host) {
    return List.of(
        TableColumn.text("Server", 0, SyncStatus::to),
        TableColumn.number("Pushed", 2, row -> Figures.count(row.status().pushed())),
        TableColumn.number("Waiting", 1, row -> Figures.count(row.status().waiting())),
        TableColumn.text("Last push", 3, row -> lastPush(row.status(), host)));
  }

  private static String lastPush(PushStatus status, Host host) {
    return status.lastPush() == null ? Figures.NONE : Figures.moment(status.lastPush(), host);
  }

  /** Connects to nothing. */
  static void print(Call call, Format format) throws IOException {
    Receiver receiver = SyncPush.receiver(call);
    try (Data data = call.open()) {
      EventPush push = SyncPush.prepare(call, data, receiver);
      SyncStatus row = new SyncStatus(receiver.name(), push.status());
      String off = push.whyOff();
      if (off != null) {
        call.printer().warn("nothing is sent: telemetry is " + off);
      }
      call.printer()
          .print(new Answer<>(DATA, table(call.host()), null, null, List.of(row)), format);
    } catch (SyncException e) {
      throw Failure.unreadable(e.getMessage());
    }
  }
}
