package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.recording.SpoolFormat.Batch;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one collector that wait for the database: in a file, and one batch in memory while
 * that cannot be written. The writer appends; the ingester reads what it stores and then cuts that
 * off.
 *
 * <p>Safe for use by those two threads. A hanging disk holds up both, so others only ask what needs
 * no lock: {@link #waiting()} and {@link #hasUnwritten()}.
 */
final class Spool {

  /** The counts of the events that came here, as {@code TelemetryStats} has them. */
  record Counts(long stored, long spooled, long failed) {

    /** How many outlive the process, or need not. */
    long safe() {
      return stored + spooled + failed;
    }
  }

  private static final int COPY_BYTES = 64 * 1024;

  final SpoolDirectory directory;
  private final Faults faults;

  // Guarded by this.
  private long stored;
  private long end;

  // Written under this, read by anyone.
  private volatile List<RecordedEvent> unwritten = List.of();
  private volatile @Nullable SpoolFile file;
  private volatile Counts counts = new Counts(0, 0, 0);

  Spool(Recorder.Options options) {
    directory = new SpoolDirectory(options);
    faults = options.faults();
  }

  Counts counts() {
    return counts;
  }

  private void count(long stored, long spooled, long failed) {
    counts = new Counts(counts.stored + stored, counts.spooled + spooled, counts.failed + failed);
  }

  /** How many events are in the file and not yet known to be stored. */
  long waiting() {
    return counts.spooled;
  }

  /** Whether there is a file, or may be one. */
  boolean mayBeMade() {
    return file != null || directory.mayBeMade();
  }

  /** Whether events wait in memory because the file cannot be written. */
  boolean hasUnwritten() {
    return !unwritten.isEmpty();
  }

  /** The file; null if there is none. */
  @Nullable File path() {
    SpoolFile current = file;
    return current == null ? null : current.path();
  }

  /** Takes events over; only while none wait in memory. They are written by {@link #write}. */
  synchronized void add(List<RecordedEvent> events) {
    unwritten = events;
  }

  /**
   * Writes the events that wait in memory to the end of the file. Makes the file if there is none,
   * and a new one, with all events that still wait, if somebody deleted it.
   *
   * @return whether there was room for all
   * @throws IOException if none could be written
   */
  synchronized boolean write() throws IOException {
    List<RecordedEvent> events = unwritten;
    if (events.isEmpty()) {
      return true;
    }
    SpoolFile current = file;
    if (current == null || !current.path().exists()) {
      current = moveToNewFile(current);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int fitting = 0;
    for (RecordedEvent event : events) {
      byte[] record = SpoolFormat.record(event);
      int length = bytes.size() + record.length;
      if (!directory.hasRoom(current.path(), end, length)) {
        break;
      }
      bytes.write(record);
      fitting++;
    }
    List<RecordedEvent> rest = List.copyOf(events.subList(fitting, events.size()));
    if (fitting > 0) {
      write(current, bytes.toByteArray());
      unwritten = rest;
      count(0, fitting, 0);
    }
    return rest.isEmpty();
  }

  private void write(SpoolFile current, byte[] bytes) throws IOException {
    try {
      current.write(end, bytes, bytes.length);
    } catch (IOException e) {
      // Half a record would do no harm: the next write goes over it, and a reader stops before it.
      current.cutTo(end);
      throw e;
    }
    end += bytes.length;
  }

  private SpoolFile moveToNewFile(@Nullable SpoolFile old) throws IOException {
    SpoolFile fresh = SpoolFile.own(directory.createFile());
    long length = SpoolFormat.HEADER_BYTES;
    try {
      fresh.write(0, SpoolFormat.header(), SpoolFormat.HEADER_BYTES);
      if (old != null) {
        byte[] bytes = new byte[COPY_BYTES];
        int read = 1;
        for (long from = stored; from < end && read > 0; from += read) {
          read = old.read(from, bytes, (int) Math.min(bytes.length, end - from));
          fresh.write(length, bytes, read);
          length += read;
        }
        old.close();
      }
    } catch (Throwable e) {
      fresh.delete();
      throw e;
    }
    file = fresh;
    stored = SpoolFormat.HEADER_BYTES;
    end = length;
    return fresh;
  }

  /**
   * The oldest events, at most so many of the file; they stay until they are {@link #stored}. Reads
   * them while the writer may go on.
   */
  Batch oldest(int atMost) throws IOException {
    SpoolFile current;
    long from;
    synchronized (this) {
      current = file;
      from = stored;
      if (current == null || waiting() == 0) {
        return new Batch(unwritten, 0, false);
      }
    }
    Batch batch = SpoolFormat.read(current, from, atMost);
    if (batch.events().isEmpty()) {
      giveUpTheRest(current);
    }
    return batch;
  }

  /** Gives up a file that another program wrote into or cut off. */
  private synchronized void giveUpTheRest(SpoolFile damaged) throws IOException {
    if (file == damaged) {
      count(0, -waiting(), waiting());
      end = stored;
      damaged.cutTo(end);
    }
  }

  /** A batch is stored, except for so many of its events that the store refuses. */
  synchronized void stored(Batch batch, int refused) {
    int events = batch.events().size();
    if (batch.bytes() > 0) {
      stored += batch.bytes();
      count(events - refused, -events, refused);
      cutBack();
    } else if (unwritten == batch.events()) {
      // Otherwise they have been written meanwhile, and are stored from the file again.
      unwritten = List.of();
      count(events - refused, 0, refused);
    }
  }

  private void cutBack() {
    try {
      if (stored == end && file != null) {
        stored = SpoolFormat.HEADER_BYTES;
        end = SpoolFormat.HEADER_BYTES;
        file.cutTo(end);
      }
    } catch (IOException e) {
      // Others store the events that are still in the file again, which changes nothing.
      faults.swallowed(e);
    }
  }

  /** Gives up the events that wait in memory. */
  synchronized void giveUpUnwritten() {
    int events = unwritten.size();
    unwritten = List.of();
    count(0, 0, events);
  }

  /** Lets go of the file, and deletes it if nothing waits in it. */
  synchronized void release() {
    SpoolFile current = file;
    file = null;
    if (current != null && waiting() == 0) {
      current.delete();
    } else if (current != null) {
      current.close();
    }
  }
}
