-- A row:  a day's total of those cut off as a share of the place's households, people or apartment
--         blocks, by one headline rule: lowest and highest by the named baselines.
-- Unit:   1 is all of them.
-- Rule:   customers and properties count as households; the number of households is stated, or the
--         people divided by the people in a household. Heat lost in buildings is a share of the
--         apartment blocks; power or water lost in buildings is no share. No baseline, no share.
--         A share above 1 is kept: it says that number and baseline do not fit.
-- After:  daily, baseline
-- By:     indicator, day: daily (indicator, day)
--
-- baseline       which denominator; of households: as stated, or worked out from the population
-- whole_low, whole_high  the denominator's ends
-- first_year, last_year, baseline_ids  when it was stated, and by which figures
WITH cut_off AS (
    SELECT rule, area, level, indicator, day, unit, status, value, value_high, bound, figure_ids,
           CASE WHEN unit = 'people' THEN 'people'
                WHEN unit IN ('households', 'customers', 'properties') THEN 'households'
                WHEN unit = 'buildings' AND indicator = 'heating_loss' THEN 'blocks' END AS of_what
    FROM daily JOIN model.indicators USING (indicator)
    WHERE "group" = 'supply' AND status <> 'restored' AND daily.people = 'all' AND bound <> 'at_most'
),
wholes AS (
    SELECT place, 'people' AS of_what, 'population' AS baseline, low, high, first_year, last_year,
           figure_ids, 1 AS turn
    FROM baseline WHERE indicator = 'population'
    UNION ALL
    SELECT place, 'blocks', indicator, low, high, first_year, last_year, figure_ids, 1
    FROM baseline WHERE indicator = 'apartment_blocks'
    UNION ALL
    SELECT place, 'households', indicator, low, high, first_year, last_year, figure_ids,
           CASE indicator WHEN 'households' THEN 1 ELSE 2 END
    FROM baseline WHERE indicator IN ('households', 'customers')
    UNION ALL
    SELECT place, 'households', 'population', people.low / size.high, people.high / size.low,
           least(people.first_year, size.first_year), greatest(people.last_year, size.last_year),
           list_concat(people.figure_ids, size.figure_ids), 3
    FROM baseline AS people JOIN baseline AS size USING (place)
    WHERE people.indicator = 'population' AND size.indicator = 'household_size'
),
best AS (
    FROM wholes QUALIFY row_number() OVER (PARTITION BY place, of_what ORDER BY turn) = 1
)
SELECT rule, area, level, indicator, day, unit, status,
       value / best.high AS low, coalesce(value_high, value) / best.low AS high, bound,
       baseline, best.low AS whole_low, best.high AS whole_high, first_year, last_year,
       cut_off.figure_ids, best.figure_ids AS baseline_ids
FROM cut_off JOIN best ON best.place = area AND best.of_what = cut_off.of_what
ORDER BY indicator, area, day, rule, unit, status
