package skills.matrix;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/** Skills by an annotation on their type. */
final class Types {

  private Types() {}

  @TrackedSkill(
      value = "type",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static class Annotated {

    private final Body atConstruction;

    Annotated(Body atConstruction) {
      this.atConstruction = atConstruction;
    }

    /** A constructor is no skill, and so is nothing that it calls if that is private. */
    static Object construct(Body body) throws Throwable {
      return new Annotated(body).atConstruction.run();
    }

    public Object isPublic(Body body) throws Throwable {
      return body.run();
    }

    public static Object isStatic(Body body) throws Throwable {
      return body.run();
    }

    @TrackedSkill(
        value = "type-method",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    public Object named(Body body) throws Throwable {
      return body.run();
    }

    @TrackedSkill(ignore = true)
    public Object leftOut(Body body) throws Throwable {
      return body.run();
    }

    Object isOfPackage(Body body) throws Throwable {
      return body.run();
    }

    static final class NotAnnotated {
      public Object isPublic(Body body) throws Throwable {
        return body.run();
      }
    }
  }

  @AgentTool
  static final class Meta {
    public Object isPublic(Body body) throws Throwable {
      return body.run();
    }
  }

  @TrackedSkill(
      value = "contract",
      id = "c1",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  interface Contract<T> {
    Object fulfil(T body) throws Throwable;

    default Object byDefault(Body body) throws Throwable {
      return body.run();
    }
  }

  static final class Fulfilling implements Contract<Body> {
    @Override
    public Object fulfil(Body body) throws Throwable {
      return body.run();
    }
  }

  @TrackedSkill(ignore = true)
  static final class Unwilling extends Annotated {

    Unwilling() {
      super(null);
    }

    @Override
    public Object isPublic(Body body) throws Throwable {
      return body.run();
    }
  }

  static final class Overriding extends Annotated {

    Overriding() {
      super(null);
    }

    @Override
    public Object isPublic(Body body) throws Throwable {
      return body.run();
    }
  }

  @TrackedSkill(
      value = "type-enum",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  enum OfEnum {
    CONSTANT;

    public Object of(Body body) throws Throwable {
      return body.run();
    }
  }

  @TrackedSkill(
      value = "type-record",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  record OfRecord(Body body) {
    public Object of(Body given) throws Throwable {
      return given.run();
    }
  }

  static Object callMadeByTheCompiler(Body body) throws Throwable {
    OfEnum constant = OfEnum.valueOf(OfEnum.values()[0].toString());
    OfRecord made = new OfRecord(body);
    return constant.hashCode() == made.hashCode() ? null : made.body().run();
  }

  /** Neither the proxy nor what it calls is a skill: the contract's annotation is not theirs. */
  static Object callProxy(Body body) throws Throwable {
    Object proxy =
        Proxy.newProxyInstance(
            Contract.class.getClassLoader(),
            new Class<?>[] {Contract.class},
            (self, method, arguments) -> callContract((Body) arguments[0]));
    @SuppressWarnings("unchecked")
    Contract<Body> contract = (Contract<Body>) proxy;
    try {
      return contract.fulfil(body);
    } catch (UndeclaredThrowableException e) {
      throw e.getCause();
    }
  }

  static Object callContract(Body body) throws Throwable {
    Contract<Body> contract = new Fulfilling();
    return contract.fulfil(body);
  }
}
