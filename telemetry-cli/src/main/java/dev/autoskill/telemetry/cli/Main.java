package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.privacy.Environment;
import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The entry of the command {@code skill-telemetry}. */
public final class Main {

  /** Set by the launcher, which can tell; the JVM knows only of a console for in- and output. */
  private static final String TERMINAL = "autoskill.cli.terminal";

  private Main() {}

  /**
   * Runs the command line, and ends the JVM with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    Environment environment = Environment.ofProcess();
    Host host =
        new Host(
            environment,
            new SystemClock(),
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8),
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            isTerminal(environment.property(TERMINAL)),
            Main::sleep,
            new LocalMachine());
    System.exit(new SkillTelemetry(host).run(arguments));
  }

  /** Not {@code System.out}, which swallows failures and writes in the locale's encoding. */
  private static Writer writer(FileDescriptor descriptor) {
    return new BufferedWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }

  private static boolean isTerminal(@Nullable String told) {
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    Console console = System.console();
    try {
      // From JDK 22 on, there may be a console that is none.
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static boolean sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Its zone is found out when it is asked for, since that takes long. */
  private static final class SystemClock extends Clock {

    @Override
    public Instant instant() {
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.systemDefault();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.system(zone);
    }
  }
}
