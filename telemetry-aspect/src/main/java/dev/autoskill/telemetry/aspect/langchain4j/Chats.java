package dev.autoskill.telemetry.aspect.langchain4j;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.session.SessionIds;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls of tools into the session of the chat that calls.
 *
 * <p>Internal: public because woven code calls it, and not promised to stay.
 */
public final class Chats {

  /** The id of every chat to which a program gives none. */
  private static final String NO_ID = "default";

  /** Reads the id from LangChain4j's context; null for other classes. A class keeps its own. */
  private static final ClassValue<@Nullable Method> READERS =
      new ClassValue<>() {
        @Override
        protected @Nullable Method computeValue(Class<?> type) {
          return readerOf(type);
        }
      };

  private Chats() {}

  /**
   * Opens the context of a chat, which fills in its session. It stays that of the thread if nothing
   * is recorded, the chat has no id, or anything fails.
   *
   * @param caller how LangChain4j tells a tool the chat: its id, or the context that holds it
   * @return leaves the context again
   */
  public static SkillContext.Scope enter(@Nullable Object caller) {
    SkillContext context = SkillContext.current();
    try {
      if (caller != null && Telemetry.recording() != null) {
        Method reader = READERS.get(caller.getClass());
        Object id = reader == null ? caller : reader.invoke(caller);
        if (id != null && !id.equals(NO_ID)) {
          context = SkillContext.ofSession(SessionIds.standingFor(id.toString()));
        }
      }
    } catch (Throwable fault) {
      Telemetry.countFault(fault);
    }
    return context.open();
  }

  /** By reflection, since the loader of this library may not see LangChain4j. */
  private static @Nullable Method readerOf(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> implemented : each.getInterfaces()) {
        if (implemented.getName().equals("dev.langchain4j.invocation.InvocationContext")) {
          return method(implemented, "chatMemoryId");
        }
      }
    }
    return null;
  }

  private static Method method(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
