package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.WeavingDiagnostics;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AspectProbeTest {

  @TempDir Path directory;

  @Test
  void suspendFunctionsAreWovenAsOthersAre() throws IOException {
    WeavingDiagnostics seen = look(Woven.class);

    assertEquals(List.of(), seen.notWoven());
  }

  private WeavingDiagnostics look(Class<?> listed) throws IOException {
    Path list = directory.resolve("META-INF/autoskill-telemetry/tracked-skills");
    Files.createDirectories(list.getParent());
    Files.writeString(list, "# autoskill-telemetry tracked-skills 1\n" + listed.getName() + "\n");
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    URL[] folders = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(folders, before)) {
      current.setContextClassLoader(loader);
      return new AspectProbe().look();
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static final class Woven {

    /** As the weaver leaves it. */
    static final Object ajc$tjp_0 = null;

    @TrackedSkill("suspends")
    Object suspends(String text, Continuation continuation) {
      return text;
    }

    @TrackedSkill("returns")
    Object returns(Continuation continuation, String text) {
      return text;
    }
  }
}
