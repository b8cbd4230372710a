package dev.autoskill.telemetry.agent;

import java.lang.instrument.ClassFileTransformer;
import java.util.List;

/** The started agent, as its entry sees it through whichever loader it came from. */
public interface RunningAgent extends ClassFileTransformer {

  /**
   * Returns the counts at this moment.
   *
   * @return the counts
   */
  AgentStats stats();

  /**
   * Returns the classes that were loaded as they were although they may have skills.
   *
   * @return the first 100, each with the reason
   */
  List<String> failures();
}
