package reactive;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import org.reactivestreams.Publisher;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Skills whose results are yet to come, by Reactor. Each returns what it is given. */
final class ReactiveSkills {

  @TrackedSkill("mono")
  Mono<String> mono(Mono<String> result) {
    return result;
  }

  @TrackedSkill("flux")
  Flux<String> flux(Flux<String> result) {
    return result;
  }

  @TrackedSkill("publisher")
  Publisher<String> publisher(Publisher<String> result) {
    return result;
  }

  @TrackedSkill("connectable")
  ConnectableFlux<String> connectable(ConnectableFlux<String> result) {
    return result;
  }

  @TrackedSkill("object")
  Object object(Object result) {
    return result;
  }

  @TrackedSkill("never-subscribed")
  Mono<String> neverSubscribed(Mono<String> result) {
    return result;
  }

  @TrackedSkill("never-ending")
  Mono<String> neverEnding() {
    return Mono.never();
  }

  @TrackedSkill("first-of-two")
  Flux<String> firstOfTwo(Flux<String> result) {
    return result;
  }

  @TrackedSkill("throws")
  Mono<String> throwing(RuntimeException exception) {
    throw exception;
  }

  @TrackedSkill("null")
  Mono<String> returnsNull() {
    return null;
  }

  @TrackedSkill("slow")
  Mono<String> slow(Mono<String> result) {
    return result;
  }
}
