package dev.autoskill.telemetry.faults;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that will be killed, and what it noted until then. */
final class Victim implements AutoCloseable {

  /** Events that were recorded so shortly before the kill may be lost. */
  private static final long MAY_BE_LOST_NANOS = Duration.ofMillis(20).toNanos();

  private static final long BEAT_NANOS = Duration.ofMillis(5).toNanos();

  /**
   * The fate of a victim's events.
   *
   * @param victim its name
   * @param recorded calls that were over
   * @param found those that are in the database
   * @param lost those that are not, and were over more than 20 ms before the kill
   * @param excused those of the lost for which the machine left no time: between the end of the
   *     call and the kill, this process could write to the disk for no more than 20 ms altogether
   * @param missingMillis how long before the kill each of the missing was over, the oldest first
   */
  record Fate(
      String victim,
      long recorded,
      long found,
      long lost,
      long excused,
      List<Double> missingMillis) {

    double oldestMissingMillis() {
      return missingMillis.isEmpty() ? 0 : missingMillis.get(0);
    }
  }

  private final String name;
  private final Path log;
  private final ProgramProcess process;
  private boolean hasEnded;
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

  /** Has it do something, and does not wait for the answer. */
  void say(String line) {
    process.say(line);
  }

  void kill() {
    hasEnded = !process.isAlive();
    killedNanos = System.nanoTime();
    process.kill();
  }

  /** Takes its sessions out of those that were found. */
  Fate fate(Map<String, Integer> sessions) throws IOException {
    return fate(sessions, Long.MIN_VALUE);
  }

  /** As {@link #fate(Map)}, but the calls that were over before a moment may be lost. */
  Fate fate(Map<String, Integer> sessions, long sinceNanos) throws IOException {
    LongBuffer times = ByteBuffer.wrap(Files.readAllBytes(log)).asLongBuffer();
    for (int last = 0; hasEnded && times.get(last) != 0; last++) {
      killedNanos = times.get(last);
    }
    List<Long> beats = beats();
    long recorded = 0;
    long found = 0;
    long lost = 0;
    long excused = 0;
    List<Double> missingMillis = new ArrayList<>();
    for (; times.get((int) recorded) != 0; recorded++) {
      boolean isFound = sessions.remove(name + "-" + recorded) != null;
      long age = killedNanos - times.get((int) recorded);
      if (isFound) {
        found++;
        continue;
      }
      if (times.get((int) recorded) < sinceNanos) {
        continue;
      }
      missingMillis.add(age / 1e6);
      if (age > MAY_BE_LOST_NANOS) {
        lost++;
        excused += age - pausedNanos(beats, killedNanos - age) > MAY_BE_LOST_NANOS ? 0 : 1;
      }
    }
    // One that was not noted as over may be there nevertheless.
    sessions.remove(name + "-" + recorded);
    return new Fate(name, recorded, found, lost, excused, missingMillis);
  }

  /** For how long, from a moment to the kill, its plain thread wrote nothing against its will. */
  private long pausedNanos(List<Long> beats, long sinceNanos) {
    long paused = 0;
    for (int i = 0; i < beats.size(); i++) {
      long next = i + 1 < beats.size() ? beats.get(i + 1) : killedNanos;
      long pause = next - Math.max(beats.get(i), sinceNanos);
      paused += Math.max(0, pause - BEAT_NANOS);
    }
    return paused;
  }

  /** When its plain thread wrote. The last line may be torn. */
  private List<Long> beats() throws IOException {
    String text = Files.readString(Path.of(log + ".beat"));
    List<Long> beats = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      beats.add(Long.parseLong(line));
    }
    return beats;
  }

  @Override
  public void close() {
    process.close();
  }
}
