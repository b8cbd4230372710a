package dev.autoskill.telemetry.writer;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the spools of all processes together below a limit: what the process that has been dead for
 * longest left goes first. A file counts as much as it takes on the disk, which is a page at least.
 *
 * <p>Looking into the directory takes time, so that what others write in between is noticed a
 * little late: the spools may outgrow the limit by a part of it for each other process that writes.
 * Not safe for use by several threads at once.
 */
final class SpoolBound {

  private static final int PARTS = 64;
  private static final long PAGE_BYTES = 4096;

  /** To ask for the length of each of many files takes longer than a short process lives. */
  private static final int SAMPLE = 256;

  /** With less than this part of the limit left, a sample does not do. */
  private static final int NEAR = 16;

  /**
   * If files must go, then so many that it need not be done again by each of the next processes.
   */
  private static final int SPARE = 8;

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** So that a full directory is not read for each event that finds it full. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpoolDirectory directory;
  private final long limit;
  private final TimeSource time;
  private final Ledger ledger;
  private final Faults faults;

  private long othersBytes;
  private boolean hasLooked;
  private long lookedNanos;
  private long ownBytesThen;

  SpoolBound(SpoolDirectory directory, long limit, TimeSource time, Ledger ledger, Faults faults) {
    this.directory = directory;
    this.limit = limit;
    this.time = time;
    this.ledger = ledger;
    this.faults = faults;
  }

  /** How many more bytes this process's file may take, by what is known. */
  long room(long ownBytes) {
    return limit - othersBytes - Math.max(ownBytes, PAGE_BYTES);
  }

  /** Looks again if that is due, and makes others' files go if there is too much. */
  void look(@Nullable File own, long ownBytes) {
    boolean isDue =
        !hasLooked
            || time.nanoTime() - lookedNanos > LOOK_NANOS
            || ownBytes - ownBytesThen > limit / PARTS;
    if (isDue && (hasLooked || !isFarFromLimit(own, ownBytes))) {
      makeRoom(own, ownBytes, 0);
    }
  }

  /** The first look, by which a short process finds out that there is plenty of room. */
  private boolean isFarFromLimit(@Nullable File own, long ownBytes) {
    List<File> others = others(own);
    int step = others.size() / SAMPLE + 1;
    long bytes = 0;
    int looked = 0;
    for (int i = 0; i < others.size(); i += step) {
      bytes += bytesOf(others.get(i));
      looked++;
    }
    othersBytes = looked == 0 ? 0 : bytes * others.size() / looked;
    if (room(ownBytes) < limit / NEAR) {
      return false;
    }
    looked(ownBytes);
    return true;
  }

  /** Tries to make room for so many more bytes; says whether there is. */
  boolean makeRoom(@Nullable File own, long ownBytes, long more) {
    if (hasLooked && more > 0 && time.nanoTime() - lookedNanos < RETRY_NANOS) {
      return false;
    }
    List<File> others = others(own);
    othersBytes = 0;
    for (File other : others) {
      othersBytes += bytesOf(other);
    }
    if (room(ownBytes) < more) {
      evict(others, ownBytes, more + limit / SPARE);
    }
    looked(ownBytes);
    return room(ownBytes) >= more;
  }

  private List<File> others(@Nullable File own) {
    List<File> others = directory.spools();
    if (own != null) {
      others.remove(own);
    }
    return others;
  }

  private static long bytesOf(File file) {
    return Math.max(file.length(), PAGE_BYTES);
  }

  private void looked(long ownBytes) {
    hasLooked = true;
    lookedNanos = time.nanoTime();
    ownBytesThen = ownBytes;
  }

  /** A file and when it was modified last, read once: a living one's may change while we sort. */
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
    try (DeadSpool spool = DeadSpool.open(oldest)) {
      if (spool == null) {
        return false;
      }
      int uses = 0;
      List<SettledUse> batch = spool.next(Writer.BATCH_SIZE);
      while (!batch.isEmpty()) {
        uses += batch.size();
        batch = spool.next(Writer.BATCH_SIZE);
      }
      spool.delete();
      ledger.evicted(uses);
      return true;
    } catch (IOException e) {
      faults.swallowed(e);
      return false;
    }
  }
}
