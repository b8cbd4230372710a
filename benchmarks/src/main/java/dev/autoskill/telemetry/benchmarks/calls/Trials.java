package dev.autoskill.telemetry.benchmarks.calls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that is measured of calls. */
final class Trials {

  final Trial bare;
  final Trial clocked;
  final Trial tracked;
  final Trial optedOut;
  final Trial timed;

  private final List<Trial> waysToTrack;
  private final List<Trial> peers;
  private final Trial dropped;

  /**
   * Prepares them.
   *
   * @param folder to put into what they need
   */
  Trials(Path folder) throws IOException {
    Jvms jvms = new Jvms(folder);
    Jvm compiled = jvms.compiled();
    Jvm recording = jvms.recording(compiled);
    Jvm byOwnAgent = jvms.recording(jvms.byOwnAgent());
    Jvm byAspectJsAgent = jvms.recording(jvms.byAspectJsAgent());

    bare = Trial.of("bare", BareCall.class, Jvm.plain());
    clocked = Trial.of("two clock reads", ClockedCall.class, Jvm.plain());
    tracked = Trial.of("tracked", TrackedCall.class, recording).storing();
    waysToTrack =
        List.of(
            Trial.of("tracked, in a context", ScopedCall.class, recording).storing(),
            Trial.of("tracked, woven by our agent", TrackedCall.class, byOwnAgent).storing(),
            Trial.of("tracked, woven by AspectJ's", TrackedCall.class, byAspectJsAgent).storing());
    dropped = Trial.of("tracked, queue full", TrackedCall.class, jvms.dropping(compiled));
    optedOut = Trial.of("tracked, opted out", TrackedCall.class, jvms.optedOut(compiled));
    timed = Trial.of("Micrometer `@Timed`", TimedCall.class, jvms.timed());
    peers =
        List.of(
            timed,
            Trial.of("Micrometer `@Observed`", ObservedCall.class, jvms.observed()),
            Trial.of("Kieker", ProbedCall.class, jvms.probed()),
            Trial.of("OpenTelemetry `@WithSpan`", SpanCall.class, jvms.spanned()));
  }

  /** Calls that other libraries watch. */
  List<Trial> peers() {
    return peers;
  }

  /** Plain calls by one thread. */
  List<Trial> plain() {
    List<Trial> trials = new ArrayList<>(List.of(bare, clocked, tracked));
    trials.addAll(waysToTrack);
    trials.addAll(List.of(dropped, optedOut));
    trials.addAll(peers);
    return trials;
  }

  /** Of the plain calls those that are also measured on two threads. */
  List<Trial> shared() {
    List<Trial> trials = new ArrayList<>(List.of(bare, clocked, tracked, dropped, optedOut));
    trials.addAll(peers);
    return trials;
  }

  /** Calls that return futures. */
  List<Trial> futures() {
    List<Trial> trials = new ArrayList<>();
    for (Kind kind : List.of(Kind.COMPLETED, Kind.PENDING)) {
      for (Trial trial : List.of(bare, tracked, timed)) {
        trials.add(trial.of(kind));
      }
    }
    return trials;
  }
}
