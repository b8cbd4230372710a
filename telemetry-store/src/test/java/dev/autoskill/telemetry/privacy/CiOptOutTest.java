package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CiOptOutTest {

  /** The services of ci-info 4.5.0: a sufficient environment, and the variable that is named. */
  private static final String SERVICES =
      """
      Agola CI                  | AGOLA_GIT_REF=1 | AGOLA_GIT_REF
      Alpic                     | ALPIC_HOST=1 | ALPIC_HOST
      Appcircle                 | AC_APPCIRCLE=1 | AC_APPCIRCLE
      AppVeyor                  | APPVEYOR=1 | APPVEYOR
      AWS CodeBuild             | CODEBUILD_BUILD_ARN=1 | CODEBUILD_BUILD_ARN
      Azure Pipelines           | TF_BUILD=1 | TF_BUILD
      Bamboo                    | bamboo_planKey=1 | bamboo_planKey
      Bitbucket Pipelines       | BITBUCKET_COMMIT=1 | BITBUCKET_COMMIT
      Bitrise                   | BITRISE_IO=1 | BITRISE_IO
      Buddy                     | BUDDY_WORKSPACE_ID=1 | BUDDY_WORKSPACE_ID
      Buildkite                 | BUILDKITE=1 | BUILDKITE
      Capawesome Cloud          | CAPAWESOME_CLOUD=1 | CAPAWESOME_CLOUD
      CircleCI                  | CIRCLECI=1 | CIRCLECI
      Cirrus CI                 | CIRRUS_CI=1 | CIRRUS_CI
      Cloudflare Pages          | CF_PAGES=1 | CF_PAGES
      Cloudflare Workers        | WORKERS_CI=1 | WORKERS_CI
      Codefresh                 | CF_BUILD_ID=1 | CF_BUILD_ID
      Codemagic                 | CM_BUILD_ID=1 | CM_BUILD_ID
      Codeship                  | CI_NAME=codeship | CI_NAME
      Drone                     | DRONE=1 | DRONE
      dsari                     | DSARI=1 | DSARI
      Earthly                   | EARTHLY_CI=1 | EARTHLY_CI
      Expo Application Services | EAS_BUILD=1 | EAS_BUILD
      Gerrit                    | GERRIT_PROJECT=1 | GERRIT_PROJECT
      Gitea Actions             | GITEA_ACTIONS=1 | GITEA_ACTIONS
      GitHub Actions            | GITHUB_ACTIONS=1 | GITHUB_ACTIONS
      GitLab CI                 | GITLAB_CI=1 | GITLAB_CI
      GoCD                      | GO_PIPELINE_LABEL=1 | GO_PIPELINE_LABEL
      Google Cloud Build        | BUILDER_OUTPUT=1 | BUILDER_OUTPUT
      Harness CI                | HARNESS_BUILD_ID=1 | HARNESS_BUILD_ID
      Heroku                    | NODE=/app/.heroku/node/bin/node | NODE
      Hudson                    | HUDSON_URL=1 | HUDSON_URL
      Jenkins                   | JENKINS_URL=1 | JENKINS_URL
      LayerCI                   | LAYERCI=1 | LAYERCI
      Magnum CI                 | MAGNUM=1 | MAGNUM
      Netlify CI                | NETLIFY=1 | NETLIFY
      Nevercode                 | NEVERCODE=1 | NEVERCODE
      Prow                      | PROW_JOB_ID=1 | PROW_JOB_ID
      ReleaseHub                | RELEASE_BUILD_ID=1 | RELEASE_BUILD_ID
      Render                    | RENDER=1 | RENDER
      RWX                       | RWX=1 | RWX
      Sail CI                   | SAILCI=1 | SAILCI
      Screwdriver               | SCREWDRIVER=1 | SCREWDRIVER
      Semaphore                 | SEMAPHORE=1 | SEMAPHORE
      Sourcehut                 | CI_NAME=sourcehut | CI_NAME
      Strider CD                | STRIDER=1 | STRIDER
      TaskCluster               | TASK_ID=1 RUN_ID=1 | RUN_ID
      TeamCity                  | TEAMCITY_VERSION=1 | TEAMCITY_VERSION
      Travis CI                 | TRAVIS=1 | TRAVIS
      Vela                      | VELA=1 | VELA
      Vercel                    | NOW_BUILDER=1 | NOW_BUILDER
      Vercel                    | VERCEL=1 | VERCEL
      Visual Studio App Center  | APPCENTER_BUILD_ID=1 | APPCENTER_BUILD_ID
      Woodpecker                | CI=woodpecker | CI
      Xcode Cloud               | CI_XCODE_PROJECT=1 | CI_XCODE_PROJECT
      Xcode Server              | XCS=1 | XCS
      """;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = SERVICES)
  void knowsEveryService(String service, String environment, String variable) {
    assertEquals(variable, detect(environment));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = SERVICES)
  void anEmptyVariableIsNotSet(String service, String environment, String variable) {
    Map<String, String> emptied = variables(environment);
    emptied.replaceAll((name, value) -> "");
    assertNull(detect(emptied));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CI",
        "CONTINUOUS_INTEGRATION",
        "BUILD_ID",
        "BUILD_NUMBER",
        "CI_APP_ID",
        "CI_BUILD_ID",
        "CI_BUILD_NUMBER",
        "CI_NAME",
        "RUN_ID"
      })
  void knowsTheVariablesOfSeveralServices(String variable) {
    assertEquals(variable, detect(variable + "=anything"));
    assertNull(detect(variable + "="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CI",
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "CIRCLECI",
        "TRAVIS",
        "BUILDKITE",
        "JENKINS_URL"
      })
  void eachOfTheSevenVariablesOfAutoSkillIsEnough(String variable) {
    assertEquals(variable, detect(variable + "=x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CI=false", "CI=0", "GITHUB_ACTIONS=false", "VERCEL=0", "RUN_ID=0"})
  void anyValueCountsAlsoFalseAndZero(String environment) {
    assertEquals(environment.substring(0, environment.indexOf('=')), detect(environment));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NODE=/usr/bin/node",
        "NODE=1",
        "JENKINS_URL=",
        "TASK_ID=17",
        "TASK_ID=17 RUN_ID=",
        "USER=jane HOME=/home/jane PATH=/bin TERM_PROGRAM=vscode",
        ""
      })
  void aDevelopersMachineIsNoCi(String environment) {
    assertNull(detect(environment));
  }

  @ParameterizedTest
  @CsvSource({
    "CI=true GITHUB_ACTIONS=true, GITHUB_ACTIONS",
    "BUILD_ID=7 JENKINS_URL=http://localhost, JENKINS_URL",
    "CI=true JENKINS_URL=http://localhost, JENKINS_URL"
  })
  void namesTheServicesOwnVariableWhereThereIsOne(String environment, String variable) {
    assertEquals(variable, detect(environment));
  }

  @Test
  void namesOfVariablesAreCaseSensitive() {
    assertNull(detect("BAMBOO_PLANKEY=1 ci=true"));
  }

  private static String detect(String environment) {
    return detect(variables(environment));
  }

  private static String detect(Map<String, String> variables) {
    return OptOut.decision(Environment.of(variables), false).variable();
  }

  private static Map<String, String> variables(String environment) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : environment.isEmpty() ? new String[0] : environment.split(" ")) {
      String[] pair = variable.split("=", 2);
      variables.put(pair[0], pair[1]);
    }
    return variables;
  }
}
