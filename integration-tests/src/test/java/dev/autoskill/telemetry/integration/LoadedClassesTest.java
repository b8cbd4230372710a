package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.SkillsProgram;

/** Classes that are not needed are not even loaded. */
class LoadedClassesTest {

  private static final String HTTP = "java.net.http.";
  private static final String SQLITE = "org.sqlite.";
  private static final String JDBI = "org.jdbi.";
  private static final String JDBC = "java.sql.";
  private static final String LOGGING = "org.slf4j.";
  private static final String RANDOM = "java.security.SecureRandom ";

  /** Its clear() has one, and the first lambda of a program takes long. */
  private static final String LAMBDA = "java.util.concurrent.ConcurrentLinkedQueue$$Lambda";

  private static final String BEACON = "dev.autoskill.telemetry.beacon.";
  private static final String WRITER = "dev.autoskill.telemetry.recording.Writer ";

  @TempDir Path directory;

  @Test
  void telemetryThatIsOffLoadsNoDatabaseNoBeaconAndNoWriter() throws IOException {
    String loaded =
        classesLoaded(
            Map.of(
                "DO_NOT_TRACK",
                "1",
                "AUTO_SKILL_TELEMETRY_ENDPOINT",
                "https://localhost:1/beacon"));

    assertEquals(List.of(), found(loaded, HTTP, SQLITE, JDBI, WRITER));
    assertTrue(Files.notExists(directory.resolve("telemetry")));
  }

  @Test
  void aShortProcessLoadsTheWriterAndNeitherDatabaseNorBeaconNorWhatIsSlow() throws IOException {
    String loaded = classesLoaded(Map.of());

    assertEquals(List.of(WRITER), found(loaded, WRITER));
    assertEquals(
        List.of(), found(loaded, HTTP, BEACON, SQLITE, JDBI, JDBC, LOGGING, RANDOM, LAMBDA));
    assertEquals(1, spools());
    assertTrue(Files.notExists(directory.resolve("telemetry/telemetry.db")));
  }

  private String classesLoaded(Map<String, String> environment) throws IOException {
    Path log = directory.resolve("classes.log");
    Map<String, String> all = new TreeMap<>(environment);
    all.put("AUTO_SKILL_TELEMETRY_DB", directory.resolve("telemetry/telemetry.db").toString());
    all.put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
    Result result = WovenProgram.run(SkillsProgram.class, Weaving.COMPILE_TIME, directory, all);
    assertEquals(0, result.exitCode(), result.err());
    return Files.readString(log);
  }

  private long spools() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("telemetry/telemetry.db-spool"))) {
      return files.count();
    }
  }

  private static List<String> found(String loaded, String... names) {
    return List.of(names).stream().filter(name -> loaded.contains(" " + name)).toList();
  }
}
