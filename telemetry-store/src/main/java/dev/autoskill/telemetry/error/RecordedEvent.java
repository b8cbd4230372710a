package dev.autoskill.telemetry.error;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the database.
 *
 * @param event the event
 * @param error the class of the exception by which the use failed; null: by none, or none is kept
 */
public record RecordedEvent(TelemetryEvent event, @Nullable String error) {

  /** Begins the part of a hidden class's name that differs in each process. */
  private static final char HIDDEN = '/';

  /** Brings the error into the form in which it is stored; doing so again changes nothing. */
  public RecordedEvent {
    if (error != null) {
      int end = error.indexOf(HIDDEN);
      // Its author wrote it, as the text of an annotation.
      error = PrivacyGuard.constant(end < 0 ? error : error.substring(0, end));
    }
  }

  /** {@return whether the use failed by an exception whose class is kept} */
  public boolean hasError() {
    return error != null;
  }

  /** {@return the skill's id and name, the session, the agent and, if there is one, the error} */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    texts.add(event.skillId());
    texts.add(event.skillName());
    texts.add(event.sessionId());
    texts.add(event.agentId());
    if (error != null) {
      texts.add(error);
    }
    return texts;
  }

  /** {@return the length of the texts together, in UTF-16 code units} */
  public int chars() {
    int chars = event.skillId().length() + event.skillName().length();
    chars += event.sessionId().length() + event.agentId().length();
    return error == null ? chars : chars + error.length();
  }
}
