package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import skills.OneSkill;

/** A program whose classes the JDK has put into an archive, so that it starts sooner. */
class ClassArchiveTest {

  private static final Pattern FROM_ARCHIVE =
      Pattern.compile(
          "dev\\.autoskill\\.telemetry\\.recording\\.Writer source: shared objects file");

  @TempDir Path directory;

  @Test
  void itsClassesComeFromThereAndEachUseIsRecorded() throws Exception {
    Path jar = jar(Weaving.COMPILE_TIME);
    Path archive = directory.resolve("classes.jsa");
    Path log = directory.resolve("classes.log");
    run(Weaving.COMPILE_TIME, jar, "-XX:ArchiveClassesAtExit=" + archive);
    run(Weaving.COMPILE_TIME, jar, "-XX:SharedArchiveFile=" + archive);
    run(Weaving.COMPILE_TIME, jar, "-XX:SharedArchiveFile=" + archive, logTo(log));

    assertTrue(FROM_ARCHIVE.matcher(Files.readString(log)).find());
    assertEquals(Map.of("greet", 3L), Reading.uses(database()));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_25)
  void theAgentsClassesComeFromAnAheadOfTimeCacheIfItsJarIsOnTheClassPath() throws Exception {
    Path jars = Path.of(jar(Weaving.AGENT) + File.pathSeparator + Repository.agentJar());
    Path cache = directory.resolve("program.aot");
    Path log = directory.resolve("classes.log");
    run(Weaving.AGENT, jars, "-Xlog:disable", "-XX:AOTCacheOutput=" + cache);
    run(Weaving.AGENT, jars, "-XX:AOTCache=" + cache, logTo(log));

    String classes = Files.readString(log);
    assertTrue(FROM_ARCHIVE.matcher(classes).find());
    assertTrue(classes.contains("agent.SkillTransformer source: shared objects file"), classes);
    assertEquals(Map.of("greet", 2L), Reading.uses(database()));
  }

  /** The JDK makes no archive of classes in directories. */
  private Path jar(Weaving weaving) throws IOException {
    Path jar = directory.resolve("program.jar");
    Jar.of(WovenProgram.prepare(OneSkill.class, weaving, directory.resolve("program")), jar);
    return jar;
  }

  private static String logTo(Path log) {
    return "-Xlog:class+load:file=" + log;
  }

  private void run(Weaving weaving, Path jar, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(WovenProgram.arguments(OneSkill.class, weaving, jar));
    Result result =
        JavaProcess.run(
            directory, Map.of("AUTO_SKILL_TELEMETRY_DB", database().toString()), arguments);
    assertEquals(0, result.exitCode(), result.err());
    // Another JVM makes the cache, and says which options it was given.
    assertEquals("", result.err().replaceFirst("Picked up JAVA_TOOL_OPTIONS: .*\\R", ""));
  }

  private Path database() {
    return directory.resolve("telemetry").resolve("telemetry.db");
  }
}
