package dev.autoskill.telemetry.recording;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * Random numbers that nobody can guess, from the kernel. {@link SecureRandom} reads the same file
 * but looks for its providers first, which takes a short program some 20 ms.
 */
public final class RandomBits implements LongSupplier {

  /** Makes a source; reads nothing yet. */
  public RandomBits() {}

  @Override
  public long getAsLong() {
    try (DataInputStream in = new DataInputStream(new FileInputStream("/dev/urandom"))) {
      return in.readLong();
    } catch (IOException e) {
      // There is no such file on Windows, and no file can be opened when too many are.
      return new SecureRandom().nextLong();
    }
  }
}
