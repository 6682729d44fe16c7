"""Pictures of many figures: nothing is lost, though no mark and no picture holds them all."""

import re
from datetime import date

import pandas as pd
import pytest

from impact import queries
from impact.model import language
from impact.model.places import PLACES
from impact.queries import coverage, many, marks
from impact.queries.many import Many
from impact.queries.series import MOST_IDS, MOST_NAMED
from impact.views import View, draw
from impact.views.picture import size
from impact.wording import captions
from tests.made import DNIPRO, figure, on, toll

EN = language.words("en")
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
CITIES = [each for each in PLACES.values() if each.level == "city"]
COUNT = MOST_IDS + 20


def power(value=500.0, **changes):
    return figure(
        indicator="power_outage", unit="customers", **({"status": "without"} | changes), value=value
    )


def losses(count: int = COUNT):
    """So many cities in which power was lost and somebody killed, on one day."""
    return [
        made
        for city in CITIES[:count]
        for made in (power(place=city.pcode), toll(place=city.pcode))
    ]


def winter(reader):
    return draw(View(indicator="killed", kind="winter", first=JANUARY[0], last=JANUARY[1]), reader)


def carried(picture) -> list[str]:
    """What the marks of a picture have of their figures."""
    traces = [trace.customdata for trace in picture.chart.data if trace.customdata is not None]
    return [mark[1] for several in traces for mark in several if mark[1]]


def ids(reader, mark) -> list[str]:
    """The figures that a mark leads to."""
    return marks.behind(mark).read(reader)["figure_id"].tolist()


def test_a_mark_of_few_figures_names_them(shown):
    reader = shown(*losses(3))
    for mark in carried(winter(reader)):
        assert set(ids(reader, mark)) == set(mark.split(",")) and len(mark.split(",")) == 3


def test_a_mark_of_many_figures_has_a_short_key_that_finds_every_one_of_them(shown):
    reader = shown(*losses())
    found = [ids(reader, mark) for mark in carried(winter(reader))]
    assert all(len(mark) < 70 for mark in carried(winter(reader)))
    by_kind = reader.query("SELECT indicator, list(figure_id) AS ids FROM figures GROUP BY ALL")
    assert sorted(map(sorted, found)) == sorted(map(sorted, by_kind["ids"]))


def test_a_square_and_a_dot_of_many_figures_find_them_too(shown):
    told = [power(1.0 + n, place=DNIPRO, url=f"https://a.org/{n}", **on(13)) for n in range(COUNT)]
    hit = [toll(1.0 + n, place=DNIPRO, url=f"https://b.org/{n}", **on(20)) for n in range(COUNT)]
    reader = shown(*told, *hit)
    rows = coverage.weeks(reader, ["power_outage"], *JANUARY)["power_outage"]
    struck = coverage.struck(reader, *JANUARY)
    said = reader.query("SELECT indicator, list(figure_id) AS ids FROM figures GROUP BY ALL")
    known = {indicator: set(some) for indicator, some in zip(*said.values.T, strict=True)}
    square = rows.loc[rows["state"] == "numbers", "figure_id"].item()
    assert set(ids(reader, square)) == known["power_outage"]
    assert set(ids(reader, struck["struck_id"].item())) == known["killed"]


@pytest.mark.parametrize(
    "written",
    [
        *("", "cut_off", "cut_off|responsible|UA|power_outage|customers|lost|yesterday"),
        "cut_off|no rule|UA|power_outage|customers|lost|2026-01-24",
        *("daily|responsible|UA", "coverage|UA12|power_outage|2026-01-19|more", "daily|" * 9),
    ],
)
def test_a_key_that_somebody_made_up_finds_nothing(shown, written):
    assert ids(shown(*losses(3)), written) == []


def test_a_hover_box_names_some_places_and_says_how_many_more_there_are(shown):
    (text,) = {
        text
        for trace in winter(shown(*losses())).chart.data
        for text in trace.text or ()
        if "more" in text
    }
    words = re.sub("<br>", " ", text)
    assert f"and {COUNT - MOST_NAMED} more" in words
    assert len(words.partition(CITIES[0].name("en"))[2].split(",")) <= MOST_NAMED + 1


def test_a_picture_of_twice_as_many_figures_takes_no_more_room(shown):
    once, twice = winter(shown(*losses())), winter(shown(*losses(2 * COUNT)))
    assert len(twice.drawn) == 2 * len(once.drawn)
    assert size(twice) < 1.05 * size(once)


OF_MANY = ["winter", "largest", "coverage", "days", "months", "toll_map", "events", "cities"]


@pytest.mark.parametrize("kind", OF_MANY)
def test_what_a_caption_says_of_many_figures_is_what_it_says_of_each(shipped, kind):
    indicator = "power_outage" if kind in ("coverage", "largest") else "killed"
    asked = {"indicator": [indicator], "kind": [kind], "period": ["winter-2025"]}
    picture = draw(View.read(asked), shipped)
    known_at = queries.extent(shipped).built_at
    said = captions.foot(picture.shown, EN, known_at, beside=picture.drawn)
    assert picture.caption.foot[:2] == said


def test_pages_that_lead_nowhere_safe_are_counted_once(shown):
    pages = ["https://a.org/1", "https://a.org/2", "https://а.укр/3", "javascript:x", "http://a b"]
    reader = shown(*[power(1.0 + n, url=page) for n, page in enumerate(pages)])
    every = Many.of("SELECT figure_id FROM figures", {})
    said = many.gist(reader, every, every)
    assert said.pages == every.read(reader)["url"].nunique() == 4
    assert (said.count, said.statuses) == (5, {"reported": 5})


def test_of_nothing_nothing_is_said(shown):
    none = Many.of("SELECT figure_id FROM figures WHERE value > $least", {"least": 10.0**9})
    reader = shown(power())
    assert many.gist(reader, none, none).latest is None
    assert none.read(reader).empty and isinstance((none + none).read(reader), pd.DataFrame)
