package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where events are pushed to.
 *
 * @param target the server's database
 * @param label a name for the local database that is shown on the server; null: none
 */
public record SyncSettings(PostgresTarget target, @Nullable String label) {

  private static final String TO = "sync-to";
  private static final String PASSWORD = "sync-password";
  private static final String LABEL = "sync-label";
  private static final Set<String> NAMES = Set.of(TO, PASSWORD, LABEL);

  /**
   * {@return the settings of an environment: of a property such as {@code
   * autoskill.telemetry.sync-to}, else of a variable such as {@code AUTO_SKILL_TELEMETRY_SYNC_TO},
   * else of the user's settings file; null if no server is named}
   *
   * @param environment the properties and variables, and the home with the settings file
   * @param address the server if somebody named one; null: that of the settings
   * @throws IllegalArgumentException if the address is none
   * @throws SyncException if others may read the settings file, which has an address or a password,
   *     or if it has a name that is not known
   */
  public static @Nullable SyncSettings of(Environment environment, @Nullable String address) {
    SettingsFile file = SettingsFile.of(environment);
    check(file);
    String to = address == null ? find(environment, file, TO) : address;
    return to == null
        ? null
        : new SyncSettings(
            PostgresTarget.of(to, find(environment, file, PASSWORD)),
            find(environment, file, LABEL));
  }

  /** {@return whether a property of the process names a server} */
  static boolean isOfProcess(Environment environment) {
    return property(environment, TO) != null;
  }

  private static @Nullable String property(Environment environment, String name) {
    String value = environment.property("autoskill.telemetry." + name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static @Nullable String find(Environment environment, SettingsFile file, String name) {
    String property = property(environment, name);
    if (property != null) {
      return property;
    }
    String variable = "AUTO_SKILL_TELEMETRY_" + name.replace('-', '_').toUpperCase();
    return environment.has(variable) ? environment.get(variable) : file.values().get(name);
  }

  private static void check(SettingsFile file) {
    boolean isUsed = false;
    for (String name : file.values().keySet()) {
      isUsed |= name.equals(TO) || name.equals(PASSWORD);
      if (name.startsWith("sync-") && !NAMES.contains(name)) {
        throw SyncException.of("the settings file has an unknown name: " + name);
      }
    }
    if (isUsed && !isUsersAlone(file.path())) {
      throw SyncException.of(
          "the settings file must be readable by you alone, since it says where events go: chmod"
              + " 600 "
              + file.path());
    }
  }

  private static boolean isUsersAlone(Path file) {
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      return mode.endsWith("------");
    } catch (UnsupportedOperationException e) {
      return true; // a file system without such rights
    } catch (IOException e) {
      return false;
    }
  }
}
