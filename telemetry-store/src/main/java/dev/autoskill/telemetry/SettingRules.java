package dev.autoskill.telemetry;

import dev.autoskill.telemetry.beacon.Endpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What values of settings must be like. Each rule's complaint names the setting that broke it. */
final class SettingRules {

  /** The database takes it as a 32-bit number of milliseconds. */
  private static final Duration LONGEST_BUSY_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

  /** Room for some hundred events, so that a spool is worth its name. */
  private static final long LEAST_SPOOL_LIMIT = 65_536;

  private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);
  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_525);
  private static final long SMALLEST_DATABASE = 1 << 20;

  private SettingRules() {}

  static Path file(String name, Path path) {
    requireNonNull(name, path);
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(name + " must not be a directory: " + path);
    }
    return path;
  }

  static Path file(String name, String path) {
    try {
      return file(name, Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + " must be a path: " + path, e);
    }
  }

  static URI endpoint(String name, String url) {
    return Endpoint.requireEndpoint(url, name);
  }

  static String text(String name, String text) {
    requireNonNull(name, text);
    if (text.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return text;
  }

  static boolean flag(String name, String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new IllegalArgumentException(name + " must be true or false: " + text);
  }

  static int atLeastOne(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + number);
    }
    return number;
  }

  static int atLeastOne(String name, String number) {
    try {
      return atLeastOne(name, Integer.parseInt(number));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number: " + number, e);
    }
  }

  static long spoolLimit(String name, long bytes) {
    if (bytes < LEAST_SPOOL_LIMIT) {
      throw new IllegalArgumentException(
          name + " must be at least " + LEAST_SPOOL_LIMIT + " bytes: " + bytes);
    }
    return bytes;
  }

  static long spoolLimit(String name, String bytes) {
    try {
      return spoolLimit(name, Long.parseLong(bytes));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number of bytes: " + bytes, e);
    }
  }

  static Duration notNegative(String name, Duration duration) {
    requireNonNull(name, duration);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + duration);
    }
    return duration;
  }

  static Duration notNegative(String name, String duration) {
    return notNegative(name, duration(name, duration));
  }

  static Duration busyTimeout(String name, Duration duration) {
    notNegative(name, duration);
    if (duration.compareTo(LONGEST_BUSY_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          name + " must not be longer than " + LONGEST_BUSY_TIMEOUT + ": " + duration);
    }
    return duration;
  }

  static Duration busyTimeout(String name, String duration) {
    return busyTimeout(name, duration(name, duration));
  }

  static Duration retention(String name, Duration age) {
    requireNonNull(name, age);
    if (age.compareTo(SHORTEST_RETENTION) < 0 || age.compareTo(LONGEST_RETENTION) > 0) {
      throw new IllegalArgumentException(name + " must be from 1 day to 100 years: " + age);
    }
    return age;
  }

  static Duration retention(String name, String age) {
    return retention(name, duration(name, age));
  }

  static long databaseSize(String name, long bytes) {
    if (bytes < SMALLEST_DATABASE) {
      throw new IllegalArgumentException(
          name + " must be at least " + SMALLEST_DATABASE + " bytes: " + bytes);
    }
    return bytes;
  }

  static long databaseSize(String name, String bytes) {
    try {
      return databaseSize(name, Long.parseLong(bytes));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number: " + bytes, e);
    }
  }

  private static Duration duration(String name, String text) {
    try {
      return text.matches("[+-]?\\d{1,18}")
          ? Duration.ofMillis(Long.parseLong(text))
          : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + " must be a number of milliseconds or a time such as PT5S: " + text, e);
    }
  }

  private static void requireNonNull(String name, @Nullable Object value) {
    if (value == null) {
      throw new NullPointerException(name + " must not be null");
    }
  }
}
