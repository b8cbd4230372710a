package skills.passed;

import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;

/** An aspect of a program's own. */
@Aspect
public final class Passing {

  @Around("execution(* skills.passed.PassedProgram.*(..))")
  public Object pass(ProceedingJoinPoint call) throws Throwable {
    System.out.println("passed");
    return call.proceed();
  }
}
