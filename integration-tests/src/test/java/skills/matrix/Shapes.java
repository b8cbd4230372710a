package skills.matrix;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/** Skills in every kind of type. */
final class Shapes {

  private Shapes() {}

  interface WithDefault<T extends Body> {

    Object through(T body) throws Throwable;

    @TrackedSkill(
        value = "default",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    default Object byDefault(T body) throws Throwable {
      return body.run();
    }

    @TrackedSkill(
        value = "interface-static",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    static Object ofInterface(Body body) throws Throwable {
      return body.run();
    }
  }

  static final class Implementing implements WithDefault<Body> {

    @Override
    @TrackedSkill(
        value = "bridged",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    public Object through(Body body) throws Throwable {
      return body.run();
    }
  }

  record OfRecord(String name) {

    @TrackedSkill(
        value = "record",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    Object of(Body body) throws Throwable {
      return body.run();
    }
  }

  enum OfEnum {
    CONSTANT {
      @Override
      @TrackedSkill(
          value = "enum-body",
          skippedOn = {FileNotFoundException.class, FileSystemException.class},
          partialOn = {EOFException.class, CharacterCodingException.class},
          outcomeMapper = JudgedOutcomes.class)
      Object of(Body body) throws Throwable {
        return body.run();
      }
    };

    abstract Object of(Body body) throws Throwable;
  }

  final class Inner {

    @TrackedSkill(
        value = "inner",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    Object of(Body body) throws Throwable {
      return body.run();
    }
  }

  static final class Nested {

    @TrackedSkill(
        value = "nested",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    Object of(Body body) throws Throwable {
      return body.run();
    }
  }

  static Object callInner(Body body) throws Throwable {
    return new Shapes().new Inner().of(body);
  }

  static Object callLocal(Body body) throws Throwable {
    class Local {
      @TrackedSkill(
          value = "local",
          skippedOn = {FileNotFoundException.class, FileSystemException.class},
          partialOn = {EOFException.class, CharacterCodingException.class},
          outcomeMapper = JudgedOutcomes.class)
      Object of(Body body) throws Throwable {
        return body.run();
      }
    }
    return new Local().of(body);
  }

  static Object callAnonymous(Body body) throws Throwable {
    return new Object() {
      @TrackedSkill(
          value = "anonymous",
          skippedOn = {FileNotFoundException.class, FileSystemException.class},
          partialOn = {EOFException.class, CharacterCodingException.class},
          outcomeMapper = JudgedOutcomes.class)
      Object of(Body body) throws Throwable {
        return body.run();
      }
    }.of(body);
  }

  static Object callThroughBridge(Body body) throws Throwable {
    WithDefault<Body> erased = new Implementing();
    return erased.through(body);
  }

  static Object callLambdaOfInterface(Body body) throws Throwable {
    WithDefault<Body> lambda = given -> given.run();
    return lambda.byDefault(body);
  }
}
