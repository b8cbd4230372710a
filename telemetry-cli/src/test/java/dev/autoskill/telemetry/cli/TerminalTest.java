package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.annotations.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void recordAUse() {
    host = new TestHost(home);
    host.record(Duration.ofMinutes(1), TestHost.use("a", Outcome.FAILURE, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "true, auto, '', true",
    "false, auto, '', false",
    "true, never, '', false",
    "false, always, '', true",
    "true, auto, NO_COLOR=1, false",
    "true, auto, NO_COLOR=, true",
    "true, always, NO_COLOR=1, true",
    "false, auto, FORCE_COLOR=1, true",
    "true, auto, FORCE_COLOR=0, false",
    "true, auto, TERM=dumb, false"
  })
  void coloursAreForTerminalsUnlessSomebodySaysOtherwise(
      boolean isTerminal, String option, String variable, boolean expected) {
    host.isTerminal = isTerminal;
    if (!variable.isEmpty()) {
      host.variables.putAll(Map.of(variable.replaceAll("=.*", ""), variable.replaceAll(".*=", "")));
    }

    host.run("report", "--color", option);

    assertEquals(expected, host.out.contains("\u001b[31m0.0%\u001b[0m"), host.out);
  }

  @Test
  void aTerminalOfUnknownWidthHas80Columns() {
    host.isTerminal = true;
    host.run("--color", "never");
    String unknown = host.out;

    host.terminal(80).run("--color", "never");

    assertEquals(host.out, unknown);
  }
}
