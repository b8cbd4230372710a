package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.cli.Machine.Jvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void recordAUse() {
    host = new TestHost(home);
    host.record(Duration.ofHours(1), TestHost.use("a", Outcome.SUCCESS, 5));
    host.run("report");
  }

  @Test
  void saysOfEachCheckThatAllIsWell() throws IOException {
    host.machine.jvms =
        List.of(
            new Jvm(
                17,
                List.of("-Xmx1g", "-javaagent:agent.jar=cache=false", "-cp", "x", "com.acme.Main"),
                agent("dev.autoskill.telemetry.agent.SkillAgent").getParent(),
                TestHost.NOW.minus(Duration.ofDays(1))),
            new Jvm(18, List.of("-jar", "/opt/other.jar"), null, null));

    assertEquals(0, host.run("doctor", "--color", "never"), host.out);

    Golden.check(
        "doctor.txt",
        host.out
            .replace(host.database().toString(), "DATABASE")
            .replace(Runtime.version().toString(), "JDK"));
  }

  @Test
  void offByAVariable() {
    host.variables.put("DO_NOT_TRACK", "1");
    assertFinds("recording", "the environment variable DO_NOT_TRACK is set", "unset the variable");
  }

  @Test
  void offByTheSettingsFile() throws IOException {
    assertEquals(0, host.run("off"));
    assertFinds("recording", "off, since the user's settings file says so", "skill-telemetry on");

    Files.writeString(home.resolve(".claude/auto-skill/telemetry.properties"), "disbled=true");
    assertFinds("settings", "telemetry.properties is wrong", "docs/settings.md");
  }

  @Test
  void noAgent() throws IOException {
    Files.delete(host.database());
    host.machine.jvms = List.of(new Jvm(18, List.of("-jar", "app.jar"), null, null));
    assertFinds("uses", "no running JVM has the agent", "-javaagent:telemetry-agent.jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-cp x com.acme.Main 1",
        "--add-opens java.base/java.lang=ALL-UNNAMED com.acme.Main",
        "--add-exports java.base/sun.nio.ch=ALL-UNNAMED --source 17 com.acme.Main",
        "--add-opens=java.base/java.lang=ALL-UNNAMED -m acme/com.acme.Main",
        "--enable-native-access acme --add-modules java.sql -p mods --module acme/com.acme.Main",
        "--patch-module acme=x --add-reads acme=java.sql --limit-modules acme com.acme.Main"
      })
  void namesTheProgramOfAJvm(String arguments) throws IOException {
    host.machine.jvms = List.of(new Jvm(18, List.of(arguments.split(" ")), null, null));
    host.run("doctor");
    assertTrue(host.out.contains("18 com.acme.Main: no agent"), host.out);
  }

  @Test
  void agentWithoutSkills() throws IOException {
    Path agent = agent("dev.autoskill.telemetry.agent.SkillAgent");
    host.machine.jvms =
        List.of(
            new Jvm(
                17, List.of("-javaagent:" + agent, "Main"), null, TestHost.NOW.minusSeconds(60)));
    assertFinds("uses", "no use was recorded since", "@TrackedSkill");
  }

  @ParameterizedTest
  @CsvSource({"1, elsewhere.db, telemetry.db", "0, telemetry.db, elsewhere.db"})
  void anAgentForAnotherDatabaseSaysNothingAboutThisOne(int exit, String before, String last)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("-javaagent:" + agent("dev.autoskill.telemetry.agent.SkillAgent"));
    for (String name : List.of(before, last)) {
      String file = name.equals("telemetry.db") ? host.database().toString() : name;
      arguments.add("-Dautoskill.telemetry.database=" + file);
    }
    host.machine.jvms =
        List.of(new Jvm(17, arguments, host.database().getParent(), TestHost.NOW.plusSeconds(60)));

    assertEquals(exit, host.run("doctor"), host.out);

    assertEquals(exit == 0, host.out.contains(", for another database"), host.out);
  }

  @Test
  void readOnlyFile() throws IOException {
    Files.setPosixFilePermissions(host.database(), PosixFilePermissions.fromString("r--------"));
    assertFinds("writable", host.database() + " is read-only", "chmod u+w");
  }

  @Test
  void damagedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(host.database());
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x55);
    Files.write(host.database(), bytes);
    assertFinds("schema", "the database is damaged", "keep a copy");
  }

  @Test
  void newerSchema() throws SQLException {
    host.sql("PRAGMA user_version = 7");
    assertFinds("schema", "made by a newer version", "update skill-telemetry");
  }

  @Test
  void foreignOwner() {
    host.machine.user = "jane";
    assertFinds("owner", "belongs to " + System.getProperty("user.name"), "chown jane");
  }

  @Test
  void fullDisk() {
    host.machine.freeBytes = 4096;
    assertFinds("space", "is full: 4 KiB are left", "prune");
  }

  @Test
  void oldRollups() throws SQLException {
    host.sql("UPDATE autoskill_java_state SET version = 2");
    host.variables.put("DO_NOT_TRACK", "1");
    assertFinds("rollups", "of another version", "doctor --repair");

    host.variables.remove("DO_NOT_TRACK");
    assertEquals(0, host.run("doctor", "--repair"), host.out);
    assertTrue(host.out.contains("right: 1 of 1 events"), host.out);
  }

  @Test
  void wrongRollups() throws SQLException {
    host.sql("UPDATE autoskill_java_day SET failures = failures + 1");
    assertFinds("rollups", "wrong numbers: ", "doctor --repair");

    assertEquals(0, host.run("doctor", "--repair"), host.out);
    assertTrue(host.out.contains("right: 1 of 1 events"), host.out);
  }

  @Test
  void othersMayRead() throws IOException {
    Files.setPosixFilePermissions(host.database(), PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(0, host.run("doctor"));
    assertTrue(host.out.contains("others may read it (rw-r--r--)"), host.out);
  }

  @Test
  void findsTheJvmsOfThisUserFromOutside() throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.autoskill.telemetry.cli.DoctorTest$Sleeper");
    program.environment().put("AUTO_SKILL_TELEMETRY_DB", "/elsewhere.db");
    Process sleeper = program.start();
    try {
      assertEquals('r', sleeper.getInputStream().read());
      Jvm found =
          new LocalMachine()
              .jvms().stream().filter(jvm -> jvm.pid() == sleeper.pid()).findFirst().orElseThrow();
      assertTrue(found.arguments().contains("-XX:TieredStopAtLevel=1"), found.toString());
      assertEquals("-Dautoskill.telemetry.database=/elsewhere.db", found.arguments().get(0));
      assertEquals(Path.of("").toAbsolutePath(), found.directory());
    } finally {
      sleeper.destroy();
    }
  }

  /** Says that it runs, until its input ends. */
  static final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws IOException {
      System.out.print('r');
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void jsonHasARowPerCheck() throws IOException {
    host.run("doctor", "--json");

    JsonNode first = new ObjectMapper().readTree(host.out).get("rows").get(0);
    assertEquals("recording", first.get("id").asText());
    assertEquals("ok", first.get("status").asText());
    assertTrue(first.get("hint").isNull());
  }

  private void assertFinds(String id, String detail, String hint) {
    assertEquals(1, host.run("doctor", "--color", "never"), host.out + host.err);
    String found =
        host.out.lines().filter(line -> line.startsWith("failed")).toList() + "\n" + host.out;
    assertTrue(found.matches("(?s).*failed +" + id + " .*"), found);
    assertTrue(found.contains(detail), found);
    assertTrue(found.contains(hint), found);
  }

  private Path agent(String premain) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "0.1.0");
    attributes.putValue("Premain-Class", premain);
    Path jar = home.resolve("agent.jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
