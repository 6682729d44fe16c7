-- A row:  a night or day on which Ukraine was struck, by one headline rule.
-- Unit:   drones, missiles and people as said; power and heat in the unit of their largest number.
-- Rule:   a day is an attack's where launches are told, somebody was killed or injured, or a
--         supply was newly lost (docs/architecture.md, "The record"). A night belongs to the day of
--         its morning, as reports date it. "Still without" alone makes no attack.
-- After:  daily
-- Of:     "group" IN ('toll', 'supply') AND period = 'day' AND length("date") = 10
-- By:     day: daily (day), figures (day)
--
-- drones, missiles  launched at the country; NULL where nobody gave a number
-- killed, injured, casualties  the country's toll of the day: its own claim, or the places' sum,
--                   "at least"; casualties are both together, where a source gives no more
-- power_…, heating_…  the largest number of the day over units, newly lost or still without, as
--                   its status says; the others stand in attack_place
-- places            places of which a toll or a loss was told
-- doubted           figures in doubt about the day's tolls and losses
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
cut_off AS (
    SELECT rule, day, daily.indicator, value, bound, unit, status, figure_ids
    FROM daily JOIN model.indicators USING (indicator) JOIN model.units USING (unit)
    WHERE daily.people = 'all' AND value > 0 AND "group" = 'supply' AND area = 'UA'
      AND status IN ('lost', 'without')
    QUALIFY row_number() OVER (PARTITION BY rule, day, daily.indicator
        ORDER BY bound = 'at_most', value * units.people DESC, status, unit) = 1
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
           flatten(list(figure_ids)) AS told_ids
    FROM of_country
    GROUP BY rule, day
)
SELECT days.* EXCLUDE (told_ids),
       power.value AS power, power.bound AS power_bound, power.unit AS power_unit,
       power.status AS power_status, heating.value AS heating, heating.bound AS heating_bound,
       heating.unit AS heating_unit, heating.status AS heating_status,
       list_sort(list_distinct(told_ids || coalesce(power.figure_ids, [])
           || coalesce(heating.figure_ids, []))) AS figure_ids,
       coalesce(places, 0) AS places, coalesce(doubted, 0) AS doubted
FROM days
LEFT JOIN (FROM cut_off WHERE indicator = 'power_outage') AS power USING (rule, day)
LEFT JOIN (FROM cut_off WHERE indicator = 'heating_loss') AS heating USING (rule, day)
LEFT JOIN hit USING (rule, day)
LEFT JOIN in_doubt USING (day)
ORDER BY day, rule
