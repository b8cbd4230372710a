package dev.autoskill.examples.reposkills;

import java.nio.charset.CharacterCodingException;
import org.xml.sax.SAXParseException;

/**
 * A use of a skill that threw.
 *
 * @param skill the skill's name
 * @param subject what it was used on
 * @param reason why it failed, in a few words
 */
record FailedUse(String skill, String subject, String reason) {

  static FailedUse of(String skill, String subject, Exception thrown) {
    return new FailedUse(skill, subject, reason(thrown));
  }

  private static String reason(Exception thrown) {
    if (thrown instanceof SAXParseException malformed) {
      return "line " + malformed.getLineNumber() + ": " + malformed.getMessage();
    }
    if (thrown instanceof CharacterCodingException) {
      return "not UTF-8 text";
    }
    // The message of many exceptions, NoSuchFileException for one, needs the type to make sense.
    return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }

  @Override
  public String toString() {
    return skill + ", " + subject + ": " + reason;
  }
}
