package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Sessions are counted as sets of them would be, also after uses are taken away. */
class SessionUsesTest {

  private static final int SESSIONS = 6;
  private static final int AGENTS = 3;

  @RepeatedTest(50)
  void aChangeBringsAsManySessionsAsItMakesADifference(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    SessionUses before = some(random, 1);
    SessionUses change = some(random, 1);
    change.take(some(before, random).encode());
    SessionUses after = SessionUses.sum(List.of(before, change));

    Map<Long, Integer> expected = distinct(after);
    distinct(before).forEach((agent, sessions) -> expected.merge(agent, -sessions, Integer::sum));
    LongCounts more = before.moreWith(change);

    for (long agent = Rollup.ANY_AGENT; agent <= AGENTS; agent++) {
      assertEquals(expected.getOrDefault(agent, 0), (int) more.count(agent));
    }
    assertEquals(after.distinct() - before.distinct(), more.count(Rollup.ANY_AGENT));
    assertArrayEquals(after.encode(), SessionUses.sum(before.encode(), change.encode()));
  }

  @Test
  void nothingIsLeftOfWhatIsTakenAway() {
    SessionUses uses = some(new Random(1), 1);
    SessionUses less = new SessionUses();
    less.take(uses.encode());

    assertEquals(0, SessionUses.sum(uses.encode(), less.encode()).length);
    assertArrayEquals(uses.encode(), SessionUses.sum(null, uses.encode()));
  }

  @Test
  void whatIsEncodedFollowsWhatIsAdded() {
    SessionUses uses = new SessionUses();
    uses.add(7, 1, 2);
    byte[] before = uses.encode();
    uses.add(7, 1, -2);

    assertEquals(0, uses.encode().length);
    uses.add(7, 1, 2);
    assertArrayEquals(before, uses.encode());
  }

  private static SessionUses some(Random random, long uses) {
    SessionUses some = new SessionUses();
    for (int i = random.nextInt(8); i > 0; i--) {
      some.add(1 + random.nextInt(SESSIONS), 1 + random.nextInt(AGENTS), uses);
    }
    return some;
  }

  /** A part of them. */
  private static SessionUses some(SessionUses all, Random random) {
    SessionUses some = new SessionUses();
    PackedReader in = new PackedReader(all.encode());
    long session = 0;
    while (in.hasMore()) {
      session += in.number();
      some.add(session, in.number(), random.nextInt(2) * in.number());
    }
    return some;
  }

  private static Map<Long, Integer> distinct(SessionUses uses) {
    Map<Long, Set<Long>> sessions = new HashMap<>();
    PackedReader in = new PackedReader(uses.encode());
    long session = 0;
    while (in.hasMore()) {
      session += in.number();
      sessions.computeIfAbsent(in.number(), agent -> new HashSet<>()).add(session);
      in.number();
    }
    Set<Long> any = new HashSet<>();
    sessions.values().forEach(any::addAll);
    Map<Long, Integer> counts = new HashMap<>(Map.of(Rollup.ANY_AGENT, any.size()));
    sessions.forEach((agent, some) -> counts.put(agent, some.size()));
    return counts;
  }
}
