package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.privacy.Environment;
import java.io.Reader;
import java.io.Writer;
import java.time.Clock;
import java.time.Duration;

/**
 * The surroundings of a command: all that it reads and writes, but for files.
 *
 * @param environment the variables and properties
 * @param clock the time, and the zone in which days begin
 * @param in what others send to a command that serves them
 * @param out gets the data, and nothing else
 * @param err gets everything else
 * @param isTerminal whether {@code out} is a terminal
 * @param pause waits
 * @param machine the disk and the other programs
 */
public record Host(
    Environment environment,
    Clock clock,
    Reader in,
    Writer out,
    Writer err,
    boolean isTerminal,
    Pause pause,
    Machine machine) {

  /** A wait, between two looks at data that change. */
  @FunctionalInterface
  public interface Pause {

    /**
     * Waits.
     *
     * @param time how long
     * @return whether to go on; false if the command is to end
     */
    boolean sleep(Duration time);
  }
}
