package dev.autoskill.telemetry.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes that leave the process by OpenTelemetry's own exporters. */
class OtlpExportTest {

  @TempDir Path directory;

  /** By the path that they were sent to. */
  private final Map<String, byte[]> received = new ConcurrentHashMap<>();

  private HttpServer sink;

  @BeforeEach
  void start() throws IOException {
    sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/",
        exchange -> {
          received.put(
              exchange.getRequestURI().getPath(), exchange.getRequestBody().readAllBytes());
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
  }

  @AfterEach
  void stop() {
    sink.stop(0);
  }

  private OpenTelemetrySdk exportingSdk() {
    String endpoint = "http://127.0.0.1:" + sink.getAddress().getPort();
    OtlpHttpSpanExporter spans =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").build();
    OtlpHttpMetricExporter metrics =
        OtlpHttpMetricExporter.builder().setEndpoint(endpoint + "/v1/metrics").build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.create(metrics))
                .build())
        .build();
  }

  @Test
  void spansAndDurationsAreSentWithNamesAttributesTimesAndParents() throws Exception {
    Instant before = Instant.now();
    try (OpenTelemetrySdk sdk = exportingSdk();
        TelemetryCollector telemetry =
            OpenedCollector.with(directory, new OpenTelemetryObserver(sdk))) {
      Span request = sdk.getTracer("application").spanBuilder("request").startSpan();
      Scope scope = request.makeCurrent();
      telemetry.use("review", () -> telemetry.use("read", () -> Outcome.FAILURE));
      scope.close();
      request.end();
    }
    Instant after = Instant.now();

    Map<String, io.opentelemetry.proto.trace.v1.Span> spans =
        ExportTraceServiceRequest.parseFrom(received.get("/v1/traces"))
            .getResourceSpansList()
            .stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .flatMap(scope -> scope.getSpansList().stream())
            .collect(Collectors.toMap(span -> span.getName(), span -> span));
    var request = spans.get("request");
    var review = spans.get("execute_tool review");
    var read = spans.get("execute_tool read");
    assertEquals(3, spans.size());
    assertEquals(request.getSpanId(), review.getParentSpanId());
    assertEquals(review.getSpanId(), read.getParentSpanId());
    assertEquals(request.getTraceId(), read.getTraceId());
    assertEquals(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_INTERNAL, read.getKind());
    assertEquals(Status.StatusCode.STATUS_CODE_ERROR, read.getStatus().getCode());
    Map<String, String> failure =
        Map.of(
            "gen_ai.operation.name", "execute_tool",
            "gen_ai.tool.name", "read",
            "gen_ai.tool.type", "function",
            "autoskill.outcome", "failure",
            "error.type", "_OTHER");
    assertEquals(failure, texts(read.getAttributesList()));
    assertTrue(nanos(before) <= review.getStartTimeUnixNano());
    assertTrue(review.getStartTimeUnixNano() <= read.getStartTimeUnixNano());
    assertTrue(read.getStartTimeUnixNano() <= read.getEndTimeUnixNano());
    assertTrue(read.getEndTimeUnixNano() <= review.getEndTimeUnixNano());
    assertTrue(review.getEndTimeUnixNano() <= nanos(after));

    Metric metric = durations();
    assertEquals("s", metric.getUnit());
    HistogramDataPoint point =
        metric.getHistogram().getDataPointsList().stream()
            .filter(each -> texts(each.getAttributesList()).equals(failure))
            .findFirst()
            .orElseThrow();
    assertEquals(1, point.getCount());
    double secondsOfSpan = (read.getEndTimeUnixNano() - read.getStartTimeUnixNano()) / 1e9;
    assertTrue(point.getSum() > 0 && point.getSum() < secondsOfSpan + 1e-3);
  }

  private Metric durations() throws IOException {
    List<Metric> metrics =
        ExportMetricsServiceRequest.parseFrom(received.get("/v1/metrics"))
            .getResourceMetricsList()
            .stream()
            .flatMap(resource -> resource.getScopeMetricsList().stream())
            .flatMap(scope -> scope.getMetricsList().stream())
            .filter(metric -> metric.getName().equals("gen_ai.execute_tool.duration"))
            .toList();
    assertEquals(1, metrics.size());
    return metrics.get(0);
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> texts = new TreeMap<>();
    attributes.forEach(each -> texts.put(each.getKey(), each.getValue().getStringValue()));
    return texts;
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
