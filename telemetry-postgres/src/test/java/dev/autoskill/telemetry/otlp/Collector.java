package dev.autoskill.telemetry.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A collector of a test's own, which answers as the test says. */
final class Collector implements AutoCloseable {

  static final Answer OK = new Answer(200, "{\"partialSuccess\":{}}", Map.of());

  static final Answer ENDLESS = new Answer(200, "endless", Map.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;

  /** All that came, also what was not taken. */
  final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  /** The spans of the requests that were taken. */
  final List<JsonNode> spans = Collections.synchronizedList(new ArrayList<>());

  volatile Behaviour behaviour = request -> OK;

  record Request(String line, Map<String, List<String>> headers, String body) {

    List<JsonNode> spans() {
      try {
        JsonNode all = JSON.readTree(body).at("/resourceSpans/0/scopeSpans/0/spans");
        return StreamSupport.stream(all.spliterator(), false).toList();
      } catch (IOException e) {
        throw new IllegalStateException(body, e);
      }
    }
  }

  record Answer(int status, String body, Map<String, String> headers) {

    static Answer of(int status) {
      return new Answer(status, "", Map.of());
    }
  }

  @FunctionalInterface
  interface Behaviour {
    Answer answer(Request request);
  }

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request =
        new Request(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    Answer answer = behaviour.answer(request);
    if (answer.status() < 300) {
      spans.addAll(request.spans());
    }
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    if (answer.equals(ENDLESS)) {
      exchange.sendResponseHeaders(200, 0);
      while (true) {
        exchange.getResponseBody().write(new byte[8_192]); // Until the client has enough.
      }
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  String address() {
    return "otlp:http://localhost:" + server.getAddress().getPort();
  }

  List<String> traceIds() {
    return spans.stream().map(span -> span.get("traceId").asText()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
