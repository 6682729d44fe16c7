-- A row:  what was said of the whole country's toll of one day, beside the sum of the places.
-- Unit:   people.
-- Rule:   the two are never added. The places' sum is taken under every headline rule and once
--         with the largest undoubted number of each place, so that its reach is seen.
-- After:  daily
-- Of:     "group" = 'toll'
-- By:     indicator, day: daily (indicator, day), figures (indicator, day)
--
-- said, said_low, said_high  the country's leading claim, and the reach of its rivals
-- places, places_low, places_high  the sum of the places under the default rule, and its reach
-- reporting     oblasts and cities with a claim of their own
-- held          tolls that no sum contains while they may be another day's toll told again
-- explained_by  what may explain a difference, of:
--               rivals  the reaches of the two meet, so other claims of the places fit
--               held    tolls are held back
--               silent  more is said of the country than of all places: some did not report
--               older   less is said of the country: its claim may be of an earlier hour
WITH of_country AS (
    SELECT day, indicator, value, bound, figure_ids, places_value, places_ids
    FROM daily JOIN model.indicators USING (indicator)
    WHERE "group" = 'toll' AND rule = 'responsible' AND area = 'UA' AND made_of = 'claim'
      AND daily.people = 'all'
),
others AS (
    SELECT day, indicator, min(value) AS low, max(coalesce(value_high, value)) AS high
    FROM figures
    WHERE place = 'UA' AND part = '' AND people = 'all' AND period = 'day' AND NOT doubted
      AND length("date") = 10
    GROUP BY ALL
),
-- A row: the sum of the places by one rule. Under another rule the country may have no own claim.
by_rule AS (
    SELECT day, indicator, coalesce(places_value, CASE WHEN made_of = 'places' THEN value END) AS sum
    FROM daily WHERE area = 'UA' AND people = 'all'
),
largest AS (
    SELECT day, indicator, place, max(coalesce(value_high, value)) AS value
    FROM figures
    WHERE part = '' AND people = 'all' AND period = 'day' AND NOT doubted AND bound <> 'at_most'
      AND length("date") = 10
    GROUP BY ALL
),
of_units AS (
    SELECT day, indicator, CASE WHEN level = 'city' AND parent <> 'UA' THEN parent ELSE pcode END AS unit,
           max(value) FILTER (level = 'oblast' OR parent = 'UA') AS own,
           sum(value) FILTER (level = 'city' AND parent <> 'UA') AS cities, count(*) AS reporting
    FROM largest JOIN model.places ON pcode = place
    WHERE level <> 'country'
    GROUP BY ALL
),
together AS (
    SELECT day, indicator, sum(greatest(coalesce(own, 0), coalesce(cities, 0))) AS high,
           sum(reporting) AS reporting
    FROM of_units GROUP BY ALL
),
reach AS (
    SELECT day, indicator, min(sum) AS low, max(sum) AS high FROM by_rule GROUP BY ALL
),
held_back AS (
    SELECT day, indicator, count(DISTINCT figure_id) AS held
    FROM figures JOIN doubts USING (figure_id)
    WHERE rule = 'same_event' AND NOT answered AND place <> 'UA' AND people = 'all'
    GROUP BY ALL
),
beside AS (
    SELECT day, indicator, value AS said, bound AS said_bound, figure_ids AS said_ids,
           others.low AS said_low, others.high AS said_high, places_value AS places,
           least(reach.low, together.high) AS places_low,
           greatest(reach.high, together.high) AS places_high, places_ids,
           coalesce(reporting, 0) AS reporting, coalesce(held, 0) AS held
    FROM of_country
    LEFT JOIN others USING (day, indicator)
    LEFT JOIN together USING (day, indicator)
    LEFT JOIN reach USING (day, indicator)
    LEFT JOIN held_back USING (day, indicator)
)
SELECT *, said - places AS difference,
       list_filter([
           CASE WHEN places <> said AND places_high >= said_low AND places_low <= said_high
                THEN 'rivals' END,
           CASE WHEN held > 0 AND said > coalesce(places, 0) THEN 'held' END,
           CASE WHEN said_low > coalesce(places_high, 0) THEN 'silent' END,
           CASE WHEN said_high < places_low THEN 'older' END
       ], lambda each: each IS NOT NULL) AS explained_by
FROM beside
ORDER BY day, indicator
