package dev.autoskill.telemetry.processor;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
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
public final class TrackedSkillProcessor extends AbstractProcessor {

  static final String WARNINGS = "autoskill.telemetry.warnings";

  private static final String INDEX = "autoskill.telemetry.index";

  /** By name, since all is looked at in the last round, when other processors have done theirs. */
  private final Set<String> typeNames = new LinkedHashSet<>();

  private final boolean isAlone = isOnlyProcessor();

  private boolean isGivenUp;

  /** For the compiler. */
  public TrackedSkillProcessor() {}

  /**
   * Every annotation, since a type may hold skills without an annotation of this library's: it may
   * carry a team's own, or implement an annotated interface.
   *
   * @return {@code *}
   */
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  /**
   * The options that turn parts off.
   *
   * @return the names of the options
   */
  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(WARNINGS, INDEX);
  }

  /**
   * No new syntax can confuse it: it looks at declarations only.
   *
   * @return the running compiler's newest
   */
  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  /**
   * Notes the types of this round; looks at all of them in the last one.
   *
   * @param annotations not used
   * @param round the round
   * @return true if this is the only processor: then all annotations are claimed, or {@code
   *     -Xlint:all} would complain of each that is not; else false, since what is claimed is kept
   *     from other processors
   */
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!isGivenUp) {
      try {
        addTypeNames(round);
        if (round.processingOver() && !round.errorRaised()) {
          finish();
        }
      } catch (RuntimeException | LinkageError fault) {
        isGivenUp = true;
        String text = "@TrackedSkill was not checked: " + fault.getClass().getName();
        processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, text);
      }
    }
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

  private void addTypeNames(RoundEnvironment round) {
    Deque<Element> elements = new ArrayDeque<>(round.getRootElements());
    while (!elements.isEmpty()) {
      for (TypeElement type : ElementFilter.typesIn(List.of(elements.pop()))) {
        typeNames.add(type.getQualifiedName().toString());
        elements.addAll(type.getEnclosedElements());
      }
    }
  }

  private void finish() {
    List<TypeElement> types = new ArrayList<>();
    typeNames.stream()
        .map(processingEnv.getElementUtils()::getTypeElement)
        .filter(Objects::nonNull)
        .forEach(types::add);
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
