package acme;
import dev.autoskill.telemetry.annotations.TrackedSkill;
public class Tools extends Core { @Override public String search(String q) { return super.search(q) + "!"; }
  @TrackedSkill("tools.shout") public String shout(String q) { return q.toUpperCase(); } }
