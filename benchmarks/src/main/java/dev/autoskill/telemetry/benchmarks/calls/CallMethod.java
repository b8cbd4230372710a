package dev.autoskill.telemetry.benchmarks.calls;

/** Says how calls are measured. */
final class CallMethod {

  private static final String TEXT =
      """
      The method that is called multiplies and adds, so what watches it is all there is to measure. Each contender has a \
      class of its own and is woven into nothing else; JMH runs each in JVMs of their own, without the environment's \
      opt-outs. A plain loop makes a hundred times more calls than a disk takes, and would measure how fast calls are \
      dropped. So **all** contenders, the clock reads too, make their calls in batches of %,d a thread, each a single \
      shot of JMH's; before each, this library stores all that it has recorded, so that the queue (65,536) is empty. A \
      trial fails if one call was dropped that should be recorded, or the other way round, and if Micrometer did not \
      time all. Threads start a batch together.

      Rounds of all trials (%d; one less on two threads, and of futures) follow each other, so that a machine that is slow for a while is slow for all; in \
      each, a trial has a new JVM, and %d batches count. *ns* is the batch in the middle, *±* half of the interval that \
      holds the true middle with a probability of 99 %%, *mean ns* all batches together, with what the garbage \
      collector, the writer's thread and other programs took. The writer looks every 5 ms, and a batch takes less than 1 ms: \
      the batch in the middle ran while the writer rested, as calls do in most programs; the mean shows both. Where two \
      threads make calls on two cores, none is left for it. *B* is what the calling threads allocated, *B, all threads* \
      what JMH's `gc` profiler says: the storing between the batches and JMH itself are in it.

      Micrometer's aspects are woven by compiler, and use the global registry with a `SimpleMeterRegistry`, or with a \
      `DefaultMeterObservationHandler` in front of one. Kieker's agent weaves `OperationExecutionAspectFull` into that \
      one class; its queue is as large as this library's, and its `DumpWriter` throws all away. OpenTelemetry's agent \
      has no exporters. A tracked call is woven by compiler unless the row says otherwise; in *queue full* all calls are \
      dropped, since neither spool nor database can be written. Where a future is completed after the call, that is \
      counted as part of the call.
      """;

  private CallMethod() {}

  /** The text, in Markdown. */
  static String text(Repetitions repetitions) {
    return TEXT.formatted(CallBenchmark.BATCH, repetitions.rounds(), repetitions.batches());
  }
}
