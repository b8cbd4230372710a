package dev.autoskill.telemetry.junit;

/** Where assertions on uses of skills begin, for a static import. */
public final class SkillAssertions {

  private SkillAssertions() {}

  /**
   * Begins assertions on the uses that a test has made before this call.
   *
   * <pre>{@code
   * assertThat(uses).of("search").succeeded(2).failed(0);
   * assertThat(uses).of("delete").never();
   * }</pre>
   *
   * @param uses the uses
   * @return assertions on all of them
   * @throws org.opentest4j.TestAbortedException if the user switched telemetry off
   * @throws AssertionError if the uses cannot be read
   */
  public static UsesAssert assertThat(SkillUses uses) {
    return new UsesAssert(uses);
  }
}
