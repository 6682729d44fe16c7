-- A row:  hours that people of one place spent without power or without heat in one month: between
--         a lower and an upper bound, and the hours of the month that nobody counted.
-- Unit:   person-hours; hours; Kyiv time.
-- Rule:   two counts at most 48 hours apart bound the time between them: at least the smaller, at
--         most the larger. Nothing is said of longer gaps. Counts are the leading claims of a day,
--         lost or still without, about the whole place, at the hour that orders them (`stated` in
--         impact/rules/headline.py). docs/method.md works one month by hand.
--         In people: customers and properties count as households, times the people in one; of
--         buildings, the people of the place by its apartment blocks; both as ranges, and power
--         lost in buildings not at all.
-- After:  baseline
-- Of:     indicator IN ('power_outage', 'heating_loss') AND period = 'day' AND length("date") = 10
--         AND NOT doubted
-- By:     indicator, area: figures (indicator, place)
--
-- low, high        both say so where a count was "at least" or "about": see bounds
-- counted_hours    hours of the month between such counts; uncounted_hours the others
-- counts           how many counts the bounds stand on; figure_ids which
-- bounds           the bounds that the counts had, such as at_least
WITH sizes AS (
    SELECT place, 'people' AS unit, 1.0 AS low, 1.0 AS high FROM baseline GROUP BY place
    UNION ALL
    SELECT place, unnest(['households', 'customers', 'properties']), low, high
    FROM baseline WHERE indicator = 'household_size'
    UNION ALL
    SELECT people.place, 'buildings', people.low / blocks.high, people.high / blocks.low
    FROM baseline AS people JOIN baseline AS blocks USING (place)
    WHERE people.indicator = 'population' AND blocks.indicator = 'apartment_blocks'
),
said AS (
    SELECT indicator, place, stated AS held_at, value * low AS low,
           coalesce(value_high, value) * high AS high, bound, figure_id
    FROM leading_claims JOIN sizes USING (place, unit)
    WHERE rule = 'responsible' AND indicator IN ('power_outage', 'heating_loss') AND part = ''
      AND people = 'all' AND status IN ('lost', 'without') AND bound <> 'at_most'
      AND NOT (unit = 'buildings' AND indicator <> 'heating_loss')
),
counts AS (
    SELECT indicator, place, held_at, min(low) AS low, max(high) AS high, list(bound) AS bounds,
           list(figure_id ORDER BY figure_id) AS figure_ids
    FROM said GROUP BY ALL
),
spans AS (
    SELECT indicator, place, held_at AS begins, lead(held_at) OVER turn AS ends,
           least(low, lead(low) OVER turn) AS low, greatest(high, lead(high) OVER turn) AS high,
           list_concat(bounds, lead(bounds) OVER turn) AS bounds,
           list_concat(figure_ids, lead(figure_ids) OVER turn) AS figure_ids
    FROM counts WINDOW turn AS (PARTITION BY indicator, place ORDER BY held_at)
),
-- A span over the end of a month is cut there.
monthly AS (
    SELECT indicator, place, month, low, high, bounds, figure_ids,
           date_diff('minute', greatest(begins, month),
                     least(ends, (month + INTERVAL 1 MONTH)::TIMESTAMP)) / 60 AS hours
    FROM (
        SELECT *, unnest(generate_series(date_trunc('month', begins)::TIMESTAMP,
                                         date_trunc('month', ends)::TIMESTAMP,
                                         INTERVAL 1 MONTH)) AS month
        FROM spans WHERE ends <= begins + INTERVAL 48 HOUR
    )
)
SELECT place AS area, indicator, month::DATE AS month,
       -- Fractions added in one order: the same counts give the same sum to its last digit.
       sum(low * hours ORDER BY low * hours) AS low,
       sum(high * hours ORDER BY high * hours) AS high,
       sum(hours) AS counted_hours, 24 * day(last_day(month::DATE)) - sum(hours) AS uncounted_hours,
       len(list_distinct(flatten(list(figure_ids)))) AS counts,
       list_sort(list_distinct(flatten(list(bounds)))) AS bounds,
       list_sort(list_distinct(flatten(list(figure_ids)))) AS figure_ids
FROM monthly
WHERE hours > 0
GROUP BY place, indicator, monthly.month
ORDER BY indicator, area, month
