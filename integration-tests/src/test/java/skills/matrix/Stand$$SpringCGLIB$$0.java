package skills.matrix;

/** What CGLIB would make of an annotated class: one use passes through both. */
final class Stand$$SpringCGLIB$$0 extends Types.Annotated {

  Stand$$SpringCGLIB$$0() {
    super(null);
  }

  @Override
  public Object isPublic(Body body) throws Throwable {
    return super.isPublic(body);
  }
}
