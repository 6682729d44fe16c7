"""Hours: what may be put in an order of time, and what may not, as its source tells no hour."""

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact import queries
from impact.charts import far_apart, statements_over_time
from impact.model import language
from impact.model.dates import MOMENTS
from impact.queries.conflicts import ranked as conflicts_of
from impact.rules import hours
from impact.views import View, draw
from impact.wording import captions, conflict_captions, titles
from tests.combining import examples
from tests.made import KHARKIV, figure, ranked, toll

EN, UK = language.words("en"), language.words("uk")
MAYOR, GOVERNOR = "Terekhov (mayor)", "Syniehubov (governor)"
DAY = date(2026, 1, 24)


def said(value: float, time: str = "", moment: str = "", who: str = MAYOR, **changes):
    """A toll of Kharkiv at a clock time of 24 January, in a part of it, or at no hour told."""
    as_of = f"2026-01-24T{time}" if time else ""
    return toll(value, as_of=as_of, moment=moment, attributed_to=who, **changes)


def sequence(*figures) -> pd.DataFrame:
    return hours.in_sequence(ranked(*figures))


def alt(rows, words=EN) -> str:
    return captions.describe_statements(rows, words, "Toll")


# Kharkiv, 24 January 2026, from the shipped table: the case


@pytest.fixture(scope="module")
def kharkiv(shipped):
    return queries.tolls(shipped, "injured", KHARKIV, DAY)


# What was said of Kharkiv without an hour, the example's 19 among it.
UNTIMED = [10, 14, 14, 19, 19, 19, 19, 19, 19, 30]


def test_the_hours_of_kharkiv_are_those_that_the_sources_tell(kharkiv):
    timed = kharkiv[kharkiv["timed"]]
    assert timed[["value", "at"]].to_dict("split")["data"] == [
        [11, pd.Timestamp("2026-01-24T03:15")],
        [15, pd.Timestamp("2026-01-24T06:00")],
        [19, pd.Timestamp("2026-01-24T06:00")],
    ]
    assert sorted(kharkiv.loc[~kharkiv["timed"], "value"]) == UNTIMED


@pytest.mark.parametrize("size", ["article", "square", "story"])
@pytest.mark.parametrize("lang", ["en", "uk"])
def test_the_line_of_kharkiv_goes_from_11_to_15_and_never_falls(shipped, size, lang):
    address = {"event": [f"{KHARKIV}|2026-01-24|injured"], "size": [size], "lang": [lang]}
    picture = draw(View.read(address), shipped)
    line, marks, *_ = picture.chart.data
    assert list(line.y) == [11, 15]
    (band,) = picture.chart.layout.shapes
    inside = sorted(y for x, y in zip(marks.x, marks.y, strict=True) if x > band.x0)
    assert inside == UNTIMED
    assert len(marks.y) == len(UNTIMED) + 3


def test_the_words_of_kharkiv_tell_no_order_that_nobody_told(shipped):
    picture = draw(View.read({"event": [f"{KHARKIV}|2026-01-24|injured"]}), shipped)
    told = picture.caption.alt
    begins, ends = (f"24 January 2026, {hour}, Kharkiv, injured" for hour in ("03:15", "06:00"))
    assert f"The line begins with at least 11 people ({begins}; " in told
    assert f"The line ends with 15 people ({ends}; " in told
    assert "10 statements tell no hour and have no known order." in told
    assert "It begins" not in told and "It ends" not in told
    assert "in the order stated" not in picture.caption.subtitle


# What is told and what is not


def test_a_clock_time_is_an_hour_and_a_part_of_the_day_is_the_hours_that_it_covers():
    clock, morning, *untold = ranked(
        said(1, "08:30"), said(2, moment="morning"), said(3), said(4, moment="later"),
        said(5, moment="first"),
    ).sort_values("value").to_dict("records")  # fmt: skip
    assert hours.told(clock) == (datetime(2026, 1, 24, 8, 30),) * 2
    assert hours.told(morning) == (datetime(2026, 1, 24, 6), datetime(2026, 1, 24, 12))
    assert [hours.told(row) for row in untold] == [None, None, None]


def test_what_names_no_hour_comes_after_the_others_as_it_was_published_and_stored():
    rows = sequence(
        said(30, published="2026-01-25", source_key="e1"),
        said(10, source_key="e3"),
        said(19, source_key="e2"),
        said(15, "06:00"),
        said(11, "03:15"),
    )
    assert rows["value"].tolist() == [11, 15, 19, 10, 30]
    assert rows["timed"].tolist() == [True, True, False, False, False]


def test_a_part_of_the_day_is_joined_only_where_no_other_hour_lies_in_it():
    apart = sequence(said(11, "03:15"), said(15, moment="morning"), said(19, moment="evening"))
    assert hours.joinable(apart)["value"].tolist() == [11, 15, 19]
    within = sequence(said(11, "08:00"), said(15, moment="morning"), said(19, "20:00"))
    assert hours.joinable(within)["value"].tolist() == [11, 19]


def test_two_numbers_of_one_minute_have_no_order():
    rows = sequence(said(11, "03:15"), said(15, "06:00"), said(14, "06:00", who=GOVERNOR))
    assert hours.joinable(rows)["value"].tolist() == [11]


STATEMENTS = st.lists(
    st.builds(
        said,
        st.integers(1, 40),
        st.sampled_from(["", "", "01:30", "06:00", "11:45", "20:00"]),
        st.sampled_from(sorted(MOMENTS)),
        st.sampled_from([MAYOR, GOVERNOR, ""]),
        published=st.sampled_from(["2026-01-24", "2026-01-25"]),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda each: each.figure_id,
)


@examples(6)
@given(STATEMENTS)
def test_a_line_joins_nothing_whose_order_nobody_told(figures):
    rows = sequence(*figures)
    assert len(rows) == len(figures)
    line = hours.joinable(rows)
    assert line["timed"].all()
    for before, after in zip(line.itertuples(), line.iloc[1:].itertuples(), strict=False):
        assert before.value == after.value or before.ends <= after.begins


@examples(6)
@given(STATEMENTS)
def test_nobodys_hour_is_in_no_order_that_depends_on_what_is_said(figures):
    """Other numbers in the band, the same places: nothing can rise or fall in it by sorting."""
    keyed = [
        said(value, published="2026-01-24", source_key=f"e{at}", who=each.attributed_to)
        for at, (value, each) in enumerate(zip(range(40, 0, -1), figures, strict=False))
    ]
    assert sequence(*keyed)["value"].tolist() == [each.value for each in keyed]


# Words


def test_an_alt_text_says_from_where_to_where_only_of_hours_that_are_told():
    untold = alt(sequence(said(15), said(10, who=GOVERNOR)))
    assert "The highest is 15 people (24 January 2026, Kharkiv, killed; " in untold
    assert "The least is 10 people (24 January 2026, Kharkiv, killed; " in untold
    assert "2 statements tell no hour" in untold and "line" not in untold
    told = alt(sequence(said(15, "06:00"), said(10, "09:00", who=GOVERNOR)))
    assert "The line begins with 15 people (24 January 2026, 06:00" in told
    assert "no hour" not in told
    assert "2 повідомлення не називають години" in alt(sequence(said(15), said(10)), UK)


def test_a_subtitle_speaks_of_a_line_only_where_there_can_be_one():
    assert (
        titles.over_time(sequence(said(5), said(6)), EN) == "no hour told, in the order published"
    )
    assert titles.over_time(sequence(said(5, "06:00"), said(6)), EN) == (
        "at the hour told, else in the order published; the line follows the body responsible"
    )


def test_an_alt_text_of_one_days_marks_names_no_first_and_no_last():
    rows = ranked(figure(value=6000.0), figure(value=3300.0, status="without"))
    told = captions.describe(rows, EN, "Kyiv")
    assert "The highest is 6,000 buildings (24 January 2026, Kyiv, lost heating; " in told
    assert "The least is 3,300 buildings (24 January 2026, Kyiv, without heating; " in told
    assert "begins" not in told and "ends" not in told


# The time line of a conflict


def conflict(*figures):
    rows = ranked(*figures).assign(
        rank=lambda each: each["rank_responsible"], why="", conflict=lambda each: each["claim"]
    )
    (only,) = conflicts_of(rows)
    return only


def line_of(only, words=EN):
    rows = only.time_line
    caption = conflict_captions.caption(only, words, None, logarithmic=far_apart(rows))
    return statements_over_time(rows, caption, words, "light")


def test_a_conflicts_statement_without_an_hour_stands_in_the_band_and_on_no_line():
    chart = line_of(
        conflict(said(11, "03:15"), said(15, "06:00"), said(10), said(19, who=GOVERNOR))
    )
    (band,) = chart.layout.shapes
    where = {
        y: x
        for trace in chart.data
        if trace.customdata is not None
        for x, y in zip(trace.x, trace.y, strict=True)
    }
    assert {y for y, x in where.items() if x > band.x0} == {10, 19}
    (line,) = (trace for trace in chart.data if trace.mode == "lines")
    assert list(line.y) == [11, 15]
    texts = " ".join(each.text for each in chart.layout.annotations).replace("<br>", " ")
    assert "no hour told" in texts and "12:00" not in texts and "usual hour" not in texts


def test_a_conflicts_part_of_the_day_is_drawn_as_long_as_it_is():
    chart = line_of(conflict(said(11, "03:00"), said(15, moment="morning", who=GOVERNOR)))
    assert not chart.layout.shapes
    (across,) = (trace for trace in chart.data if trace.mode == "lines")
    low, high, _ = across.x
    hour = (high - low) / 6
    clock = next(x for t in chart.data if t.customdata is not None
                 for x, y in zip(t.x, t.y, strict=True) if y == 11)  # fmt: skip
    assert low - clock == pytest.approx(3 * hour)
