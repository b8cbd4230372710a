package dev.autoskill.telemetry.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.listener.UseObserver;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenTelemetryObserverTest {

  @TempDir Path directory;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .build();

  private TelemetryCollector telemetry;

  @BeforeEach
  void open() {
    telemetry = OpenedCollector.with(directory, new OpenTelemetryObserver(sdk));
  }

  @AfterEach
  void close() {
    telemetry.close();
    sdk.close();
    assertSame(Context.root(), Context.current());
  }

  private Map<String, SpanData> finished() {
    return spans.getFinishedSpanItems().stream()
        .collect(Collectors.toMap(SpanData::getName, span -> span));
  }

  private static Attributes attributes(String skill, String outcome) {
    return Attributes.builder()
        .put("gen_ai.operation.name", "execute_tool")
        .put("gen_ai.tool.name", skill)
        .put("gen_ai.tool.type", "function")
        .put("autoskill.outcome", outcome)
        .build();
  }

  private static Attributes told(SpanData span) {
    return Attributes.builder().putAll(span.getAttributes()).build();
  }

  private static Attributes withError(Attributes attributes, String type) {
    return attributes.toBuilder().put("error.type", type).build();
  }

  @Test
  void aUseIsAChildOfTheCallersSpanAndCurrentWhileItRuns() {
    Span caller = sdk.getTracer("test").spanBuilder("caller").startSpan();
    Scope scope = caller.makeCurrent();
    telemetry.run("outer", () -> telemetry.run("inner", () -> {}));
    assertSame(caller, Span.current());
    scope.close();
    caller.end();

    SpanData outer = finished().get("execute_tool outer");
    SpanData inner = finished().get("execute_tool inner");
    assertEquals(caller.getSpanContext().getSpanId(), outer.getParentSpanId());
    assertEquals(outer.getSpanId(), inner.getParentSpanId());
    assertEquals(caller.getSpanContext().getTraceId(), inner.getTraceId());
    assertEquals(SpanKind.INTERNAL, outer.getKind());
    assertEquals(attributes("outer", "success"), told(outer));
    assertEquals(StatusCode.UNSET, outer.getStatus().getStatusCode());
    assertEquals("dev.autoskill.telemetry", outer.getInstrumentationScopeInfo().getName());
    assertTrue(outer.getStartEpochNanos() <= inner.getStartEpochNanos());
    assertTrue(inner.getEndEpochNanos() <= outer.getEndEpochNanos());
  }

  @Test
  void aFailureIsAnErrorOfTheExceptionsTypeWithoutItsMessage() {
    IllegalStateException failure = new IllegalStateException("private");
    Runnable failing =
        () -> {
          throw failure;
        };
    assertSame(
        failure,
        assertThrows(IllegalStateException.class, () -> telemetry.run("failing", failing)));
    telemetry.call("marked", () -> Outcome.FAILURE);

    SpanData thrown = finished().get("execute_tool failing");
    assertEquals(StatusCode.ERROR, thrown.getStatus().getStatusCode());
    assertEquals("", thrown.getStatus().getDescription());
    assertEquals(
        withError(attributes("failing", "failure"), "java.lang.IllegalStateException"),
        told(thrown));
    assertEquals(List.of(), thrown.getEvents());
    assertEquals(
        withError(attributes("marked", "failure"), "_OTHER"),
        told(finished().get("execute_tool marked")));
  }

  @Test
  void partialAndSkippedUsesAreNoErrors() throws Exception {
    telemetry.run("partial", CurrentSkill::partial);
    assertThrows(
        InterruptedException.class,
        () ->
            telemetry.use(
                "skipped",
                () -> {
                  throw new InterruptedException();
                }));

    for (String outcome : List.of("partial", "skipped")) {
      SpanData span = finished().get("execute_tool " + outcome);
      assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
      assertEquals(attributes(outcome, outcome), told(span));
    }
  }

  /** Durations do not: the conventions have no agent there. */
  @Test
  @SuppressWarnings("try")
  void theSpanNamesTheAgent() {
    try (SkillContext.Scope scope = SkillContext.ofAgent("claude-code").open()) {
      telemetry.run("skill", () -> {});
    }
    Attributes expected = attributes("skill", "success");

    assertEquals(
        expected.toBuilder().put("gen_ai.agent.name", "claude-code").build(),
        told(finished().get("execute_tool skill")));
    MetricData metric = metrics.collectAllMetrics().iterator().next();
    assertEquals(expected, metric.getHistogramData().getPoints().iterator().next().getAttributes());
  }

  @Test
  void aResultThatComesLaterEndsTheSpanThen() throws Exception {
    CompletableFuture<String> result = new CompletableFuture<>();
    telemetry.use("later", () -> result);
    assertEquals(Span.getInvalid(), Span.current());
    assertEquals(Map.of(), finished());

    Thread other =
        new Thread(() -> result.completeExceptionally(new CompletionException(new IOException())));
    other.start();
    other.join();

    SpanData span = finished().get("execute_tool later");
    assertEquals(SpanId.getInvalid(), span.getParentSpanId());
    assertEquals(withError(attributes("later", "failure"), "java.io.IOException"), told(span));
  }

  @Test
  void durationsAreAHistogramInSeconds() {
    telemetry.run("skill", () -> {});
    telemetry.run("skill", () -> {});
    telemetry.call("skill", () -> Outcome.FAILURE);

    MetricData metric = metrics.collectAllMetrics().iterator().next();
    assertEquals("gen_ai.execute_tool.duration", metric.getName());
    assertEquals("s", metric.getUnit());
    Map<Attributes, HistogramPointData> points =
        metric.getHistogramData().getPoints().stream()
            .collect(Collectors.toMap(HistogramPointData::getAttributes, point -> point));
    HistogramPointData success = points.get(attributes("skill", "success"));
    assertEquals(2, success.getCount());
    assertEquals(14, success.getBoundaries().size());
    assertEquals(0.01, success.getBoundaries().get(0));
    double secondsOfSpans =
        spans.getFinishedSpanItems().stream()
            .filter(span -> "success".equals(outcome(span)))
            .mapToDouble(span -> (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e9)
            .sum();
    assertTrue(success.getSum() > 0 && success.getSum() < secondsOfSpans + 1e-3);
    assertEquals(1, points.get(withError(attributes("skill", "failure"), "_OTHER")).getCount());
  }

  private static String outcome(SpanData span) {
    return span.getAttributes().get(AttributeKey.stringKey("autoskill.outcome"));
  }

  /** As where the end of the stack has kept the inner use from being left. */
  @Test
  void aUseThatIsLeftBeforeAnInnerOneLeavesNoSpanCurrent() throws Exception {
    OpenTelemetryObserver observer = new OpenTelemetryObserver(sdk);
    UseObserver.Use outer = observer.began(Skill.named("outer"), "unknown");
    observer.began(Skill.named("inner"), "unknown");
    outer.left();
    assertEquals(Span.getInvalid(), Span.current());
  }

  @Test
  void asAServiceItHasTheGlobalOneOnceThereIsOneAndSetsNone() {
    GlobalOpenTelemetry.resetForTest();
    try (TelemetryCollector found = OpenedCollector.with(OpenedCollector.config(directory))) {
      found.run("early", () -> {});
      GlobalOpenTelemetry.set(sdk);
      found.run("late", () -> {});
    } finally {
      GlobalOpenTelemetry.resetForTest();
    }
    assertEquals(Set.of("execute_tool late"), finished().keySet());
  }

  @Test
  void withoutAnyThereIsNoSpan() {
    AtomicReference<OpenTelemetry> none = new AtomicReference<>();
    for (int i = 0; i < 2; i++) {
      try (TelemetryCollector late =
          OpenedCollector.with(directory, new OpenTelemetryObserver(none::get))) {
        late.run("skill", () -> assertEquals(Span.getInvalid(), Span.current()));
      }
      none.set(OpenTelemetry.noop());
    }
    assertThrows(NullPointerException.class, () -> new OpenTelemetryObserver((OpenTelemetry) null));
  }
}
