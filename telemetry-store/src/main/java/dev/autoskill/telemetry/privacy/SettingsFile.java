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
 * @param values the settings by their names; none if there is no file, or if it is wrong
 * @param trouble why the file cannot be used, which means off; null if it can, or there is none
 */
public record SettingsFile(Map<String, String> values, @Nullable String trouble) {

  /** {@return the place of the file, which need not exist; null where there is no home} */
  public static @Nullable Path path(Environment environment) {
    Path home = environment.home();
    return home == null ? null : home.resolve(".claude/auto-skill/telemetry.properties");
  }

  /** {@return what the file says at this moment} */
  public static SettingsFile of(Environment environment) {
    Path path = path(environment);
    Map<String, String> values = new TreeMap<>();
    if (path != null && path.toFile().exists()) {
      Properties read = new Properties();
      try {
        read.load(new StringReader(Files.readString(path)));
      } catch (IOException | IllegalArgumentException e) {
        return wrong("it cannot be read, or is no file of properties in UTF-8");
      }
      read.stringPropertyNames().forEach(name -> values.put(name, read.getProperty(name).strip()));
    }
    return new SettingsFile(values, null);
  }

  /** {@return a file that cannot be used, and why} */
  public static SettingsFile wrong(String reason) {
    return new SettingsFile(Map.of(), "the settings file telemetry.properties is wrong: " + reason);
  }

  /** {@return whether it switches telemetry off: by saying so, or because it cannot be used} */
  public boolean isOff() {
    return trouble != null || !"false".equalsIgnoreCase(values.getOrDefault("disabled", "false"));
  }
}
