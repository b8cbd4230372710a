package reactive;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Subscribes to every skill's result and prints what comes of it. */
public final class ReactiveProgram {

  private static final RuntimeException FAILURE = new IllegalStateException("as it should");

  private final ReactiveSkills skills = new ReactiveSkills();

  public static void main(String[] args) {
    ReactiveProgram program = new ReactiveProgram();
    program.monos();
    program.fluxes();
    program.subscriptions();
    program.otherTypes();
    program.takesItsTime();
  }

  private void monos() {
    print("value", skills.mono(Mono.just("value")));
    print("empty", skills.mono(Mono.empty()));
    print("error", skills.mono(Mono.error(FAILURE)));
    print("context", skills.mono(Mono.deferContextual(c -> Mono.just(c.<String>get("key")))));
    print("timeout", skills.mono(Mono.never()).timeout(Duration.ofMillis(1)).onErrorComplete());
    skills.neverEnding().subscribe();
    try {
      print("throws", skills.throwing(FAILURE));
    } catch (IllegalStateException thrown) {
      System.out.println("throws: " + (thrown == FAILURE));
    }
    System.out.println("null: " + skills.returnsNull());
  }

  private void fluxes() {
    print("items", skills.flux(Flux.just("1", "2", "3")));
    print("none", skills.flux(Flux.empty()));
    print("error", skills.flux(Flux.just("1").concatWith(Mono.error(FAILURE))));
    print("taken", skills.flux(Flux.just("1", "2", "3")).take(2));
    print(
        "fused", skills.flux(Flux.range(1, 5).map(String::valueOf)).publishOn(Schedulers.single()));
    print("filtered", skills.flux(Flux.just("1", "2", "3")).filter(text -> !text.equals("2")));
    Disposable disposable = skills.flux(Flux.never()).subscribe();
    disposable.dispose();
  }

  private void subscriptions() {
    skills.neverSubscribed(Mono.just("unseen"));
    Sinks.One<String> first = Sinks.one();
    Flux<String> result =
        skills.firstOfTwo(
            Flux.deferContextual(
                c -> c.hasKey("first") ? first.asMono().flux() : Flux.error(FAILURE)));
    result
        .contextWrite(c -> c.put("first", true))
        .subscribe(item -> System.out.println("first of two: " + item));
    print("second of two", result);
    first.tryEmitValue("it counts");
  }

  private void otherTypes() {
    print("publisher", Flux.from(skills.publisher(Mono.error(FAILURE))));
    Publisher<String> foreign = subscriber -> Flux.just("foreign").subscribe(subscriber);
    System.out.println("the same publisher: " + (skills.publisher(foreign) == foreign));
    ConnectableFlux<String> connectable = Flux.just("1").publish();
    System.out.println("the same flux: " + (skills.connectable(connectable) == connectable));
    Object object = Mono.error(FAILURE);
    System.out.println("the same object: " + (skills.object(object) == object));
  }

  private void takesItsTime() {
    Sinks.One<String> sink = Sinks.one();
    Mono<String> result = skills.slow(sink.asMono());
    result.subscribe(item -> System.out.println("slow: " + item));
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    sink.tryEmitValue("at last");
  }

  private static void print(String name, Publisher<String> result) {
    Object observed =
        Flux.from(result)
            .contextWrite(context -> context.put("key", "a value"))
            .collectList()
            .<Object>cast(Object.class)
            .onErrorResume(thrown -> Mono.just("the same error: " + (thrown == FAILURE)))
            .block();
    System.out.println(name + ": " + observed);
  }
}
