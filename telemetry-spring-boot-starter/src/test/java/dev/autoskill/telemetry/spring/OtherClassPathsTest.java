package dev.autoskill.telemetry.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.Telemetry;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that lack some of Spring Boot. */
class OtherClassPathsTest {

  @TempDir Path directory;

  /** Runs where it is loaded, and answers with the names of this library's beans. */
  public static final class Program implements Callable<List<String>> {

    private final String database;

    public Program(String database) {
      this.database = database;
    }

    @Override
    public List<String> call() {
      try (App app = App.start(App.Plain.class, App.database(Path.of(database)))) {
        Telemetry.collector().run("search", () -> {});
        assertEquals(1, app.collector().getEvents().size());
        return Stream.of(app.context().getBeanDefinitionNames())
            .filter(name -> name.startsWith("skill"))
            .sorted()
            .toList();
      }
    }
  }

  @Test
  void withoutTheActuatorThereIsTheCollector() throws Exception {
    assertEquals(
        List.of(
            "skillTelemetry",
            "skillTelemetryCollector",
            "skillTelemetryMcpTools",
            "skillTelemetryMicrometer",
            "skillTelemetryOpenTelemetry"),
        beansWithout("spring-boot-(actuator|health).*"));
  }

  @Test
  void withoutMicrometerAndOpenTelemetryThereIsTheCollector() throws Exception {
    assertEquals(
        List.of("skillTelemetry", "skillTelemetryCollector", "skillTelemetryMcpTools"),
        beansWithout("spring-boot-(actuator|health).*|micrometer-.*|opentelemetry-.*"));
  }

  private List<String> beansWithout(String pattern) throws Exception {
    List<URL> urls = new ArrayList<>();
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : all.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (!path.getFileName().toString().matches(pattern)) {
        urls.add(path.toUri().toURL());
      }
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      @SuppressWarnings("unchecked")
      Callable<List<String>> program =
          (Callable<List<String>>)
              loader
                  .loadClass(Program.class.getName())
                  .getConstructor(String.class)
                  .newInstance(directory.resolve("telemetry.db").toString());
      return program.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
