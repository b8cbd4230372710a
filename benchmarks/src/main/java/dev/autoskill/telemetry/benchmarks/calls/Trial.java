package dev.autoskill.telemetry.benchmarks.calls;

/**
 * One thing to measure.
 *
 * @param name what it is called in the tables
 * @param benchmark what is called
 * @param kind what kind of call is made
 * @param threads how many threads make calls
 * @param stores whether all calls are stored, after each batch
 * @param jvm in what JVM
 */
record Trial(
    String name,
    Class<? extends CallBenchmark> benchmark,
    Kind kind,
    int threads,
    boolean stores,
    Jvm jvm) {

  static Trial of(String name, Class<? extends CallBenchmark> benchmark, Jvm jvm) {
    return new Trial(name, benchmark, Kind.PLAIN, 1, false, jvm);
  }

  Trial storing() {
    return new Trial(name, benchmark, kind, threads, true, jvm);
  }

  Trial of(Kind otherKind) {
    return new Trial(name, benchmark, otherKind, threads, stores, jvm);
  }

  Trial onThreads(int count) {
    return new Trial(name, benchmark, kind, count, stores, jvm);
  }
}
