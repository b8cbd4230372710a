package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.kotlin.SuspendingUse;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillCall;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import java.lang.invoke.MethodHandles;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Records each execution of the methods that {@link #skill()} picks out. An aspect of one's own
 * extends it and says which those are, in Java or in an {@code aop.xml}.
 *
 * <p>Around advice leaves the method's body as its compiler made it, as a method of its own, and so
 * makes a valid class of every compiler's bytecode. Advice after returning would join the body's
 * return instructions, which Kotlin and Scala have at different depths of the operand stack.
 */
public abstract aspect SkillAspect {

  /** Tells this aspect's view of a call from that of another aspect. */
  private final int number = SkillCalls.nextAspect();

  /** The methods to record. Other join points that it picks out, such as their calls, are left alone. */
  protected abstract pointcut skill();

  /** Kotlin's suspend functions. What it makes of open ones and of lambdas is called repeatedly. */
  private pointcut suspending(): execution(* *(.., kotlin.*.Continuation));

  /**
   * The subclasses that Spring and others make by CGLIB, Byte Buddy, Mockito, Hibernate, Guice,
   * Javassist, Weld, Quarkus, OpenWebBeans and Micronaut. They call the method they stand for, and
   * that call is the use.
   */
  private pointcut inGeneratedClass():
    within(*..*CGLIB$$* || *..*$ByteBuddy$* || *..*$MockitoMock$* || *..*$HibernateProxy$*
        || *..*$$EnhancerBy* || *..*_$$_jvst* || *..*_$$_Weld* || *..*_ClientProxy
        || *..*_Subclass || *..*$$Owb* || *..*$Definition$Intercepted);

  /** Executions only: a pointcut of the user's, such as one by annotation, may also match calls. */
  private pointcut use():
    execution(* *(..)) && skill() && !inGeneratedClass()
    && !execution(* *$suspendImpl(..)) && !execution(* invokeSuspend(Object));

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around() : use() && !suspending() {
    SkillCall call = SkillCalls.enter(thisJoinPointStaticPart, number);
    if (call == null) {
      return proceed();
    }
    long startNanos = System.nanoTime();
    try {
      return SkillCalls.ended(call, startNanos, proceed(), null);
    } catch (Throwable thrown) {
      return SkillCalls.ended(call, startNanos, null, thrown);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object continuation) : use() && suspending() && args(.., continuation) {
    SkillJoinPoint here = SkillCalls.at(thisJoinPointStaticPart);
    SuspendingUse use = SuspendingUse.begin(here, number, MethodHandles.lookup(), continuation);
    if (use == null) {
      return proceed(continuation);
    }
    try {
      return use.returned(proceed(use.continuation()));
    } catch (Throwable thrown) {
      throw use.<RuntimeException>threw(thrown);
    }
  }
}
