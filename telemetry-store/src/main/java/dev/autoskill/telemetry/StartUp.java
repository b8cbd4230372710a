package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.privacy.Environment;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does on another processor what a program's first event would have to wait for: looks for mappers,
 * and loads classes, most of what recording in a short process takes its time for.
 *
 * <p>Nothing depends on it. Classes are loaded and not initialised, so no thread can wait for
 * another here while that waits for it. They are listed in about the order in which they are needed
 * and loaded in the other one, so that this thread does not run after the program's.
 */
final class StartUp implements Runnable {

  private static final String THREAD_NAME = "autoskill-telemetry-start";

  private static final String LIBRARY = "dev.autoskill.telemetry.";

  /**
   * What the program's thread needs, but for the first: this thread would not be ahead with those.
   */
  static final String[] FOR_THE_CALL = {
    "writer.Recorder",
    "writer.Ledger",
    "writer.Ledger$Counts",
    "writer.HandOver",
    "writer.Intake",
    "writer.UseQueue",
    "writer.QueuedUse",
    "event.Skill",
    "annotations.Outcome",
    "writer.UseQueue$Stack",
    "writer.SpoolDirectory",
    "writer.SpoolBound",
    "writer.OwnSpool",
    "writer.SpoolEncoder",
    "writer.Ingester",
    "writer.BackgroundThread",
    "writer.Writer",
    "writer.QueueingRecorder",
    "outcome.UseEndings",
    "outcome.SkillDefinition",
    "outcome.OutcomeRules",
    "outcome.Mappers",
    "outcome.RegisteredMappers",
    "outcome.RegisteredMappers$1",
    "annotations.running.RunningSkills",
    "annotations.running.RunningThreads",
    "outcome.Marks",
    "outcome.ResultKind",
    "outcome.Wrapped",
    "ExitHook",
  };

  /** What the program's thread needs after these, if it is an aspect that asks. */
  static final String[] FOR_THE_ASPECT = {
    "aspect.SkillMethods",
    "aspect.SkillMethods$1",
    "aspect.SkillJoinPoint",
    "aspect.PlainSkills",
    "aspect.ClassPlace",
    "aspect.SoughtTexts",
    "aspect.ConstantPool",
    "aspect.PlainSkill",
    "aspect.SkillMethod",
    "aspect.SkillDefinitions",
    "aspect.LeftOut",
  };

  /** What the writer needs. */
  static final String[] FOR_THE_WRITER = {
    "writer.ProcessSession",
    "privacy.LocalNames",
    "privacy.Ascii",
    "privacy.GenericNames",
    "writer.IdSeed",
    "writer.PrivateFiles",
    "writer.SpoolFile",
    "writer.SpoolClaims",
    "writer.SettledUse",
    "writer.SpoolFormat",
  };

  // Guarded by the class.
  private static boolean isStarted;

  private final ClassLoader loader = StartUp.class.getClassLoader();

  private StartUp() {}

  /** Starts it, once. Whether it is worth while is found out by the thread itself. */
  static synchronized void hasten() {
    if (!isStarted) {
      isStarted = true;
      try {
        DetachedThread.of(THREAD_NAME, new StartUp()).start();
      } catch (Throwable fault) {
        // No thread to be had. Nothing depends on this one.
      }
    }
  }

  @Override
  public void run() {
    try {
      String classPath = Environment.ofProcess().property("java.class.path");
      if (classPath != null && isWorthwhile()) {
        prepareCompareAndSet();
        Mappers.find(loader, classPath);
        load(FOR_THE_WRITER);
        loadForTheAspect();
        load(FOR_THE_CALL);
      }
    } catch (Throwable fault) {
      // Whoever needs what failed here meets it again, and counts it.
    }
  }

  /** Whether there is a processor for it, and this library is on the class path. */
  private boolean isWorthwhile() {
    return loader == ClassLoader.getSystemClassLoader()
        && !StartUp.class.getModule().isNamed()
        && Runtime.getRuntime().availableProcessors() > 1;
  }

  /**
   * The queue's, which takes the program's thread a millisecond the first time. This initialises
   * classes, but of the JDK's, which wait for none of this library's.
   */
  private static void prepareCompareAndSet() {
    new AtomicReference<>(THREAD_NAME).compareAndSet(THREAD_NAME, LIBRARY);
  }

  private void loadForTheAspect() {
    try {
      load(FOR_THE_ASPECT);
    } catch (ClassNotFoundException e) {
      // There is none.
    }
  }

  private void load(String[] names) throws ClassNotFoundException {
    for (int i = names.length - 1; i >= 0; i--) {
      Class.forName(LIBRARY.concat(names[i]), false, loader);
    }
  }
}
