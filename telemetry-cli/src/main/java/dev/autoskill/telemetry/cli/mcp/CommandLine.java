package dev.autoskill.telemetry.cli.mcp;

import java.util.List;

/** Runs the command as a shell would. */
@FunctionalInterface
public interface CommandLine {

  /**
   * Runs it to its end.
   *
   * @param words the words of the command line
   * @return its result
   */
  Result run(List<String> words);

  /** How a command ends. */
  enum Status {
    /** It has answered. */
    DONE,
    /** It has answered that something is wrong. */
    WRONG,
    /** It could not answer. */
    FAILED
  }

  /**
   * The result of a command.
   *
   * @param status how it ended
   * @param out what it wrote to stdout
   * @param err what it wrote to stderr
   */
  record Result(Status status, String out, String err) {}
}
