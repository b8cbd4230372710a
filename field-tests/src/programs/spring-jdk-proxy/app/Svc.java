package app;

import dev.autoskill.telemetry.annotations.TrackedSkill;

@TrackedSkill("svc")
public interface Svc {
  String ask(String q);

  default String twice(String q) {
    return ask(q) + ask(q);
  }

  static String fixed() {
    return "f";
  }
}
