package skills.matrix;

import java.lang.reflect.InvocationTargetException;

/** Calls a skill as frameworks do. */
final class Reflective {

  private Reflective() {}

  static Object callPublic(Body body) throws Throwable {
    try {
      return Members.class.getMethod("isPublic", Body.class).invoke(new Members(), body);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
