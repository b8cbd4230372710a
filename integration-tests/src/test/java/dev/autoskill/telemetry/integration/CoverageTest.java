package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import skills.setups.SetUpProgram;
import skills.setups.SetUpSkills;

/**
 * Together with JaCoCo's agent, which rewrites classes as well. Its report needs the very class
 * files that ran, which it knows by a checksum.
 */
class CoverageTest {

  private static final int CHECKSUM_BYTES = 8;
  private static final int LENGTH_BYTES = 2;

  @TempDir Path directory;
  private SetUp program;

  @BeforeEach
  void setUp() {
    program = new SetUp(directory);
  }

  @Test
  void coverageIsOfTheProgramsOwnClassesOnlyIfJacocoComesFirst() {
    assertIsOfTheProgramsOwnClassesOnlyIfJacocoComesFirst(SetUp.OWN_AGENT);
  }

  @Test
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "as with our agent")
  void soItIsWithAspectJsAgent() {
    assertIsOfTheProgramsOwnClassesOnlyIfJacocoComesFirst(SetUp.STOCK_AGENT);
  }

  private void assertIsOfTheProgramsOwnClassesOnlyIfJacocoComesFirst(String agent) {
    program.doesTheSame("unwoven", arguments(program.classes(), jacoco("unwoven")));

    program.recordsEachUseOnce("first", arguments(program.classes(), jacoco("first"), agent));
    program.recordsEachUseOnce("last", arguments(program.classes(), agent, jacoco("last")));

    assertEquals(checksum("unwoven"), checksum("first"));
    assertNotEquals(checksum("unwoven"), checksum("last"));
  }

  /** The compiler leaves in a class what it was, and from that AspectJ's own agent begins anew. */
  @Test
  void coverageIsOfCompiledSkillsUnlessAspectJsAgentWeavesThemAgainAfterJacoco() {
    Path woven = compiled();

    program.recordsEachUseOnce("last", arguments(woven, SetUp.STOCK_AGENT, jacoco("last")));
    program.recordsEachUseOnce("own", arguments(woven, jacoco("own"), SetUp.OWN_AGENT));
    program.recordsEachUseOnce("stock", arguments(woven, jacoco("stock"), SetUp.STOCK_AGENT));

    assertTrue(covers("last"));
    assertTrue(covers("own"));
    assertFalse(covers("stock"));
  }

  private Path compiled() {
    return WovenProgram.prepare(
        SetUpProgram.class, Weaving.COMPILE_TIME, directory.resolve("compiled-classes"));
  }

  private String jacoco(String name) {
    return "-javaagent:"
        + WovenProgram.classPathEntry("org.jacoco.agent")
        + "=destfile="
        + exec(name);
  }

  private static List<String> arguments(Path classes, String... agents) {
    return Stream.of(Stream.of(agents), Stream.of("-cp", SetUp.libraries(classes), SetUp.main()))
        .flatMap(each -> each)
        .toList();
  }

  private Path exec(String name) {
    return directory.resolve(name + ".exec");
  }

  private boolean covers(String run) {
    return nameIn(text(run)) > 0;
  }

  /** The checksum of the class with the skills: it stands before the name, which is a UTF. */
  private String checksum(String run) {
    String exec = text(run);
    int end = nameIn(exec) - LENGTH_BYTES;
    return exec.substring(end - CHECKSUM_BYTES, end);
  }

  private static int nameIn(String exec) {
    return exec.indexOf(SetUpSkills.class.getName().replace('.', '/'));
  }

  private String text(String run) {
    try {
      return Files.readString(exec(run), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
