package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.SettingsFile;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

/**
 * Reads the settings from Spring's properties. Their names and types are those of the methods of
 * the library's own builder, which checks the values.
 */
final class SpringSettings {

  static final String PREFIX = "autoskill.telemetry";

  /** Like the default of the exit timeout. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** Objects, which no text can name. */
  private static final Set<String> EXTENSIONS = Set.of("listener", "observer");

  private static final List<Method> SETTINGS =
      Stream.of(TelemetryConfig.Builder.class.getMethods())
          .filter(method -> method.getReturnType() == TelemetryConfig.Builder.class)
          .filter(method -> !EXTENSIONS.contains(method.getName()))
          .toList();

  private final TelemetryConfig.Builder builder = TelemetryConfig.builder();
  private final Environment process = Environment.ofProcess();
  private final Binder binder;

  private SpringSettings(org.springframework.core.env.Environment spring) {
    binder = Binder.get(spring);
  }

  /** The settings of the collector of a context. */
  static TelemetryConfig.Builder of(org.springframework.core.env.Environment spring) {
    SpringSettings settings = new SpringSettings(spring);
    settings.refuseUnknownNames();
    SETTINGS.forEach(settings::bind);
    return settings.builder;
  }

  /**
   * How long closing the collector may take where no close timeout is named: the end of a context
   * is mostly that of the process, and may hold it up no longer. Null if one is named.
   */
  static @Nullable Duration closing(org.springframework.core.env.Environment spring) {
    SpringSettings settings = new SpringSettings(spring);
    boolean isNamed =
        !settings.binder.bind(property("closeTimeout"), String.class).orElse("").isEmpty()
            || SettingsFile.of(settings.process).values().containsKey("close-timeout");
    return isNamed
        ? null
        : settings.binder.bind(property("exitTimeout"), Duration.class).orElse(CLOSE_TIMEOUT);
  }

  /** The name of a property, of which a method of the builder has the last part. */
  private static String property(String method) {
    return PREFIX + "." + method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** It may be a mistyped wish that telemetry be off. */
  private void refuseUnknownNames() {
    Map<String, String> named =
        binder.bind(PREFIX, Bindable.mapOf(String.class, String.class)).orElse(Map.of());
    named.forEach(
        (name, value) -> {
          String plain = name.replaceAll("[-._]", "");
          boolean isKnown =
              SETTINGS.stream().anyMatch(each -> each.getName().equalsIgnoreCase(plain));
          // The library itself reads system properties, of which it has some more.
          if (!isKnown && process.property(PREFIX + "." + name) == null) {
            throw new InvalidConfigurationPropertyValueException(
                PREFIX + "." + name, value, "There is no such setting.");
          }
        });
  }

  /** A system property is left to the library itself, to which it means the same everywhere. */
  private void bind(Method setting) {
    String name = property(setting.getName());
    if (process.property(name) == null) {
      binder.bind(name, Bindable.of(type(setting)), new Setter(setting));
    }
  }

  /**
   * The type that Spring converts a value to, so that it may be written as usual there: 5s, 64MB.
   */
  private static Class<?> type(Method setting) {
    Class<?> type =
        setting.getParameterCount() == 0 ? Boolean.class : setting.getParameterTypes()[0];
    if (type == long.class) {
      return DataSize.class;
    }
    // A path of Spring's may be the name of a resource.
    return type == Path.class ? String.class : type;
  }

  /** Sets within the binder, which then names the property of a value that is refused. */
  private final class Setter implements BindHandler {

    private final Method setting;

    Setter(Method setting) {
      this.setting = setting;
    }

    @Override
    public @Nullable Object onSuccess(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
      if (setting.getParameterCount() == 0) {
        if (Boolean.TRUE.equals(result)) {
          ReflectionUtils.invokeMethod(setting, builder);
        }
      } else if (!"".equals(result)) {
        ReflectionUtils.invokeMethod(setting, builder, argument(result));
      }
      return result;
    }

    private Object argument(Object value) {
      if (value instanceof DataSize size) {
        return size.toBytes();
      }
      return setting.getParameterTypes()[0] == Path.class ? Path.of((String) value) : value;
    }
  }
}
