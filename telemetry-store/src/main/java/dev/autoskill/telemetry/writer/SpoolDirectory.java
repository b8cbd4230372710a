package dev.autoskill.telemetry.writer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The spools of all processes that share a database. Keeps them together below a limit: the file
 * that was written to longest ago goes first. A file counts as much as it takes on the disk, which
 * is a page at least.
 *
 * <p>Each process looks into the directory now and then, so the spools may outgrow the limit by a
 * part of it for each other process that writes. The methods that keep the limit are for the thread
 * that writes the process's own spool.
 */
final class SpoolDirectory {

  private static final String SUFFIX = ".spool";
  private static final int HEX_DIGITS = 16;
  private static final long PAGE_BYTES = 4096;

  /** Between two looks this process's file grows by at most this part of the limit. */
  private static final int PARTS = 64;

  /** Evictions free this part of the limit, so that the next process need not do it again. */
  private static final int SPARE = 8;

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** So that a full directory is not read for each event that finds it full. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** More events than these, or older ones, are too much to leave to the next process. */
  private static final long MANY_EVENTS = 1000;

  private static final long OLD_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Path path;
  private final File directory;
  private final long limit;
  private final LongSupplier random;
  private final TimeSource time;
  private final Faults faults;
  private final AtomicLong lost = new AtomicLong();

  private long othersBytes;
  private boolean hasLooked;
  private long lookedNanos;
  private long ownBytesThen;

  SpoolDirectory(Path path, long limit, LongSupplier random, TimeSource time, Faults faults) {
    this.path = path;
    this.directory = path.toFile();
    this.limit = limit;
    this.random = random;
    this.time = time;
    this.faults = faults;
  }

  File file() {
    return directory;
  }

  /** How many events of other processes were given up here. */
  long lost() {
    return lost.get();
  }

  /** Events of other processes were given up. */
  void lost(long events) {
    lost.addAndGet(events);
  }

  /** Makes an empty file with a name that nobody can guess or has used. */
  File createFile() throws IOException {
    PrivateFiles.createDirectories(path);
    Path file = path.resolve(hex(random.getAsLong()) + hex(random.getAsLong()) + SUFFIX);
    PrivateFiles.createFile(file);
    return file.toFile();
  }

  private static String hex(long number) {
    String digits = Long.toHexString(number);
    return "0".repeat(HEX_DIGITS - digits.length()) + digits;
  }

  /** The spools that are there; none if there is no directory. Leaves out files of other kinds. */
  static List<File> spools(File directory) {
    List<File> spools = new ArrayList<>();
    String[] names = directory.list();
    if (names != null) {
      for (String name : names) {
        if (isSpool(name)) {
          spools.add(new File(directory, name));
        }
      }
    }
    return spools;
  }

  private static boolean isSpool(String name) {
    int digits = name.length() - SUFFIX.length();
    if (digits != 2 * HEX_DIGITS || !name.endsWith(SUFFIX)) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      if (Character.digit(name.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The spools but this process's own. */
  List<File> others(@Nullable File own) {
    List<File> others = spools(directory);
    others.remove(own);
    return others;
  }

  /** How many more bytes this process's file may take, by what is known. */
  long room(long ownBytes) {
    return limit - othersBytes - Math.max(ownBytes, PAGE_BYTES);
  }

  /** Looks again if that is due, and evicts others' files if there is too much. */
  void look(@Nullable File own, long ownBytes) {
    boolean isDue =
        !hasLooked
            || time.nanoTime() - lookedNanos > LOOK_NANOS
            || ownBytes - ownBytesThen > limit / PARTS;
    if (isDue) {
      lookAndMakeRoom(own, ownBytes, 0);
    }
  }

  /** Tries to make room for so many more bytes; says whether there is. */
  boolean makeRoom(@Nullable File own, long ownBytes, long more) {
    if (!hasLooked || time.nanoTime() - lookedNanos >= RETRY_NANOS) {
      lookAndMakeRoom(own, ownBytes, more);
    }
    return room(ownBytes) >= more;
  }

  private void lookAndMakeRoom(@Nullable File own, long ownBytes, long more) {
    List<File> others = others(own);
    othersBytes = 0;
    for (File other : others) {
      othersBytes += bytesOf(other);
    }
    if (room(ownBytes) < more) {
      evict(others, ownBytes, more + limit / SPARE);
    }
    hasLooked = true;
    lookedNanos = time.nanoTime();
    ownBytesThen = ownBytes;
  }

  private static long bytesOf(File file) {
    return Math.max(file.length(), PAGE_BYTES);
  }

  /** A file and when it was modified last, read once: it may change while we sort. */
  private record Aged(File file, long modifiedMillis) {}

  private void evict(List<File> others, long ownBytes, long more) {
    List<Aged> byAge = new ArrayList<>();
    for (File other : others) {
      byAge.add(new Aged(other, other.lastModified()));
    }
    byAge.sort(Comparator.comparingLong(Aged::modifiedMillis));
    for (Aged aged : byAge) {
      if (room(ownBytes) >= more) {
        return;
      }
      long bytes = bytesOf(aged.file());
      if (isEvicted(aged.file())) {
        othersBytes -= bytes;
      }
    }
  }

  private boolean isEvicted(File oldest) {
    SpoolFile file = null;
    try {
      file = SpoolFile.other(oldest);
      SpoolReader reader = file != null && file.isDead() ? SpoolReader.open(file) : null;
      if (reader == null || file == null) {
        return false;
      }
      long events = 0;
      for (int read = 1; read > 0; events += read) {
        read = reader.next(Writer.BATCH_SIZE).size();
      }
      file.delete();
      lost(events);
      return true;
    } catch (IOException e) {
      faults.swallowed(e);
      return false;
    } finally {
      if (file != null) {
        file.release();
      }
    }
  }

  /** Whether more events wait here, or older ones, than should be left to the next process. */
  boolean isOverdue(@Nullable File own, long ownEvents) {
    List<File> others = others(own);
    long nowMillis = time.currentTimeMillis();
    long atMost = ownEvents;
    for (File other : others) {
      atMost += other.length() / (SpoolFormat.FRAME_BYTES + SpoolFormat.LEAST_PAYLOAD);
      if (nowMillis - other.lastModified() > OLD_MILLIS && count(other) > 0) {
        return true;
      }
    }
    long events = ownEvents;
    for (int i = 0; i < others.size() && atMost > MANY_EVENTS && events <= MANY_EVENTS; i++) {
      events += count(others.get(i));
    }
    return events > MANY_EVENTS;
  }

  /** How many events a dead process left in a file, as far as it matters. */
  private long count(File spool) {
    try {
      SpoolFile file = SpoolFile.other(spool);
      if (file == null) {
        return 0;
      }
      try {
        SpoolReader reader = file.isDead() ? SpoolReader.open(file) : null;
        return reader == null ? 0 : reader.next((int) MANY_EVENTS + 1).size();
      } finally {
        file.release();
      }
    } catch (IOException e) {
      faults.swallowed(e);
      return 0;
    }
  }
}
