package dev.autoskill.telemetry.otlp;

import dev.autoskill.telemetry.sync.SyncException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Posts requests to a collector, one at a time. */
final class OtlpClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final String name;
  private final HttpRequest.Builder request;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  OtlpClient(String name, HttpRequest.Builder request) {
    this.name = name;
    this.request = request.setHeader("Content-Type", "application/json");
  }

  /**
   * Posts a request, and waits for the whole answer; the request's own timeout would end with its
   * headers.
   *
   * @throws SyncException if there is no answer
   */
  OtlpAnswer post(byte[] body) {
    HttpRequest post = request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(post, head -> new FirstBytes());
    try {
      return OtlpAnswer.of(answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SSLException
          ? SyncException.of(name + ": no secure connection can be made with the server")
          : passing("the server cannot be reached, or the connection broke");
    } catch (TimeoutException e) {
      throw passing("the server took too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SyncException.of("the push was interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  private SyncException passing(String reason) {
    return SyncException.passing(name + ": " + reason, Duration.ZERO);
  }

  SyncException failure(OtlpAnswer answer) {
    String sentence = "%s: %s (HTTP status %d)".formatted(name, answer.reason(), answer.status());
    return answer.isPassing()
        ? SyncException.passing(sentence, answer.pause())
        : SyncException.of(sentence);
  }
}
