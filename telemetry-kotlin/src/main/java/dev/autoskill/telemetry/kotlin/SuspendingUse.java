package dev.autoskill.telemetry.kotlin;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.outcome.PendingUse;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A use of a Kotlin suspend function, from its first call to its last return. Internal; public
 * because AspectJ copies the advice into the woven classes.
 *
 * <p>The function gets a continuation of ours, which ends the use and passes the result on to the
 * caller's, as if another suspend function stood in between. The function is called again each time
 * it resumes. It then passes its own continuation, in whose label it has set the sign bit; a
 * recursive call passes the same one without that bit.
 */
public final class SuspendingUse implements Consumer<@Nullable Object> {

  private static final String SUPERCLASS = "kotlin/coroutines/jvm/internal/ContinuationImpl";
  private static final String SUSPENDED = "kotlin.coroutines.intrinsics.CoroutineSingletons";

  /**
   * For a woven class: by itself, what makes a continuation of ours; by the class of another one,
   * what gets its label, or an empty handle if it has none.
   */
  private static final ClassValue<Map<Class<?>, MethodHandle>> HANDLES =
      new ClassValue<>() {
        @Override
        protected Map<Class<?>, MethodHandle> computeValue(Class<?> woven) {
          return new ConcurrentHashMap<>();
        }
      };

  private static final MethodType MAKER =
      MethodType.methodType(Object.class, Object.class, Consumer.class);

  private static final MethodType LABEL = MethodType.methodType(int.class, Object.class);

  private final PendingUse use;
  private final Object continuation;

  private SuspendingUse(PendingUse use, Lookup woven, Object caller) throws Throwable {
    this.use = use;
    MethodHandle maker = handle(woven, woven.lookupClass());
    continuation = (Object) maker.invokeExact(caller, (Consumer<?>) this);
  }

  /**
   * A function is called, or goes on that has been suspended. No fault gets out of here: it is
   * counted.
   *
   * @param here its skill; null: there is none
   * @param aspect the number of the aspect
   * @param woven the access of the function's class to itself
   * @param caller the continuation that was passed
   * @return its use; null if that is not to be recorded, or goes on
   */
  public static @Nullable SuspendingUse begin(
      @Nullable SkillJoinPoint here, int aspect, Lookup woven, Object caller) {
    PendingUse use = null;
    try {
      TelemetryCollector collector = here == null ? null : Telemetry.recording();
      if (collector != null && !isResumed(woven, caller)) {
        use = collector.endings().begin(here, aspect);
      }
      return use == null ? null : new SuspendingUse(use, woven, caller);
    } catch (Throwable fault) {
      if (use != null) {
        use.leave();
      }
      Telemetry.countFault(fault);
      return null;
    }
  }

  /** Whether a call is none, but lets a function go on that has been suspended. */
  private static boolean isResumed(Lookup woven, Object continuation) throws Throwable {
    Class<?> type = continuation.getClass();
    return type != woven.lookupClass()
        && type.getClassLoader() == woven.lookupClass().getClassLoader()
        && (int) handle(woven, type).invokeExact(continuation) < 0;
  }

  private static MethodHandle handle(Lookup woven, Class<?> type) {
    return HANDLES
        .get(woven.lookupClass())
        .computeIfAbsent(
            type, any -> any == woven.lookupClass() ? maker(woven) : label(woven, any));
  }

  private static MethodHandle label(Lookup woven, Class<?> type) {
    try {
      return woven.findGetter(type, "label", int.class).asType(LABEL);
    } catch (ReflectiveOperationException e) {
      return MethodHandles.empty(LABEL);
    }
  }

  private static MethodHandle maker(Lookup woven) {
    try {
      String name = woven.lookupClass().getName().replace('.', '/') + "$Continuation";
      Class<?> made = woven.defineHiddenClass(continuation(name), true).lookupClass();
      return woven.unreflectConstructor(made.getDeclaredConstructors()[0]).asType(MAKER);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A class that all of Kotlin's machinery takes for one of its compiler. */
  private static byte[] continuation(String name) {
    String use = "Ljava/util/function/Consumer;";
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(Opcodes.V17, Opcodes.ACC_FINAL, name, null, SUPERCLASS, null);
    type.visitField(Opcodes.ACC_FINAL, "use", use, null, null);
    MethodVisitor code =
        type.visitMethod(0, "<init>", "(Lkotlin/coroutines/Continuation;" + use + ")V", null, null);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(
        Opcodes.INVOKESPECIAL, SUPERCLASS, "<init>", "(Lkotlin/coroutines/Continuation;)V", false);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 2);
    code.visitFieldInsn(Opcodes.PUTFIELD, name, "use", use);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    String invoke = "(Ljava/lang/Object;)Ljava/lang/Object;";
    code = type.visitMethod(Opcodes.ACC_PROTECTED, "invokeSuspend", invoke, null, null);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, name, "use", use);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(
        Opcodes.INVOKEINTERFACE,
        "java/util/function/Consumer",
        "accept",
        "(Ljava/lang/Object;)V",
        true);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, "kotlin/ResultKt", "throwOnFailure", "(Ljava/lang/Object;)V", false);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(0, 0);
    return type.toByteArray();
  }

  /** {@return the continuation that the function gets} */
  public Object continuation() {
    return continuation;
  }

  /**
   * The function has returned for the first time.
   *
   * @param result its result, or what says that it is suspended
   * @return the same object
   */
  public @Nullable Object returned(@Nullable Object result) {
    use.leave();
    if (!(result instanceof Enum<?>) || !result.getClass().getName().equals(SUSPENDED)) {
      accept(result);
    }
    return result;
  }

  /**
   * The function has thrown before it was suspended, and so does this.
   *
   * @param <E> what its caller knows that it throws
   * @param thrown the exception
   * @return never
   * @throws E the same exception
   */
  @SuppressWarnings("unchecked")
  public <E extends Throwable> RuntimeException threw(Throwable thrown) throws E {
    use.leave();
    use.accept(null, thrown);
    throw (E) thrown;
  }

  /** It has resumed and returned or, which it says by an object with the exception, failed. */
  @Override
  public void accept(@Nullable Object result) {
    use.ended(result, null, null, System.nanoTime());
  }
}
