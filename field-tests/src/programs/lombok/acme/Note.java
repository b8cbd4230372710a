package acme;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.List;
import lombok.Builder;
import lombok.Data;
import lombok.Singular;
import lombok.With;

@Data
@Builder
@TrackedSkill("note")
public class Note {
  @With private final String title;
  private boolean done;
  private int uses;
  @Singular private List<String> tags;

  public String summary() {
    return title + done + uses + tags;
  }

  @TrackedSkill("note.marked")
  Note mark() {
    done = true;
    return this;
  }
}
