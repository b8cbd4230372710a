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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.chaos.ChaosProgram;
import skills.sabotage.Saboteur;

/** Lets every part of the library fail that has a part in a use. */
class ChaosTest {

  private static final List<String> LIBRARY =
      List.of("telemetry-annotations", "telemetry-store", "telemetry-aspect");

  /** Without a collector there is nobody who counts. */
  private static final String UNCOUNTED = "Telemetry.collector();";

  @TempDir Path directory;

  @Test
  void noFaultReachesTheProgramAndEachIsCounted() throws IOException {
    List<Path> sabotaged = sabotagedLibrary();
    Result unwoven = run(Weaving.NONE, "unwoven", List.of());

    Result woven = run(Weaving.COMPILE_TIME, "woven", sabotaged);

    assertEquals(0, unwoven.exitCode(), unwoven.err());
    assertEquals(unwoven, woven);
    List<String> notes = Files.readAllLines(notes("woven"));
    long failures = 0;
    List<String> uncounted = new ArrayList<>();
    for (String note : notes.subList(0, notes.size() - 1)) {
      String[] columns = note.split(";");
      failures += columns[2].equals("0") ? 0 : 1;
      if (Long.parseLong(columns[3]) < Long.parseLong(columns[2]) && !note.contains(UNCOUNTED)) {
        uncounted.add(note);
      }
    }
    assertEquals(List.of(), uncounted);
    assertTrue(failures > 200, () -> "so few failed: " + notes);
    assertEquals("afterwards;12;0;0", notes.get(notes.size() - 1));
  }

  private Result run(Weaving weaving, String folder, List<Path> library) {
    Path home = directory.resolve(folder);
    Path classes = WovenProgram.prepare(ChaosProgram.class, weaving, home.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(WovenProgram.arguments(ChaosProgram.class, weaving, classes));
    int classPath = arguments.indexOf("-cp") + 1;
    for (Path jar : library) {
      arguments.set(classPath, jar + File.pathSeparator + arguments.get(classPath));
    }
    arguments.add(notes(folder).toString());
    Map<String, String> environment =
        Map.of("AUTO_SKILL_TELEMETRY_DB", home.resolve("telemetry.db").toString());
    return JavaProcess.run(home, environment, arguments);
  }

  private Path notes(String folder) {
    return directory.resolve(folder).resolve("notes.txt");
  }

  /** Jar by jar, since ajc complains about what several of them contain. */
  private List<Path> sabotagedLibrary() {
    Path saboteur = WovenProgram.copyOfPackage(Saboteur.class, directory.resolve("saboteur"));
    List<Path> sabotaged = new ArrayList<>();
    for (String start : LIBRARY) {
      String jar = WovenProgram.classPathEntry(start);
      Path target = directory.resolve(start + "-sabotaged.jar");
      // The aspects are woven already, and are not to be sabotaged anyway.
      sabotaged.add(WovenProgram.weave(jar, target, saboteur.toString(), "-Xlint:ignore"));
    }
    sabotaged.add(saboteur);
    return sabotaged;
  }
}
