-- A row:  a toll or a supply and a week (from Monday) of which `coverage` says what is known: from
--         the first to the last week with any report of a toll or a supply.
-- Rule:   apart from what is known, so that a decision about one indicator leaves others alone.
-- After:  figures (day)
-- Of:     "group" IN ('toll', 'supply') AND period = 'day' AND length("date") = 10
--         AND status <> 'restored' AND place <> 'UA'
WITH ends AS (
    SELECT date_trunc('week', min(day)) AS first, date_trunc('week', max(day)) AS final
    FROM figures JOIN model.indicators USING (indicator)
    WHERE "group" IN ('toll', 'supply') AND period = 'day' AND length("date") = 10
      AND status <> 'restored' AND place <> 'UA'
)
SELECT indicator, unnest(generate_series(first, final, INTERVAL 7 DAY))::DATE AS week
FROM ends CROSS JOIN model.indicators
WHERE first IS NOT NULL AND "group" IN ('toll', 'supply')
ORDER BY indicator, week
