package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.AgentRun.Outcome;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.SkillsProgram;

/** The class that an {@code aop.xml} names for programs that AspectJ's own agent weaves. */
class QuickStartTest {

  private static final String NAMED =
      "-XmessageHandlerClass:dev.autoskill.telemetry.aspect.QuickStart";

  @TempDir Path directory;

  @Test
  void sparesTheWeaverAListOfTheJdksClassesAndChangesNothingElse() throws IOException {
    Outcome without = run("without", "");
    Outcome with = run("with", NAMED);

    assertTrue(without.hasListOfJdk());
    assertFalse(with.hasListOfJdk());
    assertEquals(without.result(), with.result());
    assertEquals(without.uses(), with.uses());
  }

  @Test
  void printsTheMessagesThatTheWeaversOptionsAskFor() throws IOException {
    String telling = run("telling", NAMED + " -showWeaveInfo").result().err();
    String warning = run("warning", NAMED + " -nonsense").result().err();

    assertTrue(telling.contains("Join point 'method-execution("), telling);
    assertTrue(warning.contains("warning Cannot configure weaver"), warning);
  }

  private Outcome run(String folder, String weaverOptions) throws IOException {
    Path metaInf = directory.resolve(folder).resolve("classes").resolve("META-INF");
    Files.writeString(
        Files.createDirectories(metaInf).resolve("aop.xml"),
        "<aspectj><weaver options='%s'><include within='skills..*'/></weaver></aspectj>"
            .formatted(weaverOptions));
    return new AgentRun(directory).run(SkillsProgram.class, Weaving.LOAD_TIME, folder, Map.of());
  }
}
