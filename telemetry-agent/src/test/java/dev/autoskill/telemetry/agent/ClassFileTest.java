package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClassFileTest {

  @interface OnlyInTheFile {
    int number() default 0;
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Everything {
    String text() default "";

    Class<?> type() default Object.class;

    Thread.State constant() default Thread.State.NEW;

    OnlyInTheFile nested() default @OnlyInTheFile;

    OnlyInTheFile[] several() default {};

    long[] numbers() default {};
  }

  @Everything(
      text = "text",
      type = String.class,
      constant = Thread.State.BLOCKED,
      nested = @OnlyInTheFile(number = 1),
      several = {@OnlyInTheFile, @OnlyInTheFile(number = 2)},
      numbers = {1, 2})
  @Deprecated
  private abstract static class Annotated implements Supplier<List<String>>, Serializable {

    private static final long serialVersionUID = 1L;
    private final double number = 4.2;

    @FunctionalInterface
    interface Inner {
      void run();
    }

    @OnlyInTheFile
    Thread[][] mentionsTypes(List<? extends Number> numbers) throws IOException {
      return new Thread[0][(int) (number * numbers.size())];
    }
  }

  @Test
  void readsWhatAClassIs() throws IOException {
    ClassFile type = TestLoader.file(Annotated.class);

    assertEquals(TestLoader.name(Annotated.class), type.name());
    assertEquals("java/lang/Object", type.superclass());
    assertNull(TestLoader.file(Object.class).superclass());
  }

  @Test
  void readsAnnotationsWhateverStandsBetweenThem() throws IOException {
    ClassFile type = TestLoader.file(Annotated.class);

    assertEquals(
        Set.of(TestLoader.name(Everything.class), "java/lang/Deprecated"), type.typeAnnotations());
    assertEquals(
        Set.of(
            TestLoader.name(Everything.class),
            "java/lang/Deprecated",
            TestLoader.name(OnlyInTheFile.class)),
        type.annotationTypes());
    assertEquals(Set.of(), TestLoader.file(TestLoader.class).typeAnnotations());
  }

  @Test
  void readsNamesInAnyScript() throws IOException {
    String name = "some/Ünïcödé𝕏";
    ClassFile type = ClassFile.of(ClassFiles.annotated(Annotated.class, name));

    assertEquals(Set.of(name), type.typeAnnotations());
  }

  @Test
  void refusesWhatIsNoClassFile() throws IOException {
    byte[] bytes = TestLoader.bytes(Annotated.class);

    assertThrows(RuntimeException.class, () -> ClassFile.of(new byte[0]));
    assertThrows(RuntimeException.class, () -> ClassFile.of(Arrays.copyOf(bytes, 40)));
  }
}
