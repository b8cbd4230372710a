package dev.autoskill.telemetry.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class PageInBrowserTest {

  private static final Path PICTURE = Path.of("target/page.png");
  private static final int LARGEST_PICTURE = 60_000;

  @TempDir static Path directory;
  private static Browser browser;
  private static URI ordinary;
  private static URI hostile;
  private static URI many;

  @BeforeAll
  static void open() throws SQLException, IOException {
    Optional<Browser> found = Browser.open(directory.resolve("profile"));
    if (found.isEmpty()) {
      System.out.println(
          "browser-tests: skipped, since chromium or chromedriver is not on the PATH");
      Assumptions.abort("no browser");
    }
    browser = found.get();
    ordinary = SamplePage.ordinary(directory);
    hostile = SamplePage.hostile(directory);
    many = SamplePage.many(directory);
    browser.console();
    browser.requests();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void thePageComplainsOfNothingAndAsksForNothing() {
    browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    browser.prefer("light");
    assertEquals(List.of(), browser.console());
    assertEquals(
        List.of(),
        browser.requests().stream()
            .filter(url -> !url.equals("about:blank") && !url.matches("file:.*\\.html(#.*)?"))
            .toList());
  }

  @Test
  void sortsByAClickAndKeepsTheOrderInItsAddress() {
    browser.go(ordinary);

    head("p95").click();
    List<String> slowestFirst = names();
    assertEquals("run-tests", slowestFirst.get(0));
    assertEquals("descending", browser.find("th[data-key=p95]").getDomAttribute("aria-sort"));
    String address = browser.driver().getCurrentUrl();

    head("p95").click();
    assertEquals("parse-xml", names().get(0));
    head("skill").click();
    assertEquals(slowestFirst.stream().sorted().toList(), names());
    assertNull(browser.find("th[data-key=p95]").getDomAttribute("aria-sort"));

    browser.go(URI.create(address));
    assertEquals(slowestFirst, names());
  }

  @Test
  void filtersByNameAndKeepsTheFilterInItsAddress() {
    browser.go(ordinary);

    browser.find("#filter").sendKeys("FIND");
    assertEquals(List.of("find-broken-links"), names());
    assertEquals("1 of 6 skills", browser.find("#shown").getText());

    browser.go(URI.create(browser.driver().getCurrentUrl()));
    assertEquals(List.of("find-broken-links"), names());
    browser.find("#filter").sendKeys(Keys.BACK_SPACE.toString().repeat(4));
    assertEquals(6, names().size());
  }

  @Test
  void showsTheValueUnderThePointer() {
    browser.go(ordinary);

    Object value =
        browser
            .driver()
            .executeScript(
                """
                const column = document.querySelector('.trend g .uses');
                column.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
                return column.closest('figure').querySelector('.value').textContent;
                """);

    assertTrue(value.toString().matches("2026-11-\\d\\d: \\d+ uses, .*"), value.toString());
  }

  @Test
  void aScriptInANameDoesNotRun() {
    browser.go(hostile);

    assertEquals(false, browser.driver().executeScript("return 'owned' in window"));
    assertEquals(5, names().size());
    assertTrue(names().contains("</script><script>window.owned = 1</script>"));
    browser.find("#filter").sendKeys("<script>");
    head("skill").click();
    assertEquals(2, names().size());
    assertEquals(false, browser.driver().executeScript("return 'owned' in window"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axeFindsNothing(String scheme) throws IOException {
    browser.prefer(scheme);
    for (URI page : List.of(ordinary, hostile)) {
      browser.go(page);
      browser.driver().executeScript(axe());
      Object violations =
          browser
              .driver()
              .executeAsyncScript(
                  """
                  const done = arguments[arguments.length - 1];
                  axe.run({ resultTypes: ['violations'] }).then(result => done(result.violations.map(each =>
                      each.id + ': ' + each.nodes.map(node => node.target + ' ' + node.failureSummary).join('; '))));
                  """);
      assertEquals(List.of(), violations);
    }
  }

  @Test
  void darkSurroundingsMakeADarkPage() {
    browser.go(ordinary);
    String light = browser.find("body").getCssValue("background-color");
    browser.prefer("dark");
    assertNotEquals(light, browser.find("body").getCssValue("background-color"));
  }

  @Test
  void everyNumberIsThereWithoutJavaScript() {
    browser.go(ordinary);
    List<String> rows = rows();

    browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    browser.go(ordinary);

    assertFalse(browser.find("#filter").isDisplayed());
    assertEquals(rows, rows());
    assertTrue(rows.get(0).matches("(?s)search-docs.*\\d %.*\\d ms.*2026-11-28 .*"), rows.get(0));
    assertEquals(6, browser.texts("section dl").size());
    assertEquals(6, browser.texts("section .bars").size());
    assertEquals(
        5, Collections.frequency(browser.texts("section caption"), "Most frequent errors"));
  }

  @Test
  void fiveHundredSkillsTakeLessThanASecondOfScripting() {
    browser.devTools("Performance.enable", Map.of());
    browser.go(many);
    assertEquals(
        500L,
        browser
            .driver()
            .executeScript("return document.querySelectorAll('#skills tbody tr').length"));
    double opened = browser.scriptSeconds();
    assertTrue(opened < 1, opened + " s to open");

    double before = browser.scriptSeconds();
    head("p95").click();
    browser.find("#filter").sendKeys("skill-49");
    assertEquals(10, names().size());
    double used = browser.scriptSeconds() - before;
    assertTrue(used < 1, used + " s to sort and filter");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTableIsDownloadedAsCsv(boolean hasScripts) throws IOException, InterruptedException {
    Path downloads = Files.createDirectory(directory.resolve("downloads-" + hasScripts));
    browser.devTools(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", !hasScripts));
    browser.go(ordinary);

    try (WatchService arrivals = downloads.getFileSystem().newWatchService()) {
      downloads.register(
          arrivals, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      browser.find("#csv").click();
      Path file = downloads.resolve("skill-report.csv");
      while (Files.notExists(file) || Files.size(file) == 0) {
        WatchKey arrival = arrivals.poll(20, TimeUnit.SECONDS);
        assertNotNull(arrival, "nothing was downloaded");
        arrival.reset();
      }
      assertTrue(Files.readString(file).startsWith("skillName"), Files.readString(file));
    }
  }

  @Test
  void pictureForTheReadme() throws IOException {
    browser.go(ordinary);

    browser.takePicture(PICTURE);

    assertTrue(Files.size(PICTURE) <= LARGEST_PICTURE, Files.size(PICTURE) + " bytes");
  }

  private static WebElement head(String key) {
    return browser.find("th[data-key=" + key + "] button");
  }

  private static List<String> names() {
    return browser.texts("#skills tbody tr:not([hidden]) th");
  }

  private static List<String> rows() {
    return browser.texts("#skills tbody tr");
  }

  private static String axe() throws IOException {
    try (InputStream script = PageInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
