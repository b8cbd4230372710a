package acme;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import lombok.Getter;
import lombok.Setter;
import lombok.SneakyThrows;
import lombok.Synchronized;
import lombok.Value;

public class Main {

  @Value
  @TrackedSkill("point")
  static class Point {
    int x;
    int y;

    public int sum() {
      return x + y;
    }
  }

  @TrackedSkill("counter")
  static class Counter {
    @Getter @Setter private int count;
    @Getter(lazy = true)
    private final String name = "lazy";

    @Synchronized
    public int next() {
      return ++count;
    }

    @SneakyThrows
    public void fail() {
      throw new java.io.IOException("checked");
    }
  }

  public static void main(String[] arguments) {
    Note note = Note.builder().title("t").uses(1).tag("a").build();
    note.setDone(false);
    note.setUses(2);
    System.out.println(note.mark().summary() + note.getTitle() + note.isDone() + note.getUses() + note.getTags());
    System.out.println(note + " " + note.withTitle("u").summary() + note.equals(note) + (note.hashCode() == note.hashCode()));
    Point point = new Point(1, 2);
    System.out.println(point + " " + point.sum() + point.getX() + point.getY());
    Counter counter = new Counter();
    counter.setCount(4);
    System.out.println(counter.next() + counter.getCount() + counter.getName());
    try {
      counter.fail();
    } catch (Exception e) {
      System.out.println(e.getMessage());
    }
  }
}
