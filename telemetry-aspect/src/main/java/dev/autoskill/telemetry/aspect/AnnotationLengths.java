package dev.autoskill.telemetry.aspect;

/** Where annotations in a class file end. Public for the agent; internal. */
public final class AnnotationLengths {

  private AnnotationLengths() {}

  /**
   * Goes past an annotation.
   *
   * @param constants the class file's
   * @param start where the annotation begins
   * @return where it ends
   */
  public static int endOfAnnotation(ConstantPool constants, int start) {
    int position = start + 4;
    for (int i = constants.u2(start + 2); i > 0; i--) {
      position = endOfValue(constants, position + 2);
    }
    return position;
  }

  /** Goes past a value of an annotation's element. */
  private static int endOfValue(ConstantPool constants, int start) {
    int tag = constants.u2(start) >>> 8;
    switch (tag) {
      case 'e':
        return start + 5;
      case '@':
        return endOfAnnotation(constants, start + 1);
      case '[':
        int position = start + 3;
        for (int i = constants.u2(start + 1); i > 0; i--) {
          position = endOfValue(constants, position);
        }
        return position;
      default:
        return start + 3;
    }
  }
}
