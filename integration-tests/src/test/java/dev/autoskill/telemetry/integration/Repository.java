package dev.autoskill.telemetry.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this repository. */
public final class Repository {

  /** Maven runs a module's tests in the module's directory. */
  public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** Beside it are the jars of its sources and of its Javadoc. */
  private static final Pattern AGENT = Pattern.compile("telemetry-agent-[0-9.]+(-SNAPSHOT)?\\.jar");

  private Repository() {}

  public static Path path(String name) {
    return ROOT.resolve(name);
  }

  /** The agent, as built: it is on no class path, since it would hide there what it contains. */
  public static Path agentJar() {
    try (Stream<Path> files = Files.list(path("telemetry-agent/target"))) {
      return files
          .filter(file -> AGENT.matcher(file.getFileName().toString()).matches())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The launcher of the command, in its distribution. */
  static Path launcher() {
    try (Stream<Path> all = Files.walk(path("telemetry-cli/target"))) {
      return all.filter(file -> file.endsWith("skill-telemetry/bin/skill-telemetry"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
