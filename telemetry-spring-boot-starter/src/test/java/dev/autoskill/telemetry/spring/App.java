package dev.autoskill.telemetry.spring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.TelemetryCollector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application while it runs. */
record App(ConfigurableApplicationContext context) implements AutoCloseable {

  /** An answer of the application's server. */
  record Answer(int status, JsonNode body) {}

  /** As little as an application may be. */
  @EnableAutoConfiguration
  static class Plain {}

  /**
   * Starts one without a server.
   *
   * @param properties as on the command line, without the dashes
   */
  static App start(Class<?> main, String... properties) {
    return start(builder(main).web(WebApplicationType.NONE), properties);
  }

  static App start(SpringApplicationBuilder builder, String... properties) {
    return new App(builder.run(arguments(properties)));
  }

  /** Starts one with a server whose endpoints are all exposed. */
  static App serve(Class<?> main, String... properties) {
    return new App(
        builder(main)
            .properties(
                "server.port=0",
                "server.address=127.0.0.1",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always")
            .run(arguments(properties)));
  }

  static SpringApplicationBuilder builder(Class<?> main) {
    return new SpringApplicationBuilder(main)
        .properties(
            "spring.main.banner-mode=off",
            "logging.level.root=off",
            // On a slow machine, too, all is stored when the context is closed.
            "autoskill.telemetry.close-timeout=1m");
  }

  private static String[] arguments(String... properties) {
    return Stream.of(properties).map(property -> "--" + property).toArray(String[]::new);
  }

  static String database(Path file) {
    return "autoskill.telemetry.database=" + file;
  }

  TelemetryCollector collector() {
    return context.getBean(TelemetryCollector.class);
  }

  Answer get(String path) throws IOException, InterruptedException {
    String port = context.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(1))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), new ObjectMapper().readTree(response.body()));
  }

  /** The skills of all that is in the database itself, and not just in a spool, in order. */
  static List<String> stored(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT skill_name FROM skill_telemetry ORDER BY id")) {
      Stream.Builder<String> names = Stream.builder();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names.build().toList();
    }
  }

  /** The names of the library's threads that run now. */
  static List<String> threads() {
    return running().map(Thread::getName).sorted().toList();
  }

  /** Waits until none of the library's threads runs. */
  static void awaitThreads() throws InterruptedException {
    for (Thread thread : running().toList()) {
      thread.join(Duration.ofMinutes(1).toMillis());
    }
  }

  private static Stream<Thread> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("autoskill-telemetry"));
  }

  @Override
  public void close() {
    context.close();
  }
}
