package dev.autoskill.telemetry.agent;

import java.util.Set;

/**
 * Libraries that many programs have and that hold no skills, by the first names of their packages.
 * To look at their classes, and at what those inherit from and are annotated with, would take most
 * of the agent's time at a start.
 */
final class KnownLibraries {

  private static final int MOST_NAMES = 3;

  private static final Set<String> PACKAGES =
      Set.of(
          """
          aj/org/objectweb ch/qos/logback com/fasterxml/jackson com/github/f4b6a3
          com/google/common com/google/gson com/google/protobuf com/networknt/schema com/sun
          com/zaxxer/hikari dev/autoskill/telemetry groovy groovyjarjarasm io/leangen/geantyref
          io/micrometer io/modelcontextprotocol io/netty io/opentelemetry io/swagger jakarta java
          javax jdk kotlin kotlinx net/bytebuddy org/apache/catalina org/apache/commons
          org/apache/coyote org/apache/groovy org/apache/juli org/apache/logging org/apache/tomcat
          org/aspectj org/codehaus/groovy org/eclipse/jetty org/h2 org/hibernate org/jboss/logging
          org/jdbi org/jspecify org/junit org/mockito org/objectweb/asm org/postgresql
          org/reactivestreams org/slf4j org/springframework/aop org/springframework/asm
          org/springframework/beans org/springframework/boot org/springframework/cglib
          org/springframework/context org/springframework/core org/springframework/dao
          org/springframework/data org/springframework/expression org/springframework/format
          org/springframework/http org/springframework/jdbc org/springframework/orm
          org/springframework/stereotype org/springframework/transaction org/springframework/util
          org/springframework/validation org/springframework/web org/sqlite org/yaml/snakeyaml
          reactor scala sun tools/jackson
          """
              .strip()
              .split("\\s+"));

  private KnownLibraries() {}

  /** Whether a class is of one of these libraries, or of the JDK. */
  static boolean include(String internalName) {
    int end = internalName.indexOf('/');
    for (int i = 0; i < MOST_NAMES && end > 0; i++) {
      if (PACKAGES.contains(internalName.substring(0, end))) {
        return true;
      }
      end = internalName.indexOf('/', end + 1);
    }
    return false;
  }
}
