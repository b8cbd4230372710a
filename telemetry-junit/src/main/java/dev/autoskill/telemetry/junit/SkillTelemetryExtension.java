package dev.autoskill.telemetry.junit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Lets tests see the uses of skills that they make, and keeps these out of the user's database.
 *
 * <p>Test methods, and methods annotated {@code @BeforeEach} or {@code @AfterEach}, may take a
 * {@link SkillUses}, which sees what is recorded by this test and by no other:
 *
 * <pre>{@code
 * @ExtendWith(SkillTelemetryExtension.class)
 * class SearchTest {
 *
 *   @Test
 *   void findsTwice(SkillUses uses) {
 *     new Search().find("a");
 *     new Search().find("b");
 *
 *     assertThat(uses).of("search").succeeded(2);
 *   }
 * }
 * }</pre>
 *
 * <p>From the first class that has the extension to the end of the run, the collector of the
 * process records into a temporary directory, which is deleted at the end. It does so although
 * {@code CI} or {@code DO_NOT_TRACK} says no, and sends nothing. What it answers to queries of the
 * program is about the uses of this test and perhaps of others before. Where {@code
 * AUTO_SKILL_NO_TELEMETRY} or the user's settings file switches telemetry off, a test that asks for
 * its uses is aborted.
 *
 * <p>Which uses a test sees:
 *
 * <ul>
 *   <li>those on the threads of its own methods, from {@code @BeforeEach} to {@code @AfterEach};
 *   <li>those of tasks carried to other threads by {@link SkillUses#carry(Runnable)}, or by {@link
 *       dev.autoskill.telemetry.event.SkillContext#carry(Runnable)} unless within a session of the
 *       program's own;
 *   <li>those on threads that it starts itself, and on the threads that these start; not on threads
 *       that an executor or a static initialiser starts, since other tests may use them too;
 *   <li>if it runs alone, those on all other threads. It does so if the run is not parallel, and in
 *       a class annotated {@code @Isolated}.
 * </ul>
 *
 * <p>Uses that belong to no test, such as those in {@code @BeforeAll}, are seen by none.
 *
 * <p>Safe for use by tests that run at the same time.
 */
public final class SkillTelemetryExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver, InvocationInterceptor {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SkillTelemetryExtension.class);

  /** JUnit makes it, or the test that registers it as a field. */
  public SkillTelemetryExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    run(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (uses(context) != null) {
      return; // the extension is registered twice
    }
    TestScope test = run(context).begin(RunsAlone.in(context));
    context.getStore(NAMESPACE).put(TestScope.class, new Resource(test::end));
    context.getStore(NAMESPACE).put(SkillUses.class, new SkillUses(test));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SkillUses.class;
  }

  @Override
  public SkillUses resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SkillUses uses = uses(context);
    if (uses == null) {
      throw new ParameterResolutionException(
          "SkillUses are those of one test: a parameter of test methods, and of methods annotated"
              + " @BeforeEach or @AfterEach");
    }
    return uses;
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    within(context, invocation);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    within(context, invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    within(context, invocation);
  }

  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    return within(context, invocation);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
      throws Throwable {
    within(context, invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    within(context, invocation);
  }

  /** Also on the thread of a test that has a timeout, which may be another one. */
  private static <T> T within(ExtensionContext context, Invocation<T> invocation) throws Throwable {
    SkillUses uses = uses(context);
    return uses == null ? invocation.proceed() : uses.test().call(invocation::proceed);
  }

  /** Those of the test; null outside of tests. */
  private static @Nullable SkillUses uses(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(SkillUses.class, SkillUses.class);
  }

  private static TestRun run(ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    synchronized (SkillTelemetryExtension.class) {
      TestRun run = store.get(TestRun.class, TestRun.class);
      if (run == null) {
        run = TestRun.enter();
        store.put(TestRun.class, run);
        store.put(Resource.class, new Resource(run::leave));
      }
      return run;
    }
  }

  /** Closed by JUnit at the end of a context: before 5.13 as the one, later as the other. */
  @SuppressWarnings("deprecation")
  private record Resource(Runnable end)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    @Override
    public void close() {
      end.run();
    }
  }
}
