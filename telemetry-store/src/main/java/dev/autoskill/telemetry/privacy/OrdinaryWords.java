package dev.autoskill.telemetry.privacy;

import java.util.Locale;
import java.util.Set;

/**
 * Words that name skills. An account or machine with such a name is not looked for: the name tells
 * nobody anything, and {@code deploy} or {@code mark} would hide honest skills.
 */
final class OrdinaryWords {

  /**
   * In this order: accounts of systems, images and CI services; agents, languages and servers;
   * roles and parts of software; words that are also names of people; other words.
   */
  private static final String LIST =
      """
      actions adm admin administrator administrators admins airflow almalinux alpine amazon
      anonymous appveyor apt arch aws azure azureuser backup bamboo beam bin bind bitbucket bsd
      buildkite centos circle circleci cloud code coder codespace codespaces colab consul container
      containeradministrator containers containeruser core coreos crontab daemon darwin dbt dbus
      debian default defaultaccount demo disk dnsmasq docker dovecot drone ec2 example examples exim
      fedora flink freebsd ftp ftpuser function functions games gcp gitea github gitlab gitpod gnats
      google grafana guest helm heroku ibm influxdb irc jenkins jovyan jupyter k8s kube kubernetes
      lambda linux list lp macos mail man messagebus named network news nfs nobody nogroup nomad
      nonroot notebook opc operator oracle owner packer pi podman postfix private prometheus proxy
      public rancher raspberry raspberrypi raspbian render replit resolve rocky root rpc rstudio
      runner runneradmin runners samba sandbox service services sftp shadow shared shiny smb snap
      someone ssh sshd staff student students sudo super superuser suse svc sync sys sysadmin syslog
      system systemd tcpdump teacher teamcity toor travis tty ubuntu unix user username users uucp
      vagrant vault vercel vscode vsts wheel windows work worker workers workspace workspaces agent
      agents aider amp angular ansible ant anthropic apache assistant bazel boot bun caddy cassandra
      chef claude cline clojure cmake codex conda confluence copilot cursor dart deno devin dotnet
      elastic elasticsearch elixir etcd flutter gemini git go golang goose gradle groovy hadoop
      haproxy httpd java jboss jdk jetty jira kafka kibana kotlin logstash lua make mariadb maven
      memcached mongo mongodb mysql net next nginx node nodejs npm openai openhands opensearch perl
      php pip pnpm postgres postgresql puppet py python rabbitmq rb react redis ruby rust rustlang
      scala spark spring sql sqlite storm svn swift terraform tomcat traefik vue web webs windsurf
      wordpress www yarn zookeeper account accounts air alert alerts analysis analyze analyzer anon
      api apis app application applications apps appuser audit auth backend bash batch billing bot
      bots bridge build buildbot builder builds business cache cd cert certs chat chatbot check
      checker ci cicd cli client clients cluster company compile compiler computer config configs
      console consumer controller convert converter crawl crawler cron customer customers data
      database databases db debug debugger deploy deployer deployment deployments deploys desktop
      dev devel develop developer developers development devops devs devuser doc docs documentation
      download draft edge edit editor embed embedding env event events export external fetch fetcher
      file files finance fish follower format formatter frontend gateway generate generator gitops
      global group groups gui guide handler help home host hostname hosts hub human imac import
      index indexer inference install installer instance internal invoice invoices job jobs key keys
      laptop leader lib library libs lint linter local localdomain localhost log logger login logout
      logs mac macbook machine main manager marketing master member members metric metrics mini
      mirror mlops model models module modules monitor monitoring nil nodes none null office ops
      order orders origin other others package packages parse parser payment payments people person
      plan planner planning plugin plugins pool primary pro prod producer production profile
      profiler project projects prompt prompts provider publish publisher qa queue read reader
      readme receiver redacted relay release releases remote replica report reporter reporting
      reports review reviewer reviews robot robots router sales scan scanner scheduler scrape
      scraper script scripts search secondary secops secure security sender server servers session
      sessions settings setup shell skill skills source src stage staging storage store stream
      streams studio summarise summarize summary support sysops task tasks team teams temp template
      terminal test tester testers testing tests testuser tmp token tool tools trace tracing train
      trainer translate translator undefined unknown unnamed update updater updates upgrade upload
      validate validator vector verifier verify vm void wiki workstation write writer writing zsh
      ace amber angel apple april archer art august austin autumn baker banks baron basil bean bear
      berry best bill bishop black blaze bliss bright brook brooke brown buck buddy bush butler
      carol carter case cash chance charity chase cherry chip chuck church cliff colt cook cooper
      crane cruz crystal curry daisy dale dash dawn day dean destiny dick drake drew duke dusty
      eagle earl east ernest faith falcon fields fisher florence ford forest fortune fox frank frost
      gale gardener gates gene ginger glen gold golden good grace grant gray green grey guy hall
      harmony hart hawk hazel heart heath heather hill hills holly hope house hunter iris ivy jack
      jade jay jimmy john johnny jordan joy judge june junior justice king knight lake lance lane
      law lemon lily little london long love luna major mark marsh martin mason max may melody mercy
      mike miles miller misty moon moss nick noble norm north old olive page paige paris park parker
      pat patience peach pear pearl penny pepper peter pierce plum pond pope porter potter pound
      price prince queen rain ray reed rich river rob robin rose rosemary rusty sage sandy season
      serenity sharp short silver skip sky skye small smith snow sol south star stella stone stormy
      street strong sue summer sun sunny tailor taylor tiger trinity turner victor victoria violet
      wade walker weeks west white will winter winters wise wolf wood woods young add all alpha
      apollo apply archive array athena atlas auto automation back beta big block blue book boost
      brand browser cleaner clock collector command commit composer connector creator dashboard
      delta designer device done driver echo eco email engine engineer explorer fire flash fleet
      flow flower foo bar baz free fun fuzz game gamma gift glass goal graph graphics great hand
      happy hello hermes hero hook horizon inbox insight integration launcher legal life light link
      live loader maker map match memo memory mercury merge migrate migration mind mobile mock mode
      motion music name navigator neptune night notifier observer optimizer orchestrator orion
      partner patch phoenix picture ping pipeline platform play processor pull push red registry
      regression repo repository research researcher rocket run schedule school science selector
      self shield sigma signal simple smart smoke snapshot social spike spin standard story sunset
      timer titan touch track tracker trade traffic triage tunnel tutor twin ui util utils viewer
      vision walk watch watcher wave webhook wind wizard workflow world yellow zero zeus
      """;

  private static final Set<String> WORDS = Set.of(LIST.split("\\s+"));

  private OrdinaryWords() {}

  /** Whether a name is such a word, or several that are joined: {@code build-agent}. */
  static boolean consistsOf(String name) {
    for (String word : name.toLowerCase(Locale.ROOT).split("[-_ ]")) {
      if (!WORDS.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
