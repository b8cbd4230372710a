package dev.autoskill.telemetry.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.integration.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The program {@code spring-boot-starter} while it runs: a server that is told when to end. */
final class BootApplication implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;
  private static final String END = "the application has ended";

  private final Process process;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final String port;

  /** Starts it, and waits until its server listens. */
  BootApplication(Path directory, Map<String, String> environment, List<String> arguments) {
    try {
      process =
          JavaProcess.builder(JavaProcess.JDK, directory, environment, arguments)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::read, "stdout");
    reader.setDaemon(true);
    reader.start();
    port = line("port");
  }

  private void read() {
    process.inputReader().lines().forEach(out::add);
    out.add(END);
  }

  /** The rest of the next line that begins with a word. */
  String line(String word) {
    List<String> others = new ArrayList<>();
    try {
      for (String line = next(); line != null; line = next()) {
        if (line.startsWith(word + " ")) {
          return line.substring(word.length() + 1);
        }
        others.add(line);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    process.destroyForcibly();
    throw new AssertionError("no line of " + word + ", but " + String.join("\n", others));
  }

  /** Null if it prints nothing any more. */
  private String next() throws InterruptedException {
    String line = out.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return END.equals(line) ? null : line;
  }

  /** Lets it go on. */
  void proceed() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks its server. */
  HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks for what is there. */
  JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a service manager does, and waits until it has gone. */
  @Override
  public void close() {
    // Unlike the process itself, its handle does not close what is still being read.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the application does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
