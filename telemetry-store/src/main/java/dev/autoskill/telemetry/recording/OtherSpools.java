package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.error.RecordedEvent;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what other processes have in their spools. What a dead one left is deleted once it is
 * stored, and stays locked until then. A living one stores its events itself, but perhaps later
 * than somebody asks for them: then they are stored here too, with the same ids, and its file is
 * left alone.
 *
 * <p>Most spools hold a few events, so the events of several files are read together. A spool that
 * cannot be read does not keep others from being read. Used by one thread only.
 */
final class OtherSpools implements AutoCloseable {

  /** Each takes a file descriptor from the program, which may have few left. */
  private static final int MOST_FILES = 32;

  private final Iterator<File> paths;
  private final boolean alsoOfTheLiving;
  private final Faults faults;

  /** Files of the dead, all of whose events have been read. */
  private final List<SpoolFile> read = new ArrayList<>();

  private @Nullable SpoolFile file;
  private long position;

  OtherSpools(List<File> paths, boolean alsoOfTheLiving, Faults faults) {
    this.paths = paths.iterator();
    this.alsoOfTheLiving = alsoOfTheLiving;
    this.faults = faults;
  }

  /** Whether there may be more events to read. */
  boolean hasNext() {
    return file != null || paths.hasNext();
  }

  /** The next events, at most so many; perhaps none. Those read before must be stored. */
  List<RecordedEvent> next(int atMost) {
    List<RecordedEvent> events = new ArrayList<>();
    while (hasNext() && events.size() < atMost && read.size() < MOST_FILES) {
      try {
        if (file == null) {
          open(paths.next());
        } else {
          readOn(events, atMost - events.size());
        }
      } catch (IOException e) {
        // A living owner, which may be in this process, may just have closed or moved its file.
        if (file == null || file.isDead()) {
          faults.swallowed(e);
        }
        end(false);
      }
    }
    return events;
  }

  private void open(File path) throws IOException {
    file = SpoolFile.other(path);
    if (file != null) {
      position = file.start();
      if (!file.isDead() && !alsoOfTheLiving) {
        end(false);
      }
    }
  }

  private void readOn(List<RecordedEvent> events, int atMost) throws IOException {
    SpoolFormat.Batch batch = SpoolFormat.read(file, position, atMost);
    position += batch.bytes();
    events.addAll(batch.events());
    if (batch.events().isEmpty()) {
      if (file.isDead() && batch.isDamaged()) {
        faults.swallowed(new IOException("a spool is damaged"));
      }
      end(file.isDead());
    }
  }

  /** Has done with the current file, and says whether to delete it when all is stored. */
  private void end(boolean isToBeDeleted) {
    if (file != null && isToBeDeleted) {
      read.add(file);
    } else if (file != null) {
      file.release();
    }
    file = null;
  }

  /** All events that were read are stored. */
  void stored() {
    read.forEach(SpoolFile::delete);
    read.clear();
  }

  @Override
  public void close() {
    end(false);
    read.forEach(SpoolFile::close);
  }
}
