package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.AgentRun.Outcome;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skills.ChildFirstProgram;
import skills.PlainProgram;
import skills.PublishingProgram;
import skills.SkillsProgram;

/** The agent jar, as a user starts it. */
class AgentTest {

  private static final Map<String, String> NOTHING = Map.of();

  private static final List<String> OTHERS =
      List.of(
          "<aspectj><aspects><aspect name='org.acme.OthersAspect'/></aspects></aspectj>",
          "<aspectj><weaver options='-verbose -showWeaveInfo'><include within='none'/></weaver>"
              + "</aspectj>",
          "<!DOCTYPE aspectj SYSTEM 'http://localhost:1/none.dtd'><aspectj/>",
          "<aspectj><broken");

  @TempDir static Path shared;
  private static Outcome stock;

  @TempDir Path directory;
  private AgentRun agent;

  @BeforeAll
  static void runWithTheStockWeaver() {
    stock = new AgentRun(shared).run(SkillsProgram.class, Weaving.LOAD_TIME, "stock", NOTHING);
    assertTrue(stock.uses().size() > 10);
  }

  @BeforeEach
  void setUp() {
    agent = new AgentRun(directory);
  }

  /** And needs no weaver for classes that it has woven before. */
  @Test
  void recordsWhatTheStockWeaverRecords() {
    Outcome cold = agent.run(SkillsProgram.class, Weaving.AGENT, "cold", NOTHING);
    Outcome warm = agent.run(SkillsProgram.class, Weaving.AGENT, "warm", NOTHING);

    assertEquals(stock.result(), cold.result());
    assertEquals(stock.result(), warm.result());
    assertEquals(stock.uses(), cold.uses());
    assertEquals(stock.uses(), warm.uses());
    assertTrue(cold.hasWeaver());
    assertFalse(cold.hasListOfJdk());
    assertFalse(warm.hasWeaver());
  }

  /**
   * A program may yet want to say which log manager there shall be. The names take the JDK longer
   * than the weaver takes for all else.
   */
  @Test
  void startsTheWeaverWithoutTheJdksLoggingAndItsNamesOfTimeZones() {
    Outcome cold = agent.run(SkillsProgram.class, Weaving.AGENT, "cold", NOTHING);

    assertTrue(cold.hasWeaver());
    for (String type : List.of("java.util.logging.LogManager", "java.text.SimpleDateFormat")) {
      assertTrue(stock.hasLoaded(type), type);
      assertFalse(cold.hasLoaded(type), type);
    }
  }

  /** Their results are exchanged. */
  @Test
  void needsNoWeaverForPublishersItHasWovenBefore() {
    Outcome cold = agent.run(PublishingProgram.class, Weaving.AGENT, "cold", NOTHING);
    Outcome warm = agent.run(PublishingProgram.class, Weaving.AGENT, "warm", NOTHING);

    assertEquals("item\n", cold.result().out());
    assertTrue(cold.hasWeaver());
    assertEquals(cold.result(), warm.result());
    assertFalse(warm.hasWeaver());
    assertEquals(new TreeMap<>(Map.of("publishes", 1L)), cold.uses());
    assertEquals(cold.uses(), warm.uses());
  }

  @Test
  void needsNoWeaverForAProgramWithoutSkills() {
    Outcome plain = agent.run(PlainProgram.class, Weaving.AGENT, "plain", NOTHING);

    assertTrue(plain.hasTransformer());
    assertFalse(plain.hasWeaver());
    assertEquals("worked\n", plain.result().out());
    assertEquals(List.of(), agent.entries());
  }

  @Test
  void keepsNothingWhenTheCacheIsOff() {
    String off = "-Dautoskill.telemetry.agent.cache=false";

    Outcome own = agent.run(SkillsProgram.class, Weaving.AGENT, "own", NOTHING, off);

    assertTrue(own.hasWeaver());
    assertEquals(stock.uses(), own.uses());
    // A program that lives for long enough keeps SQLite's native library.
    Path kept = agent.cacheFolder().getParent();
    assertTrue(Files.notExists(kept) || List.of("sqlite-1").equals(List.of(kept.toFile().list())));
  }

  @Test
  void doesNothingAtAllWhenTheUserOptedOut() {
    Outcome optedOut =
        agent.run(SkillsProgram.class, Weaving.AGENT, "opted-out", Map.of("DO_NOT_TRACK", "1"));

    assertEquals(stock.result(), optedOut.result());
    assertFalse(optedOut.hasTransformer());
    assertFalse(optedOut.hasWeaver());
    assertEquals(Map.of(), optedOut.uses());
    assertFalse(Files.exists(agent.cacheHome()));
  }

  @Test
  void weavesClassesOfALoaderThatAsksItselfFirst() {
    Outcome cold = agent.run(ChildFirstProgram.class, Weaving.AGENT, "cold", NOTHING);
    Outcome warm = agent.run(ChildFirstProgram.class, Weaving.AGENT, "warm", NOTHING);

    assertEquals("true\n", cold.result().out());
    assertEquals(Map.of("final", 1L), cold.uses());
    assertFalse(warm.hasWeaver());
    assertEquals(cold.result(), warm.result());
    assertEquals(cold.uses(), warm.uses());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsOnceIfTheStockWeaverRunsToo(boolean isFirst) {
    String ours = "-javaagent:" + Repository.agentJar();

    // Options of the environment come before those of the command line, which name the other agent.
    Outcome both =
        isFirst
            ? agent.run(SkillsProgram.class, Weaving.LOAD_TIME, "both", NOTHING, ours)
            : agent.run(
                SkillsProgram.class,
                Weaving.AGENT,
                "both",
                NOTHING,
                "-javaagent:" + WovenProgram.classPathEntry("aspectjweaver"));

    assertEquals(stock.result(), both.result());
    assertEquals(stock.uses(), both.uses());
  }

  @Test
  void countsOnceWhatTheCompilerHasWovenAlready() {
    String ours = "-javaagent:" + Repository.agentJar();

    Outcome both = agent.run(SkillsProgram.class, Weaving.COMPILE_TIME, "both", NOTHING, ours);

    assertTrue(both.hasTransformer());
    assertEquals(stock.result(), both.result());
    assertEquals(stock.uses(), both.uses());
  }

  @Test
  void weavesAspectsThatAreDefinedInAnAopXml() throws IOException {
    configure(
        "own",
        """
        <aspectj>
          <aspects>
            <concrete-aspect name="skills.Zero" extends="dev.autoskill.telemetry.aspect.SkillAspect">
              <pointcut name="skill" expression="execution(* skills.PlainProgram.work())"/>
            </concrete-aspect>
          </aspects>
        </aspectj>
        """);

    Outcome own = agent.run(PlainProgram.class, Weaving.AGENT, "own", NOTHING);

    assertEquals("worked\n", own.result().out());
    assertEquals("", own.result().err());
    assertEquals(new TreeMap<>(Map.of("PlainProgram.work", 1L)), own.uses());
    assertEquals(List.of(), agent.entries());
  }

  @Test
  void doesNotMindWhatOthersWriteIntoAnAopXml() throws IOException {
    Outcome before = agent.run(PublishingProgram.class, Weaving.AGENT, "before", NOTHING);
    for (String aopXml : OTHERS) {
      String folder = "own-" + OTHERS.indexOf(aopXml);
      configure(folder, aopXml);

      Outcome own = agent.run(PublishingProgram.class, Weaving.AGENT, folder, NOTHING);

      assertEquals(before.result(), own.result(), aopXml);
      assertEquals(before.uses(), own.uses(), aopXml);
      assertFalse(own.hasWeaver(), aopXml);
    }
  }

  @Test
  void namesAMistypedOptionOnce() {
    String mistyped = "-javaagent:" + Repository.agentJar() + "=cach=false";

    Outcome plain = agent.run(PlainProgram.class, Weaving.NONE, "mistyped", NOTHING, mistyped);

    assertEquals(
        "autoskill-telemetry: unknown agent option \"cach=false\", expected cache=false\n",
        plain.result().err());
    assertEquals("worked\n", plain.result().out());
  }

  /** A program's own weaver may be too old to read its classes; this one is no weaver at all. */
  @Test
  void usesItsOwnWeaverWhateverTheProgramBrings() throws IOException {
    for (String type : List.of("org/aspectj/weaver/World", "aj/org/objectweb/asm/ClassReader")) {
      Path file = directory.resolve("own/classes/" + type + ".class");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "no class");
    }

    Outcome own = agent.run(PublishingProgram.class, Weaving.AGENT, "own", NOTHING);

    assertEquals("", own.result().err());
    assertEquals("item\n", own.result().out());
    assertEquals(new TreeMap<>(Map.of("publishes", 1L)), own.uses());
  }

  private void configure(String folder, String aopXml) throws IOException {
    Path configuration = directory.resolve(folder).resolve("classes/META-INF/aop.xml");
    Files.createDirectories(configuration.getParent());
    Files.writeString(configuration, aopXml);
  }
}
