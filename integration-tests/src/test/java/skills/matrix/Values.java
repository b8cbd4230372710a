package skills.matrix;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/** Skills that return no object. */
final class Values {

  private Values() {}

  @TrackedSkill(
      value = "void",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static void isVoid(Body body) throws Throwable {
    body.run();
  }

  @TrackedSkill(
      value = "boolean",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static boolean isBoolean(Body body) throws Throwable {
    return (Boolean) body.run();
  }

  @TrackedSkill(
      value = "byte",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static byte isByte(Body body) throws Throwable {
    return (Byte) body.run();
  }

  @TrackedSkill(
      value = "char",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static char isCharacter(Body body) throws Throwable {
    return (Character) body.run();
  }

  @TrackedSkill(
      value = "short",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static short isShort(Body body) throws Throwable {
    return (Short) body.run();
  }

  @TrackedSkill(
      value = "int",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static int isInteger(Body body) throws Throwable {
    return (Integer) body.run();
  }

  @TrackedSkill(
      value = "long",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static long isLong(Body body) throws Throwable {
    return (Long) body.run();
  }

  @TrackedSkill(
      value = "float",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static float isFloat(Body body) throws Throwable {
    return (Float) body.run();
  }

  @TrackedSkill(
      value = "double",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static double isDouble(Body body) throws Throwable {
    return (Double) body.run();
  }

  static Object callVoid(Body body) throws Throwable {
    isVoid(body);
    return null;
  }
}
