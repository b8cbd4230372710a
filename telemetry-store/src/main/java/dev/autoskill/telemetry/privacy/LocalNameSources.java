package dev.autoskill.telemetry.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the names of the user and the machine come from. Nothing is asked of a name service, which
 * could block or send. What cannot be read is as good as not there: reading never fails.
 */
final class LocalNameSources {

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
    return new LocalNameSources(environment, HOST_FILES.stream().map(Path::of).toList());
  }

  LocalNames read() {
    List<String> homes = values(environment::property, List.of("user.home"));
    homes.addAll(values(environment::get, HOME_VARIABLES));
    List<String> users = values(environment::property, List.of("user.name"));
    users.addAll(values(environment::get, USER_VARIABLES));
    List<String> hosts = values(environment::get, HOST_VARIABLES);
    hostFiles.forEach(file -> addHostOf(file, hosts));
    return LocalNames.of(homes, users, hosts);
  }

  private static List<String> values(
      Function<String, @Nullable String> source, List<String> names) {
    List<String> values = new ArrayList<>();
    for (String name : names) {
      try {
        String value = source.apply(name);
        if (value != null) {
          values.add(value);
        }
      } catch (RuntimeException e) {
        // A security manager may forbid it; there is nothing to look for then.
      }
    }
    return values;
  }

  private static void addHostOf(Path file, List<String> hosts) {
    try {
      if (Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          String text = new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
          text.lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .findFirst()
              .ifPresent(hosts::add);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Nothing to look for then.
    }
  }
}
