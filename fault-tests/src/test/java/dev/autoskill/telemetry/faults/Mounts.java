package dev.autoskill.telemetry.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * File systems that only those see who run in here: a process holds a mount namespace of its own
 * open, which needs no privilege where users may make namespaces.
 */
final class Mounts implements AutoCloseable {

  private final Process holder;

  private Mounts(Process holder) {
    this.holder = holder;
  }

  /** Mounts what a shell script mounts. */
  static Mounts of(String script) throws IOException {
    Means.assumeWorks("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/tmp");
    Process holder =
        new ProcessBuilder("unshare", "-rm", "sh", "-ec", script + "\necho ready\nread line")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = holder.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(out.readLine())) {
      throw new AssertionError("cannot mount");
    }
    return new Mounts(holder);
  }

  /** Runs a command in here when it is put before it. */
  List<String> entry() {
    return List.of(
        "nsenter", "--preserve-credentials", "-U", "-m", "-t", Long.toString(holder.pid()));
  }

  /** Runs a shell script in here. */
  Means.Result run(String script) throws IOException {
    List<String> command = new ArrayList<>(entry());
    command.addAll(List.of("sh", "-ec", script));
    return Means.run(command.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    holder.getOutputStream().close();
    try {
      if (!holder.waitFor(1, TimeUnit.MINUTES)) {
        throw new AssertionError("the holder is still running");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      holder.destroyForcibly();
    }
  }
}
