package acme;
import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.*;
import dev.autoskill.telemetry.junit.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.extension.ExtendWith;
@ExtendWith(SkillTelemetryExtension.class)
class ExtendedTest {
  @Test void records(SkillUses uses) {
    new Skills().greet("x");
    assertThat(uses).of("greet").succeeded(1).times(1);
  }
  @Test void recordsFailure(SkillUses uses) {
    assertThrows(IllegalArgumentException.class, () -> new Skills().greet(null));
    assertThat(uses).of("greet").failed(1).times(1);
  }
}
