package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.cli.Machine.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedReportTest {

  private static final String LIST = "META-INF/autoskill-telemetry/tracked-skills";

  /** As users write them. */
  static final class Reviewer {

    @TrackedSkill("code-review")
    void review() {}

    @TrackedSkill(name = "find-todos", id = "find-todos@2")
    void find() {}

    @TrackedSkill
    void unnamed() {}

    void noSkill() {}
  }

  /** Its public methods are skills. */
  @TrackedSkill("tools")
  static final class Tools {

    static {
      initialised = true;
    }

    public void count() {}
  }

  /** Woven when it was compiled, which leaves such a field. */
  static final class Woven {

    @SuppressWarnings("unused")
    private static final Object ajc$tjp_0 = null;

    @TrackedSkill("woven")
    void work() {}
  }

  private static boolean initialised;

  @TempDir Path home;
  private TestHost host;
  private Path classes;

  @BeforeEach
  void compile() throws IOException {
    host = new TestHost(home);
    classes = Files.createDirectories(home.resolve("app/classes")).toRealPath();
    write(classes, Reviewer.class, Tools.class);
  }

  @Test
  void aSkillThatNothingWeavesIsNotInstrumented() throws IOException {
    assertEquals(
        List.of(
            "Reviewer.unnamed: not instrumented",
            "code-review: not instrumented",
            "find-todos: not instrumented",
            "tools.count: not instrumented"),
        unused("--classes", classes.toString()));
    assertTrue(host.err.contains("Not instrumented: "), host.err);
    assertEquals(false, initialised);
  }

  @Test
  void oneRecordedUseShowsThatTheOthersAreInstrumented() throws IOException {
    host.record(Duration.ofDays(40), TestHost.use("code-review", Outcome.SUCCESS, 5));

    assertEquals(
        List.of(
            "Reviewer.unnamed: never used", "find-todos: never used", "tools.count: never used"),
        unused("--classes", classes.toString()));
    assertEquals(
        List.of("code-review: never used"),
        unused("--classes", classes.toString(), "--since", "7d", "--skill", "code-review"));
    assertEquals(
        List.of("code-review: never used"),
        unused("--classes", classes.toString(), "--agent", "cursor", "--skill", "code-review"));
  }

  @Test
  void whatWasWovenAtCompileTimeIsInstrumented() throws IOException {
    Path jar = home.resolve("woven.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry(LIST));
      entries.write((Woven.class.getName() + "\n").getBytes());
      entries.putNextEntry(new JarEntry(Woven.class.getName().replace('.', '/') + ".class"));
      entries.write(bytes(Woven.class));
    }

    assertEquals(List.of("woven: never used"), unused("--classes", jar.toString()));
  }

  @Test
  void aJvmThatRunsTellsWhereItsClassesAreAndWhetherAnAgentWeavesThem() throws IOException {
    host.machine.jvms = List.of(jvm("-cp", "lib.jar:app/classes", "Main"));
    assertEquals(List.of("code-review: not instrumented"), unused("--skill", "code-review"));

    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .putValue("Premain-Class", "dev.autoskill.telemetry.agent.SkillAgent");
    try (OutputStream out = Files.newOutputStream(home.resolve("agent.jar"))) {
      new JarOutputStream(out, manifest).close();
    }
    host.machine.jvms = List.of(jvm("-javaagent:agent.jar", "-cp", "app/classes", "Main"));
    assertEquals(List.of("code-review: never used"), unused("--skill", "code-review"));
  }

  @Test
  void withoutAListThereIsNoAnswer() {
    assertEquals(3, host.run("report", "--unused"));
    assertTrue(host.err.contains("name jars or directories by --classes"), host.err);
    assertEquals(3, host.run("report", "--unused", "--classes", home.toString()));
    assertTrue(host.err.contains("there is no list of skills in"), host.err);
  }

  @Test
  void aClassThatCannotBeReadIsAWarning() throws IOException {
    Files.writeString(classes.resolve(LIST), "com.acme.Gone\n");

    assertEquals(List.of(), unused("--classes", classes.toString()));
    assertTrue(host.err.contains("warning: com.acme.Gone cannot be read"), host.err);
  }

  @Test
  void everyFormatHasTheSameRows() throws IOException {
    String[] common = {"report", "--unused", "--classes", classes.toString(), "--format"};
    assertEquals(0, host.run(common[0], common[1], common[2], common[3], common[4], "csv"));
    assertTrue(
        host.out.startsWith(
            "skillName,skillId,status,className,location\r\nReviewer.unnamed,Reviewer.unnamed,"),
        host.out);
    assertTrue(host.out.contains("find-todos,find-todos@2,not instrumented,"), host.out);
    assertEquals(0, host.run(common[0], common[1], common[2], common[3], common[4], "jsonl"));
    assertEquals(4, host.out.lines().count());
    assertEquals(0, host.run(common[0], common[1], common[2], common[3], common[4], "md"));
    assertTrue(host.out.startsWith("| Skill | Status | Class | Where |\n"), host.out);
    assertEquals(0, host.terminal(60).run(common[0], common[1], common[2], common[3]));
    assertTrue(host.out.lines().allMatch(line -> line.length() <= 80), host.out);
  }

  private List<String> unused(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("report", "--unused", "--json"));
    all.addAll(List.of(arguments));
    assertEquals(0, host.run(all.toArray(String[]::new)), host.err);
    JsonNode json = new ObjectMapper().readTree(host.out);
    assertEquals("skill-telemetry.report/1", json.get("schema").asText());
    List<String> rows = new ArrayList<>();
    json.get("rows")
        .forEach(
            row -> rows.add(row.get("skillName").asText() + ": " + row.get("status").asText()));
    return rows;
  }

  private Jvm jvm(String... arguments) {
    return new Jvm(17, List.of(arguments), home, null);
  }

  private static void write(Path directory, Class<?>... types) throws IOException {
    StringBuilder list = new StringBuilder("# autoskill-telemetry tracked-skills 1\n");
    for (Class<?> type : types) {
      list.append(type.getName()).append('\n');
      Path file = directory.resolve(type.getName().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, bytes(type));
    }
    Files.createDirectories(directory.resolve(LIST).getParent());
    Files.writeString(directory.resolve(LIST), list);
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String name = type.getName();
    try (InputStream in =
        type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      return in.readAllBytes();
    }
  }
}
