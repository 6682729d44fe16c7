-- A row:  a week (from Monday), a month or a heating season in which something was reported.
-- Rule:   a winter runs from 1 October to 31 March (impact/model/periods.py).
-- After:  daily (day)
--
-- code           "2026-W04", "2026-01" or "winter-2025"
-- first, final   its first and its last day
WITH days AS (SELECT DISTINCT day FROM daily),
beginnings AS (
    SELECT DISTINCT 'week' AS kind, date_trunc('week', day)::DATE AS first FROM days
    UNION ALL
    SELECT DISTINCT 'month', date_trunc('month', day)::DATE FROM days
    UNION ALL
    SELECT DISTINCT 'winter',
           make_date(CASE WHEN month(day) >= 10 THEN year(day) ELSE year(day) - 1 END, 10, 1)
    FROM days WHERE month(day) NOT BETWEEN 4 AND 9
)
SELECT kind,
       CASE kind WHEN 'week' THEN strftime(first, '%G-W%V')
                 WHEN 'month' THEN strftime(first, '%Y-%m')
                 ELSE 'winter-' || year(first) END AS code,
       first,
       CASE kind WHEN 'week' THEN first + 6
                 WHEN 'month' THEN last_day(first)
                 ELSE make_date(year(first) + 1, 3, 31) END::DATE AS final
FROM beginnings
ORDER BY kind, first
