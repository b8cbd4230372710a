package skills.matrix;

import java.util.concurrent.Callable;

/** One use of a skill: what it does, what its caller must get, and what comes after. */
abstract class Use {

  private final Object result;
  private final Throwable thrown;

  private Use(Object result, Throwable thrown) {
    this.result = result;
    this.thrown = thrown;
  }

  /** Runs inside of the skill before it ends. */
  void inside() {}

  /** Lets a result come that is yet to come. */
  void later(Object returned) throws Exception {}

  /** Whether the skill ends after it returned. */
  boolean isLater() {
    return false;
  }

  final Object end() throws Throwable {
    inside();
    if (thrown != null) {
      throw thrown;
    }
    return result;
  }

  /** Says how the caller was served wrongly; empty if it was not. */
  String complaint(Object gotResult, Throwable gotThrown) {
    if (gotThrown != thrown) {
      return "threw-" + gotThrown;
    }
    return gotThrown != null || isSame(gotResult) ? "" : "returned-" + gotResult;
  }

  /** Numbers are boxed anew by who calls a skill that returns a primitive. */
  private boolean isSame(Object got) {
    return got == result || (got != null && got.getClass() != Object.class && got.equals(result));
  }

  static Use returning(Object result) {
    return new Use(result, null) {};
  }

  static Use throwing(Throwable thrown) {
    return new Use(null, thrown) {};
  }

  /** Marks itself from inside. */
  static Use marking(Object result, Throwable thrown, Callable<Boolean> mark) {
    return new Use(result, thrown) {
      @Override
      void inside() {
        call(mark);
      }
    };
  }

  /** Returns what somebody else makes complete. */
  static Use completing(Object result, Callable<?> completion) {
    return new Use(result, null) {
      @Override
      boolean isLater() {
        return true;
      }

      @Override
      void later(Object returned) throws Exception {
        Thread completer = new Thread(() -> call(completion), "completer");
        completer.start();
        completer.join();
      }
    };
  }

  /** Returns a publisher, for which the caller may get a stand-in. */
  static Use publishing(Items items, Items.Reader reader) {
    return new Use(items, null) {
      @Override
      boolean isLater() {
        return reader != Items.Reader.NOBODY;
      }

      @Override
      void later(Object returned) {
        reader.read(items, returned);
      }

      @Override
      String complaint(Object gotResult, Throwable gotThrown) {
        return gotThrown == null && gotResult != null ? "" : "threw-" + gotThrown;
      }
    };
  }

  private static void call(Callable<?> action) {
    try {
      action.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
