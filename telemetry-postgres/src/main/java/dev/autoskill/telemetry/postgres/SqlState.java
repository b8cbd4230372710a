package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.sync.SyncException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The SQLSTATE of a failure, by which the server says what it is about.
 *
 * @param code five characters; empty if there is none
 */
record SqlState(String code) {

  /** The code that a statement, or the attempt to connect, failed with. */
  static SqlState of(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failed && failed.getSQLState() != null) {
        return new SqlState(failed.getSQLState());
      }
    }
    return new SqlState("");
  }

  SyncException failure(String target) {
    String sentence =
        "%s: %s (SQLSTATE %s)".formatted(target, reason(), code.isEmpty() ? "none" : code);
    return code.matches("(08|40|53|55|57).*")
        ? SyncException.passing(sentence, Duration.ZERO)
        : SyncException.of(sentence);
  }

  /** By the classes of the standard and of PostgreSQL: postgresql.org/docs/current/errcodes. */
  private String reason() {
    return switch (code) {
      case "25006" -> "the server is read-only";
      case "42501" -> "the user has no right to do that";
      case "42P07" -> "there is a table of that name already, which this library did not make";
      case "57014" -> "the server took too long";
      default ->
          switch (code.isEmpty() ? "" : code.substring(0, 2)) {
            case "08" -> "the server cannot be reached, or the connection broke";
            case "28" -> "the server refused the user or the password";
            case "3D" -> "there is no such database";
            case "40", "55" -> "others hold locks on the tables";
            case "53" -> "the server has no room, or no connection left";
            case "57" -> "the server is starting or shutting down";
            default -> "the server refused the statement";
          };
    };
  }

  /** Whether the server refused the data, and not the statement. */
  boolean isOfData() {
    return code.matches("(22|23|54).*");
  }
}
