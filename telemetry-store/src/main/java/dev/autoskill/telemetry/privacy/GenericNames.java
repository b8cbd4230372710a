package dev.autoskill.telemetry.privacy;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Names of accounts and machines that say nothing about anyone and are ordinary words in the names
 * of skills: a guard that looked for {@code test} or {@code claude} would redact {@code
 * test-runner} and {@code claude-code} wherever a container has such a user.
 *
 * <p>So are names of fewer than three letters (two, if they are ideographs) and short numbers.
 */
final class GenericNames {

  private static final int SHORTEST = 3;
  private static final int SHORTEST_IDEOGRAPHIC = 2;
  private static final int SHORTEST_NUMBER = 5;

  private static final Set<String> NAMES =
      words(
          """
          root toor admin administrator sysadmin superuser super operator owner staff daemon nobody
          nonroot nogroup system service services svc sudo wheel bin sys sync mail man news guest
          user users username default defaultaccount wdagutilityaccount containeruser
          containeradministrator anonymous someone public private shared student demo example
          ubuntu debian centos fedora rocky almalinux alpine arch linux unix windows darwin macos
          ec2-user azureuser cloud-user cloud opc vagrant core docker podman container kube
          kubernetes rancher coreos pi raspberrypi
          runner runneradmin gitlab-runner gitlab github actions circleci travis jenkins buildkite
          buildkite-agent teamcity bamboo drone vsts buildbot builder build builds bot
          codespace codespaces vscode gitpod coder sandbox workspace workspaces worker work jovyan
          agent agents assistant claude codex cursor copilot gemini openai anthropic openhands
          git svn node java python ruby golang rust php dotnet npm maven gradle spring tomcat jetty
          jboss wildfly nginx apache httpd www www-data web postgres mysql mongodb redis elastic
          elasticsearch kafka hadoop spark airflow oracle sqlite
          app apps appuser application api server client backend frontend database data main master
          dev devel develop developer devuser development test tests tester testing stage staging
          prod production release local remote code review skill skills tool tools project
          localhost localhost.localdomain localdomain host hostname machine computer desktop laptop
          workstation mac macbook macbook-pro macbook-air imac home none null unknown unnamed
          redacted
          """);

  private GenericNames() {}

  static boolean isGeneric(String name) {
    if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      return true;
    }
    int length = name.codePointCount(0, name.length());
    if (length > 0 && isIdeographic(name)) {
      return length < SHORTEST_IDEOGRAPHIC;
    }
    return length < (hasLetter(name) ? SHORTEST : SHORTEST_NUMBER);
  }

  // Neither regular expressions nor streams here: every woven program passes, and those are dear.

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    StringTokenizer tokens = new StringTokenizer(text);
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
  }

  private static boolean isIdeographic(String name) {
    int codePoint;
    for (int i = 0; i < name.length(); i += Character.charCount(codePoint)) {
      codePoint = name.codePointAt(i);
      if (!Character.isIdeographic(codePoint)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasLetter(String name) {
    int codePoint;
    for (int i = 0; i < name.length(); i += Character.charCount(codePoint)) {
      codePoint = name.codePointAt(i);
      if (Character.isLetter(codePoint)) {
        return true;
      }
    }
    return false;
  }
}
