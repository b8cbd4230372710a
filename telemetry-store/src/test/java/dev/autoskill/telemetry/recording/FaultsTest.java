package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class FaultsTest {

  @Test
  void debugOutputNamesTheClassOfAFailureAndNotItsMessage() {
    List<String> lines = new ArrayList<>();
    Faults faults = new Faults(lines::add);

    faults.swallowed(new IllegalStateException("secret", new RuntimeException("secret")));

    assertEquals(List.of("swallowed: java.lang.IllegalStateException"), lines);
    assertEquals(1, faults.count());
  }

  @Test
  @ResourceLock(Resources.SYSTEM_ERR)
  void debugOutputPrintsOneLine() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      new DebugOutput().accept("a\r\nforged: b\u001B[31m\u0085c\u2028d\u2029e");
    } finally {
      System.setErr(before);
    }

    assertEquals(
        List.of("autoskill-telemetry: a??forged: b?[31m?c?d?e"),
        printed.toString(StandardCharsets.UTF_8).lines().toList());
  }
}
