package dev.autoskill.telemetry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine that the doctor looks at. */
public interface Machine {

  /**
   * A JVM of this user.
   *
   * @param pid its process id
   * @param arguments the options and arguments that it was started with, also by variables
   * @param directory its working directory; null if that is not known
   * @param started when it was started; null if that is not known
   */
  record Jvm(
      long pid, List<String> arguments, @Nullable Path directory, @Nullable Instant started) {

    /** Copies the arguments. */
    public Jvm {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * The JVMs of this user that run now, but for this one.
   *
   * @return those that the system tells of
   */
  List<Jvm> jvms();

  /**
   * How much space is left on the disk of a directory.
   *
   * @param directory a directory that exists
   * @return the number of bytes; {@link Long#MAX_VALUE} if that is not known
   */
  long freeBytes(Path directory);

  /**
   * Whether this user may write a file or a directory.
   *
   * @param path one that exists
   * @return whether the system would allow it
   */
  boolean isWritable(Path path);

  /**
   * The name of the account that this program runs under.
   *
   * @return the name
   */
  String user();
}
