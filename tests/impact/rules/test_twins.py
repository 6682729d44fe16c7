"""Twins: the same count told as lost and as still without is one fact, and no row of it is lost."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact import queries
from impact.brief import content
from impact.charts import outage_panel
from impact.model import language
from impact.model.places import PLACES
from impact.queries import conflicts
from impact.rules import twins
from impact.views import View, draw
from impact.wording import captions
from tests.combining import examples
from tests.made import KYIV, MAYOR, MINISTER, figure, ranked

EN, UK = language.words("en"), language.words("uk")
DAY = date(2026, 1, 24)
PAGE = "https://example.org/page"


def lost(value: float = 3_300, **changes):
    return figure(value=value, **changes)


def without(value: float = 3_300, **changes):
    return figure(value=value, **({"status": "without", "publisher": "Ukrinform"} | changes))


def told(*figures) -> dict[str, str]:
    """Status -> the other status under which a figure's fact is told."""
    return ranked(*figures).set_index("status")["also_told"].to_dict()


def shown(*figures) -> list[tuple]:
    """The leading claims, each fact once: status, value, the other word."""
    rows = twins.once(ranked(*figures)[lambda rows: rows["rank_responsible"] == 0])
    return sorted(zip(rows["status"], rows["value"], rows["also_told"], strict=True))


TWINS = {"lost": "without", "without": "lost"}
APART = {"lost": "", "without": ""}


@pytest.mark.parametrize(
    "one, other",
    [
        (lost(url=PAGE), without(url=PAGE)),
        (lost(attributed_to=MAYOR), without(attributed_to=MAYOR)),
        (lost(attributed_to=MAYOR), without(attributed_to="Klitschko (mayor)", bound="about")),
        (lost(attributed_to=MAYOR), without(attributed_to=MAYOR, moment="evening")),
        (lost(3_200, value_high=3_300, url=PAGE), without(3_200, value_high=3_300, url=PAGE)),
    ],
)
def test_one_count_of_one_page_or_one_speaker_is_one_fact(one, other):
    assert told(one, other) == TWINS
    assert shown(one, other) == [("lost", one.value, "without")]


@pytest.mark.parametrize(
    "one, other",
    [
        (lost(5_635, attributed_to=MAYOR, url=PAGE), without(4_000, attributed_to=MAYOR, url=PAGE)),
        (lost(attributed_to=MAYOR), without(attributed_to=MINISTER)),
        (lost(), without()),
        (lost(url=PAGE), without(url=PAGE, date="2026-01-25")),
        (lost(url=PAGE), without(url=PAGE, unit="households")),
        (lost(url=PAGE), without(url=PAGE, part="schools")),
        (lost(url=PAGE), without(url=PAGE, value_high=4_000)),
        (lost(url=PAGE, bound="at_least"), without(url=PAGE, bound="at_most")),
        (
            lost(attributed_to=MAYOR, moment="morning"),
            without(attributed_to=MAYOR, moment="evening"),
        ),
        (lost(url=PAGE), without(url=PAGE, dubious=True)),
    ],
)
def test_other_counts_days_units_speakers_and_hours_are_two_facts(one, other):
    assert set(ranked(one, other)["also_told"]) == {""}
    assert set(ranked(one, other)["fact"]) == {""}


CLAIMS = st.lists(
    st.builds(
        figure,
        value=st.sampled_from([3_300, 4_000]),
        status=st.sampled_from(["lost", "without", "restored"]),
        attributed_to=st.sampled_from([MAYOR, MINISTER, ""]),
        url=st.sampled_from([PAGE, "https://example.org/other", ""]),
        moment=st.sampled_from(["", "morning", "evening"]),
        publisher=st.sampled_from(["UNN", "Ukrinform"]),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda each: each.figure_id,
)


@examples(6)
@given(CLAIMS)
def test_a_fact_is_one_count_told_under_both_statuses(figures):
    rows = ranked(*figures)
    for fact, some in rows[rows["fact"] != ""].groupby("fact"):
        assert set(some["status"]) == set(twins.STATUSES) and some["value"].nunique() == 1
        assert (some["also_told"] != some["status"]).all() and fact in set(some["figure_id"])
    apart = rows[rows["fact"] == ""]
    assert set(apart["also_told"]) <= {""}


@examples(6)
@given(CLAIMS)
def test_each_fact_is_shown_once_and_no_number_is_lost(figures):
    rows = ranked(*figures)
    once = twins.once(rows)
    gone = rows[~rows["figure_id"].isin(once["figure_id"])]
    assert set(gone["status"]) <= {"without"}
    assert set(gone["fact"]) <= set(once["fact"])
    assert set(once["value"]) == set(rows["value"])
    assert twins.once(once)["figure_id"].tolist() == once["figure_id"].tolist()
    reversed_ = twins.once(rows.iloc[::-1])
    assert sorted(reversed_["figure_id"]) == sorted(once["figure_id"])


def test_what_others_said_of_either_stands_beside_the_one():
    rows = twins.once(
        ranked(
            lost(attributed_to=MAYOR), without(attributed_to=MAYOR),
            lost(3_500, publisher="Suspilne"), without(2_900, publisher="Suspilne"),
        )[lambda each: each["rank_responsible"] == 0]
    )  # fmt: skip
    (row,) = rows.to_dict("records")
    assert (row["rivals_low"], row["rivals_high"]) == (2_900, 3_500)
    assert row["twin"].split("|")[4] == "without"


# Wherever it is shown


def test_both_words_are_said():
    (row,) = twins.once(ranked(lost(url=PAGE), without(url=PAGE))).to_dict("records")
    assert captions.what(row, EN) == "lost heating, also told as without heating"
    assert "також" in captions.what(row, UK)


def test_a_chart_draws_one_bar_and_its_key_says_both():
    rows = twins.once(ranked(lost(url=PAGE), without(url=PAGE)))
    panel = outage_panel(rows, rows.head(0), "heating_loss", EN, "light")
    bars = [trace for trace in panel.traces if trace.type == "bar"]
    assert [list(bar.y) for bar in bars] == [[3_300]]
    assert [key.label for key in panel.keys] == ["lost heating, also told as without heating"]


def test_both_rows_stay_in_data_and_in_the_evidence(shown):
    reader = shown(lost(url=PAGE), without(url=PAGE))
    assert reader.count() == 2
    rows = queries.evidence(reader, ranked(lost(url=PAGE))["claim"].iat[0])
    both = queries.of_facts(reader, set(rows["fact"]))
    assert sorted(both["status"]) == ["lost", "without"]


@pytest.mark.parametrize("kind", ["bars", "table", "multiples"])
def test_a_picture_tells_it_once_and_its_table_has_both(shown, kind):
    reader = shown(lost(url=PAGE), without(url=PAGE), lost(900, date="2026-01-20"))
    view = View(indicator="heating_loss", kind=kind, places=(KYIV,), first=DAY, last=DAY)
    picture = draw(view, reader)
    assert len(picture.shown) == 1 and len(picture.rows) == 2
    assert "also told as without heating" in picture.caption.alt


def test_a_picture_of_one_status_says_that_it_is_told_as_the_other_too(shown):
    reader = shown(lost(url=PAGE), without(url=PAGE))
    view = View(indicator="heating_loss", kind="line", places=(KYIV,), first=DAY, last=DAY)
    picture = draw(view, reader)
    assert "without heating, also told as lost heating" in picture.caption.alt


def test_a_brief_tells_it_once(shown):
    reader = shown(lost(url=PAGE), without(url=PAGE))
    brief = content.gather(reader, PLACES[KYIV], (DAY, DAY))
    (heat,) = (each for each in brief.headlines if each.card.indicator == "heating_loss")
    assert len(heat.card.behind) == 1
    assert heat.card.also == () and heat.card.latest is None


def test_a_conflict_tells_it_once(shown):
    article = figure(value=320_000, publisher="Northern Courier")
    reader = shown(article, lost(attributed_to=MAYOR), without(attributed_to=MAYOR),
                   lost(3_200, attributed_to=MINISTER))  # fmt: skip
    (only,) = conflicts.conflicts(reader, DAY, DAY)
    assert sorted(each.low for each in only.statements) == [3_200, 3_300, 320_000]
    assert len(only.figures) == 4


def test_the_same_conflict_under_the_other_status_is_no_second_one(shown):
    reader = shown(
        lost(attributed_to=MAYOR), without(attributed_to=MAYOR),
        lost(3_200, attributed_to=MINISTER), without(3_200, attributed_to=MINISTER),
    )  # fmt: skip
    (only,) = conflicts.conflicts(reader, DAY, DAY)
    assert only.row["status"] == "lost"


# The shipped table


def test_the_twins_of_the_shipped_table_are_found_and_drawn_once(shipped):
    rows = queries.leads(
        shipped, ["heating_loss", "power_outage"], date(2025, 10, 1), date(2026, 3, 31)
    )
    again = twins.once(rows)
    drawn = again[again["twin"] != ""]
    found = set(zip(drawn["place"], drawn["date"], drawn["value"], strict=True))
    assert (KYIV, "2026-01-09", 6_000) in found and ("UA51", "2025-12-04", 51_800) in found
    assert len(rows) - len(again) == len(drawn) == 16
    kyiv = again[(again["place"] == KYIV) & (again["date"] == "2026-01-20")]
    assert {5_635, 4_000} & set(pd.to_numeric(kyiv["value"])) and set(kyiv["twin"]) == {""}
