-- A row:  what one attack did to one place, in one indicator and unit, by one headline rule.
-- Unit:   as said.
-- Rule:   a supply is followed for seven days, or until the place loses it anew: what is still
--         without then belongs to the next attack. A number that nobody counted is no number.
-- After:  daily, attack (rule, day)
-- Of:     period = 'day' AND length("date") = 10
-- By:     indicator, area: daily (indicator, area), figures (indicator, place)
--
-- value, value_high, bound  killed or injured; of a supply what was newly lost, NULL where only
--                           "still without" was counted
-- still, still_bound  those without on the attack's own day, in the same unit
-- after_day, after, after_bound  the last count of those still without, in the same unit
-- sources        bodies, or outlets where no body is named, that speak of it on the attack's day
WITH there AS (
    SELECT rule, day, area, level, indicator, "group", unit, status, value, value_high, bound,
           figure_ids
    FROM daily JOIN model.indicators USING (indicator)
    WHERE people = 'all' AND made_of <> 'places' AND level <> 'country'
      AND "group" IN ('toll', 'supply') AND status <> 'restored'
),
struck AS (
    SELECT DISTINCT rule, day, area, level, indicator, "group", unit FROM there
    SEMI JOIN attack USING (rule, day)
),
lost AS (FROM there WHERE status IN ('', 'lost')),
cut_off AS (FROM there WHERE status = 'without'),
again AS (
    SELECT struck.rule, struck.day, struck.area, struck.indicator, min(lost.day) AS until
    FROM struck JOIN lost USING (rule, area, indicator)
    WHERE lost.day > struck.day AND lost.status = 'lost'
    GROUP BY ALL
),
followed AS (
    SELECT struck.rule, struck.day, struck.area, struck.indicator, struck.unit,
           max_by(there.day, there.day) AS after_day, max_by(there.value, there.day) AS after,
           max_by(there.bound, there.day) AS after_bound,
           max_by(there.figure_ids, there.day) AS after_ids
    FROM struck
    JOIN there ON (there.rule, there.area, there.indicator, there.unit)
                = (struck.rule, struck.area, struck.indicator, struck.unit)
    LEFT JOIN again ON (again.rule, again.day, again.area, again.indicator)
                     = (struck.rule, struck.day, struck.area, struck.indicator)
    WHERE there.status = 'without' AND there.day BETWEEN struck.day AND struck.day + 7
      AND (until IS NULL OR there.day < until)
    GROUP BY ALL
),
spoke AS (
    SELECT day, place AS area, indicator,
           count(DISTINCT CASE WHEN body <> '' THEN body ELSE outlet END) AS sources
    FROM figures WHERE period = 'day' AND length("date") = 10 AND NOT doubted
    GROUP BY ALL
)
SELECT struck.rule, struck.day, struck.area, struck.level, struck.indicator, struck.unit,
       lost.value, lost.value_high, lost.bound, lost.figure_ids,
       cut_off.value AS still, cut_off.bound AS still_bound, cut_off.figure_ids AS still_ids,
       after_day, after, after_bound, after_ids, coalesce(sources, 0) AS sources
FROM struck
LEFT JOIN lost USING (rule, day, area, indicator, unit)
LEFT JOIN cut_off USING (rule, day, area, indicator, unit)
LEFT JOIN followed USING (rule, day, area, indicator, unit)
LEFT JOIN spoke USING (day, area, indicator)
WHERE lost.value IS NOT NULL OR after IS NOT NULL
ORDER BY day, area, indicator, unit, rule
