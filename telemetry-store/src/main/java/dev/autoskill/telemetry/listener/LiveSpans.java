package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.recording.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The note beside a database that says since when programs send the spans of its events as they
 * happen: the file {@code live-spans} among the spools, with a time in ISO 8601. A later push to a
 * collector leaves out the events from then on.
 *
 * <p>Safe for use by any number of threads and processes.
 */
public final class LiveSpans {

  private static final String NAME = "live-spans";

  private LiveSpans() {}

  /**
   * Notes it, unless that was done. Makes no directory: until there is one for spools, the database
   * may be another program's.
   *
   * @param database the database
   * @param since from when on spans are sent
   * @return whether it is noted, by whichever process; false if there is no directory yet
   * @throws IOException if it cannot be noted
   */
  public static boolean note(Path database, Instant since) throws IOException {
    Path note = file(database);
    Path directory = note.getParent();
    if (Files.exists(note) || !Files.isDirectory(directory)) {
      return Files.exists(note);
    }
    if (!PrivateFiles.isOurs(directory)) {
      throw new IOException("the spool's directory is another user's");
    }
    // Nobody must find half of it.
    Path written = PrivateFiles.createTempFile(directory, NAME);
    try {
      Files.writeString(written, since + "\n");
      Files.move(written, note, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
    return true;
  }

  /**
   * {@return since when the spans of a database's events are sent as they happen; null if they are
   * not}
   *
   * @param database the database
   * @throws IOException if there is a note that cannot be read
   */
  public static @Nullable Instant since(Path database) throws IOException {
    Path note = file(database);
    if (Files.notExists(note)) {
      return null;
    }
    try {
      return Instant.parse(Files.readString(note).strip());
    } catch (DateTimeException e) {
      throw new IOException("the note has no time", e);
    }
  }

  /**
   * {@return the file that the note is in, which need not exist}
   *
   * @param database the database
   */
  public static Path file(Path database) {
    return PrivateFiles.spools(database.toAbsolutePath()).resolve(NAME);
  }
}
