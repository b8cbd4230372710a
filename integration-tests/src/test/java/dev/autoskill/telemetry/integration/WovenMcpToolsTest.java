package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.server.ServerProgram;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tools of an MCP server whose methods are woven: server or exchange tells the client. */
class WovenMcpToolsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"LOAD_TIME", "COMPILE_TIME", "AGENT"})
  void haveTheClientsAgentAndSession(Weaving weaving) {
    LibraryProgram program =
        LibraryProgram.ofPackage(ServerProgram.class, directory)
            .withAopXml(
                "<aspectj><weaver><include within=\"com.acme.server..*\"/></weaver></aspectj>");
    Result unwoven = program.run(Weaving.NONE);
    assertEquals(new Result(0, "tool-failing has thrown\n", ""), unwoven);

    assertEquals(unwoven, program.run(weaving));

    List<TelemetryEvent> events = program.events(weaving);
    assertEquals(
        List.of(
            "of-async-client success cursor",
            "of-client success cursor",
            "woven success cursor",
            "tool-sync success cursor",
            "woven success cursor",
            "woven success cursor",
            "woven failure cursor",
            "woven success cursor"),
        events.stream()
            .map(event -> event.skillName() + " " + event.outcome().text() + " " + event.agentId())
            .toList());
    assertEquals(1, events.stream().map(TelemetryEvent::sessionId).distinct().count());
  }
}
