package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.FatJar;
import dev.autoskill.telemetry.integration.JavaProcess;
import dev.autoskill.telemetry.integration.NpmClient;
import dev.autoskill.telemetry.integration.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose stdout is a protocol: it stays one, and each call of a tool is a use. */
class McpServersTest {

  /** A call of a tool, and the skill and the outcome that are to be recorded of it. */
  private record Call(String tool, String skill, String outcome) {

    private static Call of(String tool, String outcome) {
      return new Call(tool, tool, outcome);
    }

    private String use() {
      return skill + " " + outcome;
    }

    private String json() {
      return "{\"name\":\"%s\",\"arguments\":{\"text\":\"hi\"}}".formatted(tool);
    }
  }

  private static final List<Call> SDK =
      List.of(
          new Call("ok", "mcp.ok", "success"),
          new Call("is-error", "mcp.is-error", "failure"),
          new Call("throws", "mcp.throws", "failure"));

  /** Those of Spring AI's own annotation are called by the program, too, while it starts. */
  private static final List<Call> SPRING_AI =
      List.of(
          Call.of("shout", "success"),
          new Call("named-tool", "tracked-name", "success"),
          Call.of("boom-tool", "failure"),
          Call.of("plain-void", "success"));

  private static final List<Call> SPRING =
      Stream.concat(
              SPRING_AI.stream(),
              Stream.of(
                  Call.of("mcp-ok", "success"),
                  Call.of("mcp-err", "failure"),
                  Call.of("mcp-boom", "failure"),
                  Call.of("noName", "success")))
          .toList();

  /** Starts a server, calls its tools, and ends it. */
  private enum Client {
    PROBE("field-tests") {
      @Override
      List<?> answers(ProcessBuilder server, List<Call> calls) {
        List<JsonNode> answers = new ArrayList<>();
        try (McpClient client = new McpClient(server)) {
          answers.add(client.initialize());
          // In no particular order.
          List<JsonNode> listed = new ArrayList<>();
          client.request("tools/list", Map.of()).at("/result/tools").forEach(listed::add);
          assertEquals(
              calls.stream().map(Call::tool).sorted().toList(),
              listed.stream().map(tool -> tool.get("name").asText()).sorted().toList());
          for (Call call : calls) {
            Map<String, ?> arguments = Map.of("text", "hi");
            answers.add(
                client.request("tools/call", Map.of("name", call.tool, "arguments", arguments)));
          }
        }
        return answers;
      }
    },
    NPM(NpmClient.AGENT) {
      @Override
      List<?> answers(ProcessBuilder server, List<Call> calls) {
        List<String> answers = NpmClient.answers(server, calls.stream().map(Call::json).toList());
        // The names of the tools come first, in no particular order.
        assertEquals(1 + calls.size(), answers.size(), answers.toString());
        return answers.subList(1, answers.size());
      }
    };

    private final String agent;

    Client(String agent) {
      this.agent = agent;
    }

    abstract List<?> answers(ProcessBuilder server, List<Call> calls);
  }

  @TempDir Path directory;

  /** With the agent's jar and nothing else of the library but the annotations. */
  @TestFactory
  Stream<DynamicTest> ofTheSdk() {
    return records(Client.PROBE, sdk(), SDK, List.of());
  }

  @TestFactory
  Stream<DynamicTest> ofTheSdkWithTheModuleForIt() {
    return records(Client.PROBE, sdk().withModules("telemetry-mcp"), SDK, List.of());
  }

  /** The loader of the agent's jar does not see the SDK in there. */
  @Test
  void ofTheSdkInAFatJar() {
    FieldProgram program = sdk();
    Path fatJar =
        FatJar.of(
            directory.resolve("server.jar"),
            Libraries.of("spring-boot-4").jar("spring-boot-loader"),
            "acme.mcp.Server",
            program.classes(),
            Libraries.of("mcp-sdk").withProduct(true));
    List<String> command = new ArrayList<>(FieldProgram.JVM);
    command.addAll(Way.AGENT.agent());
    command.addAll(List.of("-jar", fatJar.toString()));
    Client.PROBE.answers(
        JavaProcess.builder(
            JavaProcess.JDK,
            program.workingDirectory(Way.AGENT),
            program.environment(Way.AGENT),
            command),
        SDK);
    List<TelemetryEvent> events = Uses.by(Client.PROBE.agent, program.database(Way.AGENT));
    assertEquals(uses(SDK), text(events));
    assertEquals(1, sessions(events));
  }

  @TestFactory
  Stream<DynamicTest> ofTheSdkWithTheOfficialClientForNode() {
    NpmClient.install();
    return records(Client.NPM, sdk(), SDK, List.of());
  }

  @TestFactory
  Stream<DynamicTest> ofSpringAi() {
    return records(Client.PROBE, springAi(), SPRING, SPRING_AI);
  }

  /** It has no other tools then, and calls these on threads of Reactor's. */
  @TestFactory
  Stream<DynamicTest> ofSpringAiAsAnAsynchronousServer() {
    FieldProgram server = springAi().withArguments("--spring.ai.mcp.server.type=ASYNC");
    return records(Client.PROBE, server, SPRING_AI, SPRING_AI);
  }

  @TestFactory
  Stream<DynamicTest> ofSpringAiWithTheOfficialClientForNode() {
    NpmClient.install();
    return records(Client.NPM, springAi(), SPRING, SPRING_AI);
  }

  /** As docs/class-archives.md says: the JVM itself says on stdout that an archive does not fit. */
  @TestFactory
  Stream<DynamicTest> ofTheSdkWithAnArchiveOfOtherClasses() {
    Path archive = directory.resolve("classes.archive");
    boolean isAheadOfTime = Runtime.version().feature() >= 25;
    JavaProcess.run(
        directory,
        Map.of(),
        List.of(
            (isAheadOfTime ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive,
            "-jar",
            Repository.agentJar().toString(),
            "--help"));
    assertTrue(Files.exists(archive));
    FieldProgram server =
        sdk()
            .withJvmOptions(
                (isAheadOfTime ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive,
                "-Xlog:disable",
                "-Xlog:all=error:stderr");
    return records(Client.PROBE, server, SDK, List.of());
  }

  /** Its tools take the exchange, which tells the client. */
  private FieldProgram sdk() {
    return new FieldProgram(directory, "acme.mcp.Server", "mcp-sdk-server")
        .withLibraries("mcp-sdk");
  }

  private FieldProgram springAi() {
    return new FieldProgram(directory, "acme.boot.App", "spring-ai-boot")
        .withLibraries("spring-ai")
        .withModules("telemetry-mcp", "telemetry-spring-boot-starter");
  }

  /**
   * In each way, the server answers as it does unwoven, and each call is recorded, with its agent,
   * session, outcome and time.
   *
   * @param own the calls that the program makes itself while it starts
   */
  private static Stream<DynamicTest> records(
      Client client, FieldProgram server, List<Call> calls, List<Call> own) {
    List<?> unwoven = client.answers(server.builder(Way.UNWOVEN), calls);
    List<String> unwovenErr = err(server.workingDirectory(Way.UNWOVEN));
    return Way.EACH.stream()
        .map(
            way ->
                dynamicTest(
                    way.name(),
                    () -> {
                      List<?> woven = client.answers(server.builder(way), calls);
                      List<TelemetryEvent> ofClient = Uses.by(client.agent, server.database(way));
                      List<TelemetryEvent> ofProgram = Uses.by("unknown", server.database(way));
                      assertAll(
                          () -> assertEquals(uses(calls), text(ofClient)),
                          () -> assertEquals(1, sessions(ofClient)),
                          () -> assertTrue(haveTheirTimes(ofClient), ofClient.toString()),
                          // The order of a class's methods is no promise.
                          () ->
                              assertEquals(
                                  uses(own).stream().sorted().toList(),
                                  text(ofProgram).stream().sorted().toList()),
                          () -> assertEquals(unwoven, woven),
                          () -> assertEquals(unwovenErr, err(server.workingDirectory(way))));
                    }));
  }

  private static List<String> uses(List<Call> calls) {
    return calls.stream().map(Call::use).toList();
  }

  private static List<String> text(List<TelemetryEvent> events) {
    return events.stream().map(event -> event.skillName() + " " + event.outcome().text()).toList();
  }

  private static long sessions(List<TelemetryEvent> events) {
    return events.stream().map(TelemetryEvent::sessionId).distinct().count();
  }

  private static boolean haveTheirTimes(List<TelemetryEvent> events) {
    return events.stream().allMatch(event -> event.durationMs() != null);
  }

  /**
   * Without the time, and sorted, since the order of a class's methods is no promise; without
   * Logback's own warnings, of which it prints those of the last 300 ms, however quick the start;
   * and without the JVM's log.
   */
  private static List<String> err(Path workingDirectory) {
    try (Stream<String> lines = Files.lines(workingDirectory.resolve("err.txt"))) {
      return lines
          .map(line -> line.replaceFirst("^[\\d:,]+ ", ""))
          .filter(line -> !line.startsWith("|-WARN in Logger["))
          .filter(line -> !line.matches("\\[[\\d.]+s]\\[error *]\\[(aot|cds).*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
