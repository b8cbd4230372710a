package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SkillDefinitionsTest {

  @Retention(RetentionPolicy.RUNTIME)
  @TrackedSkill("meta")
  private @interface Meta {}

  @Inherited
  @Retention(RetentionPolicy.RUNTIME)
  @TrackedSkill("inherited")
  private @interface InheritedMeta {}

  @TrackedSkill("interface")
  private interface Declaring {

    String implemented(String text);

    default String ofDefault() {
      return "";
    }

    static void ofStatic() {}
  }

  private static class Implementing implements Declaring {

    @Override
    public String implemented(String text) {
      return text;
    }
  }

  @Test
  void anAnnotatedInterfaceHasItsOwnMethodsWithABodyOnly() {
    assertEquals(
        Set.of("ofDefault=interface.ofDefault", "ofStatic=interface.ofStatic"),
        skillsOf(Declaring.class));
    assertEquals(Set.of(), skillsOf(Implementing.class));
  }

  @TrackedSkill("base")
  private static class Base {

    public void one() {}

    public void two() {}

    @TrackedSkill(ignore = true)
    public void ignored() {}

    void hidden() {}

    @Override
    public String toString() {
      return "";
    }
  }

  private static class Derived extends Base {

    @Override
    public void one() {}

    @Override
    public void ignored() {}

    @TrackedSkill("own")
    private void further() {}
  }

  @TrackedSkill(ignore = true)
  private static class LeftOut extends Base {

    @Override
    public void one() {}
  }

  @Test
  void anAnnotatedClassHasItsPublicMethodsAndThoseOfItsSubclasses() {
    assertEquals(Set.of("one=base.one", "two=base.two"), skillsOf(Base.class));
    assertEquals(
        Set.of("one=base.one", "ignored=base.ignored", "further=own"), skillsOf(Derived.class));
    assertEquals(Set.of(), skillsOf(LeftOut.class));
  }

  @Meta
  private static class ByMeta {

    public void one() {}
  }

  private static class OfMeta extends ByMeta {

    public void two() {}
  }

  @InheritedMeta
  private static class ByInheritedMeta {

    public void one() {}

    @Meta
    void two() {}
  }

  private static class OfInheritedMeta extends ByInheritedMeta {

    public void three() {}
  }

  @Test
  void anAnnotationOfATeamsOwnStandsForOurs() {
    assertEquals(Set.of("one=meta.one"), skillsOf(ByMeta.class));
    assertEquals(Set.of(), skillsOf(OfMeta.class));
    assertEquals(Set.of("one=inherited.one", "two=meta"), skillsOf(ByInheritedMeta.class));
    assertEquals(Set.of("three=inherited.three"), skillsOf(OfInheritedMeta.class));
  }

  @TrackedSkill
  private enum Level {
    LOW,
    HIGH;

    public static Level valueOf(int number) {
      return number == 0 ? LOW : HIGH;
    }

    public static Level[] values(int count) {
      return Arrays.copyOf(values(), count);
    }
  }

  @Test
  void ofAnEnumOnlyTheMembersOfAllEnumsAreLeftOut() {
    assertEquals(Set.of("valueOf=Level.valueOf", "values=Level.values"), skillsOf(Level.class));
  }

  @TrackedSkill("pair")
  private record Pair(String left, String made, String marked) {

    public String left() {
      return left;
    }

    public String left(int times) {
      return left.repeat(times);
    }

    @TrackedSkill("marked")
    public String marked() {
      return marked;
    }
  }

  @TrackedSkill("bean")
  private static class Bean {

    private String name = "";
    private boolean active;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public Bean withName(String name) {
      this.name = name;
      return this;
    }

    public boolean isActive() {
      return active;
    }

    public String getNames() {
      return name;
    }

    public void setName(int number) {
      active = number > 0;
    }

    public boolean canEqual(Object other) {
      return other instanceof Bean;
    }

    static Builder builder() {
      return new Builder();
    }

    static class Builder {}
  }

  @Test
  void accessorsAndWhatGeneratorsAddAreLeftOut() {
    assertEquals(Set.of("left=pair.left", "marked=marked"), skillsOf(Pair.class));
    assertEquals(Set.of("getNames=bean.getNames", "setName=bean.setName"), skillsOf(Bean.class));
  }

  @Test
  void reflectionSeesTheSameWhereAClassHasNoFile() {
    for (Class<?> type : List.of(Base.class, Derived.class, Pair.class, Bean.class, OfMeta.class)) {
      assertEquals(skillsOf(type), skillsOf(type, ClassFactsSource.reflected(type)));
    }
  }

  @Retention(RetentionPolicy.CLASS)
  private @interface ToolGenerated {}

  private static class Marked {

    @TrackedSkill("marked")
    void written() {}

    @ToolGenerated
    @TrackedSkill("marked")
    void made() {}
  }

  @Test
  void aMethodThatIsAnnotatedAsGeneratedIsLeftOut() {
    assertEquals(Set.of("written=marked"), skillsOf(Marked.class));
  }

  /** Each method that is a skill, with the skill's name. */
  private static Set<String> skillsOf(Class<?> type) {
    return skillsOf(type, new ClassFactsSource(type.getClassLoader()).of(type));
  }

  private static Set<String> skillsOf(Class<?> type, ClassFacts facts) {
    ClassFactsSource source = new ClassFactsSource(type.getClassLoader());
    SkillDefinitions definitions = new SkillDefinitions(type, facts, source);
    Set<String> skills = new TreeSet<>();
    for (MethodFacts method : definitions.tracked()) {
      skills.add(method.name() + "=" + definitions.of(method, null).skill().name());
    }
    return skills;
  }
}
