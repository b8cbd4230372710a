package dev.autoskill.telemetry.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** Session ids that stand for the ids of others, which are not to be recorded. */
public final class SessionIds {

  /**
   * Random and new for each process, so that nobody can find out which id one stands for. An MCP
   * server may answer anyone who knows the id of one of its sessions, and a chat may have the name
   * of a user.
   */
  private static final byte[] KEY =
      UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

  private static final int BYTES = 16;

  private SessionIds() {}

  /**
   * {@return 32 hexadecimal digits, in this process always the same for the same id}
   *
   * @param id how others call a session
   */
  public static String standingFor(String id) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(KEY);
      byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
