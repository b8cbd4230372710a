package skills.matrix;

/** What a skill's method is declared to return. */
enum Result {
  ANY,
  OBJECT,
  PUBLISHER,
  VALUE
}
