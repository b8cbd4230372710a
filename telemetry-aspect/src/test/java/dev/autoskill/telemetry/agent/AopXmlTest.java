package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AopXmlTest {

  @Test
  void understandsTheFileOfThisLibrary() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/META-INF/aop.xml")) {
      assertEquals(List.of(Tracked.DEFAULT_ASPECT), AopXml.aspectsOfOurs(file.readAllBytes()));
    }
  }

  @Test
  void understandsAFileThatListsAspectsOfOurs() {
    String file =
        """
        <?xml version='1.0'?>
        <!-- <aspect name="com.acme.Commented"/> -->
        <aspectj><aspects>
          <aspect name = 'dev.autoskill.telemetry.aspect.One' />
          <aspect
              name="dev.autoskill.telemetry.aspect.Another"></aspect>
        </aspects><weaver><exclude within="com.acme..*"/></weaver></aspectj>
        """;
    assertEquals(
        List.of("dev.autoskill.telemetry.aspect.One", "dev.autoskill.telemetry.aspect.Another"),
        aspectsOfOurs(file));
    assertEquals(List.of(), aspectsOfOurs("<aspectj/>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<aspect name='com.acme.Own'/>",
        "<aspect name='dev.autoskill.telemetry.aspect.One' scope='com.acme..*'/>",
        "<concrete-aspect name='com.acme.Own' extends='dev.autoskill.telemetry.aspect.SkillAspect'/>",
        "<include within='com.acme..*'/>",
        "<exclude within='com.acme..*' other='x'/>",
        "<weaver options='-verbose'/>",
        "<!DOCTYPE aspectj [<!ENTITY own '&lt;aspect/&gt;'>]>",
        "&own;",
        "<dump within='*'/>",
        "<aspect name='dev.autoskill.telemetry.aspect.One' name=''/>",
        "<aspect name=dev.autoskill.telemetry.aspect.One/>",
        "<aspect/>",
        "<!-- not closed",
        "<aspects",
        "text",
      })
  void leavesToTheWeaverWhatItDoesNotUnderstand(String content) {
    assertNull(aspectsOfOurs("<aspectj>" + content + "</aspectj>"));
  }

  private static @Nullable List<String> aspectsOfOurs(String file) {
    return AopXml.aspectsOfOurs(file.getBytes(StandardCharsets.UTF_8));
  }
}
