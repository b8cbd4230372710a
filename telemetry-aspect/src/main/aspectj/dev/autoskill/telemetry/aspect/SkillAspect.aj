package dev.autoskill.telemetry.aspect;

import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Records each execution of the methods that {@link #skill()} picks out. An aspect of one's own
 * extends it and says which those are, in Java or in an {@code aop.xml}.
 *
 * <p>The advice is before and after, not around: the method's body stays where it is, so stack
 * traces, reflection and the objects returned and thrown are those of the unwoven method. Only a
 * result that does nothing before somebody subscribes has to be exchanged, and so needs around. That
 * a program has no methods for one of these is no reason for the compiler to warn.
 */
public abstract aspect SkillAspect {

  private final int number = SkillCalls.nextWatcher();

  /** The methods to record. What else it may pick out, such as their calls, is left alone. */
  protected abstract pointcut skill();

  /**
   * A Kotlin suspend function is called again each time it resumes, so a call of it is no use.
   * Besides, the weaver makes invalid classes of those with advice.
   */
  private pointcut suspending(): execution(* *(.., kotlin.*.Continuation));

  /** Executions only: a pointcut of the user's, such as one by annotation, may also match calls. */
  private pointcut use(): execution(* *(..)) && skill() && !suspending();

  private pointcut returnsNoObject():
    execution((void || boolean || byte || char || short || int || long || float || double) *(..));

  /** By patterns, since the weaver complains about names of types that are not there. */
  private pointcut returnsPublisher():
    execution((java.util.concurrent.Flow.Publisher
        || org.reactivestreams.* || reactor.core.publisher.*
        || kotlinx.coroutines.flow.*) *(..));

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning : use() && returnsNoObject() {
    SkillCalls.returned(thisJoinPointStaticPart, number, null);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(Object result) : use() && !returnsNoObject() {
    SkillCalls.returned(thisJoinPointStaticPart, number, result);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() throwing(Throwable thrown) : use() {
    SkillCalls.threw(thisJoinPointStaticPart, number, thrown);
  }

  // Outside of what the others watch: if it failed, they would not run.
  @SuppressAjWarnings("adviceDidNotMatch")
  before() : use() {
    SkillCalls.entered(thisJoinPointStaticPart, number);
  }

  // Around all of these, so what they saw is what the method itself returned.
  @SuppressAjWarnings("adviceDidNotMatch")
  Object around() : use() && returnsPublisher() {
    return observed(thisJoinPointStaticPart, proceed());
  }

  /** Public, because this advice alone becomes part of the woven class. */
  public final Object observed(JoinPoint.StaticPart joinPoint, Object result) {
    return SkillCalls.returnedPublisher(joinPoint, number, result);
  }
}
