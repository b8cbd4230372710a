package dev.autoskill.telemetry.privacy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The decision whether this process may record and send. No other class decides that.
 *
 * @param allowsRecording whether events may be recorded on this machine
 * @param allowsSending whether aggregates may be sent, where an endpoint is configured
 * @param variable the environment variable that decided; null if none did, and so all is allowed
 *     unless the settings file says otherwise
 */
public record OptOut(boolean allowsRecording, boolean allowsSending, @Nullable String variable) {

  /** Always wins. */
  static final String NO_TELEMETRY = "AUTO_SKILL_NO_TELEMETRY";

  /** Set to {@code local}, it is the user's wish to record locally all the same. */
  public static final String TELEMETRY = "AUTO_SKILL_TELEMETRY";

  static final String LOCAL = "local";

  /** See consoledonottrack.com. */
  static final String DO_NOT_TRACK = "DO_NOT_TRACK";

  /**
   * The variables that CI services set, any of which is enough: first those that auto-skill's own
   * tools read, then the other ones that the npm package ci-info 4.5.0 knows, at last those that
   * many services share. Where several are set, the decision names the first.
   *
   * <p>Unlike in ci-info, {@code JENKINS_URL} needs no {@code BUILD_ID} beside it, and any value
   * counts, {@code CI=false} too: when in doubt, telemetry is off.
   */
  private static final String[] CI_VARIABLES =
      """
      GITHUB_ACTIONS GITLAB_CI CIRCLECI TRAVIS BUILDKITE JENKINS_URL
      AGOLA_GIT_REF ALPIC_HOST AC_APPCIRCLE APPVEYOR CODEBUILD_BUILD_ARN TF_BUILD bamboo_planKey
      BITBUCKET_COMMIT BITRISE_IO BUDDY_WORKSPACE_ID CAPAWESOME_CLOUD CIRRUS_CI CF_PAGES WORKERS_CI
      CF_BUILD_ID CM_BUILD_ID DRONE DSARI EARTHLY_CI EAS_BUILD GERRIT_PROJECT GITEA_ACTIONS
      GO_PIPELINE_LABEL BUILDER_OUTPUT HARNESS_BUILD_ID HUDSON_URL LAYERCI MAGNUM NETLIFY NEVERCODE
      PROW_JOB_ID RELEASE_BUILD_ID RENDER RWX SAILCI SCREWDRIVER SEMAPHORE STRIDER TEAMCITY_VERSION
      VELA NOW_BUILDER VERCEL APPCENTER_BUILD_ID CI_XCODE_PROJECT XCS
      CI CONTINUOUS_INTEGRATION BUILD_ID BUILD_NUMBER CI_APP_ID CI_BUILD_ID CI_BUILD_NUMBER CI_NAME
      RUN_ID
      """
          .replace('\n', ' ')
          .split(" ");

  /** Heroku's builds are known by the value of a variable that developers set too. */
  private static final String NODE = "NODE";

  private static final String HEROKU = "/app/.heroku/node/bin/node";

  /** Parts of the command lines by which Maven, Gradle, editors and others run tests. */
  private static final String[] TEST_RUNNERS =
      """
      surefirebooter,org.apache.maven.surefire.,Gradle Test Executor,junit-platform-console,\
      org.junit.platform.console.,org.junit.runner.JUnitCore,org.testng.TestNG,org.pitest.,\
      com.intellij.rt.junit.,com.intellij.rt.testng.,org.eclipse.jdt.internal.junit.,\
      com.microsoft.java.test.runner.,com.google.testing.junit.runner.,sbt.ForkMain,\
      org.apache.tools.ant.taskdefs.optional.junit."""
          .split(",");

  /**
   * {@return whether a JVM runs tests, whose uses of skills are not the user's}
   *
   * @param environment its environment, where {@code autoskill.telemetry.tests} is believed
   */
  public static boolean isTestRun(Environment environment) {
    String told = environment.property("autoskill.telemetry.tests");
    String command = String.valueOf(environment.property("sun.java.command"));
    boolean isSeen = environment.property("surefire.test.class.path") != null;
    for (String runner : TEST_RUNNERS) {
      isSeen |= command.contains(runner);
    }
    return told == null ? isSeen : told.equals("true");
  }

  /**
   * {@return what an environment allows}
   *
   * @param environment the environment to ask
   * @param isOfTests whether tests would record, into a database of their own: no use is the user's
   */
  public static OptOut decision(Environment environment, boolean isOfTests) {
    Objects.requireNonNull(environment, "environment must not be null");
    if (environment.has(NO_TELEMETRY)) {
      return new OptOut(false, false, NO_TELEMETRY);
    }
    if (SettingsFile.of(environment).isOff()) {
      return new OptOut(false, false, null);
    }
    if (LOCAL.equals(environment.get(TELEMETRY))) {
      return new OptOut(true, false, TELEMETRY);
    }
    String objection = environment.has(DO_NOT_TRACK) ? DO_NOT_TRACK : ciVariable(environment);
    return new OptOut(isOfTests || objection == null, objection == null, objection);
  }

  private static @Nullable String ciVariable(Environment environment) {
    for (String variable : CI_VARIABLES) {
      if (environment.has(variable)) {
        return variable;
      }
    }
    String node = environment.get(NODE);
    return node != null && node.contains(HEROKU) ? NODE : null;
  }
}
