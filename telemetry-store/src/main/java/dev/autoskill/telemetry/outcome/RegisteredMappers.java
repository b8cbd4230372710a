package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.OutcomeMapper;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mappers that are registered as services where the classes of a loader can see them. Which
 * those are, mostly none, is found out when they are first asked, on the mappers' thread, or
 * before, on another one of the library's: it takes a look into every jar of the class path.
 */
final class RegisteredMappers {

  static final RegisteredMappers NONE = new RegisteredMappers(null);

  /** Carried by the class itself, so that nothing here keeps it loaded. */
  private static final ClassValue<RegisteredMappers> VISIBLE_FROM =
      new ClassValue<>() {
        @Override
        protected RegisteredMappers computeValue(Class<?> type) {
          ClassLoader loader = type.getClassLoader();
          return loader == null ? NONE : ofLoader(loader);
        }
      };

  /** So that classes of one loader share them: held by those, and only for as long. */
  private static final Map<ClassLoader, WeakReference<RegisteredMappers>> OF_LOADERS =
      new WeakHashMap<>();

  private final @Nullable ClassLoader loader;

  /** Null before they are listed. */
  private volatile @Nullable List<AskedMapper> listed;

  private RegisteredMappers(@Nullable ClassLoader loader) {
    this.loader = loader;
    this.listed = loader == null ? List.of() : null;
  }

  static RegisteredMappers visibleFrom(Class<?> declaring) {
    return VISIBLE_FROM.get(declaring);
  }

  private static RegisteredMappers ofLoader(ClassLoader loader) {
    synchronized (OF_LOADERS) {
      WeakReference<RegisteredMappers> known = OF_LOADERS.get(loader);
      RegisteredMappers mappers = known == null ? null : known.get();
      if (mappers == null) {
        mappers = new RegisteredMappers(loader);
        OF_LOADERS.put(loader, new WeakReference<>(mappers));
      }
      return mappers;
    }
  }

  boolean mayBeAny() {
    List<AskedMapper> known = listed;
    return known == null || !known.isEmpty();
  }

  boolean mayJudge(Object ending) {
    List<AskedMapper> known = listed;
    if (known == null) {
      return true;
    }
    for (AskedMapper mapper : known) {
      if (mapper.mayJudge(ending)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lists those on the class path, before anybody asks. That there is none is found out at once.
   *
   * @param loader the class path's
   * @param classPath as the system property has it
   */
  static void list(ClassLoader loader, String classPath) {
    RegisteredMappers mappers = ofLoader(loader);
    if (new ServiceSearch(OutcomeMapper.class.getName()).mayBeOn(classPath)) {
      mappers.list();
    } else {
      mappers.listed = List.of();
    }
  }

  /** Lists them, the first time; none if their list is broken. */
  synchronized List<AskedMapper> list() {
    List<AskedMapper> known = listed;
    if (known == null) {
      // Until they are known, each ending is one to ask about: nobody may pass them by meanwhile.
      List<AskedMapper> found = List.of();
      try {
        found = found();
      } finally {
        listed = found;
      }
      known = found;
    }
    return known;
  }

  /** Makes none of them yet, and most programs have none. */
  private List<AskedMapper> found() {
    ServiceLoader<?> services = ServiceLoader.load(OutcomeMapper.class, loader);
    if (!services.iterator().hasNext()) {
      return List.of();
    }
    return services.stream()
        .map(provider -> new AskedMapper(() -> (OutcomeMapper<?>) provider.get()))
        .toList();
  }
}
