package dev.autoskill.telemetry.beacon;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, from the caller's thread to its response. It ends once, whoever says so
 * first, and then gives its place in flight back.
 */
final class Delivery implements Runnable {

  private final Tally tally;
  private final Courier courier;
  private final RequestWriter writer;
  private final @Nullable String event;
  private final DataSnapshot data;
  private final AtomicBoolean isOver = new AtomicBoolean();

  Delivery(
      Tally tally,
      Courier courier,
      RequestWriter writer,
      @Nullable String event,
      DataSnapshot data) {
    this.tally = tally;
    this.courier = courier;
    this.writer = writer;
    this.event = event;
    this.data = data;
  }

  /** On the beacon's thread. */
  @Override
  public void run() {
    if (isOver.get()) {
      // The caller saw an error although this was queued, and counted it.
      return;
    }
    try {
      RequestWriter.Request request = writer.write(event, data);
      tally.countLeftOut(request.leftOut());
      if (request.uri() == null) {
        withhold();
      } else {
        courier.send(request.uri(), this);
      }
    } catch (Throwable fault) {
      fail();
    }
  }

  /** There was a response. */
  void succeed() {
    if (isOver.compareAndSet(false, true)) {
      tally.countSent();
      tally.leave();
    }
  }

  /** There will be no response. */
  void fail() {
    if (isOver.compareAndSet(false, true)) {
      tally.countFailed();
      tally.leave();
    }
  }

  private void withhold() {
    if (isOver.compareAndSet(false, true)) {
      tally.leave();
    }
  }
}
