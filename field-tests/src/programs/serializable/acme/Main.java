package acme;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

public class Main {

  static class ByMethod implements Serializable {
    int a;

    @TrackedSkill("by-method")
    String method() {
      return "m";
    }

    @TrackedSkill("future")
    CompletableFuture<String> future() {
      return CompletableFuture.completedFuture("f");
    }
  }

  @TrackedSkill("typed")
  static class ByType implements Serializable {
    static final long START = System.nanoTime();

    public String method() {
      return "t";
    }
  }

  static class Heir extends ByMethod {
    private static int uses;

    @TrackedSkill("heir")
    private static int count() {
      return ++uses;
    }
  }

  static class Own implements Serializable {
    private static final long serialVersionUID = 42;

    @TrackedSkill("own")
    String method() {
      return "o";
    }
  }

  enum Kind {
    A;

    @TrackedSkill("enum")
    String method() {
      return name();
    }
  }

  record Rec(int x) implements Serializable {
    @TrackedSkill("record")
    int method() {
      return x;
    }
  }

  public static void main(String[] arguments) {
    System.out.println(new ByMethod().method() + new ByMethod().future().join() + new ByType().method());
    System.out.println(Heir.count() + new Own().method() + Kind.A.method() + new Rec(1).method());
    // Of records, deserialization does not compare the ids.
    for (Class<?> each : new Class<?>[] {ByMethod.class, ByType.class, Heir.class, Own.class, Kind.class}) {
      System.out.println(ObjectStreamClass.lookup(each));
    }
  }
}
