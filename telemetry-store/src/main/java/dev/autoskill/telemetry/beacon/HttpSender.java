package dev.autoskill.telemetry.beacon;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends GET requests, each once, without cookies, referrer or credentials. */
final class HttpSender {

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Waits for the response and leaves its body unread, however much the server sends. */
  void send(String uri, Duration limit) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(limit)
            .header("User-Agent", "autoskill-telemetry")
            .method("GET", new SentOnce())
            .build();
    client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body().close();
  }

  /** An empty body. The client, which repeats some GETs, asks for its length first each time. */
  private static final class SentOnce implements HttpRequest.BodyPublisher {

    private final AtomicBoolean isSent = new AtomicBoolean();

    @Override
    public long contentLength() {
      if (isSent.getAndSet(true)) {
        throw new IllegalStateException("sent already");
      }
      return 0;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      HttpRequest.BodyPublishers.noBody().subscribe(subscriber);
    }
  }
}
