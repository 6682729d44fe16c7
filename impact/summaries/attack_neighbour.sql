-- A row:  the days of the attacks before and after an attack, by one headline rule.
-- Rule:   apart from the attacks, so that a decision about one of them leaves the others alone.
-- After:  attack (rule, day)
--
-- previous, next  NULL where there is none
SELECT rule, day, lag(day) OVER by_day AS previous, lead(day) OVER by_day AS next
FROM attack
WINDOW by_day AS (PARTITION BY rule ORDER BY day)
ORDER BY day, rule
