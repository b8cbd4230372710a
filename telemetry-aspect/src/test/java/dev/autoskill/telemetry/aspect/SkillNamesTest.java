package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.aspect.ClassFacts.AnnotationFacts;
import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillNamesTest {

  @ParameterizedTest
  @CsvSource({
    "Reviewer, Reviewer.run",
    "com.acme.Reviewer, Reviewer.run",
    "com.acme.Outer$Inner, Inner.run",
    "com.acme.Outer$1Local, Local.run",
    "com.acme.Outer$1, Outer$1.run",
    "com.acme.Tools$Companion, Tools.run",
    "com.acme.Outer$Doc$DefaultImpls, Doc.run",
    "com.acme.Tools$, Tools.run",
    "com.acme.Outer$Tools$, Tools.run"
  })
  void aTypeIsCalledAsItsAuthorCallsIt(String type, String expected) {
    assertEquals(expected, definitions(type(type, List.of())).nameOf(method("run")));
  }

  @Test
  void whatKotlinAddsToAMethodIsNoPartOfItsName() {
    ClassFacts kotlin = type("Tools", List.of(new AnnotationFacts("kotlin.Metadata", Map.of())));
    SkillDefinitions names = definitions(kotlin);

    assertEquals("Tools.load", names.nameOf(method("load-XYyuYfE")));
    assertEquals("Tools.inner", names.nameOf(method("inner$app_main")));
    assertEquals(
        "Tools.with$sign", definitions(type("Tools", List.of())).nameOf(method("with$sign")));
  }

  private static SkillDefinitions definitions(ClassFacts type) {
    return new SkillDefinitions(Object.class, type, new ClassFactsSource(null));
  }

  private static ClassFacts type(String name, List<AnnotationFacts> annotations) {
    return new ClassFacts(name, 0, "java.lang.Object", annotations, Map.of(), List.of());
  }

  private static MethodFacts method(String name) {
    return new MethodFacts(name, "()V", 0, false, false, List.of());
  }
}
