package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    @OnlyInTheFile private final double number = 4.2;

    @FunctionalInterface
    interface Inner {
      void run();
    }

    Thread[][] mentionsTypes(List<? extends Number> numbers) throws IOException {
      return new Thread[0][(int) (number * numbers.size())];
    }
  }

  @Test
  void readsWhatAClassIs() throws IOException {
    ClassFile type = TestLoader.file(Annotated.class);

    assertEquals(TestLoader.name(Annotated.class), type.name());
    assertEquals(
        List.of("java/lang/Object", "java/util/function/Supplier", "java/io/Serializable"),
        type.supertypes());
    assertFalse(type.isAnnotation());
    assertTrue(TestLoader.file(Everything.class).isAnnotation());
    assertEquals(List.of(), TestLoader.file(Object.class).supertypes());
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
  void knowsTheTypesThatAreMentioned() throws IOException {
    Set<String> mentioned = TestLoader.file(Annotated.class).mentionedTypes();

    assertTrue(
        mentioned.containsAll(
            List.of(
                "java/lang/Thread",
                "java/util/List",
                "java/io/IOException",
                "java/util/function/Supplier",
                TestLoader.name(Everything.class),
                TestLoader.name(Annotated.Inner.class))),
        mentioned.toString());
    assertTrue(mentioned.stream().noneMatch(name -> name.matches(".*[;<\\[(].*")));
  }

  @Test
  void readsNamesInAnyScript() throws IOException {
    String name = "some/Ünïcödé𝕏";
    ClassFile type = new ClassFile(ClassFiles.annotated(Annotated.class, name));

    assertEquals(Set.of(name), type.typeAnnotations());
  }

  @Test
  void findsTextsThatAreThereAndNoOthers() throws IOException {
    byte[] bytes = TestLoader.bytes(Annotated.class);
    byte[] there = Descriptors.ofClass(TestLoader.name(Everything.class));
    byte[] notThere = there.clone();
    notThere[there.length - 2]++;

    assertTrue(new ClassFile(bytes, ClassFile.sought(List.of(notThere, there))).mentionsSought());
    assertFalse(new ClassFile(bytes, ClassFile.sought(List.of(notThere))).mentionsSought());
    assertFalse(new ClassFile(bytes).mentionsSought());
  }

  @Test
  void refusesWhatIsNoClassFile() throws IOException {
    byte[] bytes = TestLoader.bytes(Annotated.class);

    assertThrows(RuntimeException.class, () -> new ClassFile(new byte[0]));
    assertThrows(RuntimeException.class, () -> new ClassFile(new byte[100]));
    assertThrows(RuntimeException.class, () -> new ClassFile(Arrays.copyOf(bytes, 40)));
  }
}
