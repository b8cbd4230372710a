package acme;
import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.*;
import dev.autoskill.telemetry.junit.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.extension.ExtendWith;
@ExtendWith(SkillTelemetryExtension.class)
class AtOnce {
  @RepeatedTest(100) void fewUses(RepetitionInfo repetition, SkillUses uses) {
    int times = repetition.getCurrentRepetition() % 5;
    for (int i = 0; i < times; i++) {
      new Skills().greet("x");
      assertThrows(IllegalArgumentException.class, () -> new Skills().greet(null));
    }
    assertThat(uses).of("greet").succeeded(times).failed(times).times(2 * times);
  }
  @RepeatedTest(100) void manyUses(SkillUses uses) {
    for (int i = 0; i < 7; i++) { new Skills().greet("x"); }
    assertThat(uses).of("greet").succeeded(7).times(7);
  }
}
