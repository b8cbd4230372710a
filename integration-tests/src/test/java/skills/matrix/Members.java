package skills.matrix;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/** Skills of every modifier and signature that a method of a class can have. */
class Members {

  @TrackedSkill(
      value = "public",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  public Object isPublic(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "protected",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  protected Object isProtected(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "package",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  Object isOfPackage(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "private",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  private Object isPrivate(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "static",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static Object isStatic(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "final",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  final Object isFinal(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "synchronized",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  synchronized Object isSynchronized(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "varargs",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  Object hasVarargs(Body... bodies) throws Throwable {
    return bodies[0].run();
  }

  @TrackedSkill(
      value = "generic",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  <T extends Body> Object isGeneric(T body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "overloaded",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  Object overloaded(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "overloaded",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  Object overloaded(Body body, int more) throws Throwable {
    return body.run();
  }

  @TrackedSkill(
      value = "lambda",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  Object holdsLambda(Body body) throws Throwable {
    Body lambda = () -> body.run();
    return lambda.run();
  }

  @TrackedSkill(
      value = "catching",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  Object catches(Body body) throws Throwable {
    try {
      return body.run();
    } catch (IllegalStateException e) {
      throw e;
    } finally {
      Thread.onSpinWait();
    }
  }

  static Object callPrivate(Body body) throws Throwable {
    return new Members().isPrivate(body);
  }

  /** Known by the names of the class and the method. */
  @AgentTool
  Object isMeta(Body body) throws Throwable {
    return body.run();
  }

  Object isNoSkill(Body body) throws Throwable {
    return body.run();
  }
}
