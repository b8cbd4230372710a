package dev.autoskill.telemetry.writer;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * Random numbers that nobody can guess, from the kernel where it gives them as a file.
 *
 * <p>{@link SecureRandom} reads the same file on those systems, but first looks for its providers,
 * which takes some 30 ms. Safe for use by any number of threads.
 */
public final class RandomBits implements LongSupplier {

  private static final String KERNEL = "/dev/urandom";

  /** Makes a source; reads nothing yet. */
  public RandomBits() {}

  @Override
  public long getAsLong() {
    try (DataInputStream in = new DataInputStream(new FileInputStream(KERNEL))) {
      return in.readLong();
    } catch (IOException e) {
      // There is no such file on Windows, and no file can be opened when too many are.
      return Fallback.RANDOM.nextLong();
    }
  }

  /** Loaded only where it is needed. */
  private static final class Fallback {

    static final SecureRandom RANDOM = new SecureRandom();
  }
}
