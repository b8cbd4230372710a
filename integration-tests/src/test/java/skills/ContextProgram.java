package skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillContext.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Uses skills that open contexts and leave them open, or close their caller's. A use is of the
 * context of the call: {@link #CALLERS}, or none.
 */
public final class ContextProgram {

  public static final String CALLERS = "callers";
  public static final int DEEPEST = 40;

  private static final String OWN = "own";
  private static final String LATER = "later";
  private static final long STACK_BYTES = 300_000;

  private final Object result = new Object();

  /** The scope that the last skill left open. */
  private Scope leftOpen;

  private ContextProgram() {}

  public static void main(String[] args) throws Exception {
    ContextProgram program = new ContextProgram();
    // Nobody has opened any context by then.
    program.opensTheFirst().close();
    Scope callers = open(CALLERS);
    program.leavesOpen().close();
    program.opensOneForTheInner();
    program.useLaterResults();
    program.deep(0);
    callers.close();
    program.closesTheCallers(open(CALLERS));
    try {
      program.closesTheCallersAndThrows(open(CALLERS));
    } catch (IllegalStateException expected) {
      // As it has to be.
    }
    program.notInAny();
    start(program::useOnAnotherThread).join();
    Thread shallow = new Thread(null, program::useWithoutEnd, "shallow", STACK_BYTES);
    shallow.start();
    shallow.join();
  }

  @TrackedSkill("opens-the-first")
  private Scope opensTheFirst() {
    return open(OWN);
  }

  @TrackedSkill("leaves-open")
  private Scope leavesOpen() {
    return open(OWN);
  }

  @TrackedSkill("opens-one-for-the-inner")
  private void opensOneForTheInner() {
    Scope own = open(OWN);
    inner();
    own.close();
  }

  @TrackedSkill("inner")
  private void inner() {}

  @TrackedSkill("closes-the-callers")
  private int closesTheCallers(Scope callers) {
    callers.close();
    return 1;
  }

  @TrackedSkill("closes-the-callers-and-throws")
  private void closesTheCallersAndThrows(Scope callers) {
    callers.close();
    throw new IllegalStateException();
  }

  @TrackedSkill("not-in-any")
  private void notInAny() {}

  /** Each call leaves a context open for the next. */
  @TrackedSkill("deep")
  private void deep(int depth) {
    if (depth < DEEPEST) {
      Scope next = open("deep-" + (depth + 1));
      deep(depth + 1);
      next.close();
    }
  }

  private void useLaterResults() throws Exception {
    CompletableFuture<Object> stage = new CompletableFuture<>();
    FutureTask<Object> future = new FutureTask<>(() -> result);
    Scope callers = open(CALLERS);
    stage(stage);
    leftOpen.close();
    Future<Object> returned = future(future);
    leftOpen.close();
    Flow.Publisher<Object> publisher = publisher();
    leftOpen.close();
    callers.close();
    Thread other =
        start(
            () -> {
              Scope later = open(LATER);
              stage.complete(result);
              future.run();
              publisher.subscribe(new Ignoring());
              later.close();
            });
    other.join();
    returned.get();
  }

  @TrackedSkill("stage")
  private CompletableFuture<Object> stage(CompletableFuture<Object> given) {
    leftOpen = open(OWN);
    return given;
  }

  @TrackedSkill("future")
  private Future<Object> future(FutureTask<Object> given) {
    leftOpen = open(OWN);
    return given;
  }

  @TrackedSkill("publisher")
  private Flow.Publisher<Object> publisher() {
    leftOpen = open(OWN);
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long count) {
                subscriber.onComplete();
              }

              @Override
              public void cancel() {
                // There is nothing to stop.
              }
            });
  }

  private void useOnAnotherThread() {
    notInAny();
    Scope callers = open(CALLERS);
    leavesOpen().close();
    callers.close();
    notInAny();
  }

  private void useWithoutEnd() {
    Scope callers = open(CALLERS);
    try {
      bottomless();
    } catch (StackOverflowError expected) {
      // As it has to be.
    }
    callers.close();
    notInAny();
  }

  @TrackedSkill("bottomless")
  private int bottomless() {
    return 1 + bottomless();
  }

  private static Scope open(String session) {
    return SkillContext.ofSession(session).open();
  }

  /** A virtual thread where there are such. */
  private static Thread start(Runnable task) throws ReflectiveOperationException {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (NoSuchMethodException e) {
      Thread thread = new Thread(task);
      thread.start();
      return thread;
    }
  }

  private static final class Ignoring implements Flow.Subscriber<Object> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(Object item) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }
}
