package dev.autoskill.telemetry.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A network between clients and a server that breaks after some bytes, until it is mended. */
final class Wire implements AutoCloseable {

  private final ServerSocket door;
  private final int serverPort;
  private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong sent = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Wire(int serverPort) throws IOException {
    this.serverPort = serverPort;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The same address by this way. */
  String through(String address) {
    return address.replace(":" + serverPort + "/", ":" + door.getLocalPort() + "/");
  }

  /** Breaks all connections when so many more bytes have gone from clients to the server. */
  void cutAfter(long bytes) {
    bytesLeft.set(bytes);
  }

  /** {@return how many bytes have gone from clients to the server} */
  long sent() {
    return sent.get();
  }

  void mend() {
    bytesLeft.set(Long.MAX_VALUE);
  }

  boolean isCut() {
    return bytesLeft.get() <= 0;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        open.add(client);
        if (isCut()) {
          cut();
        } else {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
          open.add(server);
          start(() -> pass(client, server, true));
          start(() -> pass(server, client, false));
        }
      } catch (IOException e) {
        cut(); // The server is away, or this is closed.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean isCounted) {
    byte[] buffer = new byte[4096];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        long left = isCounted ? bytesLeft.getAndAdd(-read) : Long.MAX_VALUE;
        out.write(buffer, 0, (int) Math.max(0, Math.min(read, left)));
        if (isCounted) {
          sent.addAndGet(read);
        }
        if (left <= read) {
          cut();
        }
      }
    } catch (IOException e) {
      // The other side learns of it when its socket is closed.
    }
    open.remove(from);
    open.remove(to);
  }

  private void cut() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no more use in any case.
      }
      open.remove(socket);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
