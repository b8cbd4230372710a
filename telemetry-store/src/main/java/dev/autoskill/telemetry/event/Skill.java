package dev.autoskill.telemetry.event;

import org.jspecify.annotations.Nullable;

/**
 * A method or a block of code that an agent invokes, known by an id and a name. Of both, what lies
 * beyond {@value #MOST_CHARS} UTF-16 code units is cut off.
 *
 * @param id what stays when the name changes; not blank
 * @param name the human-readable name, by which reports group; not blank
 * @param isConstant whether an author wrote both into the code: such text knows no user, and is
 *     stored without a search for private data
 */
public record Skill(String id, String name, boolean isConstant) {

  /**
   * The most that is retained of a text: what is stored of it, and what follows as far as it may
   * tell that the text is private.
   */
  public static final int MOST_CHARS = 1024;

  /** Checks the id and the name. */
  public Skill {
    id = requireText(id, "id");
    name = requireText(name, "name");
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

  // Written out, since those of a record are generated at the first call, which takes a short
  // program longer than its skill.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Skill skill
        && id.equals(skill.id)
        && name.equals(skill.name)
        && isConstant == skill.isConstant;
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + name.hashCode();
  }

  /**
   * {@return a text without what lies beyond {@value #MOST_CHARS} UTF-16 code units, so that no
   * event that waits holds more}
   *
   * @param text the text
   */
  public static String capped(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
  }

  /** The text, capped; null if there is none. */
  static @Nullable String optionalText(@Nullable String value, String argument) {
    return value == null ? null : requireText(value, argument);
  }

  /** The text, capped. */
  static String requireText(@Nullable String value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException(argument + " must not be blank");
    }
    return capped(value);
  }
}
