package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

class SkillNamesTest {

  @ParameterizedTest
  @CsvSource({
    "Reviewer, Reviewer.run",
    "com/acme/Reviewer, Reviewer.run",
    "com/acme/Outer$Inner, Inner.run",
    "com/acme/Outer$1Local, Local.run",
    "com/acme/Outer$1, Outer$1.run",
    "com/acme/Tools$Companion, Tools.run",
    "com/acme/Outer$Doc$DefaultImpls, Doc.run",
    "com/acme/Tools$, Tools.run",
    "com/acme/Outer$Tools$, Tools.run"
  })
  void aTypeIsCalledAsItsAuthorCallsIt(String type, String expected) {
    assertEquals(expected, definitions(type(type, List.of())).nameOf(method("run")));
  }

  @Test
  void whatKotlinAddsToAMethodIsNoPartOfItsName() {
    ClassNode kotlin = type("Tools", List.of(new AnnotationNode("Lkotlin/Metadata;")));
    SkillDefinitions names = definitions(kotlin);

    assertEquals("Tools.load", names.nameOf(method("load-XYyuYfE")));
    assertEquals("Tools.inner", names.nameOf(method("inner$app_main")));
    assertEquals(
        "Tools.with$sign", definitions(type("Tools", List.of())).nameOf(method("with$sign")));
  }

  private static SkillDefinitions definitions(ClassNode type) {
    return new SkillDefinitions(Object.class, type, new ClassSource(null));
  }

  private static ClassNode type(String name, List<AnnotationNode> annotations) {
    ClassNode type = new ClassNode();
    type.name = name;
    type.superName = "java/lang/Object";
    type.visibleAnnotations = annotations;
    return type;
  }

  private static MethodNode method(String name) {
    return new MethodNode(0, name, "()V", null, null);
  }
}
