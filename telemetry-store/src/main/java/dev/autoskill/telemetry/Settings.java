package dev.autoskill.telemetry;

import dev.autoskill.telemetry.beacon.Endpoint;
import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.SettingsFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a collector: first the table of all settings, then the search for their values.
 */
final class Settings {

  private static final List<Setting<?>> ALL = new ArrayList<>();
  private static final Type<Boolean> FLAG = Settings::flag;
  private static final Type<String> TEXT = Settings::text;

  static final Setting<Boolean> DISABLED = setting("disabled", FLAG, false);
  static final Setting<Path> DATABASE =
      setting("database", "AUTO_SKILL_TELEMETRY_DB", Settings::file, Settings::defaultDatabase);
  static final Setting<URI> ENDPOINT =
      setting(
          "endpoint",
          "AUTO_SKILL_TELEMETRY_ENDPOINT",
          (source, text) -> Endpoint.requireEndpoint(text, source),
          environment -> null);

  /** Any value of the variable switches it on, as the opt-out variables do with telemetry. */
  static final Setting<Boolean> DEBUG =
      setting("debug", null, FLAG, environment -> environment.has("AUTO_SKILL_TELEMETRY_DEBUG"));

  static final Setting<String> SESSION = setting("session", TEXT, null);
  static final Setting<String> AGENT = setting("agent", null, TEXT, AgentDetection::detect);
  static final Setting<Long> QUEUE_CAPACITY =
      setting("queue-capacity", number(1, Integer.MAX_VALUE), 65_536L);

  /** SQLite takes it as a 32-bit number of milliseconds. */
  static final Setting<Duration> BUSY_TIMEOUT =
      setting("busy-timeout", timeout(Integer.MAX_VALUE), Duration.ofSeconds(5));

  static final Setting<Duration> QUERY_TIMEOUT =
      setting("query-timeout", timeout(Long.MAX_VALUE), Duration.ofSeconds(5));
  static final Setting<Duration> CLOSE_TIMEOUT =
      setting("close-timeout", timeout(Long.MAX_VALUE), Duration.ofSeconds(5));
  static final Setting<Duration> EXIT_TIMEOUT =
      setting("exit-timeout", timeout(Long.MAX_VALUE), Duration.ofSeconds(1));
  static final Setting<Long> SPOOL_LIMIT =
      setting("spool-limit", number(65_536, Long.MAX_VALUE), 64L * 1024 * 1024);
  static final Setting<Boolean> STORE_AT_EXIT = setting("store-at-exit", FLAG, true);
  static final Setting<Duration> RETENTION =
      setting("retention", time(Duration.ofDays(1), Duration.ofDays(36_525)), null);
  static final Setting<Long> MAX_DATABASE_SIZE =
      setting("max-database-size", number(1024 * 1024, Long.MAX_VALUE), null);
  static final Setting<ErrorDetail> ERRORS =
      setting("errors", "AUTO_SKILL_TELEMETRY_ERRORS", ErrorDetail::parse, any -> ErrorDetail.NONE);

  private static final String PREFIX = "autoskill.telemetry.";

  /** The user's file; if it is wrong, it has no values and switches telemetry off. */
  final SettingsFile file;

  // Named by the program; or, named neither by it nor by who started it, the user's own.
  final boolean isDatabaseOfProgram;
  final boolean isDatabaseOfUser;

  /** By identity, since the hash code of a record is generated at its first use. */
  private final Map<Setting<?>, Object> values = new IdentityHashMap<>();

  /**
   * Reads every setting, also if it is not needed, so that a wrong one does not go unnoticed.
   *
   * @throws IllegalArgumentException if a value is wrong; the message names its source
   */
  Settings(TelemetryConfig config, Environment environment) {
    file = checked(SettingsFile.of(environment));
    isDatabaseOfProgram = config.get(DATABASE) != null;
    isDatabaseOfUser = !isDatabaseOfProgram && named(DATABASE, environment) == null;
    for (Setting<?> setting : ALL) {
      Object value = config.get(setting);
      values.put(setting, value == null ? read(setting, environment) : value);
    }
  }

  /** A setting that nobody knows may be a mistyped wish that telemetry be off. */
  private static SettingsFile checked(SettingsFile file) {
    try {
      for (Map.Entry<String, String> value : file.values().entrySet()) {
        String name = value.getKey();
        if (!name.startsWith("sync-")) { // Those are telemetry-postgres's own.
          Setting<?> setting = ALL.stream().filter(s -> s.name().equals(name)).findFirst().get();
          setting.type().read(name, value.getValue());
        }
      }
      return file;
    } catch (NoSuchElementException | IllegalArgumentException e) {
      return file.wrong("a name is unknown or a value is not allowed");
    }
  }

  /**
   * A row of the table.
   *
   * @param name the name in the property; in the builder the same in camel case
   * @param variable the environment variable; null: none
   * @param type reads and checks a text
   * @param otherwise the default, which may depend on the environment; null: there is none
   */
  record Setting<T>(
      String name,
      @Nullable String variable,
      Type<T> type,
      Function<Environment, @Nullable T> otherwise) {

    String property() {
      return PREFIX + name;
    }

    /** The name of the builder's method, and of its argument in messages. */
    String camelCase() {
      return Pattern.compile("-(.)")
          .matcher(name)
          .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Makes a value of a text, or throws an {@link IllegalArgumentException} that names the source.
   */
  interface Type<T> {
    T read(String source, String text);
  }

  /** The value of the system property, the environment variable, the user's file; the default. */
  private @Nullable Object read(Setting<?> setting, Environment environment) {
    Object named = named(setting, environment);
    String text = file.values().get(setting.name());
    Object value =
        named == null && text != null ? setting.type().read(setting.name(), text) : named;
    return value == null ? setting.otherwise().apply(environment) : value;
  }

  /** The value that who started the process gave a setting; null if none. */
  private static @Nullable Object named(Setting<?> setting, Environment environment) {
    String text = environment.property(setting.property());
    if (text != null && !text.isEmpty()) {
      return setting.type().read(setting.property(), text);
    }
    String variable = setting.variable();
    text = variable == null ? null : environment.get(variable);
    return text == null || text.isEmpty() ? null : setting.type().read(variable, text);
  }

  /** The value of a setting; null if it has none. */
  @SuppressWarnings("unchecked") // All values are of their setting's type.
  <T> @Nullable T find(Setting<T> setting) {
    return (T) values.get(setting);
  }

  /** The value of a setting that has a default. */
  <T> T get(Setting<T> setting) {
    return Objects.requireNonNull(find(setting), setting.name());
  }

  private static <T> Setting<T> setting(String name, Type<T> type, @Nullable T otherwise) {
    return setting(name, null, type, environment -> otherwise);
  }

  private static <T> Setting<T> setting(
      String name,
      @Nullable String variable,
      Type<T> type,
      Function<Environment, @Nullable T> otherwise) {
    Setting<T> setting = new Setting<>(name, variable, type, otherwise);
    ALL.add(setting);
    return setting;
  }

  /** Null where there is no home directory, and so no database. */
  private static @Nullable Path defaultDatabase(Environment environment) {
    Path home = environment.home();
    return home == null ? null : file("database", home + "/.claude/auto-skill/telemetry.db");
  }

  private static Path file(String source, String text) {
    Path file = parsed(source, "a path", text, Path::of);
    require(!Files.isDirectory(file), source, "must not be a directory", file);
    return file;
  }

  private static boolean flag(String source, String text) {
    boolean isTrue = text.equalsIgnoreCase("true");
    require(isTrue || text.equalsIgnoreCase("false"), source, "must be true or false", text);
    return isTrue;
  }

  private static String text(String source, String text) {
    require(!text.isBlank(), source, "must not be blank", text);
    return text;
  }

  private static Type<Long> number(long least, long greatest) {
    return (source, text) ->
        within(parsed(source, "a whole number", text, Long::valueOf), source, least, greatest);
  }

  private static Type<Duration> timeout(long mostMillis) {
    return time(Duration.ZERO, Duration.ofMillis(mostMillis));
  }

  private static Type<Duration> time(Duration least, Duration greatest) {
    return (source, text) -> {
      Function<String, Duration> parser =
          text.matches("[+-]?\\d{1,18}")
              ? number -> Duration.ofMillis(Long.parseLong(number))
              : Duration::parse;
      String form = "a number of milliseconds or a time such as PT5S";
      return within(parsed(source, form, text, parser), source, least, greatest);
    };
  }

  private static <T> T parsed(String source, String form, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(source + " must be " + form + ": " + text, e);
    }
  }

  private static <T extends Comparable<T>> T within(T value, String source, T least, T greatest) {
    require(value.compareTo(least) >= 0, source, "must be at least " + least, value);
    require(value.compareTo(greatest) <= 0, source, "must be at most " + greatest, value);
    return value;
  }

  private static void require(boolean holds, String source, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(source + " " + rule + ": " + value);
    }
  }
}
