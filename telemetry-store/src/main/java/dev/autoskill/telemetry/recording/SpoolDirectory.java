package dev.autoskill.telemetry.recording;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The spools of all processes that share a database. Keeps them together below a limit: the file
 * that was written to longest ago goes first. A file counts as much as it takes on the disk, which
 * is a page at least. Files that are no spools of this version are left alone and do not count.
 *
 * <p>Each process looks into the directory now and then, so the spools may outgrow the limit by a
 * part of it for each other process that writes. The limit is kept by one thread.
 */
final class SpoolDirectory {

  private static final Pattern NAME = Pattern.compile("[0-9a-fA-F]{32}\\.spool");
  private static final long PAGE_BYTES = 4096;

  /** Between two looks this process's file grows by at most this part of the limit. */
  private static final int PARTS = 64;

  /** Evictions free this part of the limit, so that the next process need not do it again. */
  private static final int SPARE = 8;

  /** So that a full directory is not read for each event that finds it full. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** More events than these, or older ones, are too much to leave to the next process. */
  private static final int MANY_EVENTS = 1000;

  private static final long OLD_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** How long the end of the process waits at most until it is known whose the database is. */
  private static final long FIND_OUT_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private final Recorder.Options options;
  private final TimeSource time;
  private final AtomicLong lost = new AtomicLong();

  /** The store's verdict; null: there is none yet. */
  private volatile @Nullable Boolean isDatabaseOurs;

  /** Until when to wait for that; null: the process goes on. */
  private volatile @Nullable Long findOutUntilNanos;

  /** As many as may be, until the first look. */
  private long othersBytes;

  private long lookedNanos;
  private long ownBytesThen;

  SpoolDirectory(Recorder.Options options) {
    this.options = options;
    this.time = options.time();
    this.othersBytes = options.spoolLimit();
    this.lookedNanos = time.nanoTime() - RETRY_NANOS;
  }

  File file() {
    return options.spoolDirectory().toFile();
  }

  /** How many events of other processes were given up here. */
  long lost() {
    return lost.get();
  }

  /** Events of other processes were given up. */
  void lost(long events) {
    lost.addAndGet(events);
  }

  /**
   * Whether spools may lie beside the database: where there have been none so far, not before it is
   * known that it is not another program's. Only SQLite can tell: if anyone else in this process
   * opened the file and closed it, SQLite's locks on it would go.
   */
  boolean mayBeMade() {
    Path above = options.spoolDirectory().getParent();
    if (file().isDirectory()
        || options.database().toFile().length() == 0
        || (above != null && above.endsWith("auto-skill"))) {
      return true;
    }
    Boolean isOurs = isDatabaseOurs;
    Long until = findOutUntilNanos;
    return isOurs == null ? until != null && time.nanoTime() - until > 0 : isOurs;
  }

  /** The process ends, or the collector, which may take some time: events must get somewhere. */
  void isEnding(long deadlineNanos) {
    long most = (deadlineNanos - System.nanoTime()) / 10 * 8;
    findOutUntilNanos = time.nanoTime() + Math.min(most, FIND_OUT_NANOS);
  }

  /** The store has stored something. */
  void databaseIsOurs() {
    if (!Boolean.TRUE.equals(isDatabaseOurs)) {
      isDatabaseOurs = true;
      try {
        // So that no later process has to find out.
        PrivateFiles.createDirectories(options.spoolDirectory());
      } catch (IOException e) {
        // The writer will say so.
      }
    }
  }

  /** The store could not store. Only events in the database undo that it is another program's. */
  void databaseFailed(Trouble trouble) {
    isDatabaseOurs = trouble != Trouble.DATABASE_OF_OTHERS && !Boolean.FALSE.equals(isDatabaseOurs);
  }

  /** Makes an empty file with a name that nobody can guess or has used. */
  File createFile() throws IOException {
    if (Files.exists(options.database()) && !Files.isRegularFile(options.database())) {
      throw new IOException("the database's path leads to no file");
    }
    Path path = options.spoolDirectory();
    PrivateFiles.createDirectories(path);
    if (!PrivateFiles.isOurs(path)) {
      throw new IOException("the spool's directory is another user's");
    }
    PrivateFiles.narrow(path);
    HexFormat hex = HexFormat.of();
    String name =
        hex.toHexDigits(EventFactory.randomBits()) + hex.toHexDigits(EventFactory.randomBits());
    Path file = path.resolve(name + ".spool");
    PrivateFiles.createFile(file);
    return file.toFile();
  }

  /** The spools that are there but this process's own. Leaves out files of other kinds. */
  List<File> others(@Nullable File own) {
    List<File> others = new ArrayList<>();
    File[] found = file().listFiles();
    for (File other : found == null ? new File[0] : found) {
      if (NAME.matcher(other.getName()).matches() && !other.equals(own)) {
        others.add(other);
      }
    }
    return others;
  }

  /** How many more bytes this process's file may take, by what is known. */
  long room(long ownBytes) {
    return options.spoolLimit() - othersBytes - Math.max(ownBytes, PAGE_BYTES);
  }

  /**
   * Whether there is room for so many more bytes. Looks again if that is due, and evicts others'
   * files if there is too much.
   */
  boolean hasRoom(@Nullable File own, long ownBytes, long more) {
    boolean isFull = room(ownBytes) < more;
    if ((isFull && time.nanoTime() - lookedNanos >= RETRY_NANOS)
        || ownBytes - ownBytesThen > options.spoolLimit() / PARTS) {
      List<File> others = others(own);
      count(others);
      if (room(ownBytes) < more) {
        others.removeIf(other -> !isSpool(other));
        count(others);
        makeRoom(others, ownBytes, more + options.spoolLimit() / SPARE);
      }
      lookedNanos = time.nanoTime();
      ownBytesThen = ownBytes;
    }
    return room(ownBytes) >= more;
  }

  private static long bytesOf(File file) {
    return Math.max(file.length(), PAGE_BYTES);
  }

  private void count(List<File> others) {
    othersBytes = 0;
    for (File other : others) {
      othersBytes += bytesOf(other);
    }
  }

  private void makeRoom(List<File> spools, long ownBytes, long more) {
    PrivateFiles.sortByAge(spools);
    for (int oldest = 0; oldest < spools.size() && room(ownBytes) < more; oldest++) {
      File spool = spools.get(oldest);
      long bytes = bytesOf(spool);
      long events = eventsOfTheDead(spool, true);
      if (!spool.exists()) {
        othersBytes -= bytes;
        lost(events);
      }
    }
  }

  private static boolean isSpool(File path) {
    try {
      SpoolFile spool = SpoolFile.other(path);
      if (spool != null) {
        spool.release();
      }
      return spool != null;
    } catch (IOException e) {
      return false; // for example another user's
    }
  }

  /** Whether more events wait here, or older ones, than should be left to the next process. */
  boolean isOverdue(@Nullable File own, long ownEvents) {
    long oldMillis = time.currentTimeMillis() - OLD_MILLIS;
    long events = ownEvents;
    boolean hasOld = false;
    for (File other : others(own)) {
      long left = eventsOfTheDead(other, false);
      events += left;
      hasOld |= left > 0 && other.lastModified() < oldMillis;
    }
    return hasOld || events > MANY_EVENTS;
  }

  /** How many events a dead process left in a spool, which is deleted if that is wanted. */
  private long eventsOfTheDead(File path, boolean delete) {
    long events = 0;
    try (OtherSpools spools = new OtherSpools(List.of(path), false, options.faults())) {
      while (spools.hasNext()) {
        events += spools.next(MANY_EVENTS).size();
      }
      if (delete) {
        spools.stored();
      }
    }
    return events;
  }
}
