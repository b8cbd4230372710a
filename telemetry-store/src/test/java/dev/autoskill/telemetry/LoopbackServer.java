package dev.autoskill.telemetry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real HTTP server on this machine that remembers what it was asked. */
final class LoopbackServer implements AutoCloseable {

  /** One request: its method and what follows the host in its URI. */
  record Request(String method, String target) {}

  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final HttpServer server;

  LoopbackServer(int status) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString()));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/beacon";
  }

  /** Waits for the next request. */
  Request next() throws InterruptedException {
    Request request = requests.poll(1, TimeUnit.MINUTES);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  boolean wasNotAsked() {
    return requests.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
