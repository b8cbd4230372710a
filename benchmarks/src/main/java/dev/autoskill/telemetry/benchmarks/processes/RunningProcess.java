package dev.autoskill.telemetry.benchmarks.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux says of a process that rests.
 *
 * @param residentKiB its memory now
 * @param peakKiB its memory at most so far
 * @param threads how many it has, those of the JVM included
 * @param files how many it has open, streams and jars included
 */
record RunningProcess(double residentKiB, double peakKiB, double threads, double files) {

  private static final long LIMIT_NANOS = 30_000_000_000L;
  private static final int SPOOL_HEADER_BYTES = 40;
  private static final Path PROCESSES = Path.of("/proc");

  /** Only Linux says it. */
  static boolean isPossible() {
    return Files.isReadable(PROCESSES.resolve("self").resolve("status"));
  }

  /**
   * Starts a program that rests, looks at it, and ends it.
   *
   * @param isRecording whether to wait until it has spooled or stored its event
   */
  static RunningProcess of(Child child, Path folder, boolean isRecording)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Process process = child.start(folder);
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      if (!"ready".equals(out.readLine())) {
        throw new IllegalStateException(Files.readString(folder.resolve("err.txt")));
      }
      if (isRecording) {
        awaitEvent(Child.database(folder));
      }
      return look(PROCESSES.resolve(Long.toString(process.pid())));
    } finally {
      process.getOutputStream().close();
      process.waitFor();
    }
  }

  private static RunningProcess look(Path process) throws IOException {
    String status = Files.readString(process.resolve("status"));
    return new RunningProcess(
        number(status, "VmRSS:"),
        number(status, "VmHWM:"),
        entries(process.resolve("task")),
        entries(process.resolve("fd")));
  }

  private static double number(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length()).split(" kB")[0]))
        .findFirst()
        .orElseThrow();
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  /** The event is written a moment after the skill was used. */
  private static void awaitEvent(Path database) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path spools = database.resolveSibling(database.getFileName() + "-spool");
    while (Files.notExists(database) && !hasEvent(spools)) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new IllegalStateException("no event was recorded");
      }
      Thread.sleep(5);
    }
  }

  private static boolean hasEvent(Path spools) throws IOException {
    if (Files.notExists(spools)) {
      return false;
    }
    try (Stream<Path> files = Files.list(spools)) {
      return files.anyMatch(file -> file.toFile().length() > SPOOL_HEADER_BYTES);
    }
  }
}
