package skills.matrix;

import java.util.EnumSet;
import java.util.Set;

/** The places where the annotation may stand, and some where nothing is to be recorded. */
public enum Placement {
  PUBLIC("public", body -> new Members().isPublic(body)),
  PROTECTED("protected", body -> new Members().isProtected(body)),
  PACKAGE("package", body -> new Members().isOfPackage(body)),
  PRIVATE("private", Members::callPrivate),
  STATIC("static", Members::isStatic),
  FINAL("final", body -> new Members().isFinal(body)),
  SYNCHRONIZED("synchronized", body -> new Members().isSynchronized(body)),
  VARARGS("varargs", body -> new Members().hasVarargs(body, body)),
  GENERIC("generic", body -> new Members().isGeneric(body)),
  OVERLOADED("overloaded", body -> new Members().overloaded(body)),
  OVERLOADED_MORE("overloaded", body -> new Members().overloaded(body, 1)),
  LAMBDA_HOLDING("lambda", body -> new Members().holdsLambda(body)),
  CATCHING("catching", body -> new Members().catches(body)),
  REFLECTIVE("public", Reflective::callPublic),
  META("Members.isMeta", body -> new Members().isMeta(body)),

  DEFAULT_METHOD("default", body -> new Shapes.Implementing().byDefault(body)),
  DEFAULT_METHOD_OF_LAMBDA("default", Shapes::callLambdaOfInterface),
  INTERFACE_STATIC("interface-static", body -> Shapes.WithDefault.ofInterface(body)),
  BRIDGED("bridged", Shapes::callThroughBridge),
  RECORD("record", body -> new Shapes.OfRecord("").of(body)),
  ENUM_CONSTANT_BODY("enum-body", body -> Shapes.OfEnum.CONSTANT.of(body)),
  INNER("inner", Shapes::callInner),
  NESTED("nested", body -> new Shapes.Nested().of(body)),
  LOCAL("local", Shapes::callLocal),
  ANONYMOUS("anonymous", Shapes::callAnonymous),

  TYPE("type.isPublic", body -> new Types.Annotated(body).isPublic(body)),
  TYPE_STATIC("type.isStatic", body -> Types.Annotated.isStatic(body)),
  TYPE_AND_METHOD("type-method", body -> new Types.Annotated(body).named(body)),
  TYPE_META("Meta.isPublic", body -> new Types.Meta().isPublic(body)),
  TYPE_OF_INTERFACE(
      "contract.byDefault", "c1.byDefault", body -> new Types.Fulfilling().byDefault(body)),
  TYPE_OF_SUPERCLASS("type.isPublic", body -> new Types.Overriding().isPublic(body)),
  TYPE_OF_GENERATED_SUBCLASS("type.isPublic", body -> new Stand$$SpringCGLIB$$0().isPublic(body)),
  TYPE_ENUM("type-enum.of", body -> Types.OfEnum.CONSTANT.of(body)),
  TYPE_RECORD("type-record.of", body -> new Types.OfRecord(body).of(body)),

  VOID("void", null, Result.VALUE, Values::callVoid),
  BOOLEAN("boolean", true, Result.VALUE, Values::isBoolean),
  BYTE("byte", (byte) 1, Result.VALUE, Values::isByte),
  CHAR("char", 'c', Result.VALUE, Values::isCharacter),
  SHORT("short", (short) 1, Result.VALUE, Values::isShort),
  INT("int", Integer.MAX_VALUE, Result.VALUE, Values::isInteger),
  LONG("long", Long.MAX_VALUE, Result.VALUE, Values::isLong),
  FLOAT("float", 0.5f, Result.VALUE, Values::isFloat),
  DOUBLE("double", 0.5, Result.VALUE, Values::isDouble),

  PUBLISHER("publishing", null, Result.PUBLISHER, body -> new Publishing().publishes(body)),
  PUBLISHER_STATIC("publishing-static", null, Result.PUBLISHER, Publishing::publishesStatically),
  PUBLISHER_PRIVATE("publishing-private", null, Result.PUBLISHER, Publishing::callPrivate),
  PUBLISHER_GENERIC(
      "publishing-generic",
      null,
      Result.PUBLISHER,
      body -> new Publishing().publishesGenerically(body)),
  PUBLISHER_DEFAULT(
      "publishing-default",
      null,
      Result.PUBLISHER,
      body -> new Publishing.WithDefault() {}.publishes(body)),

  MAPPER_THROWS("mapper-throws", true, Result.VALUE, Mappers::throwing),
  MAPPER_OF_WRONG_TYPE("mapper-of-wrong-type", true, Result.VALUE, Mappers::ofWrongType),
  MAPPER_OF_NO_TYPE("mapper-of-no-type", true, Result.VALUE, Mappers::ofNoType),
  MAPPER_NOT_MADE("mapper-not-made", true, Result.VALUE, Mappers::notMade),
  MAPPER_SLOW("mapper-slow", true, Result.VALUE, Mappers::slow),

  NO_SKILL(body -> new Members().isNoSkill(body)),
  NEVER_A_CONSTRUCTOR(Types.Annotated::construct),
  NEVER_MADE_BY_THE_COMPILER(Types::callMadeByTheCompiler),
  TYPE_BUT_NOT_PUBLIC(body -> new Types.Annotated(body).isOfPackage(body)),
  TYPE_BUT_LEFT_OUT(body -> new Types.Annotated(body).leftOut(body)),
  TYPE_BUT_NESTED(body -> new Types.Annotated.NotAnnotated().isPublic(body)),
  TYPE_OF_INTERFACE_BUT_IMPLEMENTED(Types::callContract),
  TYPE_OF_INTERFACE_BUT_A_PROXY(Types::callProxy),
  TYPE_OF_SUPERCLASS_BUT_LEFT_OUT(body -> new Types.Unwilling().isPublic(body));

  /** One for each way in which the annotation is read and for each kind of declared type. */
  private static final Set<Placement> EACH_ENDING =
      EnumSet.of(PUBLIC, META, TYPE, TYPE_META, TYPE_OF_INTERFACE, VOID, INT, PUBLISHER);

  /** Calls the method that stands there. */
  interface Call {
    Object call(Body body) throws Throwable;
  }

  private final String skillName;
  private final String skillId;
  private final Object sample;
  private final Result result;
  private final Call call;

  Placement(String skillName, Call call) {
    this(skillName, skillName, call);
  }

  Placement(String skillName, String skillId, Call call) {
    this(skillName, skillId, new Object(), Result.OBJECT, call);
  }

  Placement(String skillName, Object sample, Result result, Call call) {
    this(skillName, skillName, sample, result, call);
  }

  Placement(Call call) {
    this(null, null, call);
  }

  Placement(String skillName, String skillId, Object sample, Result result, Call call) {
    this.skillName = skillName;
    this.skillId = skillId;
    this.sample = sample;
    this.result = result;
    this.call = call;
  }

  /** The name of the skill; null if nothing is to be recorded here. */
  public String skillName() {
    return skillName;
  }

  public String skillId() {
    return skillId;
  }

  /**
   * Whether a use is to end so here. Where the annotation stands decides how it is read, and the
   * declared type how a result is seen; beyond that, an ending takes the same way everywhere.
   */
  public boolean allows(Ending ending) {
    if (isUselesslyMapped()) {
      return ending.isLeftToTheRules();
    }
    return ending.fits(result) && (EACH_ENDING.contains(this) || ending.isTypical());
  }

  /** There, what a skill's own mapper would judge is not judged. */
  private boolean isUselesslyMapped() {
    return name().startsWith("MAPPER_");
  }

  Use use(Ending ending) {
    return ending.use(sample);
  }

  Object call(Body body) throws Throwable {
    return call.call(body);
  }
}
