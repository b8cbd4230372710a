package dev.autoskill.telemetry.event;

import org.jspecify.annotations.Nullable;

/**
 * A method or a block of code that an agent invokes, known by an id and a name.
 *
 * @param id what stays when the name changes; not blank
 * @param name the human-readable name, by which reports group; not blank
 * @param isConstant whether an author wrote both into the code: such text knows no user, and is
 *     stored without a search for private data
 */
public record Skill(String id, String name, boolean isConstant) {

  /** Checks the id and the name. */
  public Skill {
    requireText(id, "id");
    requireText(name, "name");
  }

  /**
   * Names a skill whose id and name the program may have made at run time.
   *
   * @param id the id; not blank
   * @param name the name; not blank
   */
  public Skill(String id, String name) {
    this(id, name, false);
  }

  /**
   * {@return a skill whose id is its name}
   *
   * @param name the name; not blank
   */
  public static Skill named(String name) {
    return new Skill(requireText(name, "name"), name);
  }

  static String requireText(@Nullable String value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException(argument + " must not be blank");
    }
    return value;
  }
}
