package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrackedMethodsTest {

  @Test
  void leavingOutAnOverloadLeavesOutNoOther() {
    assertEquals(
        Set.of("find(String)", "find(Integer)", "add(String)", "twice(String)"),
        trackedIn(Implementation.class));
  }

  @Test
  void leavingOutAGenericMethodLeavesOutWhatOverridesIt() {
    assertEquals(Set.of(), trackedIn(OfTexts.class));
  }

  @Test
  void ofAnEnumOnlyWhatTheCompilerMakesIsLeftOut() {
    assertEquals(Set.of("valueOf(int)", "values(int)"), trackedIn(Level.class));
  }

  /** Whether somebody wrote an accessor cannot be seen. */
  @Test
  void ofARecordTheAccessorsAreLeftOut() {
    assertEquals(Set.of("written(int)", "marked()"), trackedIn(Pair.class));
  }

  private static Set<String> trackedIn(Class<?> type) {
    return TrackedMethods.of(type).stream()
        .map(
            method ->
                method.getName()
                    + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")")))
        .collect(Collectors.toSet());
  }

  @TrackedSkill("interface")
  private interface Declaring<T> {

    String find(String text);

    @TrackedSkill(ignore = true)
    String find(Long number);

    String find(Integer number);

    /** The implementation may be of either. */
    String add(T thing);

    @TrackedSkill(ignore = true)
    String add(Long number);

    @TrackedSkill(ignore = true)
    String twice(Long number);

    String twice(T thing);
  }

  private static final class Implementation implements Declaring<String> {

    @Override
    public String find(String text) {
      return text;
    }

    @Override
    public String find(Long number) {
      return "";
    }

    @Override
    public String find(Integer number) {
      return "";
    }

    @Override
    public String add(String thing) {
      return thing;
    }

    @Override
    public String add(Long number) {
      return "";
    }

    @Override
    public String twice(Long number) {
      return "";
    }

    @Override
    public String twice(String thing) {
      return thing;
    }
  }

  @TrackedSkill("generic")
  private interface Generic<T> {

    @TrackedSkill(ignore = true)
    String use(T thing);
  }

  private static final class OfTexts implements Generic<String> {

    @Override
    public String use(String thing) {
      return thing;
    }
  }

  @TrackedSkill("level")
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

  @TrackedSkill("pair")
  private record Pair(String written, String made, String marked) {

    public String written() {
      return written;
    }

    public String written(int times) {
      return written.repeat(times);
    }

    @TrackedSkill("marked")
    public String marked() {
      return marked;
    }
  }
}
