package dev.autoskill.telemetry.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.AnnotationSupport;

/** Tells whether no other test runs while a test does, by the settings and not by chance. */
final class RunsAlone {

  private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

  private RunsAlone() {}

  static boolean in(ExtensionContext context) {
    return !context.getConfigurationParameter(PARALLEL).map(Boolean::parseBoolean).orElse(false)
        || isIsolated(context.getTestClass().orElse(null));
  }

  private static boolean isIsolated(@Nullable Class<?> type) {
    return type != null
        && (AnnotationSupport.isAnnotated(type, Isolated.class)
            || isIsolated(type.getEnclosingClass()));
  }
}
