-- A row:  the total of one area on one day, for one indicator, group of people, unit and status,
--         by one headline rule. Where nobody said anything there is no row: missing is not zero.
-- Unit:   as said; never converted. Degrees are not added: the coldest place stands for an area.
-- Rule:   the area's own claim, else the larger of the sum of its parts and the sum of the places
--         in it, "at least" (docs/architecture.md, "The record"). "Up to" so many is not added.
-- After:
-- Of:     period = 'day' AND length("date") = 10 AND NOT doubted
-- By:     indicator, day: figures (indicator, day)
--
-- level          country, oblast or city
-- figure_ids     every figure that was added
-- made_of        claim (the area's own), parts (of the area), places (in the area)
-- places_value   the sum of the places in the area, also where the area's own claim is the total:
--                it may be larger, and is then said beside it; NULL where no place has a claim
-- places_ids     the figures of that sum
WITH said AS (
    SELECT rule, indicator, people, unit, status, day, place, part, level, parent,
           value, value_high, bound, [figure_id] AS figure_ids,
           CASE WHEN beyond IS NOT NULL THEN list_sort(list_append(beyond, place)) END AS reach
    FROM leading_claims
    JOIN model.places ON pcode = place
    LEFT JOIN model.wider_parts USING (part)
    WHERE unit <> 'celsius'
),
-- What is said of each place itself: its own claim, and the sum of its parts.
own AS (
    SELECT rule, indicator, people, unit, status, day, place AS area, level, parent,
           'claim' AS made_of, value, value_high, bound, figure_ids
    FROM said WHERE part = ''
    UNION ALL
    SELECT rule, indicator, people, unit, status, day, place, level, parent,
           'parts', sum(value),
           CASE WHEN count(value_high) > 0 THEN sum(coalesce(value_high, value)) END,
           'at_least', flatten(list(figure_ids ORDER BY figure_ids))
    FROM said WHERE part <> '' AND bound <> 'at_most' AND reach IS NULL
    GROUP BY ALL
),
cities AS (
    FROM own WHERE level = 'city'
    WINDOW one AS (PARTITION BY rule, indicator, people, unit, status, day, area
                   ORDER BY made_of = 'claim' DESC, value DESC, figure_ids DESC)
    QUALIFY row_number() OVER one = 1
),
-- Kyiv and Sevastopol are cities and oblast-level units in one: they have no oblast above them.
in_oblasts AS (
    SELECT rule, indicator, people, unit, status, day, parent AS area, 'oblast' AS level,
           'UA' AS parent, 'places' AS made_of, sum(value) AS value,
           CASE WHEN count(value_high) > 0 THEN sum(coalesce(value_high, value)) END AS value_high,
           'at_least' AS bound, flatten(list(figure_ids ORDER BY area)) AS figure_ids
    FROM cities WHERE parent <> 'UA' AND bound <> 'at_most'
    GROUP BY ALL
),
about_oblasts AS (
    FROM own WHERE level = 'oblast' UNION ALL FROM in_oblasts
),
oblasts AS (
    FROM about_oblasts
    WINDOW one AS (PARTITION BY rule, indicator, people, unit, status, day, area
                   ORDER BY made_of = 'claim' DESC, value DESC, figure_ids DESC)
    QUALIFY row_number() OVER one = 1
),
units AS (
    FROM oblasts UNION ALL FROM cities WHERE parent = 'UA'
),
-- A claim may be about several units ("Kyiv Oblast with Kyiv"). It stands for all of them where it
-- is larger than their sum, and is left out where it is not. It is never added to them.
wider AS (
    SELECT rule, indicator, people, unit, status, day, reach, value, value_high, figure_ids
    FROM said WHERE reach IS NOT NULL AND bound <> 'at_most'
    QUALIFY row_number() OVER (
        PARTITION BY rule, indicator, people, unit, status, day, reach
        ORDER BY value DESC, figure_ids) = 1
),
within_reach AS (
    SELECT rule, indicator, people, unit, status, day, reach, any_value(wider.value) AS said,
           coalesce(sum(units.value), 0) AS added
    FROM wider LEFT JOIN units USING (rule, indicator, people, unit, status, day)
    WHERE list_contains(reach, units.area) AND units.bound <> 'at_most'
    GROUP BY ALL
),
standing AS (
    SELECT wider.* FROM wider
    LEFT JOIN within_reach USING (rule, indicator, people, unit, status, day, reach)
    WHERE wider.value > coalesce(added, 0)
),
for_country AS (
    SELECT rule, indicator, people, unit, status, day, area, value, value_high, figure_ids
    FROM units
    WHERE bound <> 'at_most' AND NOT EXISTS (
        FROM standing WHERE list_contains(reach, units.area)
          AND (standing.rule, standing.indicator, standing.people, standing.unit, standing.status,
               standing.day)
            = (units.rule, units.indicator, units.people, units.unit, units.status, units.day))
    UNION ALL
    SELECT rule, indicator, people, unit, status, day, reach[1], value, value_high, figure_ids
    FROM standing
),
in_country AS (
    SELECT rule, indicator, people, unit, status, day, 'UA' AS area, 'country' AS level,
           '' AS parent, 'places' AS made_of, sum(value) AS value,
           CASE WHEN count(value_high) > 0 THEN sum(coalesce(value_high, value)) END AS value_high,
           'at_least' AS bound, flatten(list(figure_ids ORDER BY area)) AS figure_ids
    FROM for_country
    GROUP BY ALL
),
about AS (
    FROM own WHERE level = 'city'
    UNION ALL FROM about_oblasts
    UNION ALL FROM own WHERE level = 'country'
    UNION ALL FROM in_country
),
added AS (
    SELECT *, max(value) FILTER (made_of = 'places') OVER same AS places_value,
           any_value(figure_ids) FILTER (made_of = 'places') OVER same AS places_ids
    FROM about
    WINDOW same AS (PARTITION BY rule, indicator, people, unit, status, day, area),
           best AS (same ORDER BY made_of = 'claim' DESC, value DESC, figure_ids DESC)
    QUALIFY row_number() OVER best = 1
),
-- A temperature: the place's own, else the coldest place in it.
degrees AS (
    SELECT rule, indicator, people, unit, status, day, area, areas.level, areas.parent,
           min({
               made_of: CASE WHEN place = area THEN 'claim' ELSE 'places' END,
               value: value, figure_ids: [figure_id], bound: bound, value_high: value_high
           }) AS coldest
    FROM (
        SELECT claims.*, unnest(list_distinct([place, parent, 'UA'])) AS area
        FROM leading_claims AS claims JOIN model.places ON pcode = place
        WHERE unit = 'celsius' AND part = ''
    )
    JOIN model.places AS areas ON areas.pcode = area
    GROUP BY ALL
)
SELECT rule, area, level, indicator, people, unit, status, day, value, value_high, bound, made_of,
       figure_ids, places_value, places_ids
FROM added
UNION ALL
SELECT rule, area, level, indicator, people, unit, status, day, coldest.value,
       coldest.value_high, coldest.bound, coldest.made_of, coldest.figure_ids, NULL, NULL
FROM degrees
ORDER BY indicator, area, day, rule, people, unit, status
