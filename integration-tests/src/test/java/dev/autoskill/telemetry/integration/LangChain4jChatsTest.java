package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.chat.ChatProgram;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tools of LangChain4j that are told for which chat they are called. */
class LangChain4jChatsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"LOAD_TIME", "COMPILE_TIME", "AGENT"})
  void usesOfOneChatAreASession(Weaving weaving) {
    LibraryProgram program =
        LibraryProgram.ofPackage(ChatProgram.class, directory)
            .withAopXml(
                "<aspectj><weaver><include within=\"com.acme.chat..*\"/></weaver></aspectj>");
    Result unwoven = program.run(Weaving.NONE);
    assertEquals(
        new Result(0, "called in 1\n".repeat(4) + "called in 2\n" + "called in default\n", ""),
        unwoven);

    assertEquals(unwoven, program.run(weaving));

    Map<String, List<String>> skills = new TreeMap<>();
    for (TelemetryEvent event : program.events(weaving)) {
      assertTrue(event.sessionId().length() > 9, "no id of a chat, but " + event.sessionId());
      skills
          .computeIfAbsent(event.sessionId(), session -> new ArrayList<>())
          .add(event.skillName());
    }
    skills.values().forEach(Collections::sort);
    assertEquals(
        Set.of(
            List.of("contextFirst", "contextLast", "helped", "idFirst", "idLast"),
            List.of("helped", "idFirst"),
            List.of("contextLast")),
        Set.copyOf(skills.values()));
  }
}
