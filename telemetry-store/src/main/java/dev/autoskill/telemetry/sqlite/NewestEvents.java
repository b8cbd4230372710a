package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The newest events. Those of one skill are found without a look at those of all others: as many as
 * are wanted have some timestamp at least, and only the chunks of rows that hold one as new can
 * hold any that are newer.
 *
 * <p>Good for one read transaction.
 */
final class NewestEvents {

  private final TelemetryDao table;
  private final NewestDao newest;
  private final @Nullable RollupState state;

  NewestEvents(Handle handle) {
    this.table = handle.attach(TelemetryDao.class);
    this.newest = handle.attach(NewestDao.class);
    RollupState found = new RollupStateReader(handle).state();
    this.state = found != null && found.isTrue() ? found : null;
  }

  List<TelemetryEvent> of(@Nullable String skillName, int limit) {
    List<String> ids =
        skillName == null || state == null ? List.of("") : newest.skillIds(skillName);
    // An id that is no text is noted as an empty one, and found by no index.
    return skillName == null || state == null || ids.contains("")
        ? List.copyOf(table.newestEvents(skillName, limit))
        : ofIds(ids, skillName, limit, state.watermark());
  }

  private List<TelemetryEvent> ofIds(
      List<String> ids, String skillName, int limit, long watermark) {
    String bound = null;
    for (String id : ids) {
      String reached = newest.reachedBy(limit, id, skillName);
      // Any is right; the newest of them leaves the fewest rows to look at.
      bound = reached == null || (bound != null && bound.compareTo(reached) > 0) ? bound : reached;
    }
    return List.copyOf(
        bound == null
            ? newest.newestOfFew(skillName, watermark, limit)
            : newest.newest(skillName, bound, watermark, limit));
  }
}
