"""Coverage: oblast by week, numbers, words, doubt and silence."""

from tests.made import BILA_TSERKVA, DNIPRO_OBLAST, KYIV_OBLAST, figure, on


def power(value=500, **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": "without"}
    return figure(value=value, **(stated | changes))


def states(reader, area, indicator="power_outage"):
    rows = reader.query(
        "FROM coverage WHERE area = $1 AND indicator = $2 ORDER BY week", [area, indicator]
    )
    return [(f"{row.week:%m-%d}", row.state) for row in rows.itertuples(index=False)]


def test_every_oblast_has_a_row_for_every_week_from_the_first_report_to_the_last(shown):
    reader = shown(power(place=BILA_TSERKVA, **on(6)), power(place=DNIPRO_OBLAST, **on(20)))
    assert states(reader, KYIV_OBLAST) == [
        ("01-05", "numbers"),
        ("01-12", "silence"),
        ("01-19", "silence"),
    ]
    assert states(reader, DNIPRO_OBLAST)[-1] == ("01-19", "numbers")
    assert {state for _, state in states(reader, "UA23")} == {"silence"}
    assert len(reader.query("SELECT DISTINCT area FROM coverage")) == 27


def test_a_week_with_nothing_but_doubted_numbers_says_so(shown):
    reader = shown(power(place=DNIPRO_OBLAST, dubious=True, **on(6)))
    assert states(reader, DNIPRO_OBLAST) == [("01-05", "doubted")]


def test_the_days_with_a_number_are_counted_once_each(shown):
    reader = shown(
        power(place=KYIV_OBLAST, **on(6)),
        power(600, place=BILA_TSERKVA, **on(6)),
        power(600, place=BILA_TSERKVA, **on(8)),
    )
    row = reader.query(
        "FROM coverage WHERE area = $1 AND indicator = 'power_outage'", [KYIV_OBLAST]
    ).iloc[0]
    assert (row["numbers"], row["days"]) == (3, 2)


def test_what_is_said_of_the_whole_country_covers_no_oblast(shown):
    assert shown(power(place="UA", **on(6))).query("FROM coverage").empty
