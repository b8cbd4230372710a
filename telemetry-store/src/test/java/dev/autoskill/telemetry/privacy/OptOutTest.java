package dev.autoskill.telemetry.privacy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutTest {

  @Test
  void allowsEverythingWhereNobodyObjects() {
    assertEquals(new OptOut(true, true, null), decide(Map.of("PATH", "/bin")));
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
    "JENKINS_URL, http://localhost",
    "GITHUB_ACTIONS, true",
    "GITLAB_CI, true",
    "BUILD_NUMBER, 0",
    "bamboo_planKey, PLAN",
    "NODE, /app/.heroku/node/bin/node",
    "TRAVIS, true"
  })
  void isOffAndSaysWhy(String variable, String value) {
    assertEquals(new OptOut(false, false, variable), decide(Map.of(variable, value)));
  }

  @ParameterizedTest
  @CsvSource({"NODE, /usr/bin/node", "TASK_ID, 17"})
  void isOnWhereAVariableMeansSomethingElse(String variable, String value) {
    assertEquals(new OptOut(true, true, null), decide(Map.of(variable, value)));
  }

  @Test
  void doNotTrackIsNamedBeforeCi() {
    assertEquals(
        new OptOut(false, false, "DO_NOT_TRACK"),
        decide(Map.of("CI", "true", "DO_NOT_TRACK", "1")));
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertEquals(
        new OptOut(true, true, null),
        decide(Map.of("AUTO_SKILL_NO_TELEMETRY", "", "DO_NOT_TRACK", "", "CI", "")));
  }

  @Test
  void theUsersWishForLocalRecordingBeatsCiAndDoNotTrack() {
    assertEquals(
        new OptOut(true, false, "AUTO_SKILL_TELEMETRY"),
        decide(Map.of("AUTO_SKILL_TELEMETRY", "local", "CI", "true", "DO_NOT_TRACK", "1")));
  }

  @Test
  void noTelemetryBeatsEverything() {
    assertEquals(
        new OptOut(false, false, "AUTO_SKILL_NO_TELEMETRY"),
        decide(Map.of("AUTO_SKILL_TELEMETRY", "local", "AUTO_SKILL_NO_TELEMETRY", "1")));
  }

  @Test
  void anotherWishIsNone() {
    assertEquals(
        new OptOut(false, false, "CI"), decide(Map.of("AUTO_SKILL_TELEMETRY", "on", "CI", "true")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/p/target/surefire/surefirebooter-2026.jar /p/target/surefire 2026 surefire_0",
        "org.apache.maven.surefire.booter.ForkedBooter /p/target/surefire 2026",
        "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1'",
        "com.intellij.rt.junit.JUnitStarter -ideVersion5 -junit5 acme.SkillsTest",
        "org.eclipse.jdt.internal.junit.runner.RemoteTestRunner -version 3",
        "/lib/junit-platform-console-standalone-6.1.3.jar execute --scan-class-path",
        "org.junit.platform.console.ConsoleLauncher execute",
        "org.junit.runner.JUnitCore acme.SkillsTest"
      })
  void knowsARunOfTestsByItsCommand(String command) {
    assertTrue(OptOut.isTestRun(ofProperties(Map.of("sun.java.command", command))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme.Main test",
        "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Worker Daemon 1'",
        "org.codehaus.plexus.classworlds.launcher.Launcher verify"
      })
  void takesNoOtherProgramForARunOfTests(String command) {
    assertFalse(OptOut.isTestRun(ofProperties(Map.of("sun.java.command", command))));
  }

  @Test
  void isToldOfRunsOfTestsThatItDoesNotKnow() {
    String property = "autoskill.telemetry.tests";
    assertFalse(OptOut.isTestRun(ofProperties(Map.of())));
    assertTrue(OptOut.isTestRun(ofProperties(Map.of(property, "true"))));
    assertTrue(OptOut.isTestRun(ofProperties(Map.of("surefire.test.class.path", "x.jar"))));
    assertFalse(
        OptOut.isTestRun(
            ofProperties(
                Map.of(property, "false", "sun.java.command", "org.testng.TestNG suite.xml"))));
  }

  @Test
  void testsMayRecordIntoADatabaseOfTheirOwn() {
    assertEquals(new OptOut(true, true, null), decideOfTests(Map.of()));
    assertEquals(new OptOut(true, false, "CI"), decideOfTests(Map.of("CI", "true")));
    assertEquals(
        new OptOut(true, false, "DO_NOT_TRACK"), decideOfTests(Map.of("DO_NOT_TRACK", "1")));
    assertEquals(
        new OptOut(false, false, "AUTO_SKILL_NO_TELEMETRY"),
        decideOfTests(Map.of("AUTO_SKILL_NO_TELEMETRY", "1", "CI", "true")));
  }

  private static OptOut decideOfTests(Map<String, String> variables) {
    return OptOut.decision(Environment.of(variables), true);
  }

  private static Environment ofProperties(Map<String, String> properties) {
    return Environment.of(Map.of(), properties);
  }

  @Test
  void namesTheMissingArgument() {
    NullPointerException thrown =
        assertThrows(NullPointerException.class, () -> OptOut.decision(null, false));
    assertEquals("environment must not be null", thrown.getMessage());
  }

  /** The locale does not matter: variables may have any value, and the JVM any charset. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "UTF-8", "US-ASCII"})
  void isReadWhateverTheCharsetOfTheJvm(String charset) throws Exception {
    assertEquals(
        "false false AUTO_SKILL_NO_TELEMETRY",
        decideIn(charset, Map.of("AUTO_SKILL_NO_TELEMETRY", "n\u00F6")));
    assertEquals("false false CI", decideIn(charset, Map.of("CI", "1")));
    assertEquals(
        "true false AUTO_SKILL_TELEMETRY",
        decideIn(charset, Map.of("CI", "1", "AUTO_SKILL_TELEMETRY", "local")));
    assertEquals("true true null", decideIn(charset, Map.of()));
  }

  private static String decideIn(String charset, Map<String, String> variables) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dfile.encoding=" + charset,
            "-cp",
            System.getProperty("java.class.path"),
            OptOutTest.class.getName());
    java.environment().clear();
    java.environment().put("LC_ALL", "C");
    java.environment().putAll(variables);
    Process process = java.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }

  /** The process that {@link #decideIn} starts. */
  public static void main(String[] args) {
    OptOut decision = OptOut.decision(Environment.ofProcess(), false);
    byte[] line =
        "%s %s %s"
            .formatted(decision.allowsRecording(), decision.allowsSending(), decision.variable())
            .getBytes(US_ASCII);
    System.out.write(line, 0, line.length);
    System.out.flush();
  }

  private static OptOut decide(Map<String, String> variables) {
    return OptOut.decision(Environment.of(variables), false);
  }
}
