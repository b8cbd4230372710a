package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the operating system that cause faults. */
final class Means {

  /** Takes away what lets the superuser ignore permissions. Others ignore none to begin with. */
  static final List<String> BOUND_BY_PERMISSIONS =
      isRoot()
          ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
          : List.of("env");

  private Means() {}

  /** Skips the test on a machine where a command is missing or not allowed. */
  static void assumeWorks(String... command) {
    assumeTrue(works(command), () -> "does not work here: " + String.join(" ", command));
  }

  static boolean works(String... command) {
    try {
      return run(command).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** How a command ended. */
  record Result(int exitCode, String output) {}

  /** Runs a command to its end. */
  static Result run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new AssertionError("still running: " + String.join(" ", command));
      }
      return new Result(process.exitValue(), output);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isRoot() {
    try {
      return run("id", "-u").output().equals("0");
    } catch (IOException e) {
      return false;
    }
  }
}
