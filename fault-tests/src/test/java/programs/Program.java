package programs;

import dev.autoskill.telemetry.JumpingClock;
import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Does what it reads on its standard input, line by line, and answers each line with one line. So
 * whatever else is on its output was not printed by it.
 */
public final class Program {

  private final Calls calls;

  private Program(String name) {
    this.calls = new Calls(name);
  }

  /** The only argument is the name that its sessions begin with. */
  public static void main(String[] arguments) throws Exception {
    Program program = new Program(arguments[0]);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("end")) {
        end(line.substring("end ".length()));
        return;
      }
      System.out.println(program.answer(words));
    }
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "use" -> use(Integer.parseInt(words[1]));
      case "track" -> track(Integer.parseInt(words[1]));
      case "pace" -> Pace.run(calls::next, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "names" ->
          Pace.run(
              new NewNames(Integer.parseInt(words[3]))::next,
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2]));
      case "heap" -> "" + usedHeap();
      case "flood" -> Flood.run(calls, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "distinct" ->
          DistinctNames.use(collector(), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "fill" -> FullHeap.use();
      case "fill-and-record" -> FullHeap.record(collector());
      case "log" -> UseLog.start(calls, words[1], Integer.parseInt(words[2]));
      case "store" -> Storing.start(collector());
      case "flush" -> "" + collector().flush(Duration.ofMillis(Long.parseLong(words[1])));
      case "stats" -> text(collector().stats());
      case "troubles" -> String.join("; ", collector().diagnostics().troubles());
      case "why" -> Telemetry.diagnostics().why();
      case "report" -> "" + uses(collector());
      case "reports" -> reports(collector());
      case "interrupt" -> Interrupts.during(() -> use(Integer.parseInt(words[1])));
      case "open" -> open(words[1]);
      case "hold" -> hold(words[1]);
      case "thread" -> thread();
      case "jump" -> JumpingClock.install();
      case "close" -> close(collector());
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  /** The bytes that are reachable, or nearly so. */
  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Not earlier than it is needed: the first call opens it. */
  private static TelemetryCollector collector() {
    return Telemetry.collector();
  }

  private static void end(String how) throws InterruptedException {
    switch (how) {
      case "returning" -> {}
      case "exiting" -> System.exit(0);
      case "throwing" -> throw new IllegalStateException("as the test wants it");
      case "leaving daemons" -> {
        Thread daemon = new Thread(LockSupport::park);
        daemon.setDaemon(true);
        daemon.start();
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  /** Returns the longest of so many calls, in nanoseconds. */
  private String use(int count) {
    long longest = 0;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, calls.next());
    }
    return "" + longest;
  }

  /** As {@link #use}, but by the aspect only. */
  private String track(int count) {
    for (int i = 0; i < count; i++) {
      calls.nextTracked();
    }
    return "tracked";
  }

  private static long uses(TelemetryCollector telemetry) {
    return telemetry.getEffectivenessReport().stream()
        .mapToLong(EffectivenessReport::totalUses)
        .sum();
  }

  private static String reports(TelemetryCollector telemetry) {
    Reports reports = telemetry.reports();
    List<EffectivenessReport> answer = reports.effectiveness(ReportQuery.ALL);
    return reports.isComplete() ? text(answer) : "incomplete: " + reports.whyIncomplete();
  }

  private static String text(List<EffectivenessReport> reports) {
    return reports.stream()
        .sorted(Comparator.comparing(EffectivenessReport::skillName))
        .map(
            report ->
                report.skillName()
                    + " "
                    + report.totalUses()
                    + " "
                    + report.successCount()
                    + " "
                    + report.failureCount()
                    + " "
                    + report.avgDurationMs())
        .collect(Collectors.joining("; "));
  }

  private String text(TelemetryStats stats) {
    return stats.recorded()
        + " "
        + stats.stored()
        + " "
        + stats.spooled()
        + " "
        + stats.queued()
        + " "
        + stats.dropped()
        + " "
        + stats.failed()
        + " "
        + stats.faults()
        + " "
        + calls.count();
  }

  private static String open(String file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return "" + in.getFD().valid();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** Begins to read a database, and does not end. */
  private static String hold(String database) throws SQLException {
    Connection reader = DriverManager.getConnection("jdbc:sqlite:" + database);
    reader.setAutoCommit(false);
    ResultSet rows = reader.createStatement().executeQuery("SELECT id FROM skill_telemetry");
    return "" + rows.next();
  }

  private static String thread() throws InterruptedException {
    try {
      Thread thread = new Thread(() -> {});
      thread.start();
      thread.join();
      return "started";
    } catch (OutOfMemoryError e) {
      return e.getMessage();
    }
  }

  private static String close(TelemetryCollector telemetry) {
    long start = System.nanoTime();
    telemetry.close();
    return "" + (System.nanoTime() - start);
  }
}
