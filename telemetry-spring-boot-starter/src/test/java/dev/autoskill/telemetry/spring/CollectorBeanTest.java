package dev.autoskill.telemetry.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

class CollectorBeanTest {

  @TempDir Path directory;
  private Path database;
  private List<String> before;

  @BeforeEach
  void name() {
    before = App.threads();
    database = directory.resolve("telemetry").resolve("telemetry.db");
  }

  @AfterEach
  void reset() {
    Telemetry.reset();
    assertEquals(before, App.threads());
  }

  @Test
  void springBootIsOfTheVersionToBeTested() {
    assertEquals(System.getProperty("spring-boot.version"), SpringBootVersion.getVersion());
  }

  @Test
  void itIsTheProcesssUntilTheContextIsClosed() throws Exception {
    TelemetryCollector collector;
    try (App app = App.start(App.Plain.class, App.database(database))) {
      collector = app.collector();
      assertSame(collector, Telemetry.collector());
      for (int i = 0; i < 1_000; i++) {
        Telemetry.collector().run("search", () -> {});
      }
    }

    assertEquals(1_000, App.stored(database).size());
    assertEquals(before, App.threads());
    Telemetry.collector().run("late", () -> {});
    assertSame(collector, Telemetry.collector());
    assertEquals(1, collector.stats().dropped());
  }

  /** A bean that uses skills from the first to the last moment. */
  static final class Busy implements DisposableBean {

    Busy() {
      Telemetry.collector().run("made", () -> {});
    }

    @Override
    public void destroy() {
      Telemetry.collector().run("destroyed", () -> {});
    }
  }

  @EnableAutoConfiguration
  static class WithBusyBean {

    @Bean
    Busy busy() {
      return new Busy();
    }
  }

  @Test
  void itIsThereBeforeOtherBeansAndAfterThem() throws Exception {
    try (App app = App.start(WithBusyBean.class, App.database(database))) {
      assertTrue(app.collector().isRecording());
    }
    assertEquals(List.of("made", "destroyed"), App.stored(database));
  }

  @Test
  void eachRestartRecords() throws Exception {
    for (int i = 0; i < 3; i++) {
      App.start(WithBusyBean.class, App.database(database)).close();
    }
    assertEquals(6, App.stored(database).size());
  }

  @Test
  void theNewestOpenContextRecordsWhatIsWoven() throws Exception {
    Path second = directory.resolve("second.db");
    Path third = directory.resolve("third.db");
    App first = App.start(App.Plain.class, App.database(database));
    App middle = App.start(App.Plain.class, App.database(second));
    App last = App.start(App.Plain.class, App.database(third));

    Telemetry.collector().run("for-the-third", () -> {});
    middle.close();
    Telemetry.collector().run("for-the-third", () -> {});
    last.close();
    Telemetry.collector().run("for-the-first", () -> {});
    first.close();

    assertEquals(List.of("for-the-first"), App.stored(database));
    assertFalse(second.toFile().exists());
    assertEquals(List.of("for-the-third", "for-the-third"), App.stored(third));
  }

  @Test
  void whatATestHasInstalledStays() {
    App first = App.start(App.Plain.class, App.database(database));
    App second = App.start(App.Plain.class, App.database(directory.resolve("second.db")));
    try (TelemetryCollector ofTest = TelemetryCollector.open(directory.resolve("test.db"))) {
      Telemetry.install(ofTest);
      second.close();
      first.close();
      assertSame(ofTest, Telemetry.collector());
    }
  }

  @Test
  void aChildContextHasThatOfItsParent() {
    App parent = App.start(App.Plain.class, App.database(database));
    App child =
        App.start(
            App.builder(App.Plain.class).web(WebApplicationType.NONE).parent(parent.context()),
            App.database(directory.resolve("child.db")));

    assertSame(parent.collector(), child.collector());
    assertSame(parent.collector(), Telemetry.collector());
    child.close();
    assertSame(parent.collector(), Telemetry.collector());
    Telemetry.collector().run("search", () -> {});
    assertTrue(parent.collector().flush(Duration.ofMinutes(1)));
    assertEquals(1, parent.collector().stats().stored());
    parent.close();
  }

  @EnableAutoConfiguration
  static class WithItsOwn {

    private static Path file;

    @Bean
    TelemetryCollector mine() {
      return TelemetryCollector.open(file);
    }
  }

  @Test
  void theApplicationsOwnIsInstalledInstead() throws Exception {
    WithItsOwn.file = database;
    Path unused = directory.resolve("unused.db");
    try (App app =
        App.start(WithItsOwn.class, App.database(unused), "spring.main.lazy-initialization=true")) {
      assertSame(app.context().getBean("mine"), app.collector());
      Telemetry.collector().run("search", () -> {});
    }

    assertEquals(List.of("search"), App.stored(database));
    assertFalse(unused.toFile().exists());
  }

  @EnableAutoConfiguration
  static class WithTwo extends WithItsOwn {

    @Bean
    TelemetryCollector another() {
      return TelemetryCollector.open(WithItsOwn.file.resolveSibling("another.db"));
    }
  }

  @Test
  void ofSeveralNoneIsInstalled() {
    WithItsOwn.file = database;
    try (App app = App.start(WithTwo.class)) {
      app.context()
          .getBeansOfType(TelemetryCollector.class)
          .values()
          .forEach(collector -> assertNotSame(collector, Telemetry.collector()));
    }
  }

  @EnableAutoConfiguration
  static class WithOneThatComesFirst extends WithItsOwn {

    @Bean
    @Primary
    TelemetryCollector first() {
      return TelemetryCollector.open(WithItsOwn.file.resolveSibling("first.db"));
    }
  }

  @Test
  void ofSeveralThePrimaryOneIsInstalled() {
    WithItsOwn.file = database;
    try (App app = App.start(WithOneThatComesFirst.class)) {
      assertSame(app.context().getBean("first"), Telemetry.collector());
    }
  }

  @EnableAutoConfiguration
  static class Failing {

    @Bean
    Busy busy() {
      Telemetry.collector().run("before", () -> {});
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void aStartThatFailsClosesItToo() throws Exception {
    assertThrows(RuntimeException.class, () -> App.start(Failing.class, App.database(database)));

    assertEquals(before, App.threads());
    assertEquals(List.of("before"), App.stored(database));
  }

  @Test
  void anApplicationMayExcludeIt() {
    try (App app =
        App.start(
            App.Plain.class,
            App.database(database),
            "spring.autoconfigure.exclude=" + SkillTelemetryAutoConfiguration.class.getName())) {
      assertThrows(NoSuchBeanDefinitionException.class, app::collector);
    }
  }

  /**
   * The close timeout, of five seconds by default, is that of the exit here. The class path has two
   * modules that pass on to others, each of which could wait for a second.
   */
  @Test
  void aLockedDatabaseHoldsTheEndUpNoLongerThanTheExitTimeout() throws Exception {
    App app =
        App.start(
            App.Plain.class,
            App.database(database),
            "autoskill.telemetry.close-timeout=",
            "autoskill.telemetry.exit-timeout=50ms");
    app.collector().run("stored", () -> {});
    assertTrue(app.collector().flush(Duration.ofMinutes(1)));
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      app.collector().run("spooled", () -> {});
      long start = System.nanoTime();
      app.close();
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(taken.compareTo(Duration.ofSeconds(2)) < 0, taken.toString());
    }
    App.awaitThreads();
    try (TelemetryCollector later = TelemetryCollector.open(database)) {
      assertEquals(2, later.getEvents().size());
    }
  }

  @Test
  void whereItIsSwitchedOffNothingIsRecordedNorLater() {
    try (App app =
        App.start(
            WithBusyBean.class, App.database(database), "autoskill.telemetry.disabled=true")) {
      assertFalse(app.collector().isRecording());
    }
    assertFalse(database.toFile().exists());
    assertEquals(List.of(), List.of(directory.toFile().list()));
  }
}
