package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent and the command contain other libraries, so they say which, under which licences. */
class ContainedLibrariesTest {

  private static final String MOVED = "dev/autoskill/telemetry/agent/libraries/";

  /** Libraries by the folders of their classes; the first that fits. */
  private static final List<Map.Entry<String, String>> LIBRARIES =
      List.of(
          Map.entry(MOVED + "com/github/f4b6a3/ulid/", "ulid-creator"),
          Map.entry(MOVED + "gg/jte/", "jte-runtime"),
          Map.entry(MOVED + "io/leangen/geantyref/", "geantyref"),
          Map.entry(MOVED + "org/jdbi/v3/core/inlined/org/antlr/", "antlr4-runtime"),
          Map.entry(MOVED + "org/jdbi/v3/core/", "jdbi3-core"),
          Map.entry(MOVED + "org/jdbi/v3/", "jdbi3-sqlobject"),
          Map.entry(MOVED + "org/jspecify/", "jspecify"),
          Map.entry(MOVED + "org/slf4j/nop/", "slf4j-nop"),
          Map.entry(MOVED + "org/slf4j/", "slf4j-api"),
          Map.entry("aj/org/objectweb/asm/", "asm"),
          Map.entry("org/aspectj/lang/", "aspectjrt"),
          Map.entry("org/aspectj/", "aspectjweaver"),
          Map.entry("org/sqlite/", "sqlite-jdbc"),
          Map.entry("dev/autoskill/telemetry/", ""));

  @Test
  void theNoticeListsTheLibraryOfEachClass() throws IOException {
    TreeSet<String> contained = new TreeSet<>();
    try (JarFile jar = agent()) {
      jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .forEach(name -> contained.add(libraryOf(name)));
    }
    contained.remove("");
    assertEquals(contained, listed(text("META-INF/NOTICE")));
  }

  /** One that is inside another is in none of its own. */
  @Test
  void theBillOfMaterialsListsThemToo() throws IOException {
    Path file = Repository.path("telemetry-agent/target/bom.json");
    assumeTrue(Files.exists(file), "Maven makes the bill of materials only online");
    String bill = Files.readString(file);
    assertTrue(bill.contains("\"bomFormat\" : \"CycloneDX\""));
    TreeSet<String> listed = listed(text("META-INF/NOTICE"));
    listed.removeIf(library -> bill.contains("\"name\" : \"" + library + "\""));
    assertEquals(Set.of("antlr4-runtime"), listed);
  }

  @Test
  void theCommandCarriesTheNoticeAndTheLicencesOfItsJars() throws IOException {
    Path command;
    try (Stream<Path> all = Files.walk(Repository.path("telemetry-cli/target"))) {
      command =
          all.filter(file -> file.endsWith("skill-telemetry/NOTICE"))
              .findFirst()
              .orElseThrow()
              .getParent();
    }
    TreeSet<String> libraries = new TreeSet<>(Set.of("antlr4-runtime"));
    try (Stream<Path> jars = Files.list(command.resolve("lib"))) {
      jars.map(jar -> jar.getFileName().toString())
          .filter(jar -> !jar.contains("telemetry"))
          .forEach(jar -> libraries.add(jar.replaceFirst("-[0-9.]+\\.jar$", "")));
    }
    TreeSet<String> listed = listed(Files.readString(command.resolve("NOTICE")));
    assertEquals(libraries, listed);
    assertTrue(Files.readString(command.resolve("NOTICE")).contains("stringprep"));
    Path driver;
    try (Stream<Path> jars = Files.list(command.resolve("lib"))) {
      driver = jars.filter(jar -> jar.toString().contains("/postgresql-")).findAny().orElseThrow();
    }
    assertTrue(text(driver, "META-INF/LICENSE").contains("PostgreSQL Global Development Group"));
    for (String file :
        List.of(
            "LICENSE",
            "licences/ulid-creator.txt",
            "licences/antlr4-runtime.txt",
            "licences/slf4j.txt")) {
      assertTrue(Files.size(command.resolve(file)) > 0, file);
    }
  }

  private static TreeSet<String> listed(String notice) {
    TreeSet<String> listed = new TreeSet<>();
    for (String line : notice.split("\n")) {
      if (line.matches("\\S+ .*\\([a-z0-9.]+\\).*")) {
        listed.add(line.substring(0, line.indexOf(' ')));
      }
    }
    return listed;
  }

  private static String libraryOf(String name) {
    return LIBRARIES.stream()
        .filter(library -> name.startsWith(library.getKey()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("of no listed library: " + name))
        .getValue();
  }

  @ParameterizedTest
  @CsvSource({
    "META-INF/LICENSE, Apache License",
    "META-INF/maven/org.xerial/sqlite-jdbc/LICENSE, Apache License",
    "META-INF/maven/org.xerial/sqlite-jdbc/LICENSE.zentus, David Crawshaw",
    "META-INF/licences/ulid-creator.txt, Fabio Lima",
    "META-INF/licences/antlr4-runtime.txt, The ANTLR Project",
    "META-INF/licences/slf4j.txt, QOS.ch",
    "licenses/LICENSE-EPL-2.0.txt, Eclipse Public License",
    "licenses/LICENSE-BSD-3-CLAUSE.txt, ASM",
    "META-INF/NOTICE, https://github.com/eclipse-aspectj/aspectj",
  })
  void eachLicenceIsInside(String entry, String words) throws IOException {
    assertTrue(text(entry).contains(words), entry);
  }

  private static JarFile agent() throws IOException {
    return new JarFile(Repository.agentJar().toFile());
  }

  private static String text(String entry) throws IOException {
    return text(Repository.agentJar(), entry);
  }

  private static String text(Path jar, String entry) throws IOException {
    try (JarFile open = new JarFile(jar.toFile())) {
      return new String(
          open.getInputStream(open.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
