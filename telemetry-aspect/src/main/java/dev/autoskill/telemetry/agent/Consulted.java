package dev.autoskill.telemetry.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the weaver may look at besides the class it weaves.
 *
 * <p>To match pointcuts it looks at the aspects, at the class's supertypes, and at the annotation
 * types on all of these and on annotation types: of those, all counts. To tell the verifier what is
 * on the stack (the StackMapTable) it asks what types that the code handles have in common: of
 * those, their supertypes count.
 *
 * <p>Safe for use by any number of threads.
 */
final class Consulted {

  /** Part of the runtime, whose version is part of the key. */
  private static final String JDK = "java/";

  /**
   * A type, for the key. Types that are not there count as well: they might be, next time.
   *
   * @param bytes what of it counts
   * @param next the types to go on with
   */
  private record Facts(byte[] bytes, Collection<String> next) {

    static final Facts ABSENT = new Facts(new byte[0], Set.of());

    static Facts of(ClassFile type, boolean isWhole) throws IOException {
      Set<String> next = new TreeSet<>(type.supertypes());
      if (isWhole) {
        next.addAll(type.annotationTypes());
      }
      return new Facts(isWhole ? type.bytes() : hierarchy(type), next);
    }

    private static byte[] hierarchy(ClassFile type) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(type.accessFlags());
      for (String supertype : type.supertypes()) {
        out.writeUTF(supertype);
      }
      return bytes.toByteArray();
    }
  }

  /** Classes of a program mention the same types over and over. */
  private final Map<String, Facts> hierarchies = new ConcurrentHashMap<>();

  private final Map<String, Facts> whole = new ConcurrentHashMap<>();

  /**
   * What weaving a class depends on besides the class.
   *
   * @param aspects internal names of the aspects
   * @return for each type, by name, what of it counts; of types that do not exist, nothing
   */
  Map<String, byte[]> of(TypeSource types, ClassFile type, Collection<String> aspects)
      throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    Set<String> looksInto = new TreeSet<>(aspects);
    looksInto.addAll(type.supertypes());
    looksInto.addAll(type.annotationTypes());
    collect(types, looksInto, true, found);
    Set<String> handles = type.mentionedTypes();
    handles.remove(type.name()); // all of it is in the key already
    collect(types, handles, false, found);
    return found;
  }

  private void collect(
      TypeSource types, Collection<String> names, boolean isWhole, Map<String, byte[]> found)
      throws IOException {
    // Not a deque: to fill one takes the JDK a lambda, and a program's first takes long.
    List<String> open = new ArrayList<>(names);
    while (!open.isEmpty()) {
      String name = open.remove(open.size() - 1);
      if (!name.startsWith(JDK) && !found.containsKey(name)) {
        Facts facts = facts(types, name, isWhole);
        found.put(name, facts.bytes());
        open.addAll(facts.next());
      }
    }
  }

  private Facts facts(TypeSource types, String name, boolean isWhole) throws IOException {
    Map<String, Facts> known = isWhole ? whole : hierarchies;
    Facts facts = known.get(name);
    if (facts == null) {
      ClassFile type = types.find(name);
      facts = type == null ? Facts.ABSENT : Facts.of(type, isWhole);
      known.put(name, facts);
    }
    return facts;
  }
}
