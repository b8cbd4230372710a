package skills.junit;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Skills that are tested. */
public final class Search {

  @TrackedSkill("search")
  public int find(String text) {
    return text.length();
  }

  @TrackedSkill("search-later")
  public CompletableFuture<Integer> findLater(String text, Executor executor) {
    return CompletableFuture.supplyAsync(() -> find(text), executor);
  }
}
