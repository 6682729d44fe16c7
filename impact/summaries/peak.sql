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
    SELECT said.*, periods.kind, code, first, final, value * units.people AS size,
           bound = 'at_most' AS capped
    FROM said
    JOIN model.units USING (unit)
    JOIN periods ON day BETWEEN first AND final
),
worst AS (
    FROM within WHERE NOT places
    QUALIFY row_number() OVER (
        PARTITION BY rule, area, indicator, people, kind, first
        ORDER BY capped, size DESC, value DESC, day DESC, status) = 1
),
latest AS (
    FROM within WHERE NOT places
    QUALIFY row_number() OVER (
        PARTITION BY rule, area, indicator, people, kind, first
        ORDER BY day DESC, capped, status = 'without' DESC, size DESC, value DESC) = 1
),
each_kind AS (
    FROM within
    QUALIFY row_number() OVER (
        PARTITION BY rule, area, indicator, people, kind, first, unit, status, capped, places
        ORDER BY size DESC, value DESC, day DESC) = 1
),
beside AS (
    SELECT each_kind.rule, each_kind.area, each_kind.indicator, each_kind.people, each_kind.kind,
           each_kind.first,
           list(struct_pack(
                   day := each_kind.day, value := each_kind.value,
                   value_high := each_kind.value_high, bound := each_kind.bound,
                   unit := each_kind.unit, status := each_kind.status,
                   places := each_kind.places, figure_ids := each_kind.figure_ids)
                ORDER BY each_kind.capped, each_kind.size DESC, each_kind.value DESC,
                         each_kind.unit, each_kind.status) AS also
    FROM each_kind
    JOIN worst USING (rule, area, indicator, people, kind, first)
    WHERE (each_kind.unit, each_kind.status, each_kind.capped, each_kind.places)
          <> (worst.unit, worst.status, worst.capped, worst.places)
      -- A sum of places is said beside an own claim only where it is larger than all of them.
      AND NOT (each_kind.places AND each_kind.unit = worst.unit AND each_kind.value <= worst.value)
    GROUP BY ALL
),
counted AS (
    SELECT rule, area, indicator, people, kind, first, unit,
           sum(value) AS total, sum(coalesce(value_high, value)) AS total_high
    FROM within WHERE NOT places AND NOT capped AND status = ''
    GROUP BY ALL
),
reported AS (
    SELECT rule, area, indicator, people, kind, first, count(DISTINCT day) AS days
    FROM within GROUP BY ALL
)
SELECT worst.rule, worst.area, worst.level, worst.indicator, worst.people,
       worst.kind AS period, worst.code, worst.first, worst.final,
       worst.day, worst.value, worst.value_high, worst.bound, worst.unit, worst.status,
       worst.figure_ids,
       latest.day AS last_day, latest.value AS last_value, latest.value_high AS last_value_high,
       latest.bound AS last_bound, latest.unit AS last_unit, latest.status AS last_status,
       latest.figure_ids AS last_figure_ids,
       coalesce(also, []) AS also, days,
       CASE WHEN indicators.kind = 'flow' THEN total END AS total,
       CASE WHEN indicators.kind = 'flow' AND total_high > total THEN total_high END AS total_high
FROM worst
JOIN latest USING (rule, area, indicator, people, kind, first)
JOIN reported USING (rule, area, indicator, people, kind, first)
JOIN model.indicators USING (indicator)
LEFT JOIN beside USING (rule, area, indicator, people, kind, first)
LEFT JOIN counted ON counted.unit = worst.unit
 AND (counted.rule, counted.area, counted.indicator, counted.people, counted.kind, counted.first)
   = (worst.rule, worst.area, worst.indicator, worst.people, worst.kind, worst.first)
ORDER BY worst.indicator, worst.area, period, worst.first, worst.rule, worst.people
