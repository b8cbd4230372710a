package dev.autoskill.telemetry.processor;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * Warns of {@code @TrackedSkill} where nothing can be woven, and lists the classes that declare
 * skills in {@value SkillIndex#NAME}. Internal: the compiler finds it as a service.
 *
 * <p>{@code -Aautoskill.telemetry.warnings=false} turns the warnings off, {@code
 * -Aautoskill.telemetry.index=false} the list. It never fails a compilation by itself: it reports
 * no errors, and a fault of its own becomes a note. The compiler uses it from one thread.
 */
@SupportedAnnotationTypes("*") // A type may carry a team's own, or inherit one.
@SupportedOptions({TrackedSkillProcessor.WARNINGS, TrackedSkillProcessor.INDEX})
public final class TrackedSkillProcessor extends AbstractProcessor {

  static final String WARNINGS = "autoskill.telemetry.warnings";

  static final String INDEX = "autoskill.telemetry.index";

  /** By name, since all is looked at in the last round, when other processors have done theirs. */
  private final Set<String> typeNames = new LinkedHashSet<>();

  private final boolean isAlone = isOnlyProcessor();

  private boolean isGivenUp;

  /** For the compiler. */
  public TrackedSkillProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    // No new syntax can confuse it: it looks at declarations only.
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!isGivenUp) {
      try {
        addNames(round.getRootElements());
        if (round.processingOver() && !round.errorRaised()) {
          finish();
        }
      } catch (RuntimeException | LinkageError fault) {
        isGivenUp = true;
        String text = "@TrackedSkill was not checked: " + fault.getClass().getName();
        processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, text);
      }
    }
    // Of annotations that nobody claims -Xlint:all complains, and others do not get claimed ones.
    return isAlone;
  }

  private static boolean isOnlyProcessor() {
    try {
      return ServiceLoader.load(Processor.class, TrackedSkillProcessor.class.getClassLoader())
          .stream()
          .allMatch(processor -> processor.type() == TrackedSkillProcessor.class);
    } catch (ServiceConfigurationError | LinkageError another) {
      return false;
    }
  }

  private void addNames(Iterable<? extends Element> elements) {
    for (TypeElement type : ElementFilter.typesIn(elements)) {
      typeNames.add(type.getQualifiedName().toString());
      addNames(type.getEnclosedElements());
    }
  }

  private void finish() {
    Elements elements = processingEnv.getElementUtils();
    List<TypeElement> types =
        typeNames.stream().map(elements::getTypeElement).filter(Objects::nonNull).toList();
    if (isOn(WARNINGS)) {
      PlacementCheck check = new PlacementCheck(processingEnv.getMessager());
      types.stream().filter(this::isSource).forEach(check::look);
    }
    if (isOn(INDEX)) {
      new SkillIndex(processingEnv).update(types);
    }
  }

  /**
   * Whether a type is compiled, and not only looked at again: an incremental build passes class
   * files of unchanged sources, where a warning has no place and {@code @SuppressWarnings} is
   * missing. True also where that cannot be known: before JDK 18, and in compilers that do not
   * tell.
   */
  private boolean isSource(TypeElement type) {
    try {
      // Called by name, since this library is compiled against JDK 17.
      Method fileOf = Elements.class.getMethod("getFileObjectOf", Element.class);
      return !(fileOf.invoke(processingEnv.getElementUtils(), type) instanceof JavaFileObject file)
          || file.getKind() != JavaFileObject.Kind.CLASS;
    } catch (ReflectiveOperationException unknown) {
      return true;
    }
  }

  private boolean isOn(String option) {
    return !"false".equalsIgnoreCase(processingEnv.getOptions().get(option));
  }
}
