package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation tells the truth. */
class DocumentationTest {

  private static final Pattern TYPE = Pattern.compile("(?:class|record) (\\w+)");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");
  private static final Pattern VERSION =
      Pattern.compile(
          "<artifactId>([\\w.-]+)</artifactId>\\s*<version>(\\d[^<]*)</version>"
              + "|<([\\w.-]+)\\.version>(\\d[^<]*)</");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/aspects.md",
        "docs/mcp.md",
        "docs/metrics-and-traces.md",
        "docs/spring-boot.md",
        "docs/testing.md"
      })
  void theJavaCompiles(String file) {
    List<String> snippets = fences(file, "java");
    assertFalse(snippets.isEmpty());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<JavaFileObject> sources = snippets.stream().map(DocumentationTest::source).toList();

    boolean compiles =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("--release", "17", "-Xlint:all", "-Werror", "-d", directory.toString()),
                null,
                sources)
            .call();

    assertTrue(compiles, messages.toString());
  }

  @Test
  void theReadmeStartsWithTheCommandThatRunsAndTheOneThatTests() {
    List<String> commands = fences("README.md", "sh");

    assertTrue(commands.get(0).contains("-javaagent:"), commands.get(0));
    assertTrue(commands.get(1).matches("(?s)mvn .*verify\\s*"), commands.get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/testing.md",
        "examples/load-time-weaving/pom.xml",
        "examples/compile-time-weaving/pom.xml",
        "examples/mcp-server/pom.xml",
        "docs/metrics-and-traces.md",
        "docs/mcp.md",
        "docs/spring-boot.md",
      })
  void versionsAreThoseOfTheBuild(String file) {
    TreeMap<String, String> build = new TreeMap<>();
    versions("pom.xml").forEach(version -> build.put(name(version), number(version)));
    String own = build.remove("telemetry-parent");
    Stream.of(
            "telemetry-aspect",
            "telemetry-annotations",
            "telemetry-mcp",
            "telemetry-junit",
            "telemetry-micrometer",
            "telemetry-otel",
            "telemetry-spring-boot-starter",
            "skill-telemetry")
        .forEach(name -> build.put(name, own));
    Stream.of("load-time-weaving", "compile-time-weaving", "mcp-server")
        .forEach(name -> build.put(name, own));
    Stream.of("aspectjtools", "aspectjweaver")
        .forEach(name -> build.put(name, build.get("aspectj")));
    build.put("mcp", build.get("mcp-sdk"));
    build.put("slf4j-nop", build.get("slf4j"));

    List<MatchResult> stated = versions(file);

    assertFalse(stated.isEmpty());
    for (MatchResult version : stated) {
      assertEquals(build.get(name(version)), number(version), name(version));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"})
  void linksLeadSomewhere(String file) {
    Matcher link = LINK.matcher(Repository.text(file));
    while (link.find()) {
      assertTrue(Files.exists(Repository.path(link.group(1))), link.group(1));
    }
  }

  @Test
  void soDoThoseOfTheDocs() throws IOException {
    try (Stream<Path> docs = Files.list(Repository.path("docs"))) {
      for (Path file : docs.filter(f -> f.toString().endsWith(".md")).toList()) {
        Matcher link = LINK.matcher(Files.readString(file));
        while (link.find()) {
          assertTrue(Files.exists(file.resolveSibling(link.group(1))), file + ": " + link.group(1));
        }
      }
    }
  }

  @Test
  void theFileForTheCompilerListsTheAspectsThatTheLibraryHas() {
    List<String> ours =
        aspects(Repository.text("telemetry-aspect/src/main/resources/META-INF/aop.xml"));

    assertTrue(
        fences("docs/aspects.md", "xml").stream()
            .map(DocumentationTest::aspects)
            .anyMatch(ours::equals),
        ours.toString());
  }

  private static List<String> aspects(String xml) {
    return Pattern.compile("<aspect name=.*")
        .matcher(xml)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static List<MatchResult> versions(String file) {
    return VERSION.matcher(Repository.text(file)).results().toList();
  }

  private static String name(MatchResult version) {
    String name = version.group(1) == null ? version.group(3) : version.group(1);
    return name.replaceFirst("\\.version$", "");
  }

  private static String number(MatchResult version) {
    return version.group(2) == null ? version.group(4) : version.group(2);
  }

  static List<String> fences(String file, String language) {
    return Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Repository.text(file))
        .results()
        .map(fence -> fence.group(1))
        .toList();
  }

  private static JavaFileObject source(String text) {
    Matcher type = TYPE.matcher(text);
    assertTrue(type.find(), text);
    return new SimpleJavaFileObject(
        URI.create("string:///" + type.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
