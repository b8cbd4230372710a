package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import acme.Candidates.AnnotatedOtherwise;
import acme.Candidates.Between;
import acme.Candidates.Extends;
import acme.Candidates.ExtendsMarked;
import acme.Candidates.OnMethod;
import acme.Candidates.Plain;
import acme.Candidates.Service;
import acme.Candidates.Stereotype;
import acme.Candidates.UsesStereotype;
import acme.Candidates.UsesStereotypeOnMethod;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private final TestLoader loader = new TestLoader();

  @Test
  void includesWhatNamesTheAnnotation() throws IOException {
    assertTrue(isCandidate(OnMethod.class, DEFAULT));
  }

  /** A fault of other classes is no reason not to weave it. */
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

    assertTrue(new Candidates(DEFAULT).include(broken, ClassFile.of(file)));
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
  void includesWhatInheritsFromAnAnnotatedClass() throws IOException {
    annotate(Service.class);

    assertTrue(isCandidate(Between.class, DEFAULT));
    assertTrue(isCandidate(Extends.class, DEFAULT));
    assertFalse(isCandidate(Plain.class, DEFAULT));
  }

  @Test
  void includesWhatInheritsFromAClassThatAnAnnotatedAnnotationMarks() throws IOException {
    annotate(Stereotype.class);

    assertTrue(isCandidate(ExtendsMarked.class, DEFAULT));
  }

  @Test
  void includesWhatAnotherAnnotationMarksThatIsSought() throws IOException {
    String tool = "dev/langchain4j/agent/tool/Tool";
    byte[] file = ClassFiles.annotated(Plain.class, tool);

    assertFalse(isCandidate(file, DEFAULT));
    assertTrue(isCandidate(file, List.of(DEFAULT.get(0), tool)));
  }

  private static final List<String> DEFAULT = List.of(TestLoader.name(TrackedSkill.class));

  private boolean isCandidate(Class<?> type, List<String> sought) throws IOException {
    return isCandidate(TestLoader.bytes(type), sought);
  }

  private boolean isCandidate(byte[] file, List<String> sought) throws IOException {
    return new Candidates(sought).include(loader, ClassFile.of(file));
  }

  private void annotate(Class<?> type) throws IOException {
    String annotation = TestLoader.name(TrackedSkill.class);
    loader.replace(type, ClassFiles.annotated(type, annotation));
  }
}
