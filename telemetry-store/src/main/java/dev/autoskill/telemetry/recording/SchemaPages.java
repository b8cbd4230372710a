package dev.autoskill.telemetry.recording;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Looks for the shared table in a database without SQLite, which takes a short program too long to
 * load. The pages are laid out as <a href="https://www.sqlite.org/fileformat2.html">SQLite's file
 * format</a> says; the schema is the tree of pages that begins with the first.
 */
public final class SchemaPages {

  /** In the names of the shared table and of what this library keeps beside it. */
  private static final Pattern OURS =
      Pattern.compile("skill_telemetry|autoskill_java_", Pattern.CASE_INSENSITIVE);

  private static final int FILE_HEADER_BYTES = 100;
  private static final int PAGE_SIZE = 16;
  private static final int CELLS = 3;
  private static final int LAST_CHILD = 8;
  private static final int FIRST_CELL = 12;
  private static final int LEAF = 13;
  private static final int INTERIOR = 5;
  private static final int MOST_LEVELS = 3; // hold more tables than any program has
  private static final long LONGEST_LOG = 16L << 20; // four times what SQLite lets it grow to

  private SchemaPages() {}

  /**
   * {@return whether a database certainly has tables, and none for events: it is another program's}
   *
   * @param database the file
   */
  public static boolean haveOthersTables(Path database) {
    Path log = database.resolveSibling(database.getFileName() + "-wal");
    try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "r")) {
      if (Files.exists(database.resolveSibling(database.getFileName() + "-journal"))
          || (Files.exists(log)
              && (Files.size(log) > LONGEST_LOG || names(Files.readAllBytes(log))))) {
        return false;
      }
      byte[] start = new byte[PAGE_SIZE];
      file.readFully(start);
      int size = file.readUnsignedShort();
      return new String(start, StandardCharsets.ISO_8859_1).startsWith("SQLite format 3")
          && !mayHaveTable(file, size == 1 ? 1 << 16 : size, 1, MOST_LEVELS);
    } catch (IOException | RuntimeException e) {
      // It ends too soon, or is no database.
      return false;
    }
  }

  private static boolean mayHaveTable(RandomAccessFile file, int size, int number, int levels)
      throws IOException {
    ByteBuffer page = ByteBuffer.allocate(size);
    file.seek((number - 1L) * size);
    file.readFully(page.array());
    int header = number == 1 ? FILE_HEADER_BYTES : 0;
    int cells = page.getShort(header + CELLS) & 0xFFFF;
    if (page.get(header) == LEAF) {
      return cells == 0 || names(page.array());
    }
    if (page.get(header) != INTERIOR || levels == 0) {
      return true;
    }
    boolean mayHave = mayHaveTable(file, size, page.getInt(header + LAST_CHILD), levels - 1);
    for (int i = 0; i < cells && !mayHave; i++) {
      int cell = page.getShort(header + FIRST_CELL + 2 * i) & 0xFFFF;
      mayHave = mayHaveTable(file, size, page.getInt(cell), levels - 1);
    }
    return mayHave;
  }

  /** Without the zeros of UTF-16. SQLite's names are equal if they differ only in case. */
  private static boolean names(byte[] page) {
    String text = new String(page, StandardCharsets.ISO_8859_1).replace("\0", "");
    return OURS.matcher(text).find();
  }
}
