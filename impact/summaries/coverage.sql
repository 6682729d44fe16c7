-- A row:  what is known of one oblast in one week (from Monday), for one indicator: also where
--         nothing is known. From the first to the last week with any report.
-- Unit:   figures, as published, of the oblast and its cities, about single days.
-- Rule:   numbers  a number that is not in doubt
--         words    somebody says that people are cut off or hurt, and gives no number
--         doubted  numbers or words, and all of them in doubt
--         silence  nothing; it is no statement that all was well
-- After:  coverage_week
-- Of:     "group" IN ('toll', 'supply') AND period = 'day' AND length("date") = 10
-- By:     indicator: coverage_week (indicator), figures (indicator)
--
-- state         the first of these that holds
-- days          days with a number
-- figure_ids    everything that was said, figures in doubt too
WITH told AS (
    SELECT indicator, date_trunc('week', day)::DATE AS week, day,
           CASE WHEN parent IN ('UA', '') THEN pcode ELSE parent END AS area,
           bound = 'unstated' AS words, doubted, figure_id
    FROM figures
    JOIN model.places ON pcode = place
    JOIN model.indicators USING (indicator)
    WHERE "group" IN ('toll', 'supply') AND period = 'day' AND length("date") = 10
      AND level <> 'country' AND status <> 'restored'
),
counted AS (
    SELECT area, indicator, week, count(*) FILTER (NOT words AND NOT doubted) AS numbers,
           count(*) FILTER (words AND NOT doubted) AS words, count(*) FILTER (doubted) AS doubted,
           count(DISTINCT day) FILTER (NOT words AND NOT doubted) AS days,
           list_sort(list(figure_id)) AS figure_ids
    FROM told GROUP BY ALL
)
SELECT pcode AS area, weeks.indicator, weeks.week,
       CASE WHEN numbers > 0 THEN 'numbers' WHEN words > 0 THEN 'words'
            WHEN doubted > 0 THEN 'doubted' ELSE 'silence' END AS state,
       coalesce(numbers, 0) AS numbers, coalesce(words, 0) AS words,
       coalesce(doubted, 0) AS doubted, coalesce(days, 0) AS days,
       coalesce(figure_ids, []) AS figure_ids
FROM model.places
CROSS JOIN coverage_week AS weeks
LEFT JOIN counted ON counted.area = pcode AND counted.indicator = weeks.indicator
 AND counted.week = weeks.week
WHERE parent = 'UA'
ORDER BY weeks.indicator, area, weeks.week
