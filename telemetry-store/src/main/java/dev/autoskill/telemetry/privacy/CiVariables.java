package dev.autoskill.telemetry.privacy;

import org.jspecify.annotations.Nullable;

/**
 * The environment variables by which CI services are known.
 *
 * <p>The table states what the npm package {@code ci-info} 4.5.0 knows (its {@code vendors.json}
 * and the variables {@code index.js} asks for besides), in its order and with its conditions: a
 * developer's machine may well have a {@code NODE}, a {@code TASK_ID} or a {@code JENKINS_URL}, and
 * is no CI for that.
 *
 * <p>In one thing we differ. {@code CI=false} makes {@code ci-info} answer that there is no CI, but
 * here any non-empty value counts, {@code false} and {@code 0} too: where telemetry is in doubt, it
 * is off. Who wants it sets {@value OptOut#TELEMETRY}{@code =}{@value OptOut#LOCAL}.
 */
final class CiVariables {

  private static final String IS = "is";
  private static final String CONTAINS = "contains";
  private static final String AND = "and";

  /**
   * A variable that is set, perhaps to a value that is said or that contains what is said, or
   * together with another one. Plain arrays, not objects of classes of their own: every start of a
   * program passes here.
   */
  private static final String[][] CONDITIONS = {
    {"AGOLA_GIT_REF"}, // Agola CI
    {"ALPIC_HOST"}, // Alpic
    {"AC_APPCIRCLE"}, // Appcircle
    {"APPVEYOR"}, // AppVeyor
    {"CODEBUILD_BUILD_ARN"}, // AWS CodeBuild
    {"TF_BUILD"}, // Azure Pipelines
    {"bamboo_planKey"}, // Bamboo
    {"BITBUCKET_COMMIT"}, // Bitbucket Pipelines
    {"BITRISE_IO"}, // Bitrise
    {"BUDDY_WORKSPACE_ID"}, // Buddy
    {"BUILDKITE"}, // Buildkite
    {"CAPAWESOME_CLOUD"}, // Capawesome Cloud
    {"CIRCLECI"}, // CircleCI
    {"CIRRUS_CI"}, // Cirrus CI
    {"CF_PAGES"}, // Cloudflare Pages
    {"WORKERS_CI"}, // Cloudflare Workers
    {"CF_BUILD_ID"}, // Codefresh
    {"CM_BUILD_ID"}, // Codemagic
    {"CI_NAME", IS, "codeship"}, // Codeship
    {"DRONE"}, // Drone
    {"DSARI"}, // dsari
    {"EARTHLY_CI"}, // Earthly
    {"EAS_BUILD"}, // Expo Application Services
    {"GERRIT_PROJECT"}, // Gerrit
    {"GITEA_ACTIONS"}, // Gitea Actions
    {"GITHUB_ACTIONS"}, // GitHub Actions
    {"GITLAB_CI"}, // GitLab CI
    {"GO_PIPELINE_LABEL"}, // GoCD
    {"BUILDER_OUTPUT"}, // Google Cloud Build
    {"HARNESS_BUILD_ID"}, // Harness CI
    {"NODE", CONTAINS, "/app/.heroku/node/bin/node"}, // Heroku
    {"HUDSON_URL"}, // Hudson
    {"JENKINS_URL", AND, "BUILD_ID"}, // Jenkins
    {"LAYERCI"}, // LayerCI
    {"MAGNUM"}, // Magnum CI
    {"NETLIFY"}, // Netlify CI
    {"NEVERCODE"}, // Nevercode
    {"PROW_JOB_ID"}, // Prow
    {"RELEASE_BUILD_ID"}, // ReleaseHub
    {"RENDER"}, // Render
    {"RWX"}, // RWX
    {"SAILCI"}, // Sail CI
    {"SCREWDRIVER"}, // Screwdriver
    {"SEMAPHORE"}, // Semaphore
    {"CI_NAME", IS, "sourcehut"}, // Sourcehut
    {"STRIDER"}, // Strider CD
    {"TASK_ID", AND, "RUN_ID"}, // TaskCluster
    {"TEAMCITY_VERSION"}, // TeamCity
    {"TRAVIS"}, // Travis CI
    {"VELA"}, // Vela
    {"NOW_BUILDER"}, // Vercel
    {"VERCEL"}, // Vercel
    {"APPCENTER_BUILD_ID"}, // Visual Studio App Center
    {"CI", IS, "woodpecker"}, // Woodpecker
    {"CI_XCODE_PROJECT"}, // Xcode Cloud
    {"XCS"}, // Xcode Server
    // What several services set. Last, so that the answer names the service's own variable where
    // there is one.
    {"CI"},
    {"CONTINUOUS_INTEGRATION"},
    {"BUILD_ID"},
    {"BUILD_NUMBER"},
    {"CI_APP_ID"},
    {"CI_BUILD_ID"},
    {"CI_BUILD_NUMBER"},
    {"CI_NAME"},
    {"RUN_ID"},
  };

  private CiVariables() {}

  /**
   * Looks for CI.
   *
   * @param environment the environment to ask
   * @return the variable that says that this is CI, the first one where several say so together;
   *     null if none does
   */
  static @Nullable String detect(Environment environment) {
    for (String[] condition : CONDITIONS) {
      if (isMet(condition, environment)) {
        return condition[0];
      }
    }
    return null;
  }

  private static boolean isMet(String[] condition, Environment environment) {
    String value = environment.get(condition[0]);
    if (value == null || value.isEmpty()) {
      return false;
    }
    return condition.length == 1
        || condition[1].equals(IS) && value.equals(condition[2])
        || condition[1].equals(CONTAINS) && value.contains(condition[2])
        || condition[1].equals(AND) && environment.has(condition[2]);
  }
}
