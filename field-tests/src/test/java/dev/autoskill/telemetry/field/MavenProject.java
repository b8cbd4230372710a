package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.integration.JavaProcess;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.Repository;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A user's Maven project, built by Maven. It gets this library from a repository made of what this
 * build has just packaged, under a version of its own, and all else from what this build has
 * fetched.
 */
final class MavenProject {

  private static final String VERSION = "0.1.0-field";
  private static final Pattern OUR_VERSION =
      Pattern.compile("<artifactId>telemetry-parent</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern PLUGIN_IN_README =
      Pattern.compile(
          "```xml\\n(<plugin>\\n *<groupId>dev\\.aspectj</groupId>.*?)```", Pattern.DOTALL);
  private static final List<String> VERSIONS =
      List.of(
          "junit.version",
          "maven-compiler-plugin.version",
          "maven-resources-plugin.version",
          "maven-surefire-plugin.version");

  private final Path directory;
  private final Path project;
  private final String ourVersion;

  /** Copies a project from {@code src/programs}, and fills in what its poms leave open. */
  MavenProject(Path directory, String name) {
    this.directory = directory;
    this.project = directory.resolve("project");
    this.ourVersion = found(OUR_VERSION, Repository.text("pom.xml"));
    publish();
    String plugin = found(PLUGIN_IN_README, Repository.text("README.md"));
    Path source = Sources.of(name);
    for (Path file : Sources.files(source)) {
      String text =
          text(file)
              .replace("@README@", plugin)
              .replace("@VERSION@", VERSION)
              .replace("@AGENT@", Repository.agentJar().toString())
              .replace("@REPOSITORIES@", repositories());
      FieldProgram.write(project.resolve(source.relativize(file)), text);
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("nothing like " + pattern);
    }
    return matcher.group(1);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void publish() {
    put("telemetry-parent", Repository.path("pom.xml"), ".pom");
    try (Stream<Path> modules = Files.list(Repository.ROOT)) {
      for (Path module : modules.toList()) {
        String name = module.getFileName().toString();
        Path jar = module.resolve("target").resolve(name + "-" + ourVersion + ".jar");
        if (Files.exists(jar)) {
          put(name, module.resolve("pom.xml"), ".pom");
          Sources.copy(jar, published(name, ".jar"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String name, Path pom, String ending) {
    FieldProgram.write(published(name, ending), text(pom).replace(ourVersion, VERSION));
  }

  private Path published(String name, String ending) {
    return published()
        .resolve("dev/autoskill/telemetry")
        .resolve(name)
        .resolve(VERSION)
        .resolve(name + "-" + VERSION + ending);
  }

  private Path published() {
    return directory.resolve("published");
  }

  private String repositories() {
    String repositories =
        repository("published", published())
            + repository("fetched", Path.of(System.getProperty("field.repository")));
    return "<repositories>"
        + repositories
        + "</repositories><pluginRepositories>"
        + repositories.replace("repository>", "pluginRepository>")
        + "</pluginRepositories>";
  }

  private static String repository(String id, Path place) {
    return "<repository><id>%s</id><url>%s</url><releases><checksumPolicy>ignore</checksumPolicy></releases></repository>"
        .formatted(id, place.toUri());
  }

  /** Builds it, and writes the class path of each module. */
  void build() {
    Result result =
        maven(
            Map.of(),
            "-Dmdep.outputFile=target/class-path.txt",
            "process-classes",
            "org.apache.maven.plugins:maven-dependency-plugin:%s:build-classpath"
                .formatted(System.getProperty("maven-dependency-plugin.version")));
    assertEquals(0, result.exitCode(), result.out() + result.err());
  }

  /** Runs its tests, for a user who has an empty home directory. */
  Result test(Map<String, String> environment, String... options) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", home().toString());
    all.put("XDG_CACHE_HOME", "");
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("test");
    return maven(all, arguments.toArray(String[]::new));
  }

  private Path home() {
    return directory.resolve("home");
  }

  /** The files in the home directory after that. */
  List<Path> filesInHome() {
    return Files.exists(home()) ? Sources.files(home()) : List.of();
  }

  private Result maven(Map<String, String> environment, String... arguments) {
    Path home = Path.of(System.getProperty("maven.home"));
    List<String> command = new ArrayList<>();
    command.add("-Dclassworlds.conf=" + home.resolve("bin").resolve("m2.conf"));
    command.add("-Dmaven.home=" + home);
    command.add("-Dmaven.multiModuleProjectDirectory=" + project);
    command.add("-cp");
    command.add(launcher(home).toString());
    command.add("org.codehaus.plexus.classworlds.launcher.Launcher");
    command.addAll(List.of("-B", "-ntp", "-f", project.toString()));
    // None of ours gets into the user's repository.
    command.add("-Dmaven.repo.local=" + directory.resolve("repository"));
    for (String version : VERSIONS) {
      command.add("-D" + version + "=" + System.getProperty(version));
    }
    command.addAll(List.of(arguments));
    return JavaProcess.run(directory.resolve("maven"), environment, command);
  }

  private static Path launcher(Path home) {
    try (Stream<Path> files = Files.list(home.resolve("boot"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("plexus-classworlds"))
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs what was built, as its build would, and says what was recorded. */
  Map<String, String> run(String module, String main) {
    Path target = project.resolve(module).resolve("target");
    Path database = home().resolve("telemetry").resolve("telemetry.db");
    String classPath =
        target.resolve("classes")
            + File.pathSeparator
            + text(target.resolve("class-path.txt")).strip();
    List<String> command = new ArrayList<>(FieldProgram.JVM);
    command.addAll(List.of("-cp", classPath, main));
    Map<String, String> environment =
        Map.of(
            "HOME",
            home().toString(),
            "AUTO_SKILL_TELEMETRY_DB",
            database.toString(),
            "XDG_CACHE_HOME",
            directory.resolve("cache").toString());
    Result result = JavaProcess.run(directory.resolve("run"), environment, command);
    assertEquals(0, result.exitCode(), result.out() + result.err());
    assertEquals("", result.err());
    return Uses.of(database);
  }
}
