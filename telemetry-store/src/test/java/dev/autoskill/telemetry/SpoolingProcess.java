package dev.autoskill.telemetry;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@link SpoolingProgram} in a JVM of its own. */
final class SpoolingProcess implements AutoCloseable {

  private final Process process;

  private SpoolingProcess(Process process) {
    this.process = process;
  }

  static SpoolingProcess start(Path database, String how, int uses) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SpoolingProgram.class.getName(),
            how,
            Integer.toString(uses));
    builder.environment().keySet().retainAll(Set.of("XDG_CACHE_HOME"));
    builder.environment().put("AUTO_SKILL_TELEMETRY_DB", database.toString());
    builder.redirectError(new File(database + ".err.txt"));
    return new SpoolingProcess(builder.start());
  }

  /** Waits until the program says that it is ready. */
  SpoolingProcess awaitReady() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(out.readLine())) {
      throw new AssertionError("the process is not ready");
    }
    return this;
  }

  /** SIGKILL: the process cannot do anything about it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM: its shutdown hooks run. */
  void terminate() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new AssertionError("still running after two minutes");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
