package app;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.lang.reflect.Proxy;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;

public class Main {

  static class Answering implements Svc {
    public String ask(String q) {
      return "a:" + q;
    }
  }

  static class Marked implements Svc {
    @TrackedSkill("marked")
    public String ask(String q) {
      return "m:" + q;
    }
  }

  @Configuration
  @EnableAspectJAutoProxy
  static class Conf {
    @Bean Log log() { return new Log(); }
    @Bean Svc answering() { return new Answering(); }
    @Bean Svc marked() { return new Marked(); }
  }

  @org.aspectj.lang.annotation.Aspect
  public static class Log {
    @org.aspectj.lang.annotation.Around("execution(* app.Svc.*(..))")
    public Object a(org.aspectj.lang.ProceedingJoinPoint p) throws Throwable {
      System.out.println("proxied " + p.getSignature().getName());
      return p.proceed();
    }
  }

  public static void main(String[] a) {
    try (var c = new AnnotationConfigApplicationContext(Conf.class)) {
      for (String name : new String[] {"answering", "marked"}) {
        Svc s = (Svc) c.getBean(name);
        System.out.println(Proxy.isProxyClass(s.getClass()) + s.ask("q") + s.twice("t"));
      }
      System.out.println(Svc.fixed());
    }
  }
}
