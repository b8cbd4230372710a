WITH days AS (SELECT * FROM autoskill_java_day UNION ALL SELECT * FROM autoskill_java_retained),
  new_pairs AS (SELECT skill, agent, day, key, SUM(value) AS uses
    FROM temp.autoskill_delta, json_each('{' || buckets || '}') GROUP BY 1, 2, 3, 4),
  pairs AS (SELECT skill, agent, day, key, SUM(value) AS uses
    FROM autoskill_java_day, json_each('{' || buckets || '}')
    GROUP BY 1, 2, 3, 4 HAVING SUM(value) <> 0)
SELECT
  (SELECT COUNT(*) FROM temp.autoskill_delta n LEFT JOIN autoskill_java_day d
      ON d.skill = n.skill AND d.agent = n.agent AND d.day = n.day
    WHERE d.uses IS NOT n.uses OR d.successes <> n.successes OR d.failures <> n.failures
      OR d.partials <> n.partials OR d.skipped <> n.skipped OR d.timed <> n.timed
      OR abs(d.ms - n.ms) > 0.5 OR d.first > n.first OR d.last < n.last)
  + (SELECT COUNT(*) FROM (SELECT skill, agent, day FROM autoskill_java_day
      EXCEPT SELECT skill, agent, day FROM temp.autoskill_delta))
  + (SELECT COUNT(*) FROM (SELECT * FROM new_pairs EXCEPT SELECT * FROM pairs))
  + (SELECT COUNT(*) FROM (SELECT * FROM pairs EXCEPT SELECT * FROM new_pairs))
  + (SELECT COUNT(*) FROM (
      SELECT skill, agent, uses, successes, failures, partials, skipped, timed, first, last
      FROM autoskill_java_total
      EXCEPT SELECT skill, agent, SUM(uses), SUM(successes), SUM(failures), SUM(partials),
        SUM(skipped), SUM(timed), MIN(first), MAX(last) FROM days GROUP BY 1, 2))
  + (SELECT COUNT(*) FROM (
      SELECT skill, agent FROM days EXCEPT SELECT skill, agent FROM autoskill_java_total))
  + (SELECT COUNT(*) FROM (
      SELECT skill, agent, key, SUM(value)
      FROM autoskill_java_total, json_each('{' || buckets || '}')
      GROUP BY 1, 2, 3 HAVING SUM(value) <> 0
      EXCEPT SELECT skill, agent, key, SUM(value)
      FROM days, json_each('{' || buckets || '}') GROUP BY 1, 2, 3))
