package dev.autoskill.telemetry.writer;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a process that is dead left in its spool. Nothing in the file is trusted. */
final class DeadSpool implements AutoCloseable {

  private static final int CHUNK_BYTES = 256 * 1024;

  private final SpoolFile file;
  private final SpoolHeader header;
  private final byte[] chunk;
  private long position = SpoolFormat.HEADER_BYTES;
  private boolean isDamaged;

  private DeadSpool(SpoolFile file, SpoolHeader header, long length) {
    this.file = file;
    this.header = header;
    // Most spools are small, and many may be open at once.
    this.chunk = new byte[(int) Math.min(CHUNK_BYTES, length)];
  }

  /**
   * Opens a spool.
   *
   * @return null if its owner lives, or it is not of a version that is known here
   */
  static @Nullable DeadSpool open(File path) throws IOException {
    SpoolFile file = SpoolFile.ofTheDead(path);
    if (file == null) {
      return null;
    }
    SpoolHeader header = null;
    DeadSpool opened = null;
    try {
      byte[] head = new byte[SpoolFormat.HEADER_BYTES];
      int length = file.read(0, head, head.length);
      header = SpoolHeader.of(head, length);
      if (length < head.length && file.isSilent()) {
        // Its owner died between making the file and writing the header. A young one may be about
        // to write it.
        file.delete();
      }
      opened = header == null ? null : new DeadSpool(file, header, file.length());
    } finally {
      if (opened == null) {
        file.close();
      }
    }
    return opened;
  }

  IdSeed seed() {
    return header.seed();
  }

  /** The next uses, at most so many; none when all that are intact were read. */
  List<SettledUse> next(int atMost) throws IOException {
    List<SettledUse> uses = new ArrayList<>();
    boolean mayHaveMore = true;
    while (uses.size() < atMost && mayHaveMore) {
      int length = file.read(position, chunk, chunk.length);
      SpoolDecoder decoder = new SpoolDecoder(chunk, 0, length);
      SettledUse use = decoder.next();
      mayHaveMore = use != null;
      while (use != null) {
        uses.add(use);
        use = uses.size() < atMost ? decoder.next() : null;
      }
      position += decoder.position();
      isDamaged = decoder.isDamaged();
    }
    return uses;
  }

  /** Whether reading ended at damage, and not where the owner's last write did. */
  boolean isDamaged() {
    return isDamaged;
  }

  void delete() {
    file.delete();
  }

  @Override
  public void close() {
    file.close();
  }
}
