package dev.autoskill.telemetry.privacy;

import java.util.List;
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

  /** How a service's variables are to be read. */
  private enum Rule {
    ANY_OF,
    ALL_OF,
    EQUALS,
    CONTAINS
  }

  /**
   * One row: a service and what it sets.
   *
   * @param name the service; for the reader
   * @param rule how to read the rest
   * @param variables the variables; one if the rule asks for its value
   * @param value the value it asks for; empty if any will do
   */
  private record Service(String name, Rule rule, List<String> variables, String value) {

    @Nullable String responsible(Environment environment) {
      String first = variables.get(0);
      return switch (rule) {
        case ANY_OF -> firstSet(environment);
        case ALL_OF -> allSet(environment) ? first : null;
        case EQUALS -> value.equals(environment.get(first)) ? first : null;
        case CONTAINS -> contained(environment.get(first)) ? first : null;
      };
    }

    // Loops instead of streams: every start of a program passes here, and the first stream and the
    // first lambda of a JVM are dear.
    private @Nullable String firstSet(Environment environment) {
      for (String variable : variables) {
        if (environment.has(variable)) {
          return variable;
        }
      }
      return null;
    }

    private boolean allSet(Environment environment) {
      for (String variable : variables) {
        if (!environment.has(variable)) {
          return false;
        }
      }
      return true;
    }

    private boolean contained(@Nullable String actual) {
      return actual != null && actual.contains(value);
    }
  }

  private static final List<Service> SERVICES =
      List.of(
          anyOf("Agola CI", "AGOLA_GIT_REF"),
          anyOf("Alpic", "ALPIC_HOST"),
          anyOf("Appcircle", "AC_APPCIRCLE"),
          anyOf("AppVeyor", "APPVEYOR"),
          anyOf("AWS CodeBuild", "CODEBUILD_BUILD_ARN"),
          anyOf("Azure Pipelines", "TF_BUILD"),
          anyOf("Bamboo", "bamboo_planKey"),
          anyOf("Bitbucket Pipelines", "BITBUCKET_COMMIT"),
          anyOf("Bitrise", "BITRISE_IO"),
          anyOf("Buddy", "BUDDY_WORKSPACE_ID"),
          anyOf("Buildkite", "BUILDKITE"),
          anyOf("Capawesome Cloud", "CAPAWESOME_CLOUD"),
          anyOf("CircleCI", "CIRCLECI"),
          anyOf("Cirrus CI", "CIRRUS_CI"),
          anyOf("Cloudflare Pages", "CF_PAGES"),
          anyOf("Cloudflare Workers", "WORKERS_CI"),
          anyOf("Codefresh", "CF_BUILD_ID"),
          anyOf("Codemagic", "CM_BUILD_ID"),
          equal("Codeship", "CI_NAME", "codeship"),
          anyOf("Drone", "DRONE"),
          anyOf("dsari", "DSARI"),
          anyOf("Earthly", "EARTHLY_CI"),
          anyOf("Expo Application Services", "EAS_BUILD"),
          anyOf("Gerrit", "GERRIT_PROJECT"),
          anyOf("Gitea Actions", "GITEA_ACTIONS"),
          anyOf("GitHub Actions", "GITHUB_ACTIONS"),
          anyOf("GitLab CI", "GITLAB_CI"),
          anyOf("GoCD", "GO_PIPELINE_LABEL"),
          anyOf("Google Cloud Build", "BUILDER_OUTPUT"),
          anyOf("Harness CI", "HARNESS_BUILD_ID"),
          contains("Heroku", "NODE", "/app/.heroku/node/bin/node"),
          anyOf("Hudson", "HUDSON_URL"),
          allOf("Jenkins", "JENKINS_URL", "BUILD_ID"),
          anyOf("LayerCI", "LAYERCI"),
          anyOf("Magnum CI", "MAGNUM"),
          anyOf("Netlify CI", "NETLIFY"),
          anyOf("Nevercode", "NEVERCODE"),
          anyOf("Prow", "PROW_JOB_ID"),
          anyOf("ReleaseHub", "RELEASE_BUILD_ID"),
          anyOf("Render", "RENDER"),
          anyOf("RWX", "RWX"),
          anyOf("Sail CI", "SAILCI"),
          anyOf("Screwdriver", "SCREWDRIVER"),
          anyOf("Semaphore", "SEMAPHORE"),
          equal("Sourcehut", "CI_NAME", "sourcehut"),
          anyOf("Strider CD", "STRIDER"),
          allOf("TaskCluster", "TASK_ID", "RUN_ID"),
          anyOf("TeamCity", "TEAMCITY_VERSION"),
          anyOf("Travis CI", "TRAVIS"),
          anyOf("Vela", "VELA"),
          anyOf("Vercel", "NOW_BUILDER", "VERCEL"),
          anyOf("Visual Studio App Center", "APPCENTER_BUILD_ID"),
          equal("Woodpecker", "CI", "woodpecker"),
          anyOf("Xcode Cloud", "CI_XCODE_PROJECT"),
          anyOf("Xcode Server", "XCS"),
          // What several services set. Last, so that the answer names the service's own variable
          // where there is one.
          anyOf(
              "any service",
              "CI",
              "CONTINUOUS_INTEGRATION",
              "BUILD_ID",
              "BUILD_NUMBER",
              "CI_APP_ID",
              "CI_BUILD_ID",
              "CI_BUILD_NUMBER",
              "CI_NAME",
              "RUN_ID"));

  private CiVariables() {}

  /**
   * Looks for CI.
   *
   * @param environment the environment to ask
   * @return the variable that says that this is CI, the first one where several say so together;
   *     null if none does
   */
  static @Nullable String detect(Environment environment) {
    for (Service service : SERVICES) {
      String variable = service.responsible(environment);
      if (variable != null) {
        return variable;
      }
    }
    return null;
  }

  private static Service anyOf(String name, String... variables) {
    return new Service(name, Rule.ANY_OF, List.of(variables), "");
  }

  private static Service allOf(String name, String... variables) {
    return new Service(name, Rule.ALL_OF, List.of(variables), "");
  }

  private static Service equal(String name, String variable, String value) {
    return new Service(name, Rule.EQUALS, List.of(variable), value);
  }

  private static Service contains(String name, String variable, String part) {
    return new Service(name, Rule.CONTAINS, List.of(variable), part);
  }
}
