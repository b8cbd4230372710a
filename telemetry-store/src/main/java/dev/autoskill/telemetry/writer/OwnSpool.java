package dev.autoskill.telemetry.writer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spool of one collector while it lives. The writer appends, the ingester reads what it stores
 * and then cuts that off.
 *
 * <p>Safe for use by those two threads. A hanging disk holds up both, so others only ask what needs
 * no lock: {@link #waiting()} and {@link #oldestNanos()}.
 */
final class OwnSpool {

  private static final int CHUNK_BYTES = 512 * 1024;

  /** Less than this is not worth copying what is left to get rid of. */
  private static final long LEAST_TO_SHED_BYTES = 4 * 1024 * 1024;

  /**
   * Uses that wait in the file.
   *
   * @param uses the oldest
   * @param bytes how many bytes they take up
   */
  record Waiting(List<SettledUse> uses, long bytes) {}

  private final SpoolDirectory directory;
  private final SpoolBound bound;
  private final EventFactory events;
  private final TimeSource time;
  private final Ledger ledger;
  private final Faults faults;

  // Guarded by this.
  private final SpoolEncoder encoder = new SpoolEncoder();
  private @Nullable SpoolFile file;
  private long ingested;
  private long end;

  /** The ingester's own. */
  private byte @Nullable [] chunk;

  // Written under this, read by anyone.
  private volatile long waiting;
  private volatile long oldestNanos;

  OwnSpool(
      SpoolDirectory directory,
      SpoolBound bound,
      EventFactory events,
      TimeSource time,
      Ledger ledger,
      Faults faults) {
    this.directory = directory;
    this.bound = bound;
    this.events = events;
    this.time = time;
    this.ledger = ledger;
    this.faults = faults;
  }

  IdSeed seed() {
    return events.seed();
  }

  /**
   * Writes uses to the end of the file. Makes the file if there is none, and a new one, with all
   * that still waits, if somebody deleted it.
   *
   * @return how many of them, from the first on, had room
   * @throws IOException if none could be written
   */
  synchronized int append(List<SettledUse> uses) throws IOException {
    SpoolFile current = file;
    if (current == null || !current.isStillThere()) {
      current = moveToNewFile();
    }
    encoder.cutTo(0);
    int fitting = 0;
    for (SettledUse use : uses) {
      int before = encoder.length();
      encoder.add(use);
      if (encoder.length() > bound.room(end)
          && !bound.makeRoom(current.path(), end, encoder.length())) {
        encoder.cutTo(before);
        break;
      }
      fitting++;
    }
    if (fitting > 0) {
      long nanos = time.nanoTime();
      write(current);
      if (waiting == 0) {
        oldestNanos = nanos;
      }
      waiting += fitting;
      // Before the uses count as safe, so that a process that ends now has looked.
      look(current);
      ledger.spooled(fitting);
    }
    return fitting;
  }

  /** What goes wrong here must not look as if the uses were not written. */
  private void look(SpoolFile current) {
    try {
      bound.look(current.path(), end);
    } catch (RuntimeException | Error fault) {
      faults.swallowed(fault);
    }
  }

  private void write(SpoolFile current) throws IOException {
    boolean isWritten = false;
    try {
      current.write(end, encoder.bytes(), encoder.length());
      isWritten = true;
    } finally {
      if (!isWritten) {
        cutOffHalfARecord(current);
      }
    }
    end += encoder.length();
  }

  private void cutOffHalfARecord(SpoolFile current) {
    try {
      current.cutTo(end);
    } catch (IOException e) {
      // The next write goes over it, and a reader stops before it.
    }
  }

  private SpoolFile moveToNewFile() throws IOException {
    SpoolFile old = file;
    SpoolFile fresh = SpoolFile.own(directory.createFile());
    long length = SpoolFormat.HEADER_BYTES;
    boolean isDone = false;
    try {
      encoder.cutTo(0);
      encoder.addHeader(events.seed(), time.currentTimeMillis());
      fresh.write(0, encoder.bytes(), encoder.length());
      if (old != null) {
        byte[] bytes = new byte[CHUNK_BYTES];
        for (long from = ingested; from < end; ) {
          int read = old.read(from, bytes, (int) Math.min(bytes.length, end - from));
          if (read == 0) {
            break; // somebody cut the file off; what is gone is noticed when it is ingested
          }
          fresh.write(length, bytes, read);
          length += read;
          from += read;
        }
        old.delete();
      }
      isDone = true;
    } finally {
      if (!isDone) {
        fresh.delete();
      }
    }
    file = fresh;
    ingested = SpoolFormat.HEADER_BYTES;
    end = length;
    return fresh;
  }

  /** When the oldest use that still waits was written, or later; by the clock for durations. */
  long oldestNanos() {
    return oldestNanos;
  }

  /** How many uses are in the file and not yet known to be stored. Never blocks. */
  long waiting() {
    return waiting;
  }

  /**
   * The oldest uses that wait, at most so many; they stay until they are {@link #cutBack}. For the
   * ingester.
   */
  Waiting oldest(int atMost) throws IOException {
    List<SettledUse> uses = new ArrayList<>();
    byte[] bytes = chunk();
    SpoolFile current;
    int length;
    synchronized (this) {
      current = file;
      if (current == null || waiting == 0) {
        return new Waiting(uses, 0);
      }
      length = current.read(ingested, bytes, (int) Math.min(bytes.length, end - ingested));
    }
    // Not while the writer has to wait: it takes milliseconds, and longer the first time.
    SpoolDecoder decoder = new SpoolDecoder(bytes, 0, length);
    for (SettledUse use = decoder.next(); use != null; use = decoder.next()) {
      uses.add(use);
      if (uses.size() == atMost) {
        break;
      }
    }
    if (uses.isEmpty()) {
      giveUpTheRest(current);
    }
    return new Waiting(uses, decoder.position());
  }

  /** Somebody wrote into the file or cut it off. What was moved meanwhile is read again. */
  private synchronized void giveUpTheRest(SpoolFile damaged) throws IOException {
    if (file == damaged) {
      ledger.lostFromSpool(waiting);
      waiting = 0;
      end = ingested;
      damaged.cutTo(end);
    }
  }

  /** These are stored, but for so many that the store refuses, so they need not wait any longer. */
  synchronized void cutBack(Waiting stored, int refused) {
    waiting -= stored.uses().size();
    ingested += stored.bytes();
    oldestNanos = time.nanoTime();
    ledger.storedFromSpool(stored.uses().size() - refused);
    ledger.lostFromSpool(refused);
    try {
      shed();
    } catch (IOException e) {
      // What is still in the file would be stored again by others, which changes nothing.
      faults.swallowed(e);
    }
  }

  private void shed() throws IOException {
    if (file == null) {
      return;
    }
    if (ingested == end) {
      ingested = SpoolFormat.HEADER_BYTES;
      end = SpoolFormat.HEADER_BYTES;
      file.cutTo(end);
    } else if (ingested > LEAST_TO_SHED_BYTES
        && ingested > end - ingested
        && end - ingested < bound.room(end)) {
      moveToNewFile();
    }
  }

  /** Lets go of the file, and deletes it if nothing waits in it. */
  synchronized void release() {
    SpoolFile current = file;
    file = null;
    if (current == null) {
      return;
    }
    if (waiting == 0) {
      current.delete();
    } else {
      current.close();
    }
  }

  private byte[] chunk() {
    if (chunk == null) {
      chunk = new byte[CHUNK_BYTES];
    }
    return chunk;
  }
}
