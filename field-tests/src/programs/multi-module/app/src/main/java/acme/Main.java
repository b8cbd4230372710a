package acme;
import dev.autoskill.telemetry.Telemetry;
public class Main { public static void main(String[] a) { Tools t = new Tools(); t.search("x"); t.x(); t.count(); t.shout("y");
  Telemetry.diagnostics().lines().forEach(System.out::println);
  Telemetry.collector().getEvents().forEach(e -> System.out.println(e.skillName() + " " + e.outcome())); } }
