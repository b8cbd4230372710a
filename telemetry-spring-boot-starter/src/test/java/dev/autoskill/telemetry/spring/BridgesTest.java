package dev.autoskill.telemetry.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.autoskill.telemetry.Telemetry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The class path of the tests has both modules that pass on to others. */
class BridgesTest {

  /** That of the present test: the end of a context closes it. */
  private static InMemorySpanExporter exporter;

  @TempDir Path directory;

  @BeforeEach
  @AfterEach
  void reset() {
    Telemetry.reset();
    GlobalOpenTelemetry.resetForTest();
    exporter = InMemorySpanExporter.create();
  }

  private static OpenTelemetrySdk sdk() {
    SpanProcessor processor = SimpleSpanProcessor.create(exporter);
    return OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(processor).build())
        .build();
  }

  private static List<String> spans() {
    return exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
  }

  @EnableAutoConfiguration
  static class WithBeans {

    static SimpleMeterRegistry registry;

    @Bean
    SimpleMeterRegistry registry() {
      return registry;
    }

    @Bean
    OpenTelemetrySdk openTelemetry() {
      return sdk();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void usesArePassedOnToTheBeansOfTheApplication(boolean isLazy) {
    WithBeans.registry = new SimpleMeterRegistry();
    try (App app =
        App.start(
            WithBeans.class,
            App.database(directory.resolve("telemetry.db")),
            "spring.main.lazy-initialization=" + isLazy)) {
      app.collector().run("search", () -> {});
      assertEquals(List.of("execute_tool search"), spans());
    }
    assertEquals(1, WithBeans.registry.get("skill.uses").tag("skill", "search").timer().count());
    assertNull(Metrics.globalRegistry.find("skill.uses").timer());
  }

  @Test
  void anApplicationMayExcludeABridgeAndThenTheGlobalRegistryIsUsed() {
    WithBeans.registry = new SimpleMeterRegistry();
    SimpleMeterRegistry global = new SimpleMeterRegistry();
    Metrics.addRegistry(global);
    try (App app =
        App.start(
            WithBeans.class,
            App.database(directory.resolve("telemetry.db")),
            "management.metrics.use-global-registry=false",
            "spring.autoconfigure.exclude=" + MicrometerAutoConfiguration.class.getName())) {
      app.collector().run("search", () -> {});
    } finally {
      Metrics.removeRegistry(global);
    }
    assertNull(WithBeans.registry.find("skill.uses").timer());
    assertEquals(1, global.get("skill.uses").tag("skill", "search").timer().count());
    Metrics.globalRegistry.clear();
  }

  @ImportAutoConfiguration({
    SkillTelemetryAutoConfiguration.class,
    MicrometerAutoConfiguration.class,
    OpenTelemetryAutoConfiguration.class
  })
  static class WithNothingBeside {}

  @Test
  void withoutSuchBeansTheGlobalOnesGetThem() {
    SimpleMeterRegistry global = new SimpleMeterRegistry();
    Metrics.addRegistry(global);
    GlobalOpenTelemetry.set(sdk());
    try (App app =
        App.start(WithNothingBeside.class, App.database(directory.resolve("telemetry.db")))) {
      app.collector().run("search", () -> {});
      assertEquals(List.of("execute_tool search"), spans());
    } finally {
      Metrics.removeRegistry(global);
    }
    assertEquals(1, global.get("skill.uses").tag("skill", "search").timer().count());
    Metrics.globalRegistry.clear();
  }
}
