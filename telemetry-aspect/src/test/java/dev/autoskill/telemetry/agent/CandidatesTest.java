package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private static final class OnMethod {

    @TrackedSkill("skill")
    void skill() {}
  }

  private static class Plain extends ArrayList<String> {

    private static final long serialVersionUID = 1L;
  }

  @Deprecated
  private static final class AnnotatedOtherwise extends Plain implements Runnable {

    private static final long serialVersionUID = 1L;

    @Override
    public void run() {}
  }

  /** As the annotation would be if it were one for types too. */
  private @interface Stereotype {}

  @Stereotype
  private static final class UsesStereotype {}

  private static final class UsesStereotypeOnMethod {

    @Stereotype
    void skill() {}
  }

  @Stereotype
  private interface Service {}

  private interface Between extends Service {}

  private static class Implements implements Between {}

  private static final class Extends extends Implements {}

  private final TestLoader loader = new TestLoader();

  @Test
  void includesWhatNamesTheAnnotation() throws IOException {
    assertTrue(isCandidate(OnMethod.class, DEFAULT));
  }

  /** What may be wrong with others is no reason not to weave it. */
  @Test
  void doesNotLookIntoTheSupertypesOfWhatNamesTheAnnotation() throws IOException {
    ClassLoader broken =
        new ClassLoader() {
          @Override
          public InputStream getResourceAsStream(String name) {
            throw new IllegalStateException(name);
          }
        };
    byte[] file = ClassFiles.annotated(Extends.class, TestLoader.name(TrackedSkill.class));

    Candidates candidates = new Candidates(new Tracked(DEFAULT));
    assertTrue(candidates.include(new TypeSource(broken, null), candidates.classFile(file)));
  }

  @Test
  void leavesEverythingElseOut() throws IOException {
    for (Class<?> type : List.of(Plain.class, AnnotatedOtherwise.class, UsesStereotype.class)) {
      assertFalse(isCandidate(type, DEFAULT), type.getName());
    }
    assertFalse(isCandidate(Extends.class, DEFAULT));
    assertFalse(isCandidate(Object.class, DEFAULT));
  }

  @Test
  void includesWhatAnAnnotatedAnnotationMarks() throws IOException {
    annotate(Stereotype.class);

    assertTrue(isCandidate(UsesStereotype.class, DEFAULT));
    assertTrue(isCandidate(UsesStereotypeOnMethod.class, DEFAULT));
    assertFalse(isCandidate(AnnotatedOtherwise.class, DEFAULT));
  }

  @Test
  void includesWhatInheritsFromAnAnnotatedType() throws IOException {
    annotate(Service.class);

    assertTrue(isCandidate(Between.class, DEFAULT));
    assertTrue(isCandidate(Implements.class, DEFAULT));
    assertTrue(isCandidate(Extends.class, DEFAULT));
    assertFalse(isCandidate(Plain.class, DEFAULT));
  }

  @Test
  void includesWhatInheritsFromATypeThatAnAnnotatedAnnotationMarks() throws IOException {
    annotate(Stereotype.class);

    assertTrue(isCandidate(Extends.class, DEFAULT));
  }

  @Test
  void includesWhatAReadyMadeAspectLooksForOnlyIfOneIsListed() throws IOException {
    byte[] file = ClassFiles.annotated(Plain.class, "dev/langchain4j/agent/tool/Tool");
    List<String> listed = List.of(DEFAULT.get(0), "dev.autoskill.telemetry.aspect.AnotherAspect");

    assertFalse(isCandidate(file, DEFAULT));
    assertTrue(isCandidate(file, listed));
  }

  private static final List<String> DEFAULT =
      List.of("dev.autoskill.telemetry.aspect.TrackedSkillAspect");

  private boolean isCandidate(Class<?> type, List<String> aspects) throws IOException {
    return isCandidate(TestLoader.bytes(type), aspects);
  }

  private boolean isCandidate(byte[] file, List<String> aspects) throws IOException {
    Candidates candidates = new Candidates(new Tracked(aspects));
    return candidates.include(new TypeSource(loader, null), candidates.classFile(file));
  }

  private void annotate(Class<?> type) throws IOException {
    String annotation = TestLoader.name(TrackedSkill.class);
    loader.replace(type, ClassFiles.annotated(type, annotation));
  }
}
