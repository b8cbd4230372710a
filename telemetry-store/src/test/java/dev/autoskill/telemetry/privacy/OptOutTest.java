package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.privacy.OptOut.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptOutTest {

  @Test
  void allowsEverythingWhereNobodyObjects() {
    assertEquals(new OptOut(Mode.ON, null), decide(Map.of("PATH", "/bin")));
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO_SKILL_NO_TELEMETRY, 1",
    "AUTO_SKILL_NO_TELEMETRY, 0",
    "AUTO_SKILL_NO_TELEMETRY, false",
    "DO_NOT_TRACK, 1",
    "DO_NOT_TRACK, 0",
    "DO_NOT_TRACK, ' '",
    "CI, true",
    "CI, false",
    "GITHUB_ACTIONS, true",
    "GITLAB_CI, true",
    "BUILD_NUMBER, 0",
    "bamboo_planKey, PLAN",
    "NODE, /app/.heroku/node/bin/node",
    "TRAVIS, true"
  })
  void isOffAndSaysWhy(String variable, String value) {
    assertEquals(new OptOut(Mode.OFF, variable), decide(Map.of(variable, value)));
  }

  @ParameterizedTest
  @CsvSource({"NODE, /usr/bin/node", "TASK_ID, 17", "JENKINS_URL, http://localhost"})
  void isOnWhereAVariableMeansSomethingElse(String variable, String value) {
    assertEquals(new OptOut(Mode.ON, null), decide(Map.of(variable, value)));
  }

  @Test
  void doNotTrackIsNamedBeforeCi() {
    assertEquals(
        new OptOut(Mode.OFF, "DO_NOT_TRACK"), decide(Map.of("CI", "true", "DO_NOT_TRACK", "1")));
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertEquals(
        new OptOut(Mode.ON, null),
        decide(Map.of("AUTO_SKILL_NO_TELEMETRY", "", "DO_NOT_TRACK", "", "CI", "")));
  }

  @Test
  void theUsersWishForLocalRecordingBeatsCiAndDoNotTrack() {
    assertEquals(
        new OptOut(Mode.LOCAL_ONLY, "AUTO_SKILL_TELEMETRY"),
        decide(Map.of("AUTO_SKILL_TELEMETRY", "local", "CI", "true", "DO_NOT_TRACK", "1")));
  }

  @Test
  void noTelemetryBeatsEverything() {
    assertEquals(
        new OptOut(Mode.OFF, "AUTO_SKILL_NO_TELEMETRY"),
        decide(Map.of("AUTO_SKILL_TELEMETRY", "local", "AUTO_SKILL_NO_TELEMETRY", "1")));
  }

  @Test
  void anotherWishIsNone() {
    assertEquals(
        new OptOut(Mode.OFF, "CI"), decide(Map.of("AUTO_SKILL_TELEMETRY", "on", "CI", "true")));
  }

  @Test
  void namesTheMissingArgument() {
    NullPointerException thrown =
        assertThrows(NullPointerException.class, () -> OptOut.decision(null));
    assertEquals("environment must not be null", thrown.getMessage());
  }

  private static OptOut decide(Map<String, String> variables) {
    return OptOut.decision(Environment.of(variables));
  }
}
