"""Person-hours as pages tell them: a range with the hours that it stands on."""

from impact.model import language
from impact.queries import person_hours
from impact.wording import person_hours as told
from tests.made import KHARKIV, KYIV, figure, on


def test_a_month_is_told_as_a_range_with_the_hours_that_nobody_counted(shown):
    reader = shown(
        figure(indicator="power_outage", value=1000, unit="people", status="without", **on(9)),
        figure(indicator="power_outage", value=400, unit="people", status="without", **on(10)),
        figure(indicator="power_outage", value=900, unit="people", status="without",
               place=KHARKIV, **on(9)),
    )  # fmt: skip
    assert [place.pcode for place in person_hours.places(reader)] == [KYIV]
    (row,) = person_hours.months(reader, KYIV).to_dict("records")
    assert (row["low"], row["high"]) == (400 * 24, 1000 * 24)
    words = language.words("en")
    assert told.sentence(row, "Kyiv", words) == (
        "Kyiv, January 2026: between 9,600 and 24,000 person-hours without power; "
        "24 hours counted, 720 hours not."
    )
    table = told.table(person_hours.months(reader, KYIV), words)
    assert table["Bounds of the counts"].tolist() == ["exactly"]


def test_the_list_on_the_page_is_in_the_readers_language_its_numbers_too(shown):
    reader = shown(
        figure(indicator="power_outage", value=1000, unit="people", status="without", **on(9)),
        figure(indicator="power_outage", value=400, unit="people", status="without", **on(10)),
    )
    html = told.shown(person_hours.months(reader, KYIV), language.words("uk"))
    assert "9\u00a0600 – 24\u00a0000" in html and "Січень 2026 року" in html


def test_a_place_counted_once_has_none(shown):
    assert person_hours.places(shown(figure())) == []
