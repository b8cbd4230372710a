package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import acme.Seen.Base;
import acme.Seen.Handled;
import acme.Seen.Marker;
import acme.Seen.OnMethod;
import acme.Seen.OnSuperclass;
import acme.Seen.Root;
import acme.Seen.Woven;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenTypesTest {

  private static final List<Class<?>> MATCHED =
      List.of(Base.class, Root.class, Marker.class, OnMethod.class, OnSuperclass.class);

  private TestLoader loader = new TestLoader();

  @Test
  void notesAnnotationTypesAndSuperclassesAndNothingElse() throws IOException {
    assertEquals(Set.copyOf(MATCHED.stream().map(TestLoader::name).toList()), facts().keySet());
  }

  @Test
  void noticesAnotherAnnotationOrSuperclassOfEachOfThem() throws IOException {
    for (Class<?> type : MATCHED) {
      Map<String, String> before = facts();
      assertTrue(SeenTypes.areStill(before, loader));
      loader.replace(type, ClassFiles.annotated(type, "any/Annotation"));
      assertFalse(SeenTypes.areStill(before, loader), type.getName());
      loader = new TestLoader();
    }
  }

  @Test
  void noticesATypeThatIsMissingNoMore() throws IOException {
    SeenTypes types = new SeenTypes(loader);
    types.find("not/There");
    assertTrue(SeenTypes.areStill(types.facts(), loader));

    loader.replaceResource("not/There.class", TestLoader.bytes(Handled.class));
    assertFalse(SeenTypes.areStill(types.facts(), loader));
  }

  @Test
  void doesNotMindWhatElseATypeHas() throws IOException {
    Map<String, String> before = facts();
    byte[] file = TestLoader.bytes(Base.class);
    loader.replace(Base.class, Arrays.copyOf(file, file.length + 1));

    assertTrue(SeenTypes.areStill(before, loader));
  }

  private Map<String, String> facts() throws IOException {
    SeenTypes types = new SeenTypes(loader);
    types.addMatched(TestLoader.file(Woven.class));
    return types.facts();
  }
}
