package skills.matrix;

/** The body of a skill. The methods around it only stand where they stand. */
interface Body {

  Object run() throws Throwable;
}
