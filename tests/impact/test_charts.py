"""What marks say, where they stand, and what frames them."""

import re
from functools import cache
from itertools import combinations, pairwise

import pandas as pd
import pytest

from impact.charts import arranging, bars, labels, letters, look, maps, marks, panels, sheets
from impact.model import language, places
from impact.model.colours import channels
from impact.model.figure import NUMBERED, VERIFICATIONS
from impact.model.indicators import INDICATORS
from impact.rules import headline
from impact.wording.captions import Caption
from tests.made import (
    BILA_TSERKVA,
    DNIPRO,
    DNIPRO_OBLAST,
    KHARKIV,
    KHARKIV_OBLAST,
    KYIV,
    MAYOR,
    MINISTER,
    built,
    figure,
    ranked,
    toll,
)

EN, UK = language.words("en"), language.words("uk")
CAPTION = Caption("A title", "a subtitle", ("Source: somebody.", "As known at noon."), "alt text")
JANUARY = (pd.Timestamp("2026-01-01").date(), pd.Timestamp("2026-01-31").date())
HEAT = INDICATORS["heating_loss"].colour["light"]
DAY = pd.Timedelta(days=1)
ODESA = "UA5110027001"


def leads(*figures) -> pd.DataFrame:
    """The leading claims, as queries.leads gives them."""
    rows = headline.leading(built(*figures)["figures"])
    return rows.sort_values(["place", "day", "status"], ignore_index=True)


def beside(*figures) -> pd.DataFrame:
    """The claims beside them, as queries.rivals gives them."""
    rows = ranked(*figures)
    return rows[(rows["rank_responsible"] > 0) | rows["doubted"]]


def outage(*figures, words=EN, theme="light"):
    """The panel of a loss of heating."""
    return panels.outage_panel(leads(*figures), beside(*figures), "heating_loss", words, theme)


def bars_of(panel):
    return [trace for trace in panel.traces if trace.type == "bar"]


def ends_of(panel):
    return [trace for trace in panel.traces if trace.type == "scatter" and trace.hovertext]


def ticks_of(panel):
    return [
        trace
        for trace in panel.traces
        if trace.type == "scatter" and trace.marker.symbol == "line-ew-open"
    ]


LOST, WITHOUT, RESTORED = (figure(status=status) for status in ("lost", "without", "restored"))


# What a mark says


def test_what_is_back_says_so_where_it_stands_over_all_that_was_cut_off():
    back = figure(status="restored", value=9000, bound="at_least")
    told = [label.text for label in outage(LOST, back).labels]
    assert "at least 9,000, heating restored" in told
    assert not any("restored" in label.text for label in outage(LOST, RESTORED).labels)


def test_lost_is_solid_without_is_outlined_and_light_restored_is_a_bare_line():
    lost, without, restored = (bar.marker for bar in bars_of(outage(LOST, WITHOUT, RESTORED)))
    assert lost.color == HEAT
    assert without.color.startswith("rgba") and without.color.endswith("0.22)")
    assert without.line.color == HEAT and without.line.width
    assert restored.color == "rgba(0,0,0,0)" and restored.line.color == HEAT


@pytest.mark.parametrize("bound", NUMBERED)
def test_a_marks_symbol_is_its_bound_and_its_fill_whether_it_is_certain(bound):
    days = {f"2026-01-{15 + n}": each for n, each in enumerate(VERIFICATIONS)}
    made = [figure(bound=bound, verification=each, date=day) for day, each in days.items()]
    drawn = {
        str(x)[:10]: told
        for end in ends_of(outage(*made))
        for x, told in zip(end.x, end.marker.symbol, strict=True)
    }
    assert {*drawn} == {*days} and len(set(marks.SYMBOLS.values())) == len(NUMBERED)
    for day, told in drawn.items():
        symbol, _, hollow = told.partition("-open")
        assert symbol == marks.SYMBOLS[bound]
        assert (told == symbol) == (days[day] in ("verified", "confirmed"))
        assert (hollow == "-dot") == (days[day] == "estimated")


@pytest.mark.parametrize(
    ("verification", "around"),
    [
        ("verified", []),
        ("confirmed", [("triangle-up-open",)]),
        ("reported", []),
        ("disputed", ["line-ne-open"]),
    ],
)
def test_a_confirmed_mark_has_a_ring_and_a_disputed_one_a_slash(verification, around):
    panel = outage(figure(bound="at_least", verification=verification))
    (end,) = ends_of(panel)
    others = [
        trace
        for trace in panel.traces
        if trace.type == "scatter" and trace.marker.size in (marks.RING, marks.SLASH)
    ]
    assert [trace.marker.symbol for trace in others] == around
    for trace in others:
        assert (list(trace.x), list(trace.y)) == (list(end.x), list(end.y))
        assert trace.marker.size > end.marker.size


def test_rivals_are_a_line_across_their_span_with_a_tick_each():
    panel = outage(
        figure(value=3300.0, attributed_to=MAYOR),
        figure(value=3200.0, attributed_to=MINISTER),
        figure(value=3500.0),
    )
    (end,) = ends_of(panel)
    assert list(end.y) == [3300]
    assert list(end.error_y.array) == [200] and list(end.error_y.arrayminus) == [100]
    (ticks,) = ticks_of(panel)
    assert sorted(ticks.y) == [3200, 3500]
    assert set(pd.to_datetime(ticks.x)) == set(pd.to_datetime(end.x))


def test_a_range_reaches_from_low_to_high():
    panel = outage(figure(value=900.0, value_high=1200.0))
    (bar,), (end,) = bars_of(panel), ends_of(panel)
    assert list(bar.y) == [1200]
    assert list(end.y) == [900] and list(end.error_y.array) == [300]
    assert "900–1,200 buildings" in end.hovertext[0]


def test_a_figure_in_doubt_is_neither_a_mark_nor_a_tick():
    panel = outage(
        figure(value=3300.0, attributed_to=MAYOR), figure(value=320_000.0, attributed_to=MINISTER)
    )
    assert [list(trace.y) for trace in ends_of(panel)] == [[3300]]
    assert [list(trace.y) for trace in ticks_of(panel)] == [[]]
    assert panel.highest == 3300


def test_every_mark_knows_its_claim_and_figure():
    rows = leads(LOST, WITHOUT)
    panel = outage(LOST, WITHOUT)
    known = {
        tuple(pair) for trace in [*bars_of(panel), *ends_of(panel)] for pair in trace.customdata
    }
    assert known == set(zip(rows["claim"], rows["figure_id"], strict=True))


def test_killed_is_solid_and_injured_hatched():
    killed, injured = (marks.toll_marker(each, "light") for each in ("killed", "injured"))
    assert killed == {"color": INDICATORS["killed"].colour["light"]}
    assert injured["pattern"]["shape"] == "/"


@pytest.mark.parametrize(("words", "says"), [(EN, "about 6,000"), (UK, "приблизно 6\u00a0000")])
def test_the_number_stands_at_the_highest_mark_of_each_attack_and_at_the_last(words, says):
    panel = outage(
        *(
            figure(
                value=value,
                date=f"2026-01-{day}",
                published=f"2026-01-{day}",
                status="without",
                bound="about",
            )
            for day, value in ((12, 300.0), (14, 500.0), (24, 6000.0), (26, 1200.0), (28, 700.0))
        ),
        words=words,
    )
    assert [(label.y, label.text) for label in panel.labels] == [
        (6000, says),
        *((n, says.replace("6,000", f"{n}").replace("6\u00a0000", f"{n}")) for n in (700, 500)),
    ]


def test_a_mark_says_on_hover_what_it_is():
    (end,) = ends_of(outage(figure(value=6000.0, bound="about", attributed_to=MAYOR)))
    told = end.hovertext[0].replace("<br>", " ")
    for text in ("about 6,000 buildings", "Kyiv: lost heating", "24 January 2026", "via UNN"):
        assert text in told


# Where marks stand


@pytest.mark.parametrize("days", [["20"], ["20", "21"], ["02", "09", "30"]])
@pytest.mark.parametrize(
    "statuses", [("lost",), ("lost", "without"), ("lost", "without", "restored")]
)
def test_bars_are_one_slot_wide_however_far_apart_reports_are(days, statuses):
    made = [
        figure(date=f"2026-01-{day}", status=status, published="2026-01-31")
        for day in days
        for status in statuses
    ]
    panel = outage(*made)
    width = look.DAY_MS * look.FILLED / len(statuses) * 0.92
    assert {bar.width for bar in bars_of(panel)} == {width}
    for bar in bars_of(panel):
        half = pd.Timedelta(milliseconds=width / 2)
        noon = pd.to_datetime(bar.x)
        assert all(
            (noon - half >= noon.round("D") - DAY / 2) & (noon + half <= noon.round("D") + DAY / 2)
        )
    edges = sorted((x - half, x + half) for bar in bars_of(panel) for x in pd.to_datetime(bar.x))
    assert all(end <= begin for (_, end), (begin, _) in pairwise(edges))


def test_marks_stand_on_their_bars():
    panel = outage(
        LOST, WITHOUT, RESTORED, figure(value=80.0, date="2026-01-30", published="2026-01-30")
    )
    for bar, end in zip(bars_of(panel), ends_of(panel), strict=True):
        assert list(pd.to_datetime(bar.x)) == list(pd.to_datetime(end.x))
        assert list(bar.y) == list(end.y)


def degrees(*days: int) -> pd.DataFrame:
    temperature = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
    return leads(
        *(figure(value=-10.0 - day, date=f"2026-01-{day:02d}", **temperature) for day in days)
    )


def test_a_gap_in_reporting_is_a_gap_in_the_line():
    panel = panels.temperature_panel(degrees(1, 2, 5), {}, JANUARY, EN, "light")
    (line,) = (trace for trace in panel.traces if trace.type == "scatter")
    assert not line.connectgaps
    assert [pd.isna(value) for value in line.y] == [False, False, True, True, False]
    assert [day.day for day in pd.to_datetime(line.x)] == [1, 2, 3, 4, 5]


def test_nobodys_report_is_said_and_not_drawn_as_zero():
    panel = panels.silent_panel("Kyiv", EN)
    assert panel.traces == [] and panel.heading == "Kyiv: no report in this unit and period"


def test_a_day_without_a_report_has_no_bar():
    panel = outage(figure(date="2026-01-20"), figure(date="2026-01-24"))
    assert [len(bar.x) for bar in bars_of(panel)] == [2]


@pytest.mark.parametrize(("high", "tick"), [(3.0, 1), (4.0, 1), (500.0, None)])
def test_a_count_axis_begins_at_zero_and_shows_no_fraction_of_a_person(high, tick):
    axis = look.count_axis(look.highest(leads(toll(high))), 200)
    assert axis["range"][0] == 0 and axis["range"][1] > high
    assert axis.get("dtick") == tick


def test_an_attack_night_is_a_tick_with_its_numbers_on_hover():
    attacks = pd.DataFrame(
        [
            {"day": pd.Timestamp("2026-01-24"), "drones_launched": 375.0, "missiles_launched": 21.0,
             "figure_ids": ("F-1", "F-2")},
            {"day": pd.Timestamp("2026-01-25"), "drones_launched": 102.0,
             "missiles_launched": float("nan"), "figure_ids": ("F-3",)},
        ]
    )  # fmt: skip
    (ticks,) = panels.attack_panel(attacks, EN, "light").traces
    assert ticks.marker.symbol == "line-ns-open"
    assert [text.replace("<br>", " ") for text in ticks.text] == [
        "24 January 2026 375 drones, 21 missiles",
        "25 January 2026 102 drones",
    ]
    assert [tuple(pair) for pair in ticks.customdata] == [("", "F-1,F-2"), ("", "F-3")]


# One toll, from report to report


def reports():
    """The governor's toll at three hours that were told, and one that nobody put into an hour."""
    return ranked(
        *(
            toll(
                value,
                published=f"2026-01-{day}",
                as_of=f"2026-01-{day}T09:00",
                attributed_to="Syniehubov (governor)",
            )
            for value, day in ((5.0, 24), (7.0, 25), (6.0, 26))
        ),
        toll(9.0, published="2026-01-25"),
    ).sort_values("stated", ignore_index=True)


def test_a_tolls_line_follows_the_body_responsible_down_as_well_as_up():
    line, dots, *_ = bars.toll_over_time(reports(), CAPTION, EN, "light").data
    assert list(line.y) == [5, 7, 6] and line.line.shape == "hv"
    assert sorted(dots.y) == [5, 6, 7, 9]


def test_a_toll_that_names_no_hour_stands_in_a_band_of_its_own_and_on_no_line():
    chart = bars.toll_over_time(reports(), CAPTION, EN, "light")
    line, dots, *_ = chart.data
    (band,) = chart.layout.shapes
    where = dict(zip(dots.y, dots.x, strict=True))
    assert band.x0 < where[9] < band.x1 and 9 not in line.y
    assert max(where[value] for value in (5, 7, 6)) < band.x0
    assert "<b>no hour told</b>" in [each.text for each in chart.layout.annotations]


def test_where_every_hour_is_told_there_is_no_band_and_where_none_is_no_clock():
    told = reports()[lambda rows: rows["as_of"] != ""]
    assert not bars.toll_over_time(told, CAPTION, EN, "light").layout.shapes
    untold = bars.toll_over_time(reports()[lambda rows: rows["as_of"] == ""], CAPTION, UK, "dark")
    assert list(untold.data[0].y) == [] and untold.layout.shapes[0].x0 == 0
    assert not [text for text in untold.layout.xaxis.ticktext if ":" in text]
    assert "<b>година не названа</b>" in [each.text for each in untold.layout.annotations]


def test_a_reports_hover_text_holds_no_unknown_number():
    _, dots, *_ = bars.toll_over_time(reports(), CAPTION, EN, "light").data
    assert [text for text in dots.hovertext if "NaN" in text] == []


# Ranked bars


def test_ranked_bars_keep_the_order_given_first_on_top():
    rows = leads(toll(5.0), toll(12.0, indicator="injured"), toll(3.0, place=KYIV)).assign(
        label=lambda frame: [places.PLACES[each].name("en") for each in frame["place"]]
    )
    chart = bars.ranked_bars(rows, ["Kharkiv", "Kyiv"], CAPTION, EN, "light")
    assert chart.layout.yaxis.categoryarray == ("Kyiv", "Kharkiv")
    assert {trace.offsetgroup: tuple(trace.text) for trace in chart.data} == {
        "injured": ("12",),
        "killed": ("5", "3"),
    }


# The map


POWER = {"indicator": "power_outage", "unit": "customers", "status": "lost"}
BREAKS = INDICATORS["power_outage"].breaks


def country(*figures, sheet=sheets.PAGE):
    rows = leads(*figures)
    areas = rows[rows["place"].map(lambda pcode: places.PLACES[pcode].level == "oblast")]
    cities = rows[rows["place"].map(lambda pcode: places.PLACES[pcode].level == "city")]
    return maps.country_map(areas, cities, "power_outage", CAPTION, EN, "light", sheet)


def outlines_of(chart):
    """P-code -> the trace of its outline; drawn in this order, Kyiv last."""
    order = sorted(places.outlines(), key=lambda pcode: pcode == KYIV)
    traces = [trace for trace in chart.data if trace.fill == "toself"]
    assert len(traces) == len(order)
    return dict(zip(order, traces, strict=True))


def test_the_map_draws_27_outlines_with_kyiv_on_top():
    drawn = outlines_of(country(figure(**POWER, value=80_000.0, place=KHARKIV_OBLAST)))
    assert len(drawn) == 27
    assert list(drawn)[-1] == KYIV


def test_no_data_is_hatched_and_data_is_not():
    drawn = outlines_of(country(figure(**POWER, value=80_000.0, place=KHARKIV_OBLAST)))
    assert drawn[KHARKIV_OBLAST].fillcolor and not drawn[KHARKIV_OBLAST].fillpattern.shape
    others = [trace for pcode, trace in drawn.items() if pcode != KHARKIV_OBLAST]
    assert {trace.fillpattern.shape for trace in others} == {"/"}


VALUES = [1.0, 9_999.0, 10_000.0, 60_000.0, 499_999.0, 500_000.0, 2e6]


@cache
def shade(value: float) -> str:
    """The colour of a value that alone is drawn."""
    one = figure(**POWER, value=value, place=KHARKIV_OBLAST)
    return outlines_of(country(one))[KHARKIV_OBLAST].fillcolor


@pytest.mark.parametrize("value", VALUES)
def test_a_class_is_absolute_whatever_else_is_drawn(value):
    one = figure(**POWER, value=value, place=KHARKIV_OBLAST)
    least = figure(**POWER, value=5.0, place=DNIPRO_OBLAST)
    most = figure(**POWER, value=3e6, place=KYIV)
    together = country(one, least, most)
    assert outlines_of(together)[KHARKIV_OBLAST].fillcolor == shade(value)


def test_two_values_have_one_shade_where_no_break_parts_them():
    shades = {value: shade(value) for value in VALUES}
    for one, other in combinations(VALUES, 2):
        parted = any(one < each <= other for each in BREAKS)
        assert (shades[one] != shades[other]) == parted, (one, other)
    # The last is the indicator's own.
    own = channels(INDICATORS["power_outage"].colour["light"])
    assert shades[2e6] == "rgba({},{},{},1.00)".format(*own)


def test_zero_is_white_with_a_rim():
    drawn = outlines_of(country(figure(**POWER, value=0.0, place=KHARKIV_OBLAST)))
    zero = drawn[KHARKIV_OBLAST]
    assert zero.fillcolor == look.TOKENS["light"]["paper"]
    assert zero.line.width and not zero.fillpattern.shape


def test_the_maps_key_names_every_class_and_no_report():
    chart = country(figure(**POWER, value=80_000.0, place=KHARKIV_OBLAST))
    told = " ".join(each.text for each in chart.layout.annotations)
    for label in ("below 10,000", "10,000–49,999", "500,000 and more", "no report"):
        assert label in told


def test_a_class_of_one_number_is_that_number_and_no_two_share_a_border():
    assert maps._classes([1, 2, 5], EN) == ["below 1", "1", "2–4", "5 and more"]


def test_a_citys_circle_is_as_large_as_its_number_up_to_a_bound():
    values = {KYIV: 1_050_000.0, KHARKIV: 500_000.0, DNIPRO: 125_000.0, ODESA: 100.0}
    drawn = country(*(figure(**POWER, value=v, place=pcode) for pcode, v in values.items()))
    circles = drawn.data[-1]
    assert [claim.split("|")[1] for claim, _ in circles.customdata] == list(values)
    assert circles.marker.size == (24 * 2**0.5, 24, 12, 9)


def test_a_city_is_a_circle_in_its_place_with_its_claim():
    chart = country(figure(**POWER, value=700.0, place=BILA_TSERKVA))
    (dots,) = (trace for trace in chart.data if trace.marker.symbol == "circle")
    place = places.PLACES[BILA_TSERKVA]
    assert (list(dots.x), list(dots.y)) == ([place.lon], [place.lat])
    assert next(iter(dots.customdata[0])).startswith(f"power_outage|{BILA_TSERKVA}")


def names_on(chart) -> dict:
    """Name -> its annotation on the map."""
    found = (each for each in chart.layout.annotations if each.xref != "paper")
    return {re.sub(r"<b>(.*)</b>.*", r"\1", each.text): each for each in found}


def lies_in(lon: float, lat: float, pcode: str) -> bool:
    """Whether a point is within an outline: a line from it to the east crosses it an odd number of
    times."""
    crossed = 0
    for ring in places.outlines()[pcode]:
        for (x, y), (next_x, next_y) in pairwise([*ring, ring[0]]):
            if (y > lat) != (next_y > lat):
                crossed += x + (lat - y) / (next_y - y) * (next_x - x) > lon
    return crossed % 2 == 1


SEVERAL = {KHARKIV_OBLAST: 1_100_000.0, DNIPRO_OBLAST: 60_000.0, KYIV: 1_000_000.0, ODESA: 900.0}


@pytest.mark.parametrize("sheet", [*sheets.PAGES, sheets.SHEETS["square"]])
def test_a_name_on_a_map_stands_on_its_own_land_or_has_a_line_to_its_mark(sheet):
    chart = country(*(figure(**POWER, value=v, place=p) for p, v in SEVERAL.items()), sheet=sheet)
    named = names_on(chart)
    assert len(named) == len(SEVERAL)
    for pcode in SEVERAL:
        place = places.PLACES[pcode]
        label = named[place.name("en")]
        if label.showarrow:
            assert (label.x, label.y) == (place.lon, place.lat)
            others = SEVERAL.keys() - {pcode, KYIV, ODESA}
            assert not any(lies_in(label.ax, label.ay, each) for each in others)
        else:
            assert lies_in(label.x, label.y, place.oblast)


def test_a_nought_needs_no_name_on_the_map():
    told = {KHARKIV_OBLAST: 60_000.0, DNIPRO_OBLAST: 0.0}
    chart = country(*(figure(**POWER, value=v, place=p) for p, v in told.items()))
    assert list(names_on(chart)) == ["Kharkiv Oblast"]


def test_an_oblast_is_named_beside_its_city_where_more_is_said_of_it():
    said = [figure(**POWER, value=500.0, place=KHARKIV)]
    assert list(names_on(country(*said))) == ["Kharkiv"]
    said.append(figure(**POWER, value=90_000.0, place=KHARKIV_OBLAST))
    assert set(names_on(country(*said))) == {"Kharkiv", "Kharkiv Oblast"}


@pytest.mark.parametrize(("names", "high"), [(2, maps.LOW), (4, maps.HEIGHT)])
def test_a_map_with_few_names_is_low_on_a_phone(names, high):
    """Its foot lay below the first screen."""
    said = list(SEVERAL.items())[:names]
    chart = country(*(figure(**POWER, value=v, place=p) for p, v in said), sheet=sheets.PAGE)
    assert len(names_on(chart)) == names
    margin = chart.layout.margin
    assert chart.layout.height - margin.t - margin.b == high


# Labels


def test_a_label_that_would_lie_over_bars_stands_away_from_them_with_a_line_to_its_mark():
    plot = labels.Plot((0.0, 300.0), (0.0, 230.0), 300, 230)
    bars_at = [labels.Box(x, 0.0, x + 4, 100.0) for x in range(150, 300, 8)]
    mark = labels.Label(200.0, 0.0, "щонайменше 1 мільйон споживачів", led=True)
    (note,) = labels.placed([mark], bars_at, plot, ("x", "y"), "light")
    lines = note["text"].split("<br>")
    wide = max(letters.width(line, look.FOOT) for line in lines)
    left, low = 200 + note["ax"] - wide / 2, -note["ay"] - labels.HEIGHT * len(lines) / 2
    assert note["showarrow"] and (note["x"], note["y"]) == (200.0, 0.0)
    assert left + wide <= 150 or low >= 100
    assert left >= -2 and low + labels.HEIGHT * len(lines) <= 232
    free = labels.placed([mark], [], plot, ("x", "y"), "light")
    assert not free[0]["showarrow"]


def test_a_label_that_stands_away_leaves_a_bar_its_own_number():
    """On a phone "at least 1 million customers" stood over the bar of 6,000 buildings, whose own
    number was left out."""
    plot = labels.Plot((0.0, 300.0), (0.0, 76.0), 300, 76)
    bars_at = [labels.Box(x, 0.0, x + 4, 50.0) for x in range(150, 200, 8)]
    other = labels.Label(158.0, 0.0, "at least 1 million customers", led=True)
    own = labels.Label(160.0, 50.0, "at least 6,000 buildings")
    first, away = labels.placed([other, own], bars_at, plot, ("x", "y"), "light")
    assert (first["text"], first["showarrow"]) == ("at least 6,000 buildings", False)
    wide = max(letters.width(line, look.FOOT) for line in away["text"].split("<br>"))
    assert away["showarrow"] and abs(away["ax"]) >= wide / 2


# The frame


def framed(words=EN, theme="light", caption=CAPTION, sheet=sheets.PAGE, **changes):
    panel = outage(figure(**changes), words=words, theme=theme)
    return arranging.stack([panel], caption, JANUARY, words, theme, sheet)


def test_a_picture_says_its_title_first_and_its_source_inside():
    texts = [each.text for each in framed().layout.annotations]
    assert "<b>A title</b>" in texts and "a subtitle" in texts
    assert "Source: somebody.<br>As known at noon." in texts


LONG = Caption("word " * 30, "word " * 40, ("word " * 60,), "alt")


@pytest.mark.parametrize("sheet", sheets.PAGES, ids=["phone", "wide", "broad"])
def test_long_words_are_broken_for_the_page_and_given_their_room(sheet):
    chart = framed(caption=LONG, sheet=sheet)
    for note in chart.layout.annotations:
        for line in note.text.split("<br>"):
            told = re.sub(r"<[^>]+>", "", line)
            wide = letters.width(told, note.font.size, bold=line.startswith("<b>"))
            assert wide <= sheet.head
    foot = next(note for note in chart.layout.annotations if note.font.size == look.FOOT)
    lines = foot.text.count("<br>") + 1
    assert chart.layout.margin.b >= lines * look.FOOT * look.LINE
    assert chart.layout.margin.t > framed(sheet=sheet).layout.margin.t


def test_a_wider_page_breaks_words_into_fewer_lines():
    for narrow, wide in pairwise(framed(caption=LONG, sheet=each) for each in sheets.PAGES):
        assert wide.layout.margin.t < narrow.layout.margin.t
        assert wide.layout.margin.b < narrow.layout.margin.b


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_pictures_ground_and_words_follow_the_theme(theme):
    chart = framed(theme=theme)
    token = look.TOKENS[theme]
    assert chart.layout.paper_bgcolor == chart.layout.plot_bgcolor == token["paper"]
    assert chart.layout.font.color == token["ink"]


@pytest.mark.parametrize(("words", "separators"), [(EN, ".,"), (UK, ",\u00a0")])
def test_thousands_stand_apart_as_the_language_does(words, separators):
    assert framed(words).layout.separators.replace(" ", "\u00a0") == separators


def test_choosing_a_mark_does_not_make_the_others_fade():
    assert {trace.unselected.marker.opacity for trace in framed().data} == {1}


@pytest.mark.parametrize("days", [1, 8, 31, 182, 365])
def test_a_time_axis_has_at_most_eight_labels(days):
    first = pd.Timestamp("2025-10-01").date()
    axis = look.time_axis(first, first + pd.Timedelta(days=days - 1), UK, "light")
    assert 1 <= len(axis["tickvals"]) <= (8 if days <= 182 else 12)
    assert len(axis["ticktext"]) == len(axis["tickvals"])


def test_panels_share_one_time_axis_and_do_not_overlap():
    none = pd.DataFrame(columns=["day", "drones_launched", "missiles_launched", "figure_ids"])
    stacked = [outage(LOST), outage(WITHOUT), panels.attack_panel(none, EN, "light")]
    chart = arranging.stack(stacked, CAPTION, JANUARY, EN, "light")
    domains = [chart.layout[name].domain for name in ("yaxis", "yaxis2", "yaxis3")]
    assert all(upper[0] > lower[1] for upper, lower in pairwise(domains))
    assert {trace.xaxis for trace in chart.data} == {"x"}
