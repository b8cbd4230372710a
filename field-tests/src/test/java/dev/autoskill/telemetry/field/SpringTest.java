package dev.autoskill.telemetry.field;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Beans behind Spring's proxies: the context starts, and a use of a bean counts once. */
class SpringTest {

  private static final List<String> VERSIONS =
      Way.FULL ? List.of("spring-5", "spring-6", "spring-7") : List.of("spring-7");

  /** Not by ajc: it would weave the program's own aspect as well, which is meant for Spring. */
  private static final List<Way> WAYS = Way.EACH.stream().filter(way -> way != Way.AJC).toList();

  private static final Map<String, String> TYPED_BEAN =
      Map.of("ask", "success", "self", "success", "svc.typed", "success");

  private static final Map<String, String> BEAN_WITH_SKILLS =
      Map.of("ask", "success", "self", "success");

  /** An interface's annotation is for its own default and static methods. */
  private static final Map<String, String> TYPED_INTERFACE =
      Map.of(
          "svc.twice", "success success",
          "svc.fixed", "success",
          "marked", "success success success");

  private static final Map<String, String> DATA_JPA = Map.of("add-note", "success");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicContainer> subclassProxiesOfATypedBean() {
    return inEachVersion(TYPED_BEAN, "spring-cglib/main", "spring-cglib/typed");
  }

  @TestFactory
  Stream<DynamicContainer> subclassProxiesOfABeanWithSkills() {
    return inEachVersion(BEAN_WITH_SKILLS, "spring-cglib/main", "spring-cglib/methods");
  }

  @TestFactory
  Stream<DynamicContainer> interfaceProxies() {
    return inEachVersion(TYPED_INTERFACE, "spring-jdk-proxy");
  }

  /** Another library's {@code META-INF/aop.xml} is none of the agent's business. */
  @TestFactory
  Stream<DynamicTest> dataJpa() {
    return new FieldProgram(directory, "acme.jpa.App", "spring-data-jpa")
        .withLibraries("spring-data-jpa")
        .comparing("notes: .*")
        .printing("notes: 1")
        .records(DATA_JPA, Way.BY_AGENT);
  }

  private Stream<DynamicContainer> inEachVersion(Map<String, String> uses, String... sources) {
    return VERSIONS.stream()
        .map(
            version ->
                DynamicContainer.dynamicContainer(
                    version,
                    new FieldProgram(directory.resolve(version), "app.Main", sources)
                        .withLibraries(version)
                        // A proxy's name has a number that is another each time.
                        .comparing("(?!Svc).*")
                        .records(uses, WAYS)));
  }
}
