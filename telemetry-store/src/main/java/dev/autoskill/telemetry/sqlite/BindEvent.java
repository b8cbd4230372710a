package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.sqlobject.customizer.SqlStatementCustomizerFactory;
import org.jdbi.v3.sqlobject.customizer.SqlStatementCustomizingAnnotation;
import org.jdbi.v3.sqlobject.customizer.SqlStatementParameterCustomizer;

/** Binds an event's components by name and, unlike {@code @BindMethods}, without reflection. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@SqlStatementCustomizingAnnotation(BindEvent.Factory.class)
@interface BindEvent {

  /** Public only because JDBI makes it by reflection. */
  final class Factory implements SqlStatementCustomizerFactory {

    /** Makes a factory. */
    public Factory() {}

    @Override
    public SqlStatementParameterCustomizer createForParameter(
        Annotation annotation,
        Class<?> sqlObjectType,
        Method method,
        Parameter parameter,
        int index,
        Type type) {
      return (statement, event) -> bind(statement, (TelemetryEvent) event);
    }

    private static void bind(SqlStatement<?> statement, TelemetryEvent event) {
      statement
          .bind("id", event.id())
          .bind("skillId", event.skillId())
          .bind("skillName", event.skillName())
          .bind("sessionId", event.sessionId())
          .bind("agentId", event.agentId())
          .bind("durationMs", event.durationMs())
          .bind("outcome", event.outcome().text())
          .bind("timestamp", Timestamps.format(event.timestamp()));
    }
  }
}
