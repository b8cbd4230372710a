package dev.autoskill.telemetry.aspect;

import org.aspectj.apache.bcel.classfile.JavaClass;
import org.aspectj.apache.bcel.util.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Keeps AspectJ's weaver from listing every class of the JDK, which takes it about as long as all
 * the rest of its start. Where around advice returns an {@code Object}, the weaver asks this
 * repository whether a cast to the method's type can be left out; it cannot, and so none is found.
 * The weaver's view of the program's types comes from elsewhere.
 */
public final class UnknownClasses implements Repository {

  private UnknownClasses() {}

  /** Answers for the weaver from now on, in all class loaders of this weaver. */
  public static void install() {
    org.aspectj.apache.bcel.Repository.setRepository(new UnknownClasses());
  }

  @Override
  public @Nullable JavaClass findClass(String name) {
    return null;
  }

  @Override
  public JavaClass loadClass(String name) throws ClassNotFoundException {
    throw new ClassNotFoundException(name);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public JavaClass loadClass(Class type) throws ClassNotFoundException {
    throw new ClassNotFoundException(type.getName());
  }

  @Override
  public void storeClass(JavaClass type) {}

  @Override
  public void removeClass(JavaClass type) {}

  @Override
  public void clear() {}
}
