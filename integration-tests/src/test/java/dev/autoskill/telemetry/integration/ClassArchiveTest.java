package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.OneSkill;

/** A program whose classes the JDK has put into an archive, so that it starts sooner. */
class ClassArchiveTest {

  private static final Pattern FROM_ARCHIVE =
      Pattern.compile(
          "dev\\.autoskill\\.telemetry\\.writer\\.Writer source: shared objects file \\(top\\)");

  @TempDir Path directory;

  @Test
  void itsClassesComeFromThereAndEachUseIsRecorded() throws Exception {
    // The JDK makes no archive of classes in directories.
    Path classes = directory.resolve("program");
    Path jar = directory.resolve("program.jar");
    Jar.of(WovenProgram.prepare(OneSkill.class, Weaving.COMPILE_TIME, classes), jar);
    Path archive = directory.resolve("classes.jsa");
    Path log = directory.resolve("classes.log");
    run(jar, "-XX:ArchiveClassesAtExit=" + archive);
    run(jar, "-XX:SharedArchiveFile=" + archive);
    run(jar, "-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + log);

    assertTrue(FROM_ARCHIVE.matcher(Files.readString(log)).find());
    assertEquals(Map.of("greet", 3L), Reading.uses(database()));
  }

  private void run(Path jar, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(WovenProgram.arguments(OneSkill.class, Weaving.COMPILE_TIME, jar));
    Result result =
        JavaProcess.run(
            directory, Map.of("AUTO_SKILL_TELEMETRY_DB", database().toString()), arguments);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
  }

  private Path database() {
    return directory.resolve("telemetry").resolve("telemetry.db");
  }
}
