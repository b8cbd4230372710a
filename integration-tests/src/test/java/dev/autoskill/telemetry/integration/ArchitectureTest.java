package dev.autoskill.telemetry.integration;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aspectj.lang.JoinPoint;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.autoskill.telemetry";

  /** Lowest first: a package may use those before it, and itself. */
  private static final List<String> STREET =
      List.of(
          ROOT + ".annotations.running",
          ROOT + ".annotations",
          ROOT + ".event",
          ROOT + ".report",
          ROOT + ".privacy",
          ROOT + ".beacon",
          ROOT + ".error",
          ROOT + ".recording",
          ROOT + ".listener",
          ROOT + ".outcome",
          ROOT + ".sqlite.error",
          ROOT + ".sqlite.pushed",
          ROOT + ".sqlite",
          ROOT,
          ROOT + ".session",
          ROOT + ".sync",
          ROOT + ".postgres",
          ROOT + ".otlp",
          ROOT + ".mcp",
          ROOT + ".micrometer",
          ROOT + ".otel",
          ROOT + ".spring",
          ROOT + ".cli.statistics",
          ROOT + ".cli.output",
          ROOT + ".cli.html",
          ROOT + ".cli.mcp",
          ROOT + ".cli",
          ROOT + ".kotlin",
          ROOT + ".aspect",
          ROOT + ".aspect.langchain4j",
          ROOT + ".aspect.mcp",
          ROOT + ".agent",
          ROOT + ".junit",
          ROOT + ".processor");

  private static final Pattern ADVICE =
      Pattern.compile("(?ms)^  Object around\\([^{]*\\{\\n(.*?)^  }");

  /** The published core. */
  private static final List<String> CORE =
      List.of(
          "telemetry-processor",
          "telemetry-annotations",
          "telemetry-store",
          "telemetry-aspect",
          "telemetry-agent");

  private static final List<String> MODULES =
      Stream.concat(
              CORE.stream(),
              Stream.of(
                  "telemetry-cli",
                  "telemetry-kotlin",
                  "telemetry-mcp",
                  "telemetry-postgres",
                  "telemetry-junit",
                  "telemetry-micrometer",
                  "telemetry-otel",
                  "telemetry-spring-boot-starter"))
          .toList();

  /** Features beyond the core: the budget leaves them out. */
  private static final List<String> BEYOND =
      List.of("error", "listener", "session", "langchain4j", "mcp", "pushed");

  /** A new feature that needs more first makes room. */
  private static final int MOST_LINES = 15_510;

  private static final int MOST_FILES = 136;

  private static final int MOST_LINES_OF_ADVICE = 10;
  private static final int MOST_LINES_OF_A_FILE = 300;

  /** Of aspects, agent and outcomes together: what comes between a program and its methods. */
  private static final int MOST_LINES_OF_WEAVING = 3_820;

  private static final int MOST_LINES_OF_A_WEAVING_FILE = 250;

  /** Not from the jars: the agent's holds others' classes too. */
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .importPaths(MODULES.stream().map(ArchitectureTest::classesOf).toList());

  private static Path classesOf(String module) {
    return Repository.path(module + "/target/classes/dev");
  }

  @Test
  void allOfTheProductIsLookedAt() {
    for (String name : STREET) {
      assertTrue(PRODUCT.stream().anyMatch(type -> type.getPackageName().equals(name)), name);
    }
    classes().should().resideInAnyPackage(STREET.toArray(String[]::new)).check(PRODUCT);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(*)..").namingSlices("$1").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void dependenciesGoOneWay() {
    for (int i = 0; i < STREET.size(); i++) {
      List<String> later = STREET.subList(i + 1, STREET.size());
      if (!later.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(STREET.get(i))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later.toArray(String[]::new))
            .check(PRODUCT);
      }
    }
  }

  @Test
  void annotationsDependOnNothing() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".annotations")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", ROOT + ".annotations..")
        .check(PRODUCT);
  }

  @Test
  void theProcessorDependsOnTheCompilersInterfacesOnly() {
    String processor = ROOT + ".processor";
    classes()
        .that()
        .resideInAPackage(processor)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax.annotation.processing", "javax.lang.model..", "javax.tools", processor)
        .check(PRODUCT);
  }

  @Test
  void eachLibraryHasItsPackages() {
    // To the agent and the aspects, URLs are names of a class loader's resources.
    DescribedPredicate<JavaClass> names =
        type(URL.class).or(type(URLConnection.class)).or(type(URLClassLoader.class));
    DescribedPredicate<JavaClass> network =
        resideInAPackage("java.net..").and(not(type(URI.class)));
    onlyIn(
        List.of(ROOT + ".sqlite..", ROOT + ".sync", ROOT + ".postgres"),
        resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi.."));
    onlyIn(List.of(ROOT + ".sqlite.."), resideInAPackage("org.sqlite.."));
    onlyIn(List.of(ROOT + ".postgres"), resideInAPackage("org.postgresql.."));
    onlyIn(
        List.of(ROOT + ".processor"),
        resideInAnyPackage("javax.annotation.processing", "javax.lang.model..", "javax.tools"));
    onlyIn(
        List.of(ROOT + ".kotlin", ROOT + ".aspect", ROOT + ".agent"),
        resideInAnyPackage("org.objectweb.asm.."));
    onlyIn(List.of(ROOT + ".aspect..", ROOT + ".agent"), resideInAnyPackage("org.aspectj.."));
    onlyIn(
        List.of(ROOT + ".mcp"), resideInAnyPackage("io.modelcontextprotocol..", "reactor.core.."));
    onlyIn(List.of(ROOT + ".micrometer", ROOT + ".spring"), resideInAPackage("io.micrometer.."));
    onlyIn(List.of(ROOT + ".otel", ROOT + ".spring"), resideInAPackage("io.opentelemetry.."));
    onlyIn(List.of(ROOT + ".spring"), resideInAPackage("org.springframework.."));
    List<String> senders = List.of(ROOT + ".beacon", ROOT + ".postgres", ROOT + ".otlp");
    onlyIn(
        Stream.concat(senders.stream(), Stream.of(ROOT + ".agent", ROOT + ".aspect")).toList(),
        network);
    onlyIn(senders, network.and(not(names)));
  }

  private static void onlyIn(List<String> packages, DescribedPredicate<JavaClass> types) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages.toArray(String[]::new))
        .should()
        .dependOnClassesThat(are(types))
        .check(PRODUCT);
  }

  @Test
  void theEnvironmentIsReadInOnePlace() {
    noClasses()
        .that()
        .areNotAssignableTo(Environment.class)
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(PRODUCT);
  }

  @Test
  void nothingIsPrintedButDiagnostics() {
    noClasses()
        .that()
        .doNotHaveSimpleName("DebugOutput")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(PRODUCT);
  }

  @Test
  void nobodyLooksIntoACall() {
    noClasses()
        .should()
        .callMethod(JoinPoint.class, "getArgs")
        .orShould()
        .callMethod(JoinPoint.class, "getThis")
        .orShould()
        .callMethod(JoinPoint.class, "getTarget")
        .orShould()
        .callMethod(Thread.class, "getName")
        .check(PRODUCT);
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".sqlite", ROOT + ".cli..")
        .should()
        .callMethod(Throwable.class, "getMessage")
        .orShould()
        .callMethod(Throwable.class, "getLocalizedMessage")
        .orShould()
        .callMethod(Throwable.class, "toString")
        .orShould()
        .callMethod(Throwable.class, "getStackTrace")
        .check(PRODUCT);
  }

  @Test
  void theCoreStaysSmall() throws IOException {
    int files = 0;
    int lines = 0;
    for (String module : MODULES) {
      for (Path file : sources(Repository.path(module + "/src/main"))) {
        boolean isCore =
            CORE.contains(module) && !BEYOND.contains(file.getParent().getFileName().toString());
        int length = Files.readAllLines(file).size();
        assertTrue(length <= MOST_LINES_OF_A_FILE, file + " has " + length + " lines");
        files += isCore ? 1 : 0;
        lines += isCore ? length : 0;
      }
    }
    String size = lines + " lines in " + files + " files";
    assertTrue(lines <= MOST_LINES && files <= MOST_FILES, size);
  }

  @Test
  void whatComesBetweenAProgramAndItsMethodsStaysSmaller() throws IOException {
    int lines = 0;
    for (String place :
        List.of(
            "telemetry-aspect/src/main",
            "telemetry-agent/src/main",
            "telemetry-store/src/main/java/dev/autoskill/telemetry/outcome")) {
      for (Path file : sources(Repository.path(place))) {
        int length = Files.readAllLines(file).size();
        assertTrue(length <= MOST_LINES_OF_A_WEAVING_FILE, file + " has " + length + " lines");
        lines += BEYOND.contains(file.getParent().getFileName().toString()) ? 0 : length;
      }
    }
    assertTrue(lines <= MOST_LINES_OF_WEAVING, lines + " lines");
  }

  /** It is copied into each woven class. */
  @Test
  void adviceIsShort() throws IOException {
    Path aspect =
        Repository.path(
            "telemetry-aspect/src/main/aspectj/dev/autoskill/telemetry/aspect/SkillAspect.aj");
    List<String> bodies =
        ADVICE.matcher(Files.readString(aspect)).results().map(found -> found.group(1)).toList();
    assertEquals(2, bodies.size());
    bodies.forEach(body -> assertTrue(body.lines().count() <= MOST_LINES_OF_ADVICE, body));
  }

  private static List<Path> sources(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().matches(".*\\.(java|aj)")).toList();
    }
  }
}
