package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import org.jspecify.annotations.Nullable;

/**
 * One finished use on its way from the caller's thread to the writer's: the only object that a
 * tracked call allocates. It is its own link in the queue for that reason.
 */
final class QueuedUse {

  final Skill skill;
  final @Nullable String agentId;
  final @Nullable SkillContext context;
  final Outcome outcome;
  final long durationNanos;
  final long endNanos;

  /** While queued: the use offered before this one. Once taken: the one offered after it. */
  @Nullable QueuedUse next;

  /** While queued: how many uses wait, this one included. */
  int waiting;

  QueuedUse(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      long durationNanos,
      long endNanos) {
    this.skill = skill;
    this.agentId = agentId;
    this.context = context;
    this.outcome = outcome;
    this.durationNanos = durationNanos;
    this.endNanos = endNanos;
  }

  /** The uses that were offered, the oldest first: to be taken. */
  static @Nullable QueuedUse turnedRound(QueuedUse newest) {
    QueuedUse rest = newest;
    QueuedUse oldest = null;
    while (rest != null) {
      QueuedUse older = rest.next;
      rest.next = oldest;
      oldest = rest;
      rest = older;
    }
    return oldest;
  }

  /** All of two lists, by the time of their ends. */
  static QueuedUse merged(@Nullable QueuedUse one, QueuedUse other) {
    if (one == null) {
      return other;
    }
    QueuedUse a = one;
    QueuedUse b = other;
    QueuedUse first = null;
    QueuedUse last = null;
    while (a != null && b != null) {
      QueuedUse next;
      if (b.endNanos - a.endNanos < 0) {
        next = b;
        b = b.next;
      } else {
        next = a;
        a = a.next;
      }
      if (last == null) {
        first = next;
      } else {
        last.next = next;
      }
      last = next;
    }
    last.next = a == null ? b : a;
    return first;
  }
}
