package dev.autoskill.telemetry.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

  @ParameterizedTest
  @CsvSource({"SUCCESS, success", "FAILURE, failure", "PARTIAL, partial", "SKIPPED, skipped"})
  void isWrittenAsOneWord(Outcome outcome, String text) {
    assertEquals(text, outcome.text());
  }

  @ParameterizedTest
  @EnumSource
  void isReadAsItIsWritten(Outcome outcome) {
    assertEquals(outcome, Outcome.ofText(outcome.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Success", "weird-outcome"})
  void anyOtherWordIsUnrecognised(String text) {
    assertEquals(Outcome.UNRECOGNISED, Outcome.ofText(text));
  }

  @Test
  void namesTheMissingArgument() {
    NullPointerException thrown =
        assertThrows(NullPointerException.class, () -> Outcome.ofText(null));
    assertEquals("text must not be null", thrown.getMessage());
  }
}
