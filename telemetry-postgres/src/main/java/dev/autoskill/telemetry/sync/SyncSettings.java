package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where events are pushed to.
 *
 * @param to the server's address, which may have a password in it
 * @param password the password where the address has none; null: none
 * @param headers HTTP headers, of the form {@code name=value,name2=value2}; null: none
 * @param label a name for the local database that is shown on the server; null: none
 */
public record SyncSettings(
    String to, @Nullable String password, @Nullable String headers, @Nullable String label) {

  private static final String TO = "sync-to";
  private static final String PASSWORD = "sync-password";
  private static final String HEADERS = "sync-headers";
  private static final String LABEL = "sync-label";
  private static final Set<String> SECRETS = Set.of(TO, PASSWORD, HEADERS);

  /**
   * {@return the settings of an environment: of a property such as {@code
   * autoskill.telemetry.sync-to}, else of a variable such as {@code AUTO_SKILL_TELEMETRY_SYNC_TO},
   * else of the user's settings file; null if no server is named}
   *
   * @param environment the properties and variables, and the home with the settings file
   * @param address the server if somebody named one; null: that of the settings
   * @throws SyncException if others may read the settings file, which has an address, a password or
   *     headers, or if it has a name that is not known
   */
  public static @Nullable SyncSettings of(Environment environment, @Nullable String address) {
    SettingsFile file = SettingsFile.of(environment);
    check(file);
    String to = address == null ? find(environment, file, TO) : address;
    return to == null
        ? null
        : new SyncSettings(
            to,
            find(environment, file, PASSWORD),
            find(environment, file, HEADERS),
            find(environment, file, LABEL));
  }

  /** Without the address, the password and the headers. */
  @Override
  public String toString() {
    return "SyncSettings[label=" + label + "]";
  }

  /**
   * {@return whether a property of the process names a server}
   *
   * @param environment the properties
   */
  public static boolean isOfProcess(Environment environment) {
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
    String variable = "AUTO_SKILL_TELEMETRY_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    return environment.has(variable) ? environment.get(variable) : file.values().get(name);
  }

  private static void check(SettingsFile file) {
    boolean isUsed = false;
    for (String name : file.values().keySet()) {
      isUsed |= SECRETS.contains(name);
      if (name.startsWith("sync-") && !SECRETS.contains(name) && !name.equals(LABEL)) {
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
