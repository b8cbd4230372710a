package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.DeclaredSkills.Declared;
import dev.autoskill.telemetry.cli.Machine.Jvm;
import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.cli.output.Tone;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The skills that were declared and never used. Of a skill that nothing ever wove, no use could be
 * recorded, so it is told apart.
 */
final class UnusedReport {

  /** Jars and directories; else those of the JVMs that run. */
  static final String CLASSES = "--classes";

  private static final String NEVER_USED = "never used";
  private static final String NOT_INSTRUMENTED = "not instrumented";

  /** A skill without uses; {@code isInstrumented}: a use would have been recorded. */
  private record Unused(Declared declared, boolean isInstrumented) {

    private String status() {
      return isInstrumented ? NEVER_USED : NOT_INSTRUMENTED;
    }
  }

  private static final List<Column<Unused>> DATA =
      List.of(
          new Column<>("skillName", unused -> unused.declared().skill().name()),
          new Column<>("skillId", unused -> unused.declared().skill().id()),
          new Column<>("status", Unused::status),
          new Column<>("className", unused -> unused.declared().className()),
          new Column<>("location", unused -> unused.declared().location()));

  private static final List<TableColumn<Unused>> TABLE =
      List.of(
          TableColumn.text("Skill", 0, unused -> unused.declared().skill().name()),
          new TableColumn<>(
              "Status",
              false,
              1,
              unused ->
                  new Cell(unused.status(), unused.isInstrumented() ? Tone.PLAIN : Tone.DOUBTFUL)),
          TableColumn.text("Class", 2, unused -> unused.declared().className()),
          TableColumn.text("Where", 3, unused -> unused.declared().location().toString()));

  private final Call call;
  private final ReportQuery query;

  UnusedReport(Call call, ReportQuery query) {
    this.call = call;
    this.query = query;
  }

  int run(Format format) throws IOException {
    List<Jvm> jvms = call.host().machine().jvms();
    String named = call.arguments().find(CLASSES);
    Set<Path> locations = named == null ? classPaths(jvms.stream()) : paths(named, Path.of(""));
    Set<Path> woven = classPaths(jvms.stream().filter(jvm -> ProgramCheckup.weaver(jvm) != null));
    List<Unused> rows = new ArrayList<>();
    try (Data data = call.open();
        DeclaredSkills skills = new DeclaredSkills(List.copyOf(locations))) {
      Set<String> used = names(data, query);
      Set<String> recorded = query.equals(ReportQuery.ALL) ? used : names(data, ReportQuery.ALL);
      data.check(call.printer());
      boolean hasList = false;
      for (Path location : locations) {
        List<Declared> declared = skills.in(location);
        hasList |= declared != null;
        if (declared != null) {
          // A weaver takes all classes of a place, so one skill speaks for the others.
          boolean isInstrumented =
              woven.contains(location)
                  || declared.stream().anyMatch(each -> recorded.contains(each.skill().name()));
          declared.stream()
              .filter(each -> isAskedFor(each) && !used.contains(each.skill().name()))
              .forEach(each -> rows.add(new Unused(each, isInstrumented || each.isWoven())));
        }
      }
      if (!hasList) {
        throw Failure.unreadable(
            named == null
                ? "no JVM that runs has a list of skills; name jars or directories by " + CLASSES
                : "there is no list of skills in " + named + "; see docs/processor.md");
      }
      for (String className : skills.unreadable()) {
        call.printer()
            .warn(className + " cannot be read; name what it needs by " + CLASSES + ", too");
      }
    }
    rows.sort(Comparator.comparing(row -> row.declared().skill().name()));
    call.printer().print(new Answer<>(DATA, TABLE, query.since(), query.until(), rows), format);
    note(rows);
    return Exit.OK;
  }

  private boolean isAskedFor(Declared declared) {
    return query.skill() == null || query.skill().equals(declared.skill().name());
  }

  private static Set<String> names(Data data, ReportQuery query) {
    return data.reports().effectiveness(query).stream()
        .map(EffectivenessReport::skillName)
        .collect(Collectors.toSet());
  }

  private void note(List<Unused> rows) throws IOException {
    if (rows.isEmpty()) {
      call.printer().note("Every skill that is listed was used.");
    } else if (rows.stream().anyMatch(row -> !row.isInstrumented())) {
      call.printer()
          .note("Not instrumented: nothing weaves these, so no use is recorded (docs/agent.md).");
    }
  }

  private static Set<Path> classPaths(Stream<Jvm> jvms) {
    return jvms.flatMap(jvm -> classPath(jvm).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<Path> classPath(Jvm jvm) {
    List<String> arguments = jvm.arguments();
    Path directory = jvm.directory();
    for (int i = 0; directory != null && i < arguments.size() - 1; i++) {
      if (List.of("-cp", "-classpath", "--class-path", "-jar").contains(arguments.get(i))) {
        return paths(arguments.get(i + 1), directory);
      }
    }
    return Set.of();
  }

  /** Those of a class path that are there. */
  private static Set<Path> paths(String classPath, Path directory) {
    Set<Path> paths = new LinkedHashSet<>();
    for (String name : classPath.split(File.pathSeparator)) {
      Path path = path(name, directory);
      if (path != null && !name.isEmpty()) {
        paths.add(path);
      }
    }
    return paths;
  }

  private static @Nullable Path path(String name, Path directory) {
    try {
      Path path = directory.resolve(name);
      return Files.exists(path) ? path.toRealPath() : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }
}
