package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlainSkillsTest {

  @Retention(RetentionPolicy.RUNTIME)
  private @interface Other {

    String text();

    int[] numbers() default {};

    Class<?> type() default Object.class;

    RetentionPolicy policy();

    Retention nested() default @Retention(RetentionPolicy.CLASS);
  }

  @TrackedSkill("of the type")
  private static final class Skills {

    @TrackedSkill("not of a method")
    private static final class Inner {}

    @TrackedSkill("short")
    void shortForm() {}

    @TrackedSkill(value = "v", name = "näm\0e", id = "an-id", agent = "an-agent", ignore = true)
    void longForm() {}

    @TrackedSkill
    void empty() {}

    @Other(
        text = "before it",
        numbers = {1, 2},
        type = String.class,
        policy = RetentionPolicy.SOURCE,
        nested = @Retention(RetentionPolicy.RUNTIME))
    @TrackedSkill("second")
    void second() {}

    @TrackedSkill("without")
    void overloaded() {}

    @TrackedSkill("with")
    long overloaded(int[] numbers, String... texts) {
      return numbers.length + texts.length;
    }

    @TrackedSkill(value = "demanding", skippedOn = IllegalStateException.class)
    void demanding() {}

    @Deprecated
    void annotatedOtherwise() {}

    void none() {}
  }

  private static final class None {

    @Other(text = "", policy = RetentionPolicy.SOURCE)
    void none() {}
  }

  private final PlainSkills skills = PlainSkills.of(Skills.class);

  @Test
  void readsTheElementsThatAreGiven() {
    assertEquals(new PlainSkill("", "short", "", "", false), on("shortForm"));
    assertEquals(new PlainSkill("näm\0e", "v", "an-id", "an-agent", true), on("longForm"));
    assertEquals(new PlainSkill("", "", "", "", false), on("empty"));
  }

  @Test
  void goesPastOtherAnnotations() {
    assertEquals("second", on("second").value());
  }

  @Test
  void tellsOverloadsApart() throws NoSuchMethodException {
    assertEquals("without", on("overloaded").value());
    Method with = Skills.class.getDeclaredMethod("overloaded", int[].class, String[].class);
    assertEquals("with", skills.on(with).value());
  }

  @Test
  void leavesToReflectionWhatIsNotPlain() {
    assertNull(on("demanding"));
    assertNull(on("annotatedOtherwise"));
    assertNull(on("none"));
    assertNull(PlainSkills.of(None.class).on(None.class.getDeclaredMethods()[0]));
  }

  /** Whose class file may be found where the class did not come from. */
  @Test
  void readsNoClassesOfOtherLoaders() throws ReflectiveOperationException {
    Class<?> other = new OtherLoader().loadClass(Skills.class.getName());

    assertNull(PlainSkills.of(other).on(other.getDeclaredMethod("shortForm")));
    assertNull(PlainSkills.of(String.class).on(String.class.getDeclaredMethods()[0]));
  }

  /** The caller lets reflection do it, whatever comes. */
  @Test
  void whatIsNoClassFileIsNotRead() throws IOException {
    byte[] file = OtherLoader.file(Skills.class.getName());
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        PlainSkills.in(cut);
      } catch (RuntimeException e) {
        continue; // and of() catches these
      }
    }
    assertThrows(RuntimeException.class, () -> PlainSkills.in(new byte[100]));
  }

  private PlainSkill on(String method) {
    try {
      return skills.on(Skills.class.getDeclaredMethod(method));
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static final class OtherLoader extends ClassLoader {

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Skills.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try {
        byte[] file = file(name);
        return defineClass(name, file, 0, file.length, Skills.class.getProtectionDomain());
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    static byte[] file(String name) throws IOException {
      String path = name.replace('.', '/') + ".class";
      try (InputStream in = OtherLoader.class.getClassLoader().getResourceAsStream(path)) {
        return in.readAllBytes();
      }
    }
  }
}
