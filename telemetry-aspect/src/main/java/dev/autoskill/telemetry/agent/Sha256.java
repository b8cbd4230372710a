package dev.autoskill.telemetry.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/** Digests for the cache: over all that determines a woven class, and over what is kept of it. */
final class Sha256 {

  /** Bytes of a digest. */
  static final int LENGTH = 32;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes and how many they are, so that no other parts add up to the same. */
  Sha256 add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  /** Adds parts and how many they are. */
  Sha256 add(List<byte[]> parts) {
    add(Integer.toString(parts.size()));
    for (byte[] part : parts) {
      add(part);
    }
    return this;
  }

  Sha256 add(Map<String, byte[]> parts) {
    for (Map.Entry<String, byte[]> part : parts.entrySet()) {
      add(part.getKey()).add(part.getValue());
    }
    return this;
  }

  byte[] toBytes() {
    return digest.digest();
  }
}
