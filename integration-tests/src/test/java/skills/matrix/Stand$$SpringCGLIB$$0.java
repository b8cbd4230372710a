package skills.matrix;

/** Stands for a subclass made by CGLIB: one use passes through both classes. */
final class Stand$$SpringCGLIB$$0 extends Types.Annotated {

  Stand$$SpringCGLIB$$0() {
    super(null);
  }

  @Override
  public Object isPublic(Body body) throws Throwable {
    return super.isPublic(body);
  }
}
