package dev.autoskill.telemetry.privacy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The user's settings, which reach also programs that are started with nearly no environment.
 *
 * @param path its place, where it need not exist; null where there is no home
 * @param values the settings by their names; none if there is no file, or if it is wrong
 * @param trouble why the file cannot be used, which means off; null if it can, or there is none
 */
public record SettingsFile(
    @Nullable Path path, Map<String, String> values, @Nullable String trouble) {

  /**
   * {@return the file, and what it says at this moment}
   *
   * @param environment knows the home directory
   */
  public static SettingsFile of(Environment environment) {
    Path home = environment.home();
    Path path = home == null ? null : home.resolve(".claude/auto-skill/telemetry.properties");
    SettingsFile file = new SettingsFile(path, new TreeMap<>(), null);
    if (path != null && path.toFile().exists()) {
      Properties read = new Properties();
      try {
        if (!path.toFile().isFile()) {
          throw new IOException("to read a pipe may take for ever");
        }
        read.load(new StringReader(Files.readString(path)));
      } catch (IOException | IllegalArgumentException e) {
        return file.wrong("it cannot be read, or is no file of properties in UTF-8");
      }
      read.forEach((name, value) -> file.values.put("" + name, ("" + value).strip()));
    }
    return file;
  }

  /**
   * {@return the same file, but as one that cannot be used}
   *
   * @param reason why not
   */
  public SettingsFile wrong(String reason) {
    String sentence = "the settings file telemetry.properties is wrong: " + reason;
    return new SettingsFile(path, Map.of(), sentence);
  }

  /** {@return whether it switches telemetry off: by saying so, or because it cannot be used} */
  public boolean isOff() {
    return trouble != null || !"false".equalsIgnoreCase(values.getOrDefault("disabled", "false"));
  }
}
