package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;

/** Skills for text of any kind. */
final class TextSkills {

  private static final Pattern MARKER = Pattern.compile("\\b(?:TODO|FIXME)\\b");

  private TextSkills() {}

  /** Counts what people left for later. */
  @TrackedSkill("count-todos")
  static TodoCount countTodos(SourceTree tree) throws IOException {
    long markers = 0;
    int filesWithMarkers = 0;
    for (SourceFile file : tree.files()) {
      if (file.isText()) {
        long found = markersIn(file);
        markers += found;
        filesWithMarkers += found > 0 ? 1 : 0;
      }
    }
    return new TodoCount(markers, filesWithMarkers);
  }

  private static long markersIn(SourceFile file) throws IOException {
    // The markers are ASCII: read as Latin-1, they are found whatever the encoding of the rest.
    String text = Files.readString(file.path(), StandardCharsets.ISO_8859_1);
    return MARKER.matcher(text).results().count();
  }
}
