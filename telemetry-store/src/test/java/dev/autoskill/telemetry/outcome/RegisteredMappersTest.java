package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.OpenCollector;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.recording.Faults;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mappers that are services, of a class loader that nobody has asked for any before. */
class RegisteredMappersTest {

  private static final String SOURCE =
      """
      public final class Texts
          implements dev.autoskill.telemetry.annotations.OutcomeMapper<StringBuilder> {
        public Class<StringBuilder> type() {
          return StringBuilder.class;
        }

        public dev.autoskill.telemetry.annotations.Outcome outcomeOf(StringBuilder text) {
          return dev.autoskill.telemetry.annotations.Outcome.ofText(text.toString());
        }
      }
      """;

  @TempDir Path directory;

  private TelemetryCollector telemetry;
  private EndedUses uses;
  private URLClassLoader loader;
  private SkillDefinition skill;

  @BeforeEach
  void open() throws Exception {
    telemetry = OpenCollector.on(directory.resolve("telemetry.db"));
    uses = new EndedUses(telemetry);
    Path source = Files.writeString(directory.resolve("Texts.java"), SOURCE);
    Path classes = Files.createDirectory(directory.resolve("classes"));
    String classPath = System.getProperty("java.class.path");
    String[] arguments = {"-cp", classPath, "-d", classes.toString(), source.toString()};
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments));
    URL[] urls = {classes.toUri().toURL()};
    loader = new URLClassLoader(urls, RegisteredMappersTest.class.getClassLoader());
    skill =
        new SkillDefinition(
            Skill.named("skill"),
            null,
            Set.of(),
            Set.of(),
            Mappers.of(loader.loadClass("Texts"), null),
            null);
  }

  @AfterEach
  void close() throws IOException {
    telemetry.close();
    loader.close();
  }

  @Test
  void areAskedFromTheFirstUseOn() throws IOException {
    register("Texts");

    assertEquals(Outcome.PARTIAL, uses.returned(skill, new StringBuilder("partial")));
    assertEquals(Outcome.SKIPPED, uses.returned(skill, new StringBuilder("skipped")));
    assertEquals(Outcome.SUCCESS, uses.returned(skill, "partial"));
  }

  @Test
  void areNotAskedForAgainWhereThereAreNone() {
    assertTrue(skill.mappers().mayJudge("ending"));
    assertEquals(Outcome.SUCCESS, uses.returned(skill, "ending"));

    assertFalse(skill.mappers().mayJudge("ending"));
  }

  @Test
  void areSharedByTheClassesOfALoader() throws Exception {
    register("Texts");
    Faults faults = new Faults(null);

    List<Mappers.Mapper> listed = skill.mappers().registered(faults);

    assertEquals(1, listed.size());
    Mappers others = Mappers.of(loader.loadClass("Texts"), "com.acme.Named");
    assertSame(listed, others.registered(faults));
  }

  @Test
  void aBrokenListCountsAsOneFaultAndNoMapper() throws IOException {
    register("com.acme.Missing");

    assertEquals(Outcome.SUCCESS, uses.returned(skill, new StringBuilder("partial")));
    assertEquals(Outcome.SUCCESS, uses.returned(skill, new StringBuilder("partial")));
    assertEquals(1, telemetry.stats().faults());
    assertEquals(List.of(), telemetry.diagnostics().troubles());
  }

  private void register(String mapper) throws IOException {
    Path services = Files.createDirectories(directory.resolve("classes/META-INF/services"));
    Files.writeString(services.resolve(OutcomeMapper.class.getName()), mapper);
  }
}
