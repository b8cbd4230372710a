package skills.matrix;

/** The declared return type of a skill's method. */
enum Result {
  ANY,
  OBJECT,
  PUBLISHER,
  VALUE
}
