package dev.autoskill.telemetry.privacy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the names of the user and the machine come from. Nothing is asked of a name service, which
 * could block or send. What cannot be read is as good as not there: reading never fails.
 *
 * <p>Neither lambdas nor streams: every woven program passes here, and the first ones of a JVM are
 * dear.
 */
final class LocalNameSources implements Supplier<LocalNames> {

  private static final List<String> HOME_VARIABLES = List.of("HOME", "USERPROFILE");
  private static final List<String> USER_VARIABLES =
      List.of("USER", "LOGNAME", "USERNAME", "SUDO_USER");
  private static final List<String> HOST_VARIABLES = List.of("HOSTNAME", "COMPUTERNAME", "HOST");
  private static final List<String> HOST_FILES =
      List.of("/proc/sys/kernel/hostname", "/etc/hostname");

  /** Several times what a host name may take. */
  private static final int MAX_FILE_BYTES = 1024;

  private final Environment environment;
  private final List<Path> hostFiles;

  LocalNameSources(Environment environment, List<Path> hostFiles) {
    this.environment = environment;
    this.hostFiles = hostFiles;
  }

  static LocalNameSources ofProcess(Environment environment) {
    List<Path> hostFiles = new ArrayList<>();
    for (String file : HOST_FILES) {
      hostFiles.add(Path.of(file));
    }
    return new LocalNameSources(environment, hostFiles);
  }

  @Override
  public LocalNames get() {
    List<String> homes = new ArrayList<>();
    addProperty("user.home", homes);
    addVariables(HOME_VARIABLES, homes);
    List<String> users = new ArrayList<>();
    addProperty("user.name", users);
    addVariables(USER_VARIABLES, users);
    List<String> hosts = new ArrayList<>();
    addVariables(HOST_VARIABLES, hosts);
    for (Path file : hostFiles) {
      addHostOf(file, hosts);
    }
    return LocalNames.of(homes, users, hosts);
  }

  private void addProperty(String name, List<String> values) {
    try {
      addIfSet(environment.property(name), values);
    } catch (RuntimeException e) {
      // A security manager may forbid it; there is nothing to look for then.
    }
  }

  private void addVariables(List<String> names, List<String> values) {
    for (String name : names) {
      try {
        addIfSet(environment.get(name), values);
      } catch (RuntimeException e) {
        // As above.
      }
    }
  }

  private static void addIfSet(@Nullable String value, List<String> values) {
    if (value != null) {
      values.add(value);
    }
  }

  private static void addHostOf(Path file, List<String> hosts) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      String text = new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
      StringTokenizer lines = new StringTokenizer(text, "\r\n");
      while (lines.hasMoreTokens()) {
        String line = lines.nextToken().strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          hosts.add(line);
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      // Nothing to look for then.
    }
  }
}
