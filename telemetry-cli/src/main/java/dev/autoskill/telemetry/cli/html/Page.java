package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that the page says.
 *
 * @param generatedAt when it was made
 * @param zone where its days begin
 * @param since the beginning of the window
 * @param until its end, not included; null: the window has no end
 * @param firstDay the first day that counts
 * @param lastDay the last
 * @param place where the events are
 * @param isComplete whether everything could be read
 * @param uses of all skills together
 * @param rate successes of all skills together among the attempted uses; null if there are none
 * @param verdict on what became worse
 * @param period what each point of a trend stands for
 * @param skills the skills that were used, the most used first
 */
record Page(
    Instant generatedAt,
    ZoneId zone,
    Instant since,
    @Nullable Instant until,
    LocalDate firstDay,
    LocalDate lastDay,
    String place,
    boolean isComplete,
    long uses,
    @Nullable SuccessRate rate,
    Verdict verdict,
    TrendPeriod period,
    List<SkillView> skills) {

  /** How many skills, of those that are used most, have a section of their own. */
  static final int DETAILED = 50;

  /** How many agents, of those that work for most skills, are told apart. */
  static final int AGENTS = 20;

  /** How many of its latest events a skill's section shows. */
  static final int EVENTS = 10;

  /** How many of its most frequent errors a skill's section shows. */
  static final int ERRORS = 3;

  /** How many points a trend has at most, unless it reaches over more years. */
  static final int POINTS = 62;

  Page {
    skills = List.copyOf(skills);
  }

  String window() {
    return firstDay.equals(lastDay) ? "on " + lastDay : "from " + firstDay + " to " + lastDay;
  }

  /** The skills with a section of their own. */
  List<SkillView> detailed() {
    return skills.subList(0, Math.min(DETAILED, skills.size()));
  }

  boolean isDetailed(int index) {
    return index < DETAILED;
  }

  String moment(Instant moment) {
    return PageFigures.moment(moment, zone);
  }

  /** The period of a trend in words. */
  String periodName() {
    return period.name().toLowerCase(Locale.ROOT);
  }
}
