package skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;

interface Review<T> {

  Object review(T subject);

  @TrackedSkill("default-method")
  default Object reviewTwice(T subject) {
    review(subject);
    return review(subject);
  }
}
