package skills.matrix;

/** What a skill does. The methods around it only stand where they stand. */
interface Body {

  Object run() throws Throwable;
}
