package dev.autoskill.telemetry.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

  @Test
  void aSessionIsTheSameIdAsLongAsTheProcessLivesAndDoesNotShow() {
    String session = SessionIds.standingFor("jane@example.com");

    assertEquals(session, SessionIds.standingFor("jane@example.com"));
    assertNotEquals(session, SessionIds.standingFor("joe@example.com"));
    assertTrue(session.matches("[0-9a-f]{32}"), session);
  }

  @Test
  void nobodyElseCanComputeTheIdOfASession() throws NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest("s-1".getBytes(UTF_8));

    assertFalse(HexFormat.of().formatHex(hash).startsWith(SessionIds.standingFor("s-1")));
  }
}
