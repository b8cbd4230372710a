package skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.util.List;

/** Skills of every kind of method, each of which ends in a way that can be told from others. */
class Reviewer implements Review<String> {

  static final Object RESULT = new Object();
  static final IOException CHECKED = new IOException("checked");
  static final AssertionError ERROR = new AssertionError("error");

  @TrackedSkill("returns")
  Object returns() {
    return RESULT;
  }

  @TrackedSkill("returns-nothing")
  void returnsNothing() {}

  @TrackedSkill("returns-null")
  Object returnsNull() {
    return null;
  }

  @TrackedSkill("returns-primitive")
  long returnsPrimitive(long value) {
    return value + 1;
  }

  @TrackedSkill("throws-checked")
  Object throwsChecked() throws IOException {
    throw CHECKED;
  }

  @TrackedSkill("throws-error")
  void throwsError() {
    throw ERROR;
  }

  @TrackedSkill("throws-from-below")
  int throwsFromBelow(int[] numbers) {
    return numbers[numbers.length];
  }

  @TrackedSkill("catches-its-own")
  String catchesItsOwn() {
    try {
      throw new IllegalStateException();
    } catch (IllegalStateException e) {
      return "caught";
    }
  }

  @TrackedSkill("static")
  static Object isStatic() {
    return RESULT;
  }

  Object callsPrivate() {
    return isPrivate();
  }

  @TrackedSkill("private")
  private Object isPrivate() {
    return RESULT;
  }

  @TrackedSkill("final")
  final Object isFinal() {
    return RESULT;
  }

  @TrackedSkill("synchronized")
  synchronized Object isSynchronized() {
    return RESULT;
  }

  @TrackedSkill("overloaded")
  Object overloaded() {
    return overloaded(1);
  }

  @TrackedSkill("overloaded")
  Object overloaded(int one) {
    return overloaded("two", 3);
  }

  @TrackedSkill("overloaded")
  Object overloaded(String... many) {
    return RESULT;
  }

  Object overloaded(String two, int three) {
    return overloaded(two, "four");
  }

  @TrackedSkill("recursive")
  int factorial(int n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
  }

  @TrackedSkill("generic")
  <T extends Comparable<T>> T greatest(List<? extends T> values) {
    T greatest = values.get(0);
    for (T value : values) {
      greatest = value.compareTo(greatest) > 0 ? value : greatest;
    }
    return greatest;
  }

  /** The compiler adds a bridge method for the interface, and annotates that as well. */
  @Override
  @TrackedSkill("through-interface")
  public Object review(String subject) {
    return RESULT;
  }

  @TrackedSkill
  Object unnamed() {
    return RESULT;
  }

  @TrackedSkill(id = "id-1", name = "attributed", agent = "reviewer-agent")
  Object attributed() {
    return RESULT;
  }

  Object notASkill() {
    return RESULT;
  }
}
