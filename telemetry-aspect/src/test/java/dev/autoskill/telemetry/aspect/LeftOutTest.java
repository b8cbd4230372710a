package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class LeftOutTest {

  @Test
  void standInsAreLeftOutWhoeverMadeThem() {
    for (Class<?> type : StandIns.class.getDeclaredClasses()) {
      assertTrue(LeftOut.isStandIn(type), type.getName());
    }
    Class<?>[] interfaces = {Runnable.class};
    ClassLoader loader = LeftOutTest.class.getClassLoader();
    Object proxy = Proxy.newProxyInstance(loader, interfaces, (self, method, arguments) -> null);
    assertTrue(LeftOut.isStandIn(proxy.getClass()));
    Runnable generated = () -> {};
    assertTrue(LeftOut.isStandIn(generated.getClass()));
  }

  @Test
  void whatSomebodyHasWrittenIsNone() {
    Runnable anonymous =
        new Runnable() {
          @Override
          public void run() {}
        };
    assertFalse(LeftOut.isStandIn(anonymous.getClass()));
    assertFalse(LeftOut.isStandIn(StandIns.class));
    assertFalse(LeftOut.isStandIn(LeftOutTest.class));
  }

  /** Called as their generators call them. */
  private static final class StandIns {

    static final class Skill$ByteBuddy$Hp3xUe9l {}

    static final class Skill$MockitoMock$1234 {}

    static final class Skill$HibernateProxy$Nc2a {}

    static final class Skill$$SpringCGLIB$$0 {}

    static final class Skill$$EnhancerByGuice$$7 {}

    static final class Skill_$$_jvst5a6_0 {}

    static final class Skill$Proxy$_$$_WeldClientProxy {}

    static final class Skill_ClientProxy {}

    static final class Skill_Subclass {}
  }
}
