package dev.autoskill.telemetry;

import dev.autoskill.telemetry.recording.Faults;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * How the skills of this process are woven.
 *
 * <p>Annotated methods are known from the lists that the annotation processor of {@code
 * telemetry-annotations} leaves in the jars and directories it compiles to, and from their use.
 *
 * @param hasAspect whether the aspect is on the class path at all
 * @param hasLoadTimeWeaver whether a weaver was started as an agent, so that classes are woven
 *     while they are loaded
 * @param wovenMethods how many methods are known to be woven; at least {@code usedMethods}. A class
 *     that was woven with any aspect counts as woven with this library's
 * @param usedMethods how many woven methods have been called so far, with telemetry on; without
 *     those that are left out
 * @param notWoven annotated methods that are not woven, as {@code package.Class.method}, sorted;
 *     unmodifiable
 * @param failures classes that this library's agent could not weave, and why, in plain words; they
 *     were loaded as they were; unmodifiable
 */
public record WeavingDiagnostics(
    boolean hasAspect,
    boolean hasLoadTimeWeaver,
    int wovenMethods,
    int usedMethods,
    List<String> notWoven,
    List<String> failures) {

  /** The diagnostics where there is no aspect to ask. */
  private static final WeavingDiagnostics NO_ASPECT =
      new WeavingDiagnostics(false, false, 0, 0, List.of(), List.of());

  /** Copies the lists, so that they cannot change. */
  public WeavingDiagnostics {
    notWoven = List.copyOf(notWoven);
    failures = List.copyOf(failures);
  }

  static WeavingDiagnostics ofProcess(Faults faults) {
    try {
      return ServiceLoader.load(WeavingProbe.class, WeavingProbe.class.getClassLoader())
          .findFirst()
          .map(WeavingProbe::look)
          .orElse(NO_ASPECT);
    } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
      faults.swallowed(e);
      return NO_ASPECT;
    }
  }
}
