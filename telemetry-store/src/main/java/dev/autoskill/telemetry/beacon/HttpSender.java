package dev.autoskill.telemetry.beacon;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends GET requests that carry nothing but their URI: no cookie, no referrer, no credentials. Used
 * on the beacon's thread only, which alone may pay for loading the JDK's HTTP client.
 */
final class HttpSender {

  static final String USER_AGENT = "autoskill-telemetry";

  private final HttpSettings settings;
  private final ScheduledExecutorService thread;
  private final HttpClient client;

  HttpSender(HttpSettings settings, ScheduledExecutorService thread) {
    this.settings = settings;
    this.thread = thread;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(thread);
    if (settings.proxies() != null) {
      builder.proxy(settings.proxies());
    }
    this.client = builder.build();
  }

  /** Sends a request and tells its delivery how it ends, within the limit. */
  void send(String uri, Delivery delivery) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("User-Agent", USER_AGENT)
            .method("GET", new SentOnce())
            .build();
    CompletableFuture<?> exchange =
        client.sendAsync(request, response -> discard(response, delivery));
    // The client has a limit of its own, but lets it start anew when it connects a second time, and
    // tells of it on the pool that it shares with the program, which may be busy.
    Future<?> timer =
        thread.schedule(
            () -> exchange.cancel(true), settings.limit().toNanos(), TimeUnit.NANOSECONDS);
    exchange.whenComplete(
        (response, fault) -> {
          timer.cancel(false);
          delivery.fail();
        });
  }

  private static HttpResponse.BodySubscriber<Void> discard(
      HttpResponse.ResponseInfo response, Delivery delivery) {
    delivery.succeed();
    return new UnreadBody();
  }
}
