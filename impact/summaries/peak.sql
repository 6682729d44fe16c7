-- A row:  the worst and the last day of one area in one period, for one indicator and group of
--         people, by one headline rule; and whatever else was said that is not of the same kind.
-- Unit:   as said. The scale of data/units.csv only says which of several units is the worst.
-- Rule:   no summary hides a larger number: the worst comes first, the last beside it, and numbers
--         in other units or statuses, "up to" so many, and larger sums of places stand in `also`.
-- After:  daily, periods
-- By:     indicator, area: daily (indicator, area), periods ()
--         A period comes and goes with days of the parts that are touched alone.
--
-- day, value, …  the worst day's total; of equal ones the latest
-- last_day, …    the last day's total; still without goes before newly lost
-- also           the worst of every other kind, worst first
-- days           days with a number
-- total          the sum of all days in the worst's unit, at least: for flows alone
WITH said AS (
    SELECT rule, area, level, indicator, people, day, unit, status, value, value_high, bound,
           figure_ids, false AS places
    FROM daily WHERE status <> 'restored'
    UNION ALL
    SELECT rule, area, level, indicator, people, day, unit, status, places_value, NULL, 'at_least',
           places_ids, true
    FROM daily WHERE status <> 'restored' AND made_of = 'claim' AND places_value > value
),
within AS (
    SELECT rule, area, level, indicator, said.people, day, unit, status, value, value_high, places,
           periods.kind, code, first, final, bound = 'at_most' AS capped,
           {day: day, value: value, value_high: value_high, bound: bound, unit: unit,
            status: status, places: places, figure_ids: figure_ids} AS told,
           -value * units.people AS least, -epoch(day) AS ago
    FROM said
    JOIN model.units USING (unit)
    JOIN periods ON day BETWEEN first AND final
),
-- What is chosen is the least by a struct: by its first field, among equals by the next.
chosen AS (
    SELECT rule, area, level, indicator, people, kind, code, first, final,
           arg_min(told, {capped: capped, least: least, value: -value, ago: ago, status: status,
                          unit: unit}) AS worst,
           arg_min(told, {ago: ago, capped: capped, lost: status <> 'without', least: least,
                          value: -value, status: status, unit: unit}) AS latest,
           count(DISTINCT day) AS days
    FROM within WHERE NOT places
    GROUP BY ALL
),
each_kind AS (
    SELECT rule, area, indicator, people, kind, first, unit, status, capped, places,
           arg_min(told, {least: least, value: -value, ago: ago}) AS told, min(least) AS least
    FROM within
    GROUP BY ALL
),
beside AS (
    SELECT rule, area, indicator, people, kind, first,
           list(told ORDER BY capped, least, told.value DESC, told.unit, told.status) AS also
    FROM each_kind
    JOIN chosen USING (rule, area, indicator, people, kind, first)
    WHERE (told.unit, told.status, capped, told.places)
          <> (worst.unit, worst.status, worst.bound = 'at_most', worst.places)
      -- A sum of places is said beside an own claim only where it is larger than all of them.
      AND NOT (told.places AND told.unit = worst.unit AND told.value <= worst.value)
    GROUP BY ALL
),
counted AS (
    SELECT rule, area, indicator, people, kind, first, unit,
           sum(value) AS total, sum(coalesce(value_high, value)) AS total_high
    FROM within WHERE NOT places AND NOT capped AND status = ''
    GROUP BY ALL
)
SELECT chosen.rule, chosen.area, level, indicator, chosen.people, chosen.kind AS period, code, chosen.first, final,
       worst.day, worst.value, worst.value_high, worst.bound, worst.unit, worst.status,
       worst.figure_ids,
       latest.day AS last_day, latest.value AS last_value, latest.value_high AS last_value_high,
       latest.bound AS last_bound, latest.unit AS last_unit, latest.status AS last_status,
       latest.figure_ids AS last_figure_ids,
       coalesce(also, []) AS also, days,
       CASE WHEN indicators.kind = 'flow' THEN total END AS total,
       CASE WHEN indicators.kind = 'flow' AND total_high > total THEN total_high END AS total_high
FROM chosen
JOIN model.indicators USING (indicator)
LEFT JOIN beside ON (beside.rule, beside.area, beside.indicator, beside.people, beside.kind, beside.first)
   = (chosen.rule, chosen.area, chosen.indicator, chosen.people, chosen.kind, chosen.first)
LEFT JOIN counted ON counted.unit = chosen.worst.unit
 AND (counted.rule, counted.area, counted.indicator, counted.people, counted.kind, counted.first)
   = (chosen.rule, chosen.area, chosen.indicator, chosen.people, chosen.kind, chosen.first)
ORDER BY indicator, chosen.area, period, chosen.first, chosen.rule, chosen.people
