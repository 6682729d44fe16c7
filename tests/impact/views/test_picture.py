"""A picture shows what its view asks for, and nothing that its own table does not hold."""

import io
import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from impact import charts, queries
from impact.charts import letters, look
from impact.model.indicators import IMPACTS, INDICATORS
from impact.model.places import PLACES
from impact.queries import summary
from impact.views import InvalidView, View, draw, kinds_of, redraw
from impact.views.kinds import KINDS
from tests import combining
from tests.made import DNIPRO, KYIV, figure, shown

pytestmark = pytest.mark.slow

JANUARY = {"period": ["2026-01"]}
HEATING = {"indicator": ["heating_loss"], **JANUARY}
EVERY = [(indicator, kind) for indicator in IMPACTS for kind in kinds_of(INDICATORS[indicator])]
FIRST = {kind: indicator for indicator, kind in reversed(EVERY)}
# Every kind and every indicator, each with some of the others: a fifth of what can be drawn.
SOME = [
    (indicator, kind)
    for indicator, kind in EVERY
    if combining.ALL
    or FIRST[kind] == indicator
    or ([*IMPACTS].index(indicator) + [*FIRST].index(kind)) % 16 == 0
]


def picture(reader, **parameters):
    return draw(View.read({name: [text] for name, text in parameters.items()}), reader)


def numbers(figure) -> list:
    """What each trace of a chart draws: its numbers and the ids behind them."""
    return [
        (
            [None if pd.isna(value) else value for value in np.ravel(trace.y)],
            [str(each) for each in pd.to_datetime(pd.Series(trace.x), errors="coerce")],
            np.asarray(trace.customdata).tolist() if trace.customdata is not None else [],
        )
        for trace in figure.data
        if trace.y is not None
    ]


@pytest.mark.parametrize("kind", ["multiples", "line"])
def test_a_picture_in_one_unit_says_where_another_has_more(publish, kind):
    customers = {"indicator": "power_outage", "unit": "customers"}
    reader = publish(
        figure(value=68_400, place=KYIV, **customers),
        figure(value=156_000, place=KYIV, **customers | {"unit": "households"}),
        figure(value=9_000, place=DNIPRO, **customers),
    )
    one = {"indicator": ["power_outage"], "kind": [kind], "unit": ["customers"], **JANUARY}
    drawn = draw(View.read(one | {"places": [KYIV, DNIPRO]}), reader)
    assert "More in other units: Kyiv, 156,000 households (24 Jan)." in drawn.caption.foot


def test_a_place_told_only_in_another_unit_is_not_called_silent(publish):
    reader = publish(
        figure(value=9000, place=KYIV, indicator="power_outage", unit="customers"),
        figure(value=4000, place=DNIPRO, indicator="power_outage", unit="people"),
    )
    view = {"indicator": ["power_outage"], "kind": ["multiples"], "unit": ["customers"]}
    drawn = draw(View.read(view | JANUARY | {"places": [KYIV, DNIPRO]}), reader)
    told = " ".join(note.text for note in drawn.chart.layout.annotations)
    assert "no report in this unit" in told.replace("<br>", " ")
    assert "More in other units: Dnipro, 4,000 people (24 Jan)." in drawn.caption.foot


def span(indicator: str, kind: str) -> str:
    """Days to draw: each kind a whole winter of one indicator, whose figures are many, and a month
    of the others."""
    whole = combining.ALL or indicator == FIRST[kind]
    return "winter-2025" if whole else "2026-01"


@pytest.mark.parametrize(("indicator", "kind"), SOME)
def test_the_csv_of_a_picture_draws_the_same_picture(shipped, indicator, kind):
    period = span(indicator, kind)
    drawn = picture(shipped, indicator=indicator, kind=kind, period=period, size="square")
    doubts = queries.doubts(shipped, drawn.found["figure_id"])
    again = redraw(drawn.view, drawn.csv, queries.extent(shipped).built_at, doubts)
    assert again.chart == drawn.chart
    assert again.caption == drawn.caption
    assert again.name == drawn.name
    assert again.csv == drawn.csv


@pytest.mark.parametrize(("indicator", "kind"), SOME)
def test_every_kind_says_so_when_nobody_reported(empty, indicator, kind):
    drawn = picture(empty, indicator=indicator, kind=kind, period="2026-01")
    assert drawn.rows.empty
    assert "No report is not zero" in " ".join(drawn.caption.foot)
    # Some kinds have no room on a low sheet.
    size = "square" if kind in ("city", "winter", "conflict", "coverage", "hours") else "article"
    assert (drawn.view.size, drawn.width) == (size, {"square": 1080, "article": 1200}[size])


def test_the_address_of_a_picture_draws_it_again(shipped):
    drawn = picture(shipped, indicator="killed", kind="toll")
    assert draw(View.read(drawn.view.parameters()), shipped).chart == drawn.chart
    assert drawn.view.first == drawn.view.last


def test_every_number_of_a_picture_is_a_figure_of_its_table(shipped):
    drawn = picture(shipped, **{name: texts[0] for name, texts in HEATING.items()})
    shown = {
        figure_id
        for _, _, ids in numbers(drawn.chart)
        for _, several in ids
        for figure_id in several.split(",")
    }
    assert shown and shown <= set(drawn.rows["figure_id"])
    listed = pd.read_csv(io.BytesIO(drawn.csv), dtype=str, keep_default_na=False)
    assert listed["figure_id"].tolist() == drawn.rows["figure_id"].tolist()


def test_the_table_holds_claim_groups_whole_and_says_which_lead(shipped):
    drawn = picture(shipped, indicator="heating_loss", period="2026-01", rule="cautious")
    claims = set(drawn.rows["claim"])
    assert sorted(drawn.rows["figure_id"]) == sorted(
        queries.of_claims(shipped, list(claims))["figure_id"]
    )
    period = drawn.view.first, drawn.view.last
    leading = queries.leads(shipped, ["heating_loss"], *period, places=[KYIV], rule="cautious")[
        "figure_id"
    ]
    led = drawn.rows[drawn.rows["leads"] & (drawn.rows["indicator"] == "heating_loss")]
    assert set(led["figure_id"]) <= set(leading)


# The same numbers as the page


def test_bars_show_what_the_page_shows(shipped):
    drawn = picture(shipped, indicator="heating_loss", period="2026-01")
    period = drawn.view.first, drawn.view.last
    rows = queries.leads(shipped, ["heating_loss"], *period, places=[KYIV])
    whole = rows[(rows["unit"] == drawn.view.unit) & (rows["part"] == "")]
    rivals = queries.rivals(shipped, whole["claim"].unique())
    launched, sheet = queries.attacks(shipped, *period), charts.SHEETS[drawn.view.size]
    words, caption = drawn.view.words, drawn.caption
    panels = [
        charts.outage_panel(whole.reset_index(drop=True), rivals, "heating_loss", words, "light"),
        *charts.night_strip(launched, words, "light", sheet),
    ]
    nights = launched["day"].tolist()
    page = charts.stack(panels, caption, period, words, "light", sheet, nights)
    assert numbers(drawn.chart) == numbers(page)


def test_bars_of_a_toll_show_what_the_page_shows(shipped):
    drawn = picture(shipped, indicator="killed", period="winter-2025")
    period = drawn.view.first, drawn.view.last
    totals = queries.daily_totals(shipped, "killed", PLACES["UA"], *period)
    panel = charts.toll_panel(totals, drawn.view.words, "light")
    assert numbers(drawn.chart)[0] == numbers(charts.stack(
        [panel], drawn.caption, period, drawn.view.words, "light"
    ))[0]  # fmt: skip


def test_a_map_shows_what_the_page_shows(shipped):
    drawn = picture(shipped, indicator="injured", kind="map", period="winter-2025")
    day, unit = drawn.view.last, drawn.view.unit
    areas = [place for place in PLACES.values() if place.oblast == place.pcode]
    totals = queries.area_totals(shipped, "injured", areas, day, unit=unit, status="")
    (squares,) = (trace for trace in drawn.chart.data if trace.marker.symbol == "square")
    told = dict(zip(totals["figure_id"], totals["place"], strict=True))
    assert {ids for _, ids in squares.customdata} == set(told)


@pytest.mark.parametrize("indicator", ["killed", "heating_loss", "power_outage", "temperature"])
def test_a_single_number_is_the_cards(shipped, indicator):
    drawn = picture(shipped, indicator=indicator, kind="number", period="winter-2025")
    card = summary.card(
        shipped,
        indicator,
        PLACES[drawn.view.places[0]],
        (drawn.view.first, drawn.view.last),
    )
    words = drawn.view.words
    told = " ".join(note.text for note in drawn.chart.layout.annotations)
    if card.total["unit"] == drawn.view.unit:
        assert f"<b>{words.number(card.total['value'])}</b>" in told


@pytest.mark.parametrize(
    ("indicator", "number", "day", "told"),
    [
        ("killed", "worst", "19 November 2025", ["40", "In the whole period: at least 473 people"]),
        ("killed", "latest", "21 March 2026", ["2", "Worst day: at least 40 people"]),
        ("killed", "total", "winter 2025/26", ["473", "Worst day: at least 40 people"]),
        ("heating_loss", "worst", "24 January 2026", ["6,000", "Latest: at least 1,126 buildings"]),
        ("heating_loss", "latest", "26 February 2026", ["1,126", "Worst day: about 6,000"]),
    ],
)
def test_a_single_number_is_the_one_that_was_chosen_and_the_others_stand_beside_it(
    shipped, indicator, number, day, told
):
    asked = {"indicator": indicator, "kind": "number", "number": number, "size": "square"}
    drawn = picture(shipped, **asked, period="winter-2025")
    notes = " ".join(note.text for note in drawn.chart.layout.annotations).replace("<br>", " ")
    assert f"<b>{told[0]}</b>" in notes and told[1] in notes
    assert drawn.caption.title.endswith(day)
    assert View.read(drawn.view.parameters()) == drawn.view


def test_a_toll_over_time_shows_every_statement(shipped):
    drawn = picture(shipped, indicator="killed", kind="toll", period="winter-2025")
    said = queries.tolls(shipped, "killed", drawn.view.places[0], drawn.view.last)
    assert len(said) > 2
    ids = [figure_id for _, figure_id in drawn.chart.data[1].customdata]
    assert ids == said["figure_id"].tolist()


# Words


def test_a_picture_says_what_it_shows_where_when_and_whose(shipped):
    drawn = picture(shipped, indicator="heating_loss", period="2026-01")
    assert drawn.caption.title == "Kyiv buildings without heating, January 2026"
    for piece in ("Buildings", "Kyiv", "1–31 January 2026", "body responsible first"):
        assert piece in drawn.caption.subtitle
    foot = " ".join(drawn.caption.foot)
    figure_id = re.search(r"F-[A-Z2-7]{12}", foot).group()
    assert drawn.name == f"kyiv-heating_loss-2026-01-01-2026-01-31-{figure_id}"
    for piece in ("Source: ", "As known at ", "Kyiv time", "Status: "):
        assert piece in foot
    in_ukrainian = picture(shipped, indicator="heating_loss", period="2026-01", lang="uk")
    assert in_ukrainian.caption.title == "Будинки без опалення: Київ, січень 2026 року"
    assert in_ukrainian.name == drawn.name


def test_the_publishers_own_words_stand_in_their_place(shipped):
    own = {"title": "Five <b>cold</b> weeks", "note": "The count of 9 January is disputed"}
    asked = {"indicator": "heating_loss", "period": "2026-01", "size": "square"}
    drawn = picture(shipped, **asked, **own)
    assert drawn.caption.title == own["title"]
    assert own["note"] in drawn.caption.foot
    told = [note.text for note in drawn.chart.layout.annotations]
    assert "<b>Five &lt;b&gt;cold&lt;/b&gt; weeks</b>" in told


def test_two_notes_point_at_the_marks_of_their_days_and_stand_as_typed(shipped):
    marks = {"mark1": "2026-01-24 The <b>mayor</b> & nobody else", "mark2": "2026-01-09  a  first "}
    drawn = picture(shipped, indicator="heating_loss", period="2026-01", **marks)
    assert "① 24 January 2026: The <b>mayor</b> & nobody else" in drawn.caption.foot
    assert "② 9 January 2026: a first" in drawn.caption.foot
    assert "Note, 24 January 2026: The <b>mayor</b>" in drawn.caption.alt
    notes = drawn.chart.layout.annotations
    assert "<b>mayor" not in "".join(note.text for note in notes)
    signs = {
        note.text[-1]: note for note in notes if note.text[-1:] in "①②" and note.yref != "paper"
    }
    day = {sign: pd.Timestamp(note.x).round("D") for sign, note in signs.items()}
    assert day == {"①": pd.Timestamp("2026-01-24"), "②": pd.Timestamp("2026-01-09")}
    # The number of 24 January that people speak of is the mayor's.
    assert signs["①"].y == 6_000
    assert View.read(drawn.view.parameters()) == drawn.view
    other = picture(shipped, indicator="heating_loss", period="2026-01")
    assert numbers(other.chart) == numbers(drawn.chart)


def test_a_single_number_of_a_silent_period_cites_nothing_from_before_it(small):
    drawn = picture(small, indicator="heating_loss", kind="number", period="2026-06")
    assert drawn.shown.empty and "Source" not in " ".join(drawn.caption.foot)
    told = " ".join(note.text for note in drawn.chart.layout.annotations)
    assert "no report" in told and "3,300" not in told


def test_a_range_a_bound_and_rivals_are_said_with_a_single_number(small):
    drawn = picture(small, indicator="heating_loss", kind="number", status="without")
    told = " ".join(note.text for note in drawn.chart.layout.annotations)
    assert "<b>3,300</b>" in told and "1 other figure: 3,200" in told


def test_a_table_says_how_many_figures_it_leaves_out(shipped):
    drawn = picture(shipped, indicator="heating_loss", kind="table", period="2026-01")
    # Kyiv's 6,000 of 9 January lead both as lost and as without: one fact, in one row.
    leading = drawn.rows["leads"].sum() - 1
    told = re.search(r"The latest (\d+) of (\d+)\.", " ".join(drawn.caption.foot))
    assert int(told.group(1)) >= 1 and int(told.group(2)) == leading


@pytest.mark.parametrize("text", ["=SUM(A1)", "'quoted'", "+380 44", "plain"])
def test_a_text_comes_back_from_the_csv_of_a_picture_as_it_was(text):
    with shown(figure(note=text)) as reader:
        drawn = picture(reader, indicator="heating_loss", period="2026-01")
        again = redraw(drawn.view, drawn.csv, queries.extent(reader).built_at)
    assert again.rows["note"].tolist() == drawn.rows["note"].tolist() == [text]


def test_a_view_of_two_places_is_no_single_number():
    with pytest.raises(InvalidView):
        View(indicator="killed", kind="number", places=("UA80", "UA63"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_all_that_kinds_have(kind):
    module = KINDS[kind]
    assert module.TITLE and module.MOST_PLACES >= 1 and module.LEVELS
    for name in ("fits", "settled", "claims", "drawing"):
        assert getattr(module, name).__doc__


@pytest.mark.parametrize("kind", ["bars", "map"])
@pytest.mark.parametrize("theme", charts.THEMES)
def test_a_key_has_colours_that_every_vector_editor_draws(shipped, kind, theme):
    drawn = picture(shipped, **{name: texts[0] for name, texts in HEATING.items()}, kind=kind,
                    theme=theme)  # fmt: skip
    colours = re.findall(r"color:([^;']+)", " ".join(
        each.text for each in drawn.chart.layout.annotations
    ))  # fmt: skip
    opaque = r"#[0-9A-Fa-f]{6}| ?rgb\(\d+, \d+, \d+\)"
    assert colours and all(re.fullmatch(opaque, each) for each in colours)


def test_the_longest_number_of_a_value_axis_has_room_beside_the_plot():
    """On a quarter of a page 1,000,000 stood as ",000,000"."""
    said = figure(indicator="power_outage", unit="customers", value=1_000_000, status="without")
    day = date(2026, 1, 24)
    view = View(
        indicator="power_outage", places=(KYIV,), kind="bars", first=day, last=day, size="quarter"
    )
    with shown(said) as reader:
        drawn = draw(view, reader)
    assert drawn.chart.layout.margin.l >= letters.width("1,000,000", look.FOOT)


@pytest.mark.parametrize("kind", ["bars", "multiples", "line", "table"])
def test_a_country_or_oblast_drawn_by_its_own_claims_says_that_its_parts_are_left_out(kind):
    with shown(figure(indicator="power_outage", unit="customers")) as reader:
        asked = {"indicator": ["power_outage"], "kind": [kind], **JANUARY}
        said = "not of its parts"
        places = {"bars": ["UA63"]}.get(kind, ["UA", KYIV])
        with_parts = draw(View.read(asked | {"places": places}), reader)
        alone = draw(View.read(asked | {"places": [KYIV]}), reader)
    assert said in " ".join(with_parts.caption.foot)
    assert said not in " ".join(alone.caption.foot)
