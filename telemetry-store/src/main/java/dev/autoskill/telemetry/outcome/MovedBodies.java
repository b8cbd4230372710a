package dev.autoskill.telemetry.outcome;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Skills whose body around advice has moved to a method of its own: in the stack traces of what
 * they throw, the body is put back where its source has it.
 *
 * <p>AspectJ calls the moved body {@code name_aroundBody0}, and the advice that it was moved for
 * {@code name_aroundBody1$advice}; what is left in {@code name} is a call of these. Where a class
 * is woven twice there are more of both.
 */
public final class MovedBodies {

  private static final String MOVED = "_aroundBody";
  private static final String ADVICE = "$advice";

  /** The loader of the class path, which the JVM leaves out where it shows a frame. */
  private static final String UNSHOWN_LOADER = "app";

  /** An exception may have causes without end. */
  private static final int MOST = 100;

  private MovedBodies() {}

  /**
   * Puts bodies back in the stack traces of an exception, its causes and what it suppressed. Traces
   * without such frames, and those that cannot be written, stay as they are.
   *
   * @param thrown the exception
   */
  public static void putBack(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> left = new ArrayDeque<>();
    left.add(thrown);
    while (!left.isEmpty() && seen.size() < MOST) {
      Throwable next = left.remove();
      if (seen.add(next)) {
        putBackInto(next);
        Throwable cause = next.getCause();
        if (cause != null) {
          left.add(cause);
        }
        Collections.addAll(left, next.getSuppressed());
      }
    }
  }

  private static void putBackInto(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    List<StackTraceElement> written = null;
    for (int i = 0; i < trace.length; i++) {
      String name = nameOf(trace[i]);
      int end = name == null ? i : endOf(trace, i, name);
      if (end > i && written == null) {
        written = new ArrayList<>(List.of(trace).subList(0, i));
      }
      if (written != null) {
        written.add(end > i ? named(trace[i], name) : trace[i]);
      }
      i = end;
    }
    if (written != null) {
      thrown.setStackTrace(written.toArray(new StackTraceElement[0]));
    }
  }

  /** The method whose moved body a frame is; null if it is none. */
  private static @Nullable String nameOf(StackTraceElement frame) {
    String method = frame.getMethodName();
    int end = method.lastIndexOf(MOVED);
    return end < 1 || method.endsWith(ADVICE) ? null : method.substring(0, end);
  }

  /** The frame that is left in the method itself; the body's own if it is not there. */
  private static int endOf(StackTraceElement[] trace, int body, String name) {
    int end = body + 1;
    while (end < trace.length && isIn(trace[body], trace[end], name.concat(MOVED))) {
      end++;
    }
    return end > body + 1 && end < trace.length && isMethod(trace[body], trace[end], name)
        ? end
        : body;
  }

  private static boolean isIn(StackTraceElement body, StackTraceElement frame, String start) {
    return frame.getClassName().equals(body.getClassName())
        && frame.getMethodName().startsWith(start);
  }

  private static boolean isMethod(StackTraceElement body, StackTraceElement frame, String name) {
    return frame.getClassName().equals(body.getClassName()) && frame.getMethodName().equals(name);
  }

  private static StackTraceElement named(StackTraceElement body, String name) {
    String loader = body.getClassLoaderName();
    return new StackTraceElement(
        UNSHOWN_LOADER.equals(loader) ? null : loader,
        body.getModuleName(),
        body.getModuleVersion(),
        body.getClassName(),
        name,
        body.getFileName(),
        body.getLineNumber());
  }
}
