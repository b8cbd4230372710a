package dev.autoskill.telemetry.cli.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * Everything that other pages would load from elsewhere.
 *
 * @param style the style sheet
 * @param script the script
 * @param json the data, safe within a script element
 * @param csv the table, in Base64
 */
record Inline(String style, String script, String json, String csv) {

  static Inline of(PageData data) {
    return new Inline(
        resource("page.css"),
        resource("page.js"),
        withoutMarkup(data.json()),
        Base64.getEncoder().encodeToString(data.csv().getBytes(StandardCharsets.UTF_8)));
  }

  /** The content security policy: only the style and the script that are in the page. */
  String policy() {
    return "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  /** In JSON these characters stand within texts only, where an escape means the same. */
  static String withoutMarkup(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Inline.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
