package programs;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;

/** Loads classes, and does nothing with them. */
public final class LoadClasses {

  private LoadClasses() {}

  /**
   * Loads classes whose names are in a file.
   *
   * @param arguments the file, with a name a line
   * @throws IOException if it cannot be read
   * @throws ClassNotFoundException if one is not there
   */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    ClassLoader loader = LoadClasses.class.getClassLoader();
    try (BufferedReader names = new BufferedReader(new FileReader(arguments[0]))) {
      for (String name = names.readLine(); name != null; name = names.readLine()) {
        Class.forName(name, false, loader);
      }
    }
  }
}
