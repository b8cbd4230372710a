package dev.autoskill.telemetry.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** One of the commands. */
interface Command {

  /** {@return the word that calls it} */
  String name();

  /** {@return one sentence for the help} */
  String summary();

  /** Adds the options and parameters. */
  void declare(CommandSpec spec);

  /**
   * Runs it.
   *
   * @return the exit code
   * @throws IOException if an answer cannot be written
   * @throws Failure if it cannot do what it should
   */
  int run(Call call) throws IOException;
}
