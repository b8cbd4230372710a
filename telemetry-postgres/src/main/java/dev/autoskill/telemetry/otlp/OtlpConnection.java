package dev.autoskill.telemetry.otlp;

import dev.autoskill.telemetry.sync.Position;
import dev.autoskill.telemetry.sync.PushCount;
import dev.autoskill.telemetry.sync.Receiver;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/** Sends batches of events as spans, in requests that are not too large. */
final class OtlpConnection implements Receiver.Connection {

  private static final int MOST_BYTES = 1_000_000;

  private final OtlpClient client;

  OtlpConnection(OtlpClient client) {
    this.client = client;
  }

  /** A collector does not tell which events it has. */
  @Override
  public Position position(Position noted) {
    return noted;
  }

  /** The fate of a batch's events, which are counted when all of it is done. */
  private static final class Delivery {
    final List<StoredEvent> taken = new ArrayList<>();
    final List<OtlpAnswer> refusals = new ArrayList<>();
    long rejected;
  }

  @Override
  public void send(List<StoredEvent> events, PushCount count) {
    Delivery delivery = new Delivery();
    deliver(events, delivery);
    if (delivery.taken.isEmpty()) {
      // Not the events are to blame, but the address or the headers.
      throw client.failure(delivery.refusals.get(0));
    }
    count.taken(delivery.taken, delivery.taken.size() - delivery.rejected);
    count.refused(delivery.rejected, "rejected by the server, which took the rest of the request");
    delivery.refusals.forEach(
        refusal -> count.refused(1, "refused by the server, HTTP status " + refusal.status()));
  }

  /** Halves a batch that is too large or refused, until the event is found that is to blame. */
  private void deliver(List<StoredEvent> events, Delivery delivery) {
    byte[] body = Spans.json(events);
    if (body.length <= MOST_BYTES || events.size() == 1) {
      OtlpAnswer answer = client.post(body);
      if (answer.isTaken()) {
        delivery.taken.addAll(events);
        delivery.rejected += Math.min(answer.rejected(), events.size());
        return;
      }
      if (!answer.isOfData()) {
        throw client.failure(answer);
      }
      if (events.size() == 1) {
        delivery.refusals.add(answer);
        return;
      }
    }
    int half = events.size() / 2;
    deliver(events.subList(0, half), delivery);
    deliver(events.subList(half, events.size()), delivery);
  }

  /** Each request stands for itself. */
  @Override
  public void close() {}
}
