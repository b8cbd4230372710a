package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A copy of another size is written over the database, whose log is empty, while two processes have
 * it open: until one of them notices, SQLite believes the index beside the log.
 */
class CopiedOverTest extends FaultTest {

  private Path small;
  private Path large;

  @Test
  void whatIsStoredAfterASmallerCopyReachesTheDatabase() throws Exception {
    makeCopies();
    try (ProgramProcess one = launch().start();
        ProgramProcess other = launch().named("other").start()) {
      useAndStore(other);
      useAndStore(one);
      awaitRest(database());

      run("cp", small.toString(), database().toString());
      useAndStore(one);
      assertEquals(2 * USES, one.number("report"));
      assertEquals(2 * USES, other.number("report"));

      awaitRest(database());
      one.end();
      other.end();
    }
    assertHolds(2 * USES);
  }

  @Test
  void aLargerCopyIsReportedAtOnceByEachProcess() throws Exception {
    makeCopies();
    run("cp", small.toString(), database().toString());
    try (ProgramProcess one = launch().start();
        ProgramProcess other = launch().named("other").start()) {
      useAndStore(other);
      useAndStore(one);
      awaitRest(database());

      run("cp", large.toString(), database().toString());
      assertEquals(21 * USES, one.number("report"), () -> one.ask("troubles") + one.stats());
      assertEquals(21 * USES, other.number("report"));

      useAndStore(one);
      useAndStore(other);
      one.end();
      other.end();
    }
    assertHolds(23 * USES);
  }

  /** Nothing was committed through its index, which therefore tells no number of pages. */
  @Test
  void whoOnlyReadsKeepsNobodyFromStoring() throws Exception {
    makeCopies();
    try (ProgramProcess reader = launch().named("reader").start();
        ProgramProcess one = launch().start()) {
      reader.ask("hold " + database());
      useAndStore(one);
      one.end();
      reader.kill();
    }
    assertHolds(22 * USES);
  }

  /** One of a few events and one of many, whose file is the database afterwards. */
  private void makeCopies() throws Exception {
    small = directory.resolve("small");
    large = directory.resolve("large");
    try (ProgramProcess program = launch().named("first").start()) {
      useAndStore(program);
      awaitRest(database());
      program.end();
    }
    run("cp", database().toString(), small.toString());
    try (ProgramProcess program = launch().named("second").start()) {
      use(program, 20 * USES);
      awaitStored(program);
      awaitRest(database());
      program.end();
    }
    run("cp", database().toString(), large.toString());
  }

  private static void useAndStore(ProgramProcess program) {
    use(program, USES);
    awaitStored(program);
  }

  private void assertHolds(int events) throws Exception {
    try (Stored stored = Stored.in(database())) {
      stored.assertIntact();
      assertEquals(Integer.toString(events), stored.text("SELECT COUNT(*) FROM skill_telemetry"));
    }
  }

  private static void run(String... command) throws IOException {
    assertEquals(new Means.Result(0, ""), Means.run(command));
  }
}
