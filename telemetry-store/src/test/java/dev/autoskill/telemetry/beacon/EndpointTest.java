package dev.autoskill.telemetry.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "https://example.org/beacon?key=value#part",
        "HTTPS://EXAMPLE.ORG:8443/",
        "https://no-such-host.invalid/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]/",
        "http://localhost:8080/",
        "http://LocalHost/",
        "http://127.0.0.1:1/",
        "http://127.255.3.4/",
        "http://[::1]:65535/",
        "https://localhost/"
      })
  void isWhatTheTextNames(String text) {
    assertEquals(text, Endpoint.requireEndpoint(text, "endpoint").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', must be an absolute URI",
    "' ', must be a URI",
    "https://secret host/, must be a URI",
    "https://example.org/%zz?secret, must be a URI",
    "//example.org/secret, must be an absolute URI",
    "example.org/secret, must be an absolute URI",
    "https:secret, must have a valid host",
    "https:///secret, must have a valid host",
    "https://under_score/secret, must have a valid host",
    "https://127.1/secret, must have a valid host",
    "https://user:secret@example.org/, must not hold user info",
    "https://secret@example.org/, must not hold user info",
    "http://secret@localhost/, must not hold user info",
    "https://user:secret@under_score/, must not hold user info",
    "https://@example.org/secret, must not hold user info",
    "http://example.org/secret, must start with https://",
    "http://192.0.2.1/secret, must start with https://",
    "http://10.127.0.1/secret, must start with https://",
    "http://localhost.example.org/secret, must start with https://",
    "http://127.0.0.1.example.org/secret, must start with https://",
    "http://[::2]/secret, must start with https://",
    "http://[::ffff:192.0.2.1]/secret, must start with https://",
    "http://0.0.0.0/secret, must start with https://",
    "ftp://localhost/secret, must start with https://",
    "file://localhost/secret, must start with https://",
    "httpsx://example.org/secret, must start with https://",
    "https://example.org:0/secret, must have a port from 1 to 65535",
    "https://example.org:65536/secret, must have a port from 1 to 65535"
  })
  void refusesOthersWithoutRepeatingThem(String text, String reason) {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> Endpoint.requireEndpoint(text, "endpoint"));

    assertTrue(thrown.getMessage().startsWith("endpoint " + reason), thrown.getMessage());
    assertFalse(thrown.getMessage().contains("secret"));
    assertNull(thrown.getCause());
  }

  @Test
  void namesTheMissingArgument() {
    NullPointerException thrown =
        assertThrows(
            NullPointerException.class, () -> Endpoint.requireEndpoint(null, "AUTO_SKILL_X"));
    assertEquals("AUTO_SKILL_X must not be null", thrown.getMessage());
  }
}
