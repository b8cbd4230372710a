package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skills.chaos.ChaosProgram;
import skills.sabotage.Saboteur;

/**
 * Lets every part of the library fail that has a part in a use, on whichever thread, and mappers.
 */
class ChaosTest {

  private static final List<String> LIBRARY =
      List.of("telemetry-annotations", "telemetry-store", "telemetry-kotlin", "telemetry-aspect");

  /** On which something fails: those of the program, and two of the library's. */
  private static final Set<String> THREADS =
      Set.of("main", "completer", "autoskill-telemetry-outcomes", "autoskill-telemetry-writer");

  /** Those of a round. */
  private static final int USES = 15;

  /** One is named by an annotation and registered as well, which counts once. */
  private static final int MAPPERS = 2;

  /** Where the library is that fails. */
  @TempDir static Path library;

  private static List<Path> sabotaged;

  @TempDir Path directory;

  /** Jar by jar, since ajc complains about what several of them contain. */
  @BeforeAll
  static void sabotageLibrary() {
    Path saboteur = WovenProgram.copyOfPackage(Saboteur.class, library.resolve("saboteur"));
    sabotaged = new ArrayList<>(List.of(saboteur));
    for (String start : LIBRARY) {
      String jar = WovenProgram.classPathEntry(start);
      Path target = library.resolve(start + "-sabotaged.jar");
      // The aspects are woven already, and are not to be sabotaged anyway.
      sabotaged.add(WovenProgram.weave(jar, target, saboteur.toString(), "-Xlint:ignore"));
    }
  }

  /** In the short form each failure is of the next kind. */
  static Stream<Arguments> kinds() {
    return Boolean.getBoolean("full")
        ? Stream.of(
            Arguments.of(Weaving.COMPILE_TIME, "CHECKED"),
            Arguments.of(Weaving.COMPILE_TIME, "UNCHECKED"),
            Arguments.of(Weaving.COMPILE_TIME, "LINKAGE"),
            Arguments.of(Weaving.COMPILE_TIME, "OUT_OF_MEMORY"),
            Arguments.of(Weaving.LOAD_TIME, "STACK_OVERFLOW"))
        : Stream.of(Arguments.of(Weaving.COMPILE_TIME, "NEXT"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noFaultReachesTheProgramAndEachIsCounted(Weaving weaving, String kind) throws IOException {
    Result unwoven = run(Weaving.NONE, "unwoven", List.of(), kind);

    Result woven = run(weaving, "woven", sabotaged, kind);

    assertEquals(0, unwoven.exitCode(), unwoven.err());
    assertEquals(unwoven, woven);
    List<String> notes = Files.readAllLines(notes("woven"));
    String[] early = notes.get(0).split(";");
    long notOpened = Long.parseLong(early[1]);
    assertTrue(notOpened >= 2 * USES, notes.get(0));
    // That none could be opened is the fault, and to count it one more was asked for, in vain.
    assertEquals(notOpened / 2, Long.parseLong(early[2]), notes.get(0));
    assertEquals("mappers that cannot be had;" + MAPPERS, notes.get(1));
    Map<String, Integer> failures = new TreeMap<>();
    List<String> uncounted = new ArrayList<>();
    for (String note : notes.subList(2, notes.size() - 1)) {
      String[] columns = note.split(";");
      long strikes = Long.parseLong(columns[1]);
      failures.merge(note.substring(0, note.indexOf(':')), strikes == 0 ? 0 : 1, Integer::sum);
      if (Long.parseLong(columns[2]) < strikes) {
        uncounted.add(note);
      }
    }
    assertEquals(List.of(), uncounted);
    assertEquals(THREADS, failures.keySet());
    assertTrue(failures.values().stream().allMatch(count -> count > 10), failures::toString);
    assertEquals("afterwards;" + USES + ";0;0;0", notes.get(notes.size() - 1));
  }

  private Result run(Weaving weaving, String folder, List<Path> library, String kind) {
    Path home = directory.resolve(folder);
    Path classes = WovenProgram.prepare(ChaosProgram.class, weaving, home.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(WovenProgram.arguments(ChaosProgram.class, weaving, classes));
    int classPath = arguments.indexOf("-cp") + 1;
    arguments.set(classPath, inPlaceOf(arguments.get(classPath), library));
    arguments.addAll(List.of(notes(folder).toString(), kind));
    Map<String, String> environment =
        Map.of("AUTO_SKILL_TELEMETRY_DB", home.resolve("telemetry.db").toString());
    return JavaProcess.run(home, environment, arguments);
  }

  /** The class path with another library than the usual one, if there is any. */
  private static String inPlaceOf(String classPath, List<Path> library) {
    Stream<String> others =
        Stream.of(classPath.split(File.pathSeparator))
            .filter(
                entry ->
                    library.isEmpty()
                        || LIBRARY.stream()
                            .noneMatch(Path.of(entry).getFileName().toString()::startsWith));
    return Stream.concat(others, library.stream().map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path notes(String folder) {
    return directory.resolve(folder).resolve("notes.txt");
  }
}
