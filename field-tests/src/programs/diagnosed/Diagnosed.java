import java.lang.reflect.Method;
import java.util.Arrays;

/** Runs another program and then says what the library's diagnostics say, each line marked. */
public class Diagnosed {
  public static void main(String[] a) throws Exception {
    Class.forName(a[0]).getMethod("main", String[].class).invoke(null, (Object) Arrays.copyOfRange(a, 1, a.length));
    Object diagnostics = Class.forName("dev.autoskill.telemetry.Telemetry").getMethod("diagnostics").invoke(null);
    Method lines = diagnostics.getClass().getMethod("lines");
    ((Iterable<?>) lines.invoke(diagnostics)).forEach(line -> System.out.println("DIAGNOSTICS " + line));
  }
}
