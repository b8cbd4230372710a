package dev.autoskill.telemetry.cli;

import java.io.IOException;

/** One of the commands. */
interface Command {

  /** {@return one sentence for the help} */
  String summary();

  /** Adds the options and parameters. */
  void declare(Syntax syntax);

  /**
   * Runs it.
   *
   * @return the exit code
   * @throws IOException if an answer cannot be written
   * @throws Failure if it cannot do what it should
   */
  int run(Call call) throws IOException;
}
