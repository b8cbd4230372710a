package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.OutcomeMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mappers of one skill: the named one, then those registered where its class can see them.
 *
 * <p>A caller's thread only learns whether there may be somebody to ask, and runs no code of a
 * mapper's; to ask is for the mappers' thread.
 */
public final class Mappers {

  /** Nobody to ask. */
  public static final Mappers NONE = new Mappers(null, RegisteredMappers.NONE);

  private final @Nullable AskedMapper named;
  private final RegisteredMappers registered;

  private Mappers(@Nullable AskedMapper named, RegisteredMappers registered) {
    this.named = named;
    this.registered = registered;
  }

  /**
   * The mappers of a skill that names none.
   *
   * @param declaring the class of the skill's method
   * @return the mappers
   */
  public static Mappers of(Class<?> declaring) {
    RegisteredMappers registered = RegisteredMappers.visibleFrom(declaring);
    return registered == RegisteredMappers.NONE ? NONE : new Mappers(null, registered);
  }

  /**
   * The mappers of a skill.
   *
   * @param declaring the class of the skill's method
   * @param named the class of the mapper that its annotation names; {@link OutcomeMapper.None} if
   *     it names none
   * @return the mappers
   */
  public static Mappers of(Class<?> declaring, Class<? extends OutcomeMapper<?>> named) {
    if (named == OutcomeMapper.None.class) {
      return of(declaring);
    }
    return new Mappers(
        new AskedMapper(() -> named.getDeclaredConstructor().newInstance()),
        RegisteredMappers.visibleFrom(declaring));
  }

  /**
   * Finds out which mappers are registered on the class path, so that no use has to be asked about
   * if there is none. Takes its time; any thread may do it.
   *
   * @param loader the class path's
   * @param classPath as the system property has it
   */
  public static void find(ClassLoader loader, String classPath) {
    RegisteredMappers.list(loader, classPath);
  }

  /** Whether there is one, or may be one that is not known yet. */
  boolean mayBeAny() {
    return named != null || registered.mayBeAny();
  }

  /** Whether one of them may have something to say about this ending. */
  boolean mayJudge(Object ending) {
    return (named != null && named.mayJudge(ending)) || registered.mayJudge(ending);
  }

  @Nullable AskedMapper named() {
    return named;
  }

  List<AskedMapper> registered() {
    return registered.list();
  }
}
