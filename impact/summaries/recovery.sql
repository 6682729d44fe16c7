-- A row:  how much of what one attack cut off was still cut off so many days later, in one place,
--         indicator and unit, by one headline rule. Only what was counted has a row: gaps stay gaps.
-- Unit:   share: 1 is all that was lost; value as said.
-- Rule:   the loss is what was newly lost on the attack's day; where only "still without" was
--         counted that day, it is that. Followed for seven days, or until the place loses anew.
-- After:  daily, attack (rule, day)
-- By:     indicator, area: daily (indicator, area)
--
-- after         days after the attack's day, 0 to 7
-- half_after, tenth_after  the last counted day with more than half, a tenth, still cut off
-- half_by, tenth_by        the first counted day after it: so much came back between the two
WITH told AS (
    SELECT rule, day, area, level, indicator, unit, status, value, bound, figure_ids
    FROM daily JOIN model.indicators USING (indicator)
    WHERE "group" = 'supply' AND daily.people = 'all' AND made_of <> 'places' AND level <> 'country'
      AND status IN ('lost', 'without') AND bound <> 'at_most'
),
base AS (
    SELECT rule, day, area, level, indicator, unit, value AS lost, bound AS lost_bound,
           figure_ids AS lost_ids
    FROM told SEMI JOIN attack USING (rule, day)
    WHERE value > 0
    QUALIFY row_number() OVER (
        PARTITION BY rule, day, area, indicator, unit ORDER BY status = 'lost' DESC) = 1
),
again AS (
    SELECT base.rule, base.day, base.area, base.indicator, min(told.day) AS until
    FROM base JOIN told USING (rule, area, indicator)
    WHERE told.day > base.day AND told.status = 'lost'
    GROUP BY ALL
),
counts AS (
    SELECT base.*, date_diff('day', base.day, told.day) AS after, told.value, told.bound,
           told.figure_ids, told.value / lost AS share
    FROM base
    JOIN told ON (told.rule, told.area, told.indicator, told.unit)
               = (base.rule, base.area, base.indicator, base.unit)
    LEFT JOIN again ON (again.rule, again.day, again.area, again.indicator)
                     = (base.rule, base.day, base.area, base.indicator)
    WHERE told.status = 'without' AND told.day BETWEEN base.day AND base.day + 7
      AND (until IS NULL OR told.day < until)
),
-- A number that rises again has not come back: the last day with more counts.
above AS (
    SELECT *, max(after) FILTER (share > 0.5) OVER same AS half_after,
           max(after) FILTER (share > 0.1) OVER same AS tenth_after
    FROM counts
    WINDOW same AS (PARTITION BY rule, day, area, indicator, unit)
)
SELECT rule, day, area, level, indicator, unit, lost, lost_bound, after, value, bound, share,
       half_after, min(after) FILTER (after > coalesce(half_after, -1)) OVER same AS half_by,
       tenth_after, min(after) FILTER (after > coalesce(tenth_after, -1)) OVER same AS tenth_by,
       lost_ids, figure_ids
FROM above
WINDOW same AS (PARTITION BY rule, day, area, indicator, unit)
ORDER BY day, area, indicator, unit, after, rule
