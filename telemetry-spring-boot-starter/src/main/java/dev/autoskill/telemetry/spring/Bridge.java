package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryConfig;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Passes on to a bean of the application what the collector records. The collector is there before
 * that bean, which is asked for when all beans are made, and is closed after it.
 *
 * @param <T> the type of the bean
 */
final class Bridge<T> implements SmartInitializingSingleton {

  /** Adds a listener or an observer, which asks for the bean until there is one. */
  interface Adder<T> {
    void add(TelemetryConfig.Builder config, Supplier<@Nullable T> bean);
  }

  private final ObjectProvider<T> beans;
  private final Supplier<T> otherwise;
  private final Adder<T> adder;
  private volatile @Nullable T bean;

  /**
   * Makes one.
   *
   * @param beans where the bean is
   * @param otherwise what is used where there is none, or it is not clear which
   * @param adder adds what passes it on
   */
  Bridge(ObjectProvider<T> beans, Supplier<T> otherwise, Adder<T> adder) {
    this.beans = beans;
    this.otherwise = otherwise;
    this.adder = adder;
  }

  void addTo(TelemetryConfig.Builder config) {
    adder.add(config, () -> bean);
  }

  @Override
  public void afterSingletonsInstantiated() {
    T unique = beans.getIfUnique();
    bean = unique == null ? otherwise.get() : unique;
  }
}
