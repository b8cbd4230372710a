package dev.autoskill.telemetry.beacon;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback interface that sees every byte of a request and may misbehave. */
final class RawServer implements AutoCloseable {

  static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";

  /** The server's behaviour once it has read a request's head. */
  interface Behaviour {
    void answer(Socket connection) throws Exception;
  }

  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  final AtomicInteger connections = new AtomicInteger();

  /** Has a permit for each connection that has ended. */
  final Semaphore ended = new Semaphore(0);

  private final ServerSocket socket;
  private final Behaviour behaviour;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  RawServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::acceptAll);
  }

  static RawServer answering(String response) throws IOException {
    return new RawServer(connection -> write(connection, response));
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    connection.getOutputStream().flush();
  }

  int port() {
    return socket.getLocalPort();
  }

  URI uri(String rest) {
    return URI.create("http://127.0.0.1:" + port() + rest);
  }

  /** The next request's head, waited for. */
  String next() throws InterruptedException {
    String head = requests.poll(30, TimeUnit.SECONDS);
    if (head == null) {
      throw new AssertionError("no request came");
    }
    return head;
  }

  boolean awaitEndOfConnection() throws InterruptedException {
    return ended.tryAcquire(30, TimeUnit.SECONDS);
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket connection = socket.accept();
      connections.incrementAndGet();
      open.add(connection);
      start(() -> serve(connection));
    }
  }

  private void serve(Socket connection) throws Exception {
    try (connection) {
      for (String head = head(connection); head != null; head = head(connection)) {
        requests.add(head);
        behaviour.answer(connection);
      }
    } finally {
      ended.release();
    }
  }

  private static String head(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                // The test has closed a socket, or the client has: both are expected.
              }
            },
            "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
