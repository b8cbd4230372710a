package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.error.RecordedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a spool, one after the other. Nothing in the file is trusted: reading stops
 * at the first byte that belongs to no intact record, since the bytes after damage cannot be told
 * from bytes that only look like a record.
 */
final class SpoolReader {

  private static final int CHUNK_BYTES = 256 * 1024;

  private final SpoolFile file;
  private final byte[] chunk;
  private long position;
  private boolean isDamaged;

  private SpoolReader(SpoolFile file, long position) throws IOException {
    this.file = file;
    this.position = position;
    // Most spools are small, and many may be open at once.
    this.chunk = new byte[(int) Math.max(0, Math.min(CHUNK_BYTES, file.length() - position))];
  }

  /** Reads from the first record on; null if the header is not intact or of an unknown version. */
  static @Nullable SpoolReader open(SpoolFile file) throws IOException {
    byte[] header = new byte[SpoolFormat.HEADER_BYTES];
    file.read(0, header, header.length);
    return Arrays.equals(header, SpoolFormat.header())
        ? new SpoolReader(file, SpoolFormat.HEADER_BYTES)
        : null;
  }

  /** Goes on where another reader of the file has been. */
  static SpoolReader at(SpoolFile file, long position) throws IOException {
    return new SpoolReader(file, position);
  }

  /** The next events, at most so many; none when all that are intact were read. */
  List<RecordedEvent> next(int atMost) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    boolean mayHaveMore = true;
    while (events.size() < atMost && mayHaveMore) {
      int length = file.read(position, chunk, chunk.length);
      ByteBuffer in = ByteBuffer.wrap(chunk, 0, length);
      RecordedEvent event = event(in);
      mayHaveMore = event != null;
      while (event != null) {
        events.add(event);
        event = events.size() < atMost ? event(in) : null;
      }
      position += in.position();
    }
    return events;
  }

  /** The next event in the buffer; null if no intact record stands next. */
  private @Nullable RecordedEvent event(ByteBuffer in) {
    if (in.remaining() < SpoolFormat.FRAME_BYTES) {
      return null;
    }
    int start = in.position() + SpoolFormat.FRAME_BYTES;
    int payload = in.getInt(in.position());
    int checksum = in.getInt(in.position() + 4);
    isDamaged = payload < SpoolFormat.LEAST_PAYLOAD || payload > SpoolFormat.MOST_PAYLOAD;
    if (isDamaged || payload > in.limit() - start) {
      return null;
    }
    RecordedEvent event =
        SpoolFormat.checksum(in, start, payload) == checksum
            ? SpoolFormat.event(in.slice(start, payload))
            : null;
    isDamaged = event == null;
    if (event != null) {
      in.position(start + payload);
    }
    return event;
  }

  /** Where the first byte is that belongs to no event read so far. */
  long position() {
    return position;
  }

  /** Whether reading ended at damage, and not where the owner's last write did. */
  boolean isDamaged() {
    return isDamaged;
  }
}
