package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the weaver may look at makes another key if it is another; all else does not. */
class ConsultedTest {

  @OnMarker
  private @interface Marker {}

  private @interface OnMarker {}

  private @interface OnSupertype {}

  @OnSupertype
  private static class Root {}

  private static class Base extends Root {}

  private static class Ancestor {}

  private static class Handled extends Ancestor {}

  private interface Aspect {}

  private static final class NotMentioned {}

  @Marker
  private static final class Woven extends Base {

    Object handles() {
      return new Handled();
    }
  }

  private static final List<Class<?>> WHOLE =
      List.of(
          Base.class, Root.class, Marker.class, OnMarker.class, OnSupertype.class, Aspect.class);

  private final TestLoader loader = new TestLoader();

  @Test
  void isTheSameForTheSame() throws IOException {
    assertArrayEquals(key(), key());
  }

  @Test
  void countsAllOfSupertypesOfAnnotationsAndOfAspects() throws IOException {
    for (Class<?> type : WHOLE) {
      byte[] before = key();
      byte[] file = TestLoader.bytes(type);
      loader.replace(type, Arrays.copyOf(file, file.length + 1));
      assertFalse(Arrays.equals(before, key()), type.getName());
    }
  }

  @Test
  void countsOfOtherTypesWhatTheyInheritFrom() throws IOException {
    byte[] before = key();
    byte[] file = TestLoader.bytes(Handled.class);
    loader.replace(Handled.class, Arrays.copyOf(file, file.length + 1));
    assertArrayEquals(before, key());

    loader.replace(Handled.class, ClassFiles.annotated(Root.class, "any/Annotation"));
    assertFalse(Arrays.equals(before, key()));
  }

  @Test
  void countsWhatTheSupertypesOfOtherTypesInheritFrom() throws IOException {
    byte[] before = key();
    loader.replace(Ancestor.class, ClassFiles.annotated(Base.class, "any/Annotation"));
    assertFalse(Arrays.equals(before, key()));
  }

  @Test
  void countsNothingElse() throws IOException {
    byte[] before = key();
    loader.replace(NotMentioned.class, new byte[0]);
    assertArrayEquals(before, key());
  }

  private byte[] key() throws IOException {
    List<String> aspects = List.of(TestLoader.name(Aspect.class));
    Map<String, byte[]> consulted =
        new Consulted().of(new TypeSource(loader, null), TestLoader.file(Woven.class), aspects);
    return new Sha256().add(consulted).toBytes();
  }
}
