package dev.autoskill.telemetry.junit;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.recording.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run of tests: while it lasts, the collector of the process records each use for the test that
 * makes it, into a directory that goes with the run.
 *
 * <p>A collector takes a tenth of a second to open and to be read. So tests that run one after the
 * other use the same one, and tell their uses from those before.
 *
 * <p>Safe for use by any number of threads.
 */
final class TestRun {

  /** Tells the library, which sees only how the JVM was started. */
  private static final String TESTS_PROPERTY = "autoskill.telemetry.tests";

  // Written under the class.
  private static volatile @Nullable TestRun current;

  private final @Nullable String whyOff;
  private final @Nullable Path directory;
  private final @Nullable String toldBefore = System.getProperty(TESTS_PROPERTY);

  /** Records what no test is known to have made; null if telemetry is off. */
  private final @Nullable TelemetryCollector rest;

  /** The collector of the process; null if telemetry is off. */
  private final @Nullable TelemetryCollector installed;

  private final Queue<TelemetryCollector> collectors = new ConcurrentLinkedQueue<>();
  private final Deque<TelemetryCollector> idle = new ConcurrentLinkedDeque<>();

  private final long sessions = UUID.randomUUID().getMostSignificantBits();
  private final AtomicLong lastSession = new AtomicLong();

  /** The tests that run now, by their sessions. */
  private final Map<String, TestScope> tests = new ConcurrentHashMap<>();

  /** Runs within runs share one. Guarded by the class. */
  private int users;

  private TestRun() {
    OptOut optOut = OptOut.decision(Environment.ofProcess(), true);
    if (optOut.allowsRecording()) {
      System.setProperty(TESTS_PROPERTY, "true");
      whyOff = null;
      directory = newDirectory();
      rest = open();
      // A program may keep it for another run.
      Telemetry.install(rest, TestRun::collectorOfCaller);
      installed = Telemetry.collector();
    } else {
      whyOff =
          optOut.variable() == null ? "the settings file says so" : optOut.variable() + " is set";
      directory = null;
      rest = null;
      installed = null;
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("skill-telemetry-tests");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for the uses of the tests", e);
    }
  }

  /** Begins the run, or joins the one that has begun. Each call needs one of {@link #leave}. */
  static TestRun enter() {
    synchronized (TestRun.class) {
      TestRun run = current == null ? new TestRun() : current;
      current = run;
      run.users++;
      return run;
    }
  }

  /** Ends the run, if nobody else is in it. */
  void leave() {
    synchronized (TestRun.class) {
      users--;
      if (users > 0) {
        return;
      }
      current = null;
      if (rest != null) {
        Telemetry.reset();
        collectors.forEach(TelemetryCollector::close);
        if (toldBefore == null) {
          System.clearProperty(TESTS_PROPERTY);
        } else {
          System.setProperty(TESTS_PROPERTY, toldBefore);
        }
        delete(directory);
      }
    }
  }

  /** Deletes what it can: a temporary directory that stays is no reason to fail a test. */
  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      directory.toFile().deleteOnExit();
    }
  }

  TestScope begin(boolean runsAlone) {
    if (installed != null && Telemetry.collector() != installed) {
      Telemetry.install(installed); // another test has installed its own, or reset that
    }
    String session = new UUID(sessions, lastSession.incrementAndGet()).toString();
    TestScope test = new TestScope(this, session, runsAlone);
    tests.put(session, test);
    return test;
  }

  /** From here on no use is that test's. */
  void ended(TestScope test) {
    tests.remove(test.session());
  }

  /** Whether a session is that of a test, perhaps of one that has ended, and not the program's. */
  boolean isOfAnyTest(String session) {
    return session.startsWith(new UUID(sessions, 0).toString().substring(0, 19));
  }

  /** Why nothing is recorded; null if it is. */
  @Nullable String whyOff() {
    return whyOff;
  }

  /** A collector that no other test uses now; null if telemetry is off. */
  @Nullable TelemetryCollector lend() {
    TelemetryCollector free = idle.poll();
    return free == null && whyOff == null ? open() : free;
  }

  /** A collector is free again for other tests. */
  void giveBack(TelemetryCollector collector) {
    idle.push(collector);
  }

  /** Opens one that depends on nothing of the machine's, so that tests do not. */
  private TelemetryCollector open() {
    Path folder = directory.resolve(UUID.randomUUID().toString());
    TelemetryConfig config =
        TelemetryConfig.builder().database(folder.resolve("telemetry.db")).build();
    TelemetryCollector collector =
        TelemetryCollector.open(config, Environment.of(Map.of()), TimeSource.system());
    collectors.add(collector);
    return collector;
  }

  @Nullable TelemetryCollector rest() {
    return rest;
  }

  private static @Nullable TelemetryCollector collectorOfCaller() {
    TestRun run = current;
    TestScope test = run == null ? null : run.testOfCaller();
    TelemetryCollector own = test == null ? null : test.collector();
    return own == null && run != null ? run.rest : own;
  }

  /** The test that the calling thread works for; null if it cannot be told for sure. */
  private @Nullable TestScope testOfCaller() {
    SkillContext context = SkillContext.currentOrNull();
    String session = context == null ? null : context.sessionId();
    TestScope carried = session == null ? null : tests.get(session);
    if (carried != null) {
      return carried;
    }
    TestScope bound = TestScope.ofThread();
    if (bound != null) {
      return bound;
    }
    List<TestScope> running = List.copyOf(tests.values());
    return running.size() == 1 && running.get(0).runsAlone() ? running.get(0) : null;
  }

  /**
   * The test that the calling thread works for, in the run that there is; null if there is none.
   */
  static @Nullable TestScope currentTest() {
    TestRun run = current;
    return run == null ? null : run.testOfCaller();
  }
}
