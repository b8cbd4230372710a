package dev.autoskill.telemetry.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words why a server, or the local database, did not do its part.
 *
 * <p>It has no cause: the driver's messages may repeat an address with a password in it, and those
 * of a statement the values of events.
 */
public final class SyncException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String sentence;

  /** The SQLSTATE of the failure; empty if it has none. */
  private final String state;

  private SyncException(String sentence, String state) {
    super(sentence);
    this.sentence = sentence;
    this.state = state;
  }

  static SyncException of(String sentence) {
    return new SyncException(sentence, "");
  }

  /** What a statement, or the attempt to connect, failed with. */
  static SyncException of(String target, Throwable fault) {
    String state = stateOf(fault);
    return new SyncException(
        "%s: %s (SQLSTATE %s)".formatted(target, reason(state), state.isEmpty() ? "none" : state),
        state);
  }

  private static String stateOf(@Nullable Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failed && failed.getSQLState() != null) {
        return failed.getSQLState();
      }
    }
    return "";
  }

  /** By the classes of the standard and of PostgreSQL: postgresql.org/docs/current/errcodes. */
  private static String reason(String state) {
    return switch (state) {
      case "25006" -> "the server is read-only";
      case "42501" -> "the user has no right to do that";
      case "42P07" -> "there is a table of that name already, which this library did not make";
      case "57014" -> "the server took too long";
      default ->
          switch (state.isEmpty() ? "" : state.substring(0, 2)) {
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

  /** {@return whether another attempt may succeed} */
  public boolean isPassing() {
    return state.matches("(08|40|53|55|57).*");
  }

  /** Whether the server refused the data, and not the statement. */
  boolean isOfData() {
    return state.matches("(22|23|54).*");
  }

  /** The message, which unlike those of other exceptions may be shown. */
  String sentence() {
    return sentence;
  }

  String state() {
    return state;
  }
}
