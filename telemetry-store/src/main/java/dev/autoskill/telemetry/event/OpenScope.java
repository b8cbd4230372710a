package dev.autoskill.telemetry.event;

import org.jspecify.annotations.Nullable;

/** One link in the chain of scopes that are open on a thread. */
final class OpenScope implements SkillContext.Scope {

  private static final ThreadLocal<@Nullable OpenScope> INNERMOST = new ThreadLocal<>();

  /** Whether a scope was ever opened: most programs open none, and each call asks for it. */
  private static boolean isUsed;

  private final SkillContext context;
  private final @Nullable OpenScope outer;
  private final Thread thread;
  private boolean isClosed;

  private OpenScope(SkillContext context, @Nullable OpenScope outer) {
    this.context = context;
    this.outer = outer;
    this.thread = Thread.currentThread();
  }

  static OpenScope open(SkillContext context) {
    isUsed = true;
    OpenScope opened = new OpenScope(context, INNERMOST.get());
    INNERMOST.set(opened);
    return opened;
  }

  static @Nullable SkillContext currentContext() {
    // No data race matters: what a thread opened it knows itself.
    OpenScope innermost = isUsed ? INNERMOST.get() : null;
    return innermost == null ? null : innermost.context;
  }

  @Override
  public void close() {
    if (isClosed || thread != Thread.currentThread()) {
      return;
    }
    isClosed = true;
    OpenScope innermost = INNERMOST.get();
    // A scope that is closed before those within it goes when they do.
    while (innermost != null && innermost.isClosed) {
      innermost = innermost.outer;
    }
    if (innermost == null) {
      // What a pooled thread kept would keep this class and its loader alive.
      INNERMOST.remove();
    } else {
      INNERMOST.set(innermost);
    }
  }
}
