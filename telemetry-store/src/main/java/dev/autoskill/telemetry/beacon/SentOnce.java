package dev.autoskill.telemetry.beacon;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * No body, for a request that is to be sent once.
 *
 * <p>The JDK's client repeats a GET whose connection broke before the response began, and only a
 * system property, which is the program's and not ours, could stop it. But it asks for the length
 * of the body whenever it is about to send a request, and an exception then ends the exchange.
 */
final class SentOnce implements HttpRequest.BodyPublisher {

  private boolean isSent;

  @Override
  public synchronized long contentLength() {
    if (isSent) {
      throw new IllegalStateException("sent already");
    }
    isSent = true;
    return 0;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    HttpRequest.BodyPublishers.noBody().subscribe(subscriber);
  }
}
