package skills.setups;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/**
 * Skills by their type. JaCoCo adds a public method to an interface, which must not become one as
 * well.
 */
@TrackedSkill("reviewing")
public interface Reviewing {

  default String review(String subject) {
    return subject.isEmpty() ? "nothing" : "reviewed " + subject;
  }
}
