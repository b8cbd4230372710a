package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.aspectj.bridge.context.CompilationAndWeavingContext;
import org.objectweb.asm.Opcodes;

/**
 * Weaves classes with AspectJ's load-time weaver. Nothing of AspectJ's weaver is loaded before this
 * class is.
 *
 * <p>Safe for use by any number of threads.
 */
final class Weaver {

  /** The last version whose classes the weaver leaves without stack map frames. */
  private static final int WITHOUT_FRAMES = Opcodes.V1_6;

  /** Where a class file has its version: the minor one, then the major one. */
  private static final int VERSION_AT = 4;

  private static final int MOST_CONSTANTS = 65_535;

  /** How many constants weaving adds at most: for a class, and for each skill. */
  private static final int ADDED_TO_CLASS = 100;

  private static final int ADDED_FOR_SKILL = 16;

  private final Map<ClassLoader, SkillWeavingAdaptor> adaptors =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final ClassDefiner definer;

  Weaver(ClassDefiner definer) {
    this.definer = definer;
  }

  /**
   * Weaves a class.
   *
   * @param scope the aspects
   * @param domain whose permissions classes get that the weaver makes besides
   * @throws WeavingException if the weaver reports an error, or what it made is no valid class
   */
  CacheEntry weave(LoaderScope scope, ClassLoader loader, ClassFile type, ProtectionDomain domain)
      throws IOException, WeavingException {
    checkSize(type);
    // As the stock weaver does it: a loader may hold this lock already, so no other may be waited
    // for.
    synchronized (loader) {
      SkillWeavingAdaptor adaptor = adaptor(scope, loader);
      adaptor.setActiveProtectionDomain(domain);
      try {
        byte[] woven = adaptor.weaveClass(type.name(), prepared(type), false);
        String error = adaptor.takeError();
        if (error != null) {
          throw new WeavingException(error);
        }
        SeenTypes types = new SeenTypes(loader);
        byte[] written =
            woven == null ? new byte[0] : FrameWriter.write(woven, version(type), types);
        types.addMatched(type);
        return new CacheEntry(written, types.facts());
      } finally {
        adaptor.takeError();
        adaptor.setActiveProtectionDomain(null);
        CompilationAndWeavingContext.resetForThread();
      }
    }
  }

  /** The weaver prints a stack trace where there is no room for another constant. */
  private static void checkSize(ClassFile type) throws WeavingException {
    int skills = type.mostSkills();
    if (type.reader().getItemCount() + ADDED_TO_CLASS + ADDED_FOR_SKILL * skills > MOST_CONSTANTS) {
      throw new WeavingException("the class is too large for " + skills + " skills");
    }
  }

  private SkillWeavingAdaptor adaptor(LoaderScope scope, ClassLoader loader) {
    SkillWeavingAdaptor known = adaptors.get(loader);
    if (known == null) {
      // All who come here hold the lock of the loader.
      known = new SkillWeavingAdaptor(loader, scope.definition(), definer);
      adaptors.put(loader, known);
    }
    return known;
  }

  private static int version(ClassFile type) {
    return type.reader().readInt(VERSION_AT);
  }

  /** The class as the weaver gets it. */
  private static byte[] prepared(ClassFile type) {
    byte[] prepared = AddedMembers.renamed(type);
    if ((version(type) & 0xFFFF) > WITHOUT_FRAMES) {
      ByteBuffer.wrap(prepared).putInt(VERSION_AT, WITHOUT_FRAMES);
    }
    return prepared;
  }
}
