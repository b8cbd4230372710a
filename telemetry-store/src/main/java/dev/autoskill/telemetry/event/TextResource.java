package dev.autoskill.telemetry.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text that lies beside a class. Internal: nothing here is promised to stay. */
public final class TextResource {

  private TextResource() {}

  /**
   * {@return a resource as text}
   *
   * @param beside the class beside which it lies
   * @param name its name
   */
  public static String read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
