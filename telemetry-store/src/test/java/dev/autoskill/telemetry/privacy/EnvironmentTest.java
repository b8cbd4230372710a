package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class EnvironmentTest {

  @ParameterizedTest
  @CsvSource({
    "/home/alice, /home/bob, /home/alice",
    "'', /home/bob, /home/bob",
    ", /home/bob, /home/bob",
    "home/alice, /home/bob, /home/bob",
    "?, /home/bob, /home/bob",
    "/home/alice, ?, /home/alice",
    "/, /root, /"
  })
  void homeIsTheVariableIfItIsAbsoluteElseTheProperty(
      String variable, String property, String home) {
    assertEquals(Path.of(home), home(variable, property));
  }

  @ParameterizedTest
  @CsvSource({
    ",",
    ", ''",
    ", ?",
    ", home",
    "?, ?",
    "'', /nonexistent",
    "/nonexistent, /home/bob",
    "/nonexistent/x, /home/bob",
    "/homeless-shelter, /root",
    "/dev/null, /root"
  })
  void isNoHomeWhereTheAccountHasNone(String variable, String property) {
    assertNull(home(variable, property));
  }

  @Test
  void aPathThatCannotBeOneIsNone() {
    assertEquals(Path.of("/home/bob"), home("/home/a\0", "/home/bob"));
  }

  private static Path home(String variable, String property) {
    return Environment.of(of("HOME", variable), of("user.home", property)).home();
  }

  private static Map<String, String> of(String name, String value) {
    Map<String, String> map = new HashMap<>();
    if (value != null) {
      map.put(name, value);
    }
    return map;
  }
}
