package dev.autoskill.telemetry.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Talks with an MCP server through its stdin and stdout. Every line on stdout has to be protocol.
 */
final class McpClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 120;
  private static final String END = "the server's stdout has ended";

  private final Process server;
  private final Writer in;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private int lastId;

  McpClient(ProcessBuilder builder) {
    try {
      server = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in = server.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> read(server.inputReader(StandardCharsets.UTF_8)), "stdout");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(BufferedReader lines) {
    lines.lines().forEach(out::add);
    out.add(END);
  }

  JsonNode initialize() {
    JsonNode answer =
        request(
            "initialize",
            Map.of(
                "protocolVersion",
                "2025-06-18",
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", "field-tests", "version", "1")));
    send(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
    return answer;
  }

  /**
   * Asks, and waits for the answer. Messages that the server sends of its own accord are skipped.
   */
  JsonNode request(String method, Map<String, ?> parameters) {
    int id = ++lastId;
    send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters));
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt() == id && !message.has("method")) {
        return message;
      }
    }
  }

  private void send(Map<String, ?> message) {
    try {
      in.write(JSON.writeValueAsString(message) + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode next() {
    return message(line());
  }

  private String line() {
    try {
      String line = out.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("no answer");
      }
      return line;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode message(String line) {
    try {
      JsonNode message = JSON.readTree(line);
      if (!message.path("jsonrpc").asText().equals("2.0")) {
        throw new AssertionError("not of the protocol: " + line);
      }
      return message;
    } catch (JsonProcessingException e) {
      throw new AssertionError("not of the protocol: " + line, e);
    }
  }

  /** Ends the server as an agent does, waits until it has gone, and reads what it still says. */
  @Override
  public void close() {
    // Unlike the process itself, its handle does not close what is still being read.
    server.toHandle().destroy();
    try {
      if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly();
        throw new AssertionError("the server does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (String line = line(); !line.equals(END); line = line()) {
      message(line);
    }
  }
}
