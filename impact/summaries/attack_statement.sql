-- A row:  one figure about an attack's own day, with the hour that its source tells.
-- Unit:   Kyiv time.
-- Rule:   a clock time is an hour, "morning" a part of the day; what names neither has no hour and
--         no order among the statements of its day (impact/rules/hours.py).
-- After:  attack (day)
-- Of:     "group" IN ('toll', 'supply') AND period = 'day' AND length("date") = 10
-- By:     day: figures (day), attack (day)
--
-- begins, ends  between which times the statement held; NULL where no hour is told
-- timed         whether an hour is told; the others stand apart, never in a sequence
SELECT attack.day, figure_id, place, figures.indicator, stated, figures.moment,
       CASE WHEN contains(as_of, 'T') THEN stated
            ELSE date_trunc('day', stated) + to_hours(hours.begins) END AS begins,
       CASE WHEN contains(as_of, 'T') THEN stated
            ELSE date_trunc('day', stated) + to_hours(hours.ends) END AS ends,
       contains(as_of, 'T') OR hours.moment IS NOT NULL AS timed, doubted
FROM figures
JOIN (SELECT DISTINCT day FROM attack) AS attack ON attack.day = figures.day
JOIN model.indicators USING (indicator)
LEFT JOIN model.hours AS hours ON hours.moment = figures.moment
WHERE "group" IN ('toll', 'supply') AND period = 'day' AND length("date") = 10
ORDER BY attack.day, begins NULLS LAST, ends, stated, figure_id
