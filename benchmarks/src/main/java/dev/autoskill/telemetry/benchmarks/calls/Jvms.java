package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.ObservedSkills;
import dev.autoskill.benchmarks.skills.ProbedSkills;
import dev.autoskill.benchmarks.skills.TimedSkills;
import dev.autoskill.benchmarks.skills.TrackedSkills;
import dev.autoskill.telemetry.aspect.TrackedSkillAspect;
import io.micrometer.core.aop.TimedAspect;
import io.micrometer.observation.aop.ObservedAspect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVMs in which the contenders watch, each as its documentation says, at its cheapest. */
final class Jvms {

  private final Path folder;
  private final Weaving weaving;

  /**
   * Makes them.
   *
   * @param folder to put into what they need
   */
  Jvms(Path folder) {
    this.folder = folder;
    this.weaving = new Weaving(folder);
  }

  /** In which this library's aspect is woven by compiler. */
  Jvm compiled() throws IOException {
    return Jvm.plain().withClassPath(weaving.weave(TrackedSkills.class, TrackedSkillAspect.class));
  }

  /** In which this library's agent weaves. */
  Jvm byOwnAgent() {
    return Jvm.plain()
        .withAgent(Agents.OWN.jar())
        .withVariable("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  /** In which AspectJ's agent weaves. */
  Jvm byAspectJsAgent() {
    return Jvm.plain().withAgent(Agents.ASPECTJ.jar());
  }

  /** In which calls are recorded, in the folder in which the JVM is started. */
  Jvm recording(Jvm jvm) {
    return jvm.withFlag(Fate.RECORDED.flag()).withFlag(database(Path.of("telemetry.db")));
  }

  /** In which the queue is full, since there is no place for the spool or the database. */
  Jvm dropping(Jvm jvm) throws IOException {
    Path file = Files.writeString(folder.resolve("no-folder"), "");
    return jvm.withFlag(Fate.DROPPED.flag())
        .withFlag(database(file.resolve("telemetry.db")))
        // So that the first batch fills it.
        .withFlag("-Dautoskill.telemetry.queue-capacity=1024");
  }

  /** For a user who opted out. */
  Jvm optedOut(Jvm jvm) {
    return jvm.withFlag(Fate.UNSEEN.flag()).withVariable("AUTO_SKILL_NO_TELEMETRY", "1");
  }

  /** In which Micrometer's aspects are woven. */
  Jvm timed() throws IOException {
    return Jvm.plain().withClassPath(weaving.weave(TimedSkills.class, TimedAspect.class));
  }

  /** In which Micrometer's aspects for observations are woven. */
  Jvm observed() throws IOException {
    return Jvm.plain().withClassPath(weaving.weave(ObservedSkills.class, ObservedAspect.class));
  }

  /** In which Kieker's probe queues a record of each call for a thread that throws it away. */
  Jvm probed() throws IOException {
    Path aop = Files.createDirectories(folder.resolve("kieker/META-INF")).resolve("aop.xml");
    Files.writeString(
        aop,
        """
        <aspectj>
          <aspects>
            <aspect name="kieker.monitoring.probe.aspectj.operationExecution.OperationExecutionAspectFull"/>
          </aspects>
          <weaver>
            <include within="%s"/>
          </weaver>
        </aspectj>
        """
            .formatted(ProbedSkills.class.getName()));
    String kieker = "-Dkieker.monitoring.";
    return Jvm.plain()
        .withClassPath(folder.resolve("kieker"))
        .withAgent(Agents.KIEKER.jar())
        .withFlag(kieker + "writer=kieker.monitoring.writer.dump.DumpWriter")
        .withFlag(kieker + "metadata=false")
        // As large as this library's, so that no caller waits for room.
        .withFlag(kieker + "core.controller.WriterController.RecordQueueSize=65536");
  }

  /** In which OpenTelemetry's agent makes spans and exports none. */
  Jvm spanned() {
    return Jvm.plain()
        .withAgent(Agents.OPENTELEMETRY.jar())
        .withFlag("-Dotel.traces.exporter=none")
        .withFlag("-Dotel.metrics.exporter=none")
        .withFlag("-Dotel.logs.exporter=none");
  }

  private static String database(Path file) {
    return "-Dautoskill.telemetry.database=" + file;
  }
}
