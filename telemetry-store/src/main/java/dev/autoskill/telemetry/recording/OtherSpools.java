package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores what other processes have in their spools. What a dead one left is stored and then
 * deleted. A living one stores its events itself, but perhaps later than somebody asks for them:
 * then they are stored here too, with the same ids, and its file is left alone.
 *
 * <p>Most spools hold a few events, so the events of several files share a transaction. A dead
 * one's file stays locked until its events are stored. Used by one thread only.
 */
final class OtherSpools {

  /** Each takes a file descriptor from the program, which may have few left. */
  private static final int MOST_FILES = 32;

  /** Where events go. */
  interface Sink {
    void store(List<TelemetryEvent> events) throws StoreException;

    /** Whether to stop before the next file. */
    boolean isTimeUp();
  }

  private final int batchSize;
  private final Sink sink;
  private final Faults faults;

  // Read and not stored yet.
  private final List<TelemetryEvent> events = new ArrayList<>();
  private final List<SpoolFile> dead = new ArrayList<>();

  OtherSpools(int batchSize, Sink sink, Faults faults) {
    this.batchSize = batchSize;
    this.sink = sink;
    this.faults = faults;
  }

  /**
   * Stores the events of others' spools.
   *
   * @param files the spools
   * @param alsoOfTheLiving whether to read living processes' spools
   */
  void store(List<File> files, boolean alsoOfTheLiving) throws StoreException {
    try {
      for (File file : files) {
        if (sink.isTimeUp()) {
          break;
        }
        read(file, alsoOfTheLiving);
      }
      storeRead();
    } finally {
      events.clear();
      dead.forEach(SpoolFile::close);
      dead.clear();
    }
  }

  /** A spool that cannot be read must not keep us from the others. */
  private void read(File path, boolean alsoOfTheLiving) throws StoreException {
    SpoolFile file = null;
    boolean isReadUp = false;
    try {
      file = SpoolFile.other(path);
      if (file != null && (file.isDead() || alsoOfTheLiving)) {
        isReadUp = isReadUp(file);
      }
    } catch (IOException e) {
      // A living owner, which may be in this process, may just have closed or moved its file.
      if (file == null || file.isDead()) {
        faults.swallowed(e);
      }
    } finally {
      if (file != null && !isReadUp) {
        file.release();
      }
    }
    if (file != null && isReadUp) {
      dead.add(file);
    }
    if (dead.size() >= MOST_FILES) {
      storeRead();
    }
  }

  /** Reads a file to its end; says whether it is to be deleted when that is stored. */
  private boolean isReadUp(SpoolFile file) throws IOException, StoreException {
    SpoolReader reader = SpoolReader.open(file);
    if (reader == null) {
      // Of another version, or its owner died before it wrote the header.
      return file.isDead() && file.length() < SpoolFormat.HEADER_BYTES;
    }
    List<TelemetryEvent> read = reader.next(batchSize - events.size());
    while (!read.isEmpty()) {
      events.addAll(read);
      if (events.size() >= batchSize) {
        storeRead();
      }
      read = reader.next(batchSize - events.size());
    }
    if (file.isDead() && reader.isDamaged()) {
      faults.swallowed(new IOException("a spool is damaged"));
    }
    return file.isDead();
  }

  private void storeRead() throws StoreException {
    if (!events.isEmpty()) {
      sink.store(events);
      events.clear();
    }
    dead.forEach(SpoolFile::delete);
    dead.clear();
  }
}
