package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system gives a process no more files or threads, or its heap has no more room. */
class ExhaustedProcessTest extends FaultTest {

  private static final Pattern VIRTUAL_KILOBYTES = Pattern.compile("VmSize:\\s+(\\d+) kB");

  private static final int MANY = 20 * USES;

  @BeforeEach
  void needsLimits() {
    Means.assumeWorks("prlimit", "--pid", Long.toString(ProcessHandle.current().pid()), "--nofile");
  }

  @Test
  void withoutFileDescriptorsEventsWaitInMemory() throws Exception {
    try (ProgramProcess program = launch().start()) {
      // The JVM drops a jar for ever that it cannot open, so those are opened before.
      use(program, 1);
      awaitStored(program);
      limit(program, "--nofile=4:");
      String attempt = program.ask("open /dev/null");
      assertTrue(attempt.contains("Too many open files"), attempt);

      assertEquals(0, Means.run("rm", "-r", database() + "-spool").exitCode());
      use(program, USES);
      awaitTrouble(program, "the process has too many files open");
      Stats during = program.balancedStats();
      assertEquals(1 + USES, during.stored() + during.queued());

      limit(program, "--nofile=1000:");
      awaitStored(program);
      assertEquals(1 + USES, program.balancedStats().stored());
      int more = awaitNoTrouble(program);
      program.end();
      assertEquals(1 + USES + more, reportOfAnother(launch()));
    }
  }

  @Test
  void withoutThreadsEventsWaitInMemory() throws Exception {
    // A thread wants a gigabyte of addresses, and the process may have half of that.
    try (ProgramProcess program =
        launch().with("-XX:ThreadStackSize=1000000", "-Xlog:disable").start()) {
      program.ask("open /dev/null");
      limit(program, "--as=" + (virtualBytes(program) + (500L << 20)) + ":");
      String attempt = program.ask("thread");
      assertTrue(attempt.contains("unable to create native thread"), attempt);

      long start = System.nanoTime();
      use(program, MANY);
      assertEquals("the process cannot start a thread", program.ask("troubles"));
      Stats during = program.balancedStats();
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      assertEquals(MANY, during.queued());
      assertTrue(during.faults() > 0 && during.faults() <= 2 * (1 + seconds), during.toString());

      limit(program, "--as=unlimited:");
      int more = useUntilSpooled(program);
      program.end();
      assertEquals(MANY + more, reportOfAnother(launch()));
    }
  }

  @Test
  void withoutAThreadForTheDatabaseEventsWaitInTheSpool() throws Exception {
    // On one processor there is no thread that loads classes, the end of which would make room.
    try (ProgramProcess program =
        launch()
            .with("-XX:ThreadStackSize=1000000", "-Xlog:disable", "-XX:ActiveProcessorCount=1")
            .start()) {
      program.ask("open /dev/null");
      // Room for the thread that writes the spool, which comes first.
      limit(program, "--as=" + (virtualBytes(program) + (1500L << 20)) + ":");
      use(program, USES);
      String attempt = program.ask("thread");
      assertTrue(attempt.contains("unable to create native thread"), attempt);

      awaitTrouble(program, "the process cannot start a thread");
      awaitSpooled(program);

      limit(program, "--as=unlimited:");
      awaitStored(program);
      assertEquals("", program.ask("troubles"));
      program.end();
    }
    assertEquals(USES, reportOfAnother(launch()));
  }

  @Test
  void manyDistinctNamesDoNotExhaustTheHeap() throws Exception {
    assertNamesFit(130_000, 1);
  }

  @Test
  void namesOfAMegabyteDoNotExhaustTheHeap() throws Exception {
    assertNamesFit(1_000, 1 << 20);
  }

  private void assertNamesFit(int count, int length) throws Exception {
    try (ProgramProcess program = launch().with("-Xmx64m").start()) {
      assertEquals("used", program.ask("distinct " + count + " " + length));
      awaitStored(program);
      Stats stats = program.stats();
      assertEquals(count, stats.recorded());
      assertEquals(count, stats.stored() + stats.dropped(), stats.toString());
      assertEquals(0, stats.faults(), stats.toString());
      program.end();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fill", "fill-and-record"})
  void theFirstUseWhileTheHeapIsFullThrowsNothing(String command) throws Exception {
    try (ProgramProcess program = launch().with("-Xmx64m").start()) {
      assertEquals("nothing", program.ask(command));
      use(program, USES);
      awaitStored(program);
      program.end();
    }
    assertTrue(reportOfAnother(launch()) >= USES);
  }

  /** Does nothing but to go on using skills, by the aspect. Returns how often. */
  private static int useUntilSpooled(ProgramProcess program) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    int uses = 0;
    while (program.stats().spooled() == 0) {
      assertTrue(System.nanoTime() < deadline, program.stats().toString());
      program.ask("track 1");
      uses++;
    }
    assertEquals("", program.ask("troubles"));
    return uses;
  }

  private static void limit(ProgramProcess program, String limit) throws IOException {
    Means.Result done = Means.run("prlimit", "--pid", Long.toString(program.pid()), limit);
    assertEquals(0, done.exitCode(), done.output());
  }

  private static long virtualBytes(ProgramProcess program) throws IOException {
    String status = Files.readString(Path.of("/proc/" + program.pid() + "/status"));
    Matcher size = VIRTUAL_KILOBYTES.matcher(status);
    assertTrue(size.find(), status);
    return Long.parseLong(size.group(1)) << 10;
  }
}
