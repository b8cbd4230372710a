package dev.autoskill.telemetry.faults;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A program that will be killed, and what it noted until then. */
final class Victim implements AutoCloseable {

  /** What may be lost: what was recorded so shortly before the kill. */
  private static final long MAY_BE_LOST_NANOS = Duration.ofMillis(20).toNanos();

  private static final long BEAT_NANOS = Duration.ofMillis(5).toNanos();

  /**
   * What became of a victim's events.
   *
   * @param recorded calls that were over
   * @param found those that are in the database
   * @param lost those that are not, and were over more than 20 ms before the kill
   * @param excused those of the lost that no process could have written to the disk, since the
   *     machine let this one write nothing at all for so long
   * @param oldestMissingMillis how long before the kill the oldest was over that is missing; 0 if
   *     none is
   */
  record Fate(long recorded, long found, long lost, long excused, double oldestMissingMillis) {}

  private final String name;
  private final Path log;
  private final ProgramProcess process;
  private long killedNanos;

  Victim(String name, Launch launch, Path directory) {
    this.name = name;
    this.log = directory.resolve(name + ".log");
    this.process = launch.named(name).start();
  }

  /** Calls skills from now on. */
  void start(int perSecond, boolean stores) {
    if (stores) {
      process.ask("store");
    }
    process.ask("log " + log + " " + perSecond);
  }

  void kill() {
    killedNanos = System.nanoTime();
    process.kill();
  }

  /** Takes its sessions out of those that were found. */
  Fate fate(Map<String, Integer> sessions) throws IOException {
    LongBuffer times = ByteBuffer.wrap(Files.readAllBytes(log)).asLongBuffer();
    long pauseNanos = longestPauseNanos();
    long recorded = 0;
    long found = 0;
    long lost = 0;
    long excused = 0;
    long oldestNanos = 0;
    for (; times.get((int) recorded) != 0; recorded++) {
      boolean isFound = sessions.remove(name + "-" + recorded) != null;
      long age = killedNanos - times.get((int) recorded);
      if (isFound) {
        found++;
      } else if (age > MAY_BE_LOST_NANOS) {
        lost++;
        excused += age > MAY_BE_LOST_NANOS + 2 * pauseNanos ? 0 : 1;
      }
      oldestNanos = isFound ? oldestNanos : Math.max(oldestNanos, age);
    }
    // One that was not noted as over may be there nevertheless.
    sessions.remove(name + "-" + recorded);
    return new Fate(recorded, found, lost, excused, oldestNanos / 1e6);
  }

  /** The longest time in which its plain thread wrote nothing, less what it slept on purpose. */
  private long longestPauseNanos() throws IOException {
    long longest = 0;
    long last = 0;
    for (String line : Files.readString(Path.of(log + ".beat")).split("\n")) {
      long beat = line.isEmpty() ? killedNanos : Long.parseLong(line);
      longest = last == 0 ? longest : Math.max(longest, beat - last);
      last = beat;
    }
    return Math.max(0, Math.max(longest, killedNanos - last) - BEAT_NANOS);
  }

  @Override
  public void close() {
    process.close();
  }
}
