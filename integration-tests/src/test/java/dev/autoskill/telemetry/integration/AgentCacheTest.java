package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.AgentRun.Outcome;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skills.SkillsProgram;

/** However its cache is damaged, the agent never makes a wrong class of it. */
@DisabledOnOs(OS.WINDOWS)
class AgentCacheTest {

  private static final int PROCESSES = 3;

  @TempDir static Path shared;
  private static Outcome cold;

  @TempDir Path directory;
  private AgentRun agent;

  @BeforeAll
  static void weaveOnce() {
    cold = run(new AgentRun(shared), "cold");
  }

  @BeforeEach
  void setUp() throws IOException {
    agent = new AgentRun(directory);
    Path source = new AgentRun(shared).cacheHome();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = agent.cacheHome().resolve(source.relativize(file));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void isOfUseAsItIs() {
    Outcome warm = run(agent, "warm");

    assertFalse(warm.hasWeaver());
    assertEquals(cold.result(), warm.result());
    assertEquals(cold.uses(), warm.uses());
  }

  /** The others are told apart by the same few checks; what a bit does, another test knows. */
  static Stream<CacheDamage> damages() {
    return Boolean.getBoolean("full")
        ? Stream.of(CacheDamage.values())
        : Stream.of(CacheDamage.SWAPPED, CacheDamage.ENTRIES_LINKS, CacheDamage.FOLDER_A_LINK);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void weavesAnewWhatItCannotTrust(CacheDamage damage) throws IOException {
    damage.doTo(agent);

    Outcome after = run(agent, "after");

    assertTrue(after.hasWeaver());
    assertEquals(cold.result(), after.result());
    assertEquals(cold.uses(), after.uses());
  }

  @Test
  void replacesWhatIsDamaged() throws IOException {
    CacheDamage.ONE_BIT_FLIPPED.doTo(agent);

    assertTrue(run(agent, "after").hasWeaver());
    assertFalse(run(agent, "warm").hasWeaver());
  }

  @Test
  void isTheUsersAlone() throws IOException {
    assertEquals("rwx------", permissions(agent.cacheFolder()));
    assertEquals("rwx------", permissions(agent.cacheFolder().getParent()));
    assertTrue(agent.entries().size() > 1);
    for (Path entry : agent.entries()) {
      assertEquals("rw-------", permissions(entry));
    }
  }

  @Test
  void servesSeveralProcessesAtOnce() throws Exception {
    CacheDamage.EMPTIED.doTo(agent);
    ExecutorService processes = Executors.newFixedThreadPool(PROCESSES);
    try {
      List<Future<Outcome>> runs =
          IntStream.range(0, PROCESSES)
              .mapToObj(i -> processes.submit(() -> run(agent, "at-once-" + i)))
              .toList();
      for (Future<Outcome> run : runs) {
        assertEquals(cold.uses(), run.get().uses());
      }
    } finally {
      processes.shutdown();
    }

    Outcome warm = run(agent, "warm");
    assertFalse(warm.hasWeaver());
    assertEquals(cold.uses(), warm.uses());
    assertTrue(agent.entries().stream().allMatch(entry -> name(entry).matches("[0-9a-f]{16}")));
  }

  @Test
  void weavesAnewForAnotherConfiguration() throws IOException {
    Path configuration = directory.resolve("other/classes/META-INF/aop.xml");
    Files.createDirectories(configuration.getParent());
    Files.writeString(
        configuration,
        """
        <aspectj>
          <aspects><exclude within="dev.autoskill.telemetry.aspect.ToolAspect"/></aspects>
        </aspectj>
        """);

    Outcome other = run(agent, "other");

    assertTrue(other.hasWeaver());
    assertEquals(cold.uses(), other.uses());
    assertFalse(run(agent, "as-before").hasWeaver());
  }

  private static Outcome run(AgentRun agent, String folder) {
    return agent.run(SkillsProgram.class, Weaving.AGENT, folder, Map.of());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
