package dev.autoskill.telemetry.processor;

import java.lang.reflect.Method;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * Tells types that are compiled from those that are only looked at again. An incremental build
 * gives the processor class files for what did not change: a warning there would have no place, and
 * {@code @SuppressWarnings} is not in class files.
 */
final class Sources {

  private final Elements elements;

  Sources(Elements elements) {
    this.elements = elements;
  }

  /** True also where that cannot be known: before JDK 18, and in compilers that do not tell. */
  boolean contain(TypeElement type) {
    try {
      // Called by name, since this library is compiled against JDK 17.
      Method fileOf = Elements.class.getMethod("getFileObjectOf", Element.class);
      return !(fileOf.invoke(elements, type) instanceof JavaFileObject file)
          || file.getKind() != JavaFileObject.Kind.CLASS;
    } catch (ReflectiveOperationException unknown) {
      return true;
    }
  }
}
