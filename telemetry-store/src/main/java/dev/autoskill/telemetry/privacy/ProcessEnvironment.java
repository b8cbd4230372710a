package dev.autoskill.telemetry.privacy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of this process.
 *
 * <p>JDK 17 converts the names of variables with the charset of {@code file.encoding}. With one
 * that does not contain ASCII, such as UTF-16, {@link System#getenv(String)} finds no variable at
 * all, and an opt-out would be missed. The bytes are then read from {@code /proc}.
 */
final class ProcessEnvironment implements Environment {

  private static final Path RAW_VARIABLES = Path.of("/proc/self/environ");

  @Override
  public @Nullable String get(String variable) {
    String value = System.getenv(variable);
    Charset charset = Charset.defaultCharset();
    return value != null || containsAscii(charset) ? value : find(variable, charset);
  }

  @Override
  public @Nullable String property(String name) {
    return System.getProperty(name);
  }

  private static boolean containsAscii(Charset charset) {
    return Arrays.equals("A".getBytes(charset), new byte[] {'A'});
  }

  private static @Nullable String find(String variable, Charset charset) {
    try {
      return findRaw(variable, Files.readAllBytes(RAW_VARIABLES));
    } catch (IOException e) {
      // Not Linux. The name can be found as the JDK has garbled it; so is the value.
      String garbled = new String(variable.getBytes(StandardCharsets.US_ASCII), charset);
      for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
        if (entry.getKey().equals(garbled)) {
          return entry.getValue();
        }
      }
      return null;
    }
  }

  private static @Nullable String findRaw(String variable, byte[] variables) {
    String start = variable + "=";
    for (String raw : new String(variables, StandardCharsets.ISO_8859_1).split("\0")) {
      if (raw.startsWith(start)) {
        byte[] value = raw.substring(start.length()).getBytes(StandardCharsets.ISO_8859_1);
        return new String(value, StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
