package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.recording.Faults;
import java.lang.ref.WeakReference;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The mappers of one skill: the one that its annotation names, then those registered as services.
 * All of them are loaded, made and run on the mappers' thread only.
 */
public final class Mappers {

  /** No mapper to ask. */
  public static final Mappers NONE = new Mappers(null, null);

  /** The registered mappers by class loader: to find them takes a look into every jar. */
  private static final Map<ClassLoader, WeakReference<List<Mapper>>> OF_LOADERS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final @Nullable Mapper named;
  private final @Nullable ClassLoader loader;

  /** Null before they are known: until then, any ending may be one for them. */
  private volatile @Nullable List<Mapper> registered;

  /** The mapper that owes an answer; null: the search for the registered ones. */
  private volatile @Nullable Mapper asked;

  private Mappers(@Nullable Mapper named, @Nullable ClassLoader loader) {
    this.named = named;
    this.loader = loader;
    this.registered = loader == null ? List.of() : null;
  }

  /**
   * {@return the mappers of a skill}
   *
   * @param declaring the class of the skill's method
   * @param name the binary name of the mapper that its annotation names; null: it names none
   */
  public static Mappers of(Class<?> declaring, @Nullable String name) {
    ClassLoader loader = declaring.getClassLoader();
    Callable<?> maker = () -> Class.forName(name, true, loader).getConstructor().newInstance();
    return new Mappers(name == null ? null : new Mapper(name, maker), loader);
  }

  /** Whether one of them may know the ending. */
  boolean mayJudge(Object ending) {
    List<Mapper> others = registered;
    if (others == null || (named != null && named.mayJudge(ending))) {
      return true;
    }
    for (Mapper mapper : others) {
      if (mapper.mayJudge(ending)) {
        return true;
      }
    }
    return false;
  }

  /** Asks one after the other until one knows the outcome; null if none does. */
  @Nullable Outcome ask(Object ending, Faults faults) {
    asked = named;
    Outcome outcome = named == null ? null : named.ask(ending, faults);
    asked = null;
    Iterator<Mapper> others = outcome == null ? registered(faults).iterator() : null;
    while (outcome == null && others.hasNext()) {
      asked = others.next();
      outcome = asked.ask(ending, faults);
    }
    return outcome;
  }

  /** Waits for no answer any more. */
  void giveUpAsked() {
    Mapper late = asked;
    if (late != null) {
      late.isGivenUp = true;
    } else if (registered == null) {
      registered = List.of();
    }
  }

  /** The registered mappers; none if their list is broken. */
  List<Mapper> registered(Faults faults) {
    WeakReference<List<Mapper>> known = registered == null ? OF_LOADERS.get(loader) : null;
    List<Mapper> found = known == null ? registered : known.get();
    if (found == null) {
      found = List.of();
      try {
        ServiceLoader<?> services = ServiceLoader.load(OutcomeMapper.class, loader);
        if (services.iterator().hasNext()) {
          found = services.stream().map(m -> new Mapper(m.type().getName(), m::get)).toList();
        }
      } catch (Throwable fault) {
        faults.swallowed(fault);
      }
      OF_LOADERS.put(loader, new WeakReference<>(found));
    }
    registered = found;
    return found;
  }

  /** A mapper, made when it is first asked. */
  static final class Mapper {

    private final String name;
    private final Callable<?> maker;
    private volatile boolean isGivenUp;
    private volatile @Nullable Class<?> type;
    private @Nullable OutcomeMapper<Object> made;

    Mapper(String name, Callable<?> maker) {
      this.name = name;
      this.maker = maker;
    }

    private boolean mayJudge(Object ending) {
      Class<?> known = type;
      return !isGivenUp && (known == null || SkillDefinition.find(known, ending) != null);
    }

    /** Asks it, unless it is given up, as one that cannot be made is. */
    @Nullable Outcome ask(Object ending, Faults faults) {
      try {
        if (made == null && !isGivenUp) {
          make(faults);
        }
        Object judged = isGivenUp ? null : SkillDefinition.find(type, ending);
        Outcome outcome = judged == null ? null : made.outcomeOf(judged);
        return outcome == Outcome.UNRECOGNISED ? null : outcome;
      } catch (Throwable fault) {
        faults.swallowed(fault);
        return null;
      }
    }

    @SuppressWarnings("unchecked") // It is asked about objects of its own type only.
    private void make(Faults faults) {
      try {
        OutcomeMapper<Object> mapper = (OutcomeMapper<Object>) maker.call();
        type = Objects.requireNonNull(mapper.type(), "type() is null");
        made = mapper;
      } catch (Throwable fault) {
        isGivenUp = true;
        faults.swallowed("mapper " + name + trouble(fault), fault);
      }
    }

    private String trouble(Throwable fault) {
      if (fault instanceof IllegalAccessException
          || fault instanceof InaccessibleObjectException
          || fault instanceof NoSuchMethodException) {
        String opened = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        String remedy = "open its package (opens %s) or make it public with a public constructor";
        return " cannot be reached: " + remedy.formatted(opened);
      }
      boolean isMissing = fault instanceof ClassNotFoundException || fault instanceof LinkageError;
      Throwable cause = isMissing || fault.getCause() == null ? fault : fault.getCause();
      return (isMissing ? " cannot be loaded: " : " cannot be made: ") + cause.getClass().getName();
    }
  }
}
