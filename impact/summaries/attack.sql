-- A row:  a night or day on which Ukraine was struck, by one headline rule.
-- Unit:   drones, missiles and people as said; power and heat in the unit of their largest loss.
-- Rule:   a day is an attack's where launches are told, somebody was killed or injured, or a
--         supply was newly lost (docs/architecture.md, "The record"). A night belongs to the day of
--         its morning, as reports date it. "Still without" alone makes no attack.
-- After:  daily
--
-- drones, missiles  launched at the country; NULL where nobody gave a number
-- killed, injured, casualties  the country's toll of the day: its own claim, or the places' sum,
--                   "at least"; casualties are both together, where a source gives no more
-- power_…, heating_…  the largest loss of the day over units; the others stand in attack_place
-- places            places of which a toll or a loss was told
-- doubted           figures in doubt about the day's tolls and losses
-- previous, next    the attacks before and after it
WITH told AS (
    SELECT rule, daily.day, daily.indicator, "group", area, level, made_of, value, value_high, bound,
           unit, status, figure_ids, value * units.people AS size
    FROM daily JOIN model.indicators USING (indicator) JOIN model.units USING (unit)
    WHERE daily.people = 'all' AND value > 0
      AND ("group" IN ('toll', 'launch') OR ("group" = 'supply' AND status = 'lost'))
),
of_country AS (
    FROM told WHERE area = 'UA'
    QUALIFY row_number() OVER (
        PARTITION BY rule, day, indicator ORDER BY bound = 'at_most', size DESC, unit) = 1
),
hit AS (
    SELECT rule, day, count(DISTINCT area) AS places
    FROM told WHERE "group" <> 'launch' AND made_of <> 'places' AND level <> 'country'
    GROUP BY ALL
),
in_doubt AS (
    SELECT day, count(*) AS doubted
    FROM figures JOIN model.indicators USING (indicator)
    WHERE doubted AND period = 'day' AND length("date") = 10 AND "group" IN ('toll', 'supply')
    GROUP BY ALL
),
days AS (
    SELECT rule, day,
           any_value(value) FILTER (indicator = 'drones_launched') AS drones,
           any_value(value) FILTER (indicator = 'missiles_launched') AS missiles,
           any_value(value) FILTER (indicator = 'killed') AS killed,
           any_value(bound) FILTER (indicator = 'killed') AS killed_bound,
           any_value(value) FILTER (indicator = 'injured') AS injured,
           any_value(bound) FILTER (indicator = 'injured') AS injured_bound,
           any_value(value) FILTER (indicator = 'casualties') AS casualties,
           any_value(bound) FILTER (indicator = 'casualties') AS casualties_bound,
           any_value(value) FILTER (indicator = 'power_outage') AS power,
           any_value(bound) FILTER (indicator = 'power_outage') AS power_bound,
           any_value(unit) FILTER (indicator = 'power_outage') AS power_unit,
           any_value(value) FILTER (indicator = 'heating_loss') AS heating,
           any_value(bound) FILTER (indicator = 'heating_loss') AS heating_bound,
           any_value(unit) FILTER (indicator = 'heating_loss') AS heating_unit,
           list_sort(flatten(list(figure_ids))) AS figure_ids
    FROM of_country
    GROUP BY rule, day
)
SELECT days.*, coalesce(places, 0) AS places, coalesce(doubted, 0) AS doubted,
       lag(day) OVER by_day AS previous, lead(day) OVER by_day AS next
FROM days LEFT JOIN hit USING (rule, day) LEFT JOIN in_doubt USING (day)
WINDOW by_day AS (PARTITION BY rule ORDER BY day)
ORDER BY day, rule
