package dev.autoskill.telemetry.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A database on a PostgreSQL server. User and password are taken out of the address at once, so
 * that nothing that is shown, stored or thrown has them.
 *
 * <p>Immutable, so that threads may share it.
 */
public final class PostgresTarget {

  private static final String PREFIX = "jdbc:postgresql:";

  private static final String HOST = "(?:[^\\s/?@:,\\[\\]]+|\\[[\\da-fA-F:.]+\\])(?::\\d{1,5})?";

  private static final Pattern ADDRESS =
      Pattern.compile(
          PREFIX
              + "(?<place>(?://(?:(?<user>[^/?]*)@)?(?<hosts>(?:%1$s(?:,%1$s)*)?)/)?[^/?@]*)"
                  .formatted(HOST)
              + "(?:\\?(?<options>.*))?");

  /** Where the address does not say otherwise; in seconds. */
  private static final String[][] DEFAULTS = {
    {"connectTimeout", "10"},
    {"socketTimeout", "90"},
    {"tcpKeepAlive", "true"},
    {"ApplicationName", "skill-telemetry"}
  };

  private final String name;
  private final Properties options;

  private PostgresTarget(String name, Properties options) {
    this.name = name;
    this.options = options;
  }

  /**
   * {@return whether a text means a PostgreSQL server, and not a file}
   *
   * @param text an address, or the path of a file
   */
  public static boolean isAddress(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Reads an address.
   *
   * @param address {@code jdbc:postgresql://host:port/database?option=value&…}, with the options of
   *     PostgreSQL's JDBC driver, those for TLS among them; {@code user} and {@code password} may
   *     be options, or stand as {@code user:password@} before the host
   * @param password the password where the address has none; null: none, or that of the driver's
   *     password file
   * @return the database
   * @throws IllegalArgumentException if it is no such address; the message does not repeat it
   */
  public static PostgresTarget of(String address, @Nullable String password) {
    Objects.requireNonNull(address, "address must not be null");
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw refusal();
    }
    Properties options = new Properties();
    for (String[] option : DEFAULTS) {
      options.setProperty(option[0], option[1]);
    }
    if (password != null) {
      options.setProperty("password", password);
    }
    String user = parts.group("user");
    if (user != null) {
      put(options, "user", user.split(":", 2)[0]);
      if (user.contains(":")) {
        put(options, "password", user.split(":", 2)[1]);
      }
    }
    String given = parts.group("options");
    for (String option : given == null || given.isEmpty() ? new String[0] : given.split("&")) {
      String[] both = option.split("=", 2);
      put(options, both[0], both.length == 2 ? both[1] : "");
    }
    String place = parts.group("place");
    String shown = user == null ? place : place.replace(user + "@", "");
    return new PostgresTarget(PREFIX + shown, options);
  }

  private static void put(Properties options, String name, String value) {
    try {
      options.setProperty(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw refusal();
    }
  }

  private static IllegalArgumentException refusal() {
    return new IllegalArgumentException(
        "address must be of the form jdbc:postgresql://host:port/database?option=value");
  }

  /** {@return the address without user, password and options} */
  public String name() {
    return name;
  }

  /** Tells databases and their schemas apart. */
  String key() {
    String schema = options.getProperty("currentSchema");
    return schema == null ? name : name + "?currentSchema=" + schema;
  }

  /** Not by the {@code DriverManager}, which may print what it was given. */
  Connection connect() throws SQLException {
    Properties copy = new Properties();
    copy.putAll(options);
    Connection connection = DriverLog.quietly(() -> new Driver().connect(name, copy));
    if (connection == null) {
      throw new SQLException("no address of this driver", "08001");
    }
    return connection;
  }

  @Override
  public String toString() {
    return name;
  }
}
