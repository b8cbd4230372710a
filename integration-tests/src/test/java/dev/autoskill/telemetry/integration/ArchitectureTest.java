package dev.autoskill.telemetry.integration;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.autoskill.telemetry.privacy.Environment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.aspectj.lang.JoinPoint;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.autoskill.telemetry";

  /** Lowest first: a package may use those before it, and itself. */
  private static final List<String> STREET =
      List.of(
          ROOT + ".annotations",
          ROOT + ".event",
          ROOT + ".report",
          ROOT + ".privacy",
          ROOT + ".beacon",
          ROOT + ".writer",
          ROOT + ".sqlite",
          ROOT,
          ROOT + ".aspect");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter().withImportOption(ArchitectureTest::isProduct).importPackages(ROOT);

  private static boolean isProduct(Location location) {
    return location.matches(
        Pattern.compile(".*/telemetry-(annotations|store|aspect)-[^/]*\\.jar!.*"));
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
        .resideInAnyPackage("java..", ROOT + ".annotations")
        .check(PRODUCT);
  }

  @Test
  void whatBelongsToOnePackageStaysThere() {
    Map<String, DescribedPredicate<JavaClass>> homes =
        Map.of(
            ROOT + ".sqlite",
                resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.sqlite.."),
            ROOT + ".aspect", resideInAPackage("org.aspectj.."),
            ROOT + ".beacon", resideInAPackage("java.net..").and(not(type(URI.class))));
    homes.forEach(
        (home, types) ->
            noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat(are(types))
                .allowEmptyShould(true)
                .check(PRODUCT));
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
        .resideOutsideOfPackage(ROOT + ".sqlite")
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
}
