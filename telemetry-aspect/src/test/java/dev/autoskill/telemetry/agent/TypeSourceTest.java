package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.autoskill.telemetry.aspect.ClassPlace;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TypeSourceTest {

  private static final String HERE = TestLoader.name(TypeSourceTest.class);

  private final TestLoader loader = new TestLoader();

  @Test
  void looksBesideFirstAndThenWhereTheLoaderDoes() throws IOException {
    loader.replace(TypeSourceTest.class, TestLoader.bytes(Object.class));
    try (ClassPlace beside = ClassPlace.of(TypeSourceTest.class.getProtectionDomain())) {
      TypeSource types = new TypeSource(loader, beside);

      assertEquals(HERE, types.find(HERE).name());
      assertEquals("org/junit/jupiter/api/Test", types.find("org/junit/jupiter/api/Test").name());
      assertNull(types.find("not/there/AtAll"));
    }
  }

  @Test
  void doesWithoutAPlaceThatCannotBeRead() throws IOException {
    ClassPlace jar = ClassPlace.of(Test.class.getProtectionDomain());
    jar.close();

    assertEquals(HERE, new TypeSource(loader, jar).find(HERE).name());
  }
}
