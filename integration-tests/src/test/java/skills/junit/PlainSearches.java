package skills.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A test that knows nothing of telemetry. */
public class PlainSearches {

  @Test
  void finds() {
    assertEquals(5, new Search().find("plain"));
  }
}
