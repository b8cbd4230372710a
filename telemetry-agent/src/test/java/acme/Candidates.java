package acme;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.ArrayList;

/** Classes of a program, which the agent does not take for the library's own. */
public final class Candidates {

  private Candidates() {}

  public static final class OnMethod {

    @TrackedSkill("skill")
    void skill() {}
  }

  public static class Plain extends ArrayList<String> {

    public static final long serialVersionUID = 1L;
  }

  /** Of no interest. */
  public @interface Other {}

  @Other
  public static final class AnnotatedOtherwise extends Plain implements Runnable {

    public static final long serialVersionUID = 1L;

    @Override
    public void run() {}
  }

  /** As the annotation would be if it were one for types too. */
  public @interface Stereotype {}

  @Stereotype
  public static final class UsesStereotype {}

  public static final class UsesStereotypeOnMethod {

    @Stereotype
    void skill() {}
  }

  public static class Service {}

  public static class Between extends Service {}

  public static final class Extends extends Between {}

  @Stereotype
  public static class Marked {}

  public static final class ExtendsMarked extends Marked {}
}
