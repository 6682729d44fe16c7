-- A row:  the denominators of one place: how many people, households, customers and apartment
--         blocks it has, and how many people live in a household, lowest and highest as stated.
-- Unit:   people, households, customers, buildings; people a household.
-- Rule:   rivals are never averaged: both ends are kept. The gazetteer's population fills the gap
--         where nobody else states one (data/places/README.md). No household size of a place: its
--         oblast's, else the country's.
-- After:
-- Of:     kind = 'baseline'
--
-- years        from the year of the earliest to that of the latest statement
-- figure_ids   the statements; empty where the number is the gazetteer's
WITH stated AS (
    SELECT place, indicator, min(value) AS low, max(coalesce(value_high, value)) AS high,
           min(year(day)) AS first_year, max(year(day)) AS last_year,
           list(figure_id ORDER BY figure_id) AS figure_ids
    FROM figures JOIN model.indicators USING (indicator)
    WHERE kind = 'baseline' AND part = '' AND unit <> 'celsius' AND NOT doubted
    GROUP BY ALL
),
known AS (
    FROM stated
    UNION ALL
    SELECT pcode, 'population', population, population, NULL, NULL, []
    FROM model.places
    WHERE population IS NOT NULL
      AND NOT EXISTS (FROM stated WHERE place = pcode AND indicator = 'population')
),
sizes AS (
    SELECT pcode AS place, known.*
    EXCLUDE (place)
    FROM model.places JOIN known ON known.place IN (pcode, parent, 'UA')
    WHERE indicator = 'household_size'
    QUALIFY row_number() OVER (
        PARTITION BY pcode ORDER BY known.place = pcode DESC, known.place = parent DESC) = 1
)
SELECT place, indicator, low, high, first_year, last_year, figure_ids
FROM known WHERE indicator <> 'household_size'
UNION ALL
SELECT place, indicator, low, high, first_year, last_year, figure_ids FROM sizes
ORDER BY place, indicator
