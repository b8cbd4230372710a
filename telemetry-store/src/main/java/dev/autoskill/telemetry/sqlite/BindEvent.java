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
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.customizer.SqlStatementCustomizerFactory;
import org.jdbi.v3.sqlobject.customizer.SqlStatementCustomizingAnnotation;
import org.jdbi.v3.sqlobject.customizer.SqlStatementParameterCustomizer;

/**
 * Binds an event's components, all of them by one argument of JDBI's: to {@code :event} the id, and
 * what follows that to the seven parameters after it. Those are SQLite's own, which begin with
 * {@code @} and mean nothing to JDBI. Were each one of JDBI's, a fifth of the time that it takes to
 * store an event would be spent in keeping and looking up what to bind, and how.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@SqlStatementCustomizingAnnotation(BindEvent.Customizing.class)
@interface BindEvent {

  /** Public only because JDBI makes it by reflection. */
  final class Customizing implements SqlStatementCustomizerFactory {

    /** Makes a factory. */
    public Customizing() {}

    @Override
    public SqlStatementParameterCustomizer createForParameter(
        Annotation annotation,
        Class<?> sqlObjectType,
        Method method,
        Parameter parameter,
        int index,
        Type type) {
      return (statement, event) ->
          statement.bindByType("event", new Columns((TelemetryEvent) event), Columns.class);
    }
  }

  /** Lets JDBI find out once for a batch, and not for each event, how columns are bound. */
  final class Preparing implements ArgumentFactory.Preparable {

    /** Makes a factory. */
    public Preparing() {}

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
      return type == Columns.class ? Optional.of(Argument.class::cast) : Optional.empty();
    }
  }

  /** An event on its way into a row. No record: JDBI calls toString() each time it binds one. */
  final class Columns implements Argument {

    private final TelemetryEvent event;

    private Columns(TelemetryEvent event) {
      this.event = event;
    }

    @Override
    public void apply(int first, PreparedStatement statement, StatementContext context)
        throws SQLException {
      statement.setString(first, event.id());
      statement.setString(first + 1, event.skillId());
      statement.setString(first + 2, event.skillName());
      statement.setString(first + 3, event.sessionId());
      statement.setString(first + 4, event.agentId());
      Long durationMs = event.durationMs();
      if (durationMs == null) {
        statement.setNull(first + 5, Types.INTEGER);
      } else {
        statement.setLong(first + 5, durationMs);
      }
      statement.setString(first + 6, event.outcome().text());
      statement.setString(first + 7, TimestampText.of(event.timestamp()));
    }

    @Override
    public String toString() {
      return "event";
    }
  }
}
