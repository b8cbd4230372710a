package dev.autoskill.telemetry.beacon;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A response's body that nobody reads, since that there is a response says all. Refusing it closes
 * the connection, so no server can keep it by sending for ever, or slowly.
 */
final class UnreadBody implements HttpResponse.BodySubscriber<Void> {

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    // What had arrived already is dropped.
  }

  @Override
  public void onError(Throwable fault) {
    // The exchange is over either way.
  }

  @Override
  public void onComplete() {
    // The body was empty.
  }

  @Override
  public CompletionStage<Void> getBody() {
    return CompletableFuture.completedStage(null);
  }
}
