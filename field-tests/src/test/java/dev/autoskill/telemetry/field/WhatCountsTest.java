package dev.autoskill.telemetry.field;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Which methods are skills, and that each use of one counts once whatever picks it out. */
class WhatCountsTest {

  /** By the rules in the documentation, worked out by hand. */
  private static final Map<String, String> ANNOTATED_TYPES =
      Map.ofEntries(
          // An interface's annotation is for its own default and static methods.
          Map.entry("iface.dflt", "success success"),
          Map.entry("iface.stat", "success"),
          // By a meta-annotation: public methods, but not toString.
          Map.entry("meta.a", "success"),
          // On a method, the meta-annotation's name is the whole name.
          Map.entry("meta", "success"),
          // Inherited by a subclass for the methods that it declares; without a name, the class's.
          Map.entry("Con.work", "success success"),
          Map.entry("Abs.templ", "success"),
          // Neither the classes within, nor the anonymous one.
          Map.entry("outer.o", "success"),
          Map.entry("plain", "success"),
          // "ignore" is for that method only: the overriding one is public in a subclass.
          Map.entry("ig.no", "success"),
          Map.entry("ig.yes", "success success"));

  private static final Map<String, String> TWO_ANNOTATIONS =
      Map.of(
          "own", "success success",
          "tool", "success success",
          "both", "success success",
          "both-int", "success success",
          "both-throw", "failure failure");

  private static final Map<String, String> WOVEN_TWICE =
      Map.of("tool", "success", "own", "success", "onlyTool", "success");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> annotatedTypes() {
    return new FieldProgram(directory, "Sem", "annotated-types").records(ANNOTATED_TYPES, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> twoAnnotationsOnOneMethod() {
    return new FieldProgram(directory, "F", "two-annotations")
        .withLibraries("langchain4j")
        .comparing(".* faults .*")
        .printing("both faults +0")
        .printing("bothThrow faults +0")
        .records(TWO_ANNOTATIONS, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> wovenByCompilerAndAgent() {
    return wovenTwice().records(WOVEN_TWICE, Way.TWICE);
  }

  @TestFactory
  Stream<DynamicTest> wovenByCompilerAndAgentThatIsToldNothing() {
    return wovenTwice().without("META-INF").records(WOVEN_TWICE, Way.TWICE);
  }

  private FieldProgram wovenTwice() {
    return new FieldProgram(directory, "G", "woven-twice")
        .withLibraries("langchain4j")
        .comparing("(?!.*)");
  }
}
