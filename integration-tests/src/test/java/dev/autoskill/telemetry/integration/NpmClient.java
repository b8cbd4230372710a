package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The official MCP client for Node, which npm fetches. */
public final class NpmClient {

  /** The agent that it says it is. */
  public static final String AGENT = "claude-code";

  private static final Path SOURCES = Repository.path("integration-tests/src/test/npm-client");
  private static final Path CLIENT = Repository.path("integration-tests/target/npm-client");

  private NpmClient() {}

  /** Fetches it; without npm, the test is skipped. */
  public static void install() {
    String missing = "there is no npm, or it cannot get the client";
    try {
      Files.createDirectories(CLIENT);
      for (String file : List.of("package.json", "client.mjs")) {
        Files.copy(
            SOURCES.resolve(file), CLIENT.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      Process npm =
          new ProcessBuilder(
                  List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-package-lock"))
              .directory(CLIENT.toFile())
              .redirectErrorStream(true)
              .redirectOutput(CLIENT.resolve("npm.log").toFile())
              .start();
      assumeTrue(npm.waitFor() == 0, missing);
    } catch (IOException e) {
      assumeTrue(false, missing);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Starts a server, and calls its tools one after the other.
   *
   * @param server how it is started; its stderr gets that of the client, too
   * @param calls the parameters of each call, as JSON
   * @return the names of the tools, and the text of each answer
   */
  public static List<String> answers(ProcessBuilder server, List<String> calls) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                CLIENT.resolve("client.mjs").toString(),
                "[" + String.join(",", calls) + "]"));
    command.addAll(server.command());
    try {
      Process client = server.command(command).start();
      try {
        client.getOutputStream().close();
        List<String> lines = client.inputReader().lines().toList();
        assertEquals(0, client.waitFor(), lines::toString);
        return lines;
      } finally {
        client.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
