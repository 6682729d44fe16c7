"""Conflicts: which differences are found, what kind they are, and which comes first."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from impact import queries
from impact.charts import callouts, far_apart, statements_over_time
from impact.charts.callouts import Label
from impact.model import language
from impact.queries import conflicts
from impact.queries.conflicts import DEVELOPMENT, DISAGREEMENT, DOUBT, KINDS, Conflict
from impact.store import snapshot, snapshot_files
from impact.store.backup import backup, restore
from impact.store.ledger import ANSWER, NOTE, NOTE_BACK, WITHDRAW, Ledger
from impact.store.reader import Reader
from impact.wording import conflict_captions
from tests.combining import examples
from tests.made import (
    ARTICLE,
    BILA_TSERKVA,
    KHARKIV,
    KYIV,
    MAYOR,
    MINISTER,
    built,
    figure,
    offer,
    shown,
    toll,
)

pytestmark = pytest.mark.slow

EN, UK = language.words("en"), language.words("uk")
WINTER = (date(2025, 10, 1), date(2026, 3, 31))
GOVERNOR, TEREKHOV = "Syniehubov (governor)", "Terekhov (mayor)"
LOST = "heating_loss|UA80|2026-01-24|buildings|lost|all||day|strike"


def found(*figures, **filters) -> list[Conflict]:
    """The conflicts of a store that holds the figures."""
    with shown(*figures) as reader:
        return conflicts.conflicts(reader, *WINTER, **filters)


def kinds(*figures) -> tuple[str, ...]:
    (only,) = found(*figures)
    return only.kinds


@pytest.fixture(scope="module")
def winter(shipped_store, tmp_path_factory) -> Reader:
    """The shipped tables and the article of 24 January that nobody else bears out."""
    folder = shutil.copytree(shipped_store, tmp_path_factory.mktemp("winter") / "store")
    offer(Ledger(folder), ARTICLE, name="article")
    snapshot.publish(Ledger(folder))
    return Reader(folder)


# The example that the product is about


def test_the_320_000_buildings_of_24_january_come_first_beside_what_the_mayor_said(winter):
    first = conflicts.conflicts(winter, *WINTER)[0]
    assert (first.claim, first.kinds) == (LOST, (DOUBT,))
    mayor = {
        (each.row["moment"], each.low)
        for each in first.statements
        if each.source == "kyiv_mayor" and each.timed
    }
    assert mayor == {("morning", 6_000), ("evening", 3_300)}
    assert conflict_captions.name(first, EN) == (
        "Kyiv, 24 January 2026: 3,200–320,000 buildings, lost heating / without heating"
    )
    assert conflict_captions.leading(first, EN) == "about 6,000, Vitali Klitschko, mayor of Kyiv"
    assert conflict_captions.farthest(first, EN) == (
        "Farthest apart: about 6,000 (Vitali Klitschko, mayor of Kyiv) and 320,000 "
        "(Northern Courier, no speaker named), 53.3 to 1."
    )


def test_real_conflicts_are_ranked_with_counts_that_only_moved_on_last(winter):
    every = conflicts.conflicts(winter, *WINTER)
    assert len(every) > 90
    alone = [each.kinds == (DEVELOPMENT,) for each in every]
    assert alone == sorted(alone) and any(alone) and not all(alone)
    for some in (every[: alone.index(True)], every[alone.index(True) :]):
        assert [each.score for each in some] == sorted((each.score for each in some), reverse=True)
    assert {each.row["indicator"] for each in every[:10]} == {"heating_loss", "killed", "injured"}
    assert "temperature" not in {each.row["indicator"] for each in every}


def test_real_conflicts_can_be_told_in_both_languages(winter):
    every = conflicts.conflicts(winter, *WINTER)[::7]
    for words in (EN, UK):
        assert len(conflict_captions.table(every, words)) == len(every)
        for each in every:
            rows = each.time_line
            caption = conflict_captions.caption(each, words, None, logarithmic=far_apart(rows))
            assert statements_over_time(rows, caption, words, "light").data
            assert caption.alt.startswith(caption.title)


def test_filters_narrow_the_list(winter):
    january = (date(2026, 1, 24), date(2026, 1, 24))
    heat = conflicts.conflicts(winter, *january, indicators=["heating_loss"], places=[KYIV])
    assert [each.claim.split("|")[4] for each in heat] == ["lost", "without"]
    assert conflicts.conflicts(winter, *january, indicators=["killed"], places=[KYIV]) == []
    assert conflicts.conflicts(winter, date(2021, 1, 1), date(2021, 1, 31)) == []


# What is a conflict


def test_statements_that_agree_are_no_conflict():
    assert found(figure(value=500, attributed_to=MAYOR), figure(value=500, bound="about")) == []


def test_other_things_are_no_conflict():
    assert found(figure(value=500), figure(value=900, status="without")) == []
    assert found(figure(value=500), figure(value=900, unit="households")) == []
    assert found(figure(value=500), figure(value=900, cause="weather")) == []
    assert found(figure(value=500, period="cumulative"), figure(value=9, period="cumulative")) == []


def test_an_empty_store_has_no_conflict(tmp_path):
    assert conflicts.conflicts(Reader(tmp_path), *WINTER) == []


def test_an_unknown_rule_is_refused(tmp_path):
    with pytest.raises(LookupError):
        conflicts.conflicts(Reader(tmp_path), *WINTER, rule="loudest")


def test_reports_that_name_no_speaker_and_say_the_same_are_told_once():
    (only,) = found(
        figure(value=500, publisher="UNN"),
        figure(value=500, publisher="Ukrinform"),
        figure(value=800, attributed_to=MAYOR),
    )
    assert len(only.statements) == 3
    assert [len(said) for said in only.told] == [1, 2]
    assert only.told[0][0].leads


# Disagreement, development, doubt


def test_two_bodies_with_different_numbers_for_one_time_disagree():
    assert kinds(
        figure(value=500, attributed_to=MAYOR, moment="evening"),
        figure(value=700, attributed_to=MINISTER, moment="evening"),
    ) == (DISAGREEMENT,)


def test_one_body_that_changes_its_number_moves_on():
    assert kinds(
        toll(1, attributed_to=GOVERNOR, moment="morning"),
        toll(5, attributed_to=GOVERNOR, moment="evening"),
    ) == (DEVELOPMENT,)


def test_two_bodies_at_different_times_of_a_day_move_on():
    assert kinds(
        figure(value=700, attributed_to=MINISTER, as_of="2026-01-24T08:00"),
        figure(value=500, attributed_to=MAYOR, as_of="2026-01-24T20:00"),
    ) == (DEVELOPMENT,)


def test_bodies_that_come_to_agree_do_not_disagree_whatever_they_said_before():
    assert kinds(
        toll(1, attributed_to=GOVERNOR, moment="morning"),
        toll(2, attributed_to=TEREKHOV, moment="morning"),
        toll(5, attributed_to=GOVERNOR, moment="evening"),
        toll(5, attributed_to=TEREKHOV, moment="evening"),
    ) == (DEVELOPMENT,)


def test_where_no_hour_is_named_the_page_says_that_time_may_explain_it():
    def untimed(**when) -> bool:
        (only,) = found(
            figure(value=500, attributed_to=MAYOR, moment="evening"),
            figure(value=700, attributed_to=MINISTER, **when),
        )
        assert only.kinds == (DISAGREEMENT,)
        return only.untimed

    assert untimed()
    assert not untimed(moment="evening")
    assert not untimed(as_of="2026-01-24T20:30")


def test_a_figure_in_doubt_is_set_beside_the_sound_ones_of_every_status():
    (first,) = found(
        ARTICLE, figure(value=3_300, status="without", attributed_to=MAYOR, moment="evening")
    )
    assert first.kinds == (DOUBT,)
    assert {(each.low, each.doubted) for each in first.statements} == {
        (320_000, True), (3_300, False)
    }  # fmt: skip
    assert first.lead is None
    assert conflict_captions.leading(first, EN) == "none: every one is in doubt"


def test_an_answered_doubt_is_a_disagreement(ledger):
    offer(ledger, ARTICLE, figure(value=6_000, attributed_to=MAYOR))
    ledger.decide(ARTICLE.figure_id, ANSWER, "Olha", "checked", {"rule": "ten_times_rivals"})
    snapshot.publish(ledger)
    (only,) = conflicts.conflicts(Reader(ledger.folder), *WINTER)
    assert only.kinds == (DISAGREEMENT,)


# The rank


def test_the_farther_apart_and_the_graver_comes_first():
    def order(*figures) -> list[str]:
        return [each.row["place"] for each in found(*figures)]

    at = {"attributed_to": GOVERNOR}
    assert order(
        toll(10), toll(20, **at), toll(10, place=KYIV), toll(40, **at, place=KYIV)
    ) == [KYIV, KHARKIV]  # fmt: skip
    assert order(
        toll(10), toll(20, **at),
        toll(10, place=KYIV, indicator="injured"), toll(20, place=KYIV, indicator="injured", **at),
    ) == [KHARKIV, KYIV]  # fmt: skip
    assert order(
        figure(value=500), figure(value=1_000, **at),
        figure(value=50, place=KHARKIV), figure(value=100, place=KHARKIV, **at),
    ) == [KYIV, KHARKIV]  # fmt: skip


said = st.builds(
    toll,
    st.integers(0, 60).map(float),
    indicator=st.sampled_from(["killed", "injured"]),
    attributed_to=st.sampled_from(["", GOVERNOR, TEREKHOV]),
    moment=st.sampled_from(["", "morning", "evening"]),
    publisher=st.sampled_from(["UNN", "Ukrinform"]),
    dubious=st.booleans(),
)


def ranked(figures) -> list[Conflict]:
    """The conflicts of figures, without a store."""
    rows = built(*figures)["figures"]
    rows = rows.assign(
        conflict=rows["claim"], rank=rows["rank_responsible"], why=rows["why_responsible"]
    )
    return conflicts.ranked(rows.sort_values(["claim", "rank"]))


@examples(5, 15)
@given(st.lists(said, min_size=2, max_size=7, unique_by=lambda each: (each.indicator, each.value)))
def test_nothing_is_lost_and_no_order_matters(figures):
    assume(Counter(each.indicator for each in figures).most_common()[-1][1] > 1)
    one, other = ranked(figures), ranked(figures[::-1])
    assert [(each.claim, each.score, each.kinds) for each in one] == [
        (each.claim, each.score, each.kinds) for each in other
    ]
    for each in one:
        same = {every.figure_id for every in figures if every.indicator == each.row["indicator"]}
        assert set(each.figures["figure_id"]) == same
        assert sorted(id(one) for told in each.told for one in told) == sorted(
            map(id, each.statements)
        )
        assert each.kinds and set(each.kinds) <= set(KINDS)
        assert each.score >= 0 and each.low <= each.pair[0].low and each.pair[1].high <= each.high


@examples(5, 15)
@given(
    st.lists(said, min_size=2, max_size=9), st.integers(1, 4), st.sets(st.sampled_from([*KINDS]))
)
def test_the_gravest_are_the_first_of_all_and_the_others_are_counted(figures, most, kinds):
    moved = [each for number, each in enumerate(figures) if number % 2]
    figures = [
        *(replace(each, place=place) for each in figures for place in (KYIV, KHARKIV)),
        *(replace(each, place=BILA_TSERKVA, value=each.value * 7) for each in moved),
    ]
    with shown(*figures) as reader:
        every = conflicts.conflicts(reader, *WINTER)
        asked = [each for each in every if kinds & set(each.kinds)]
        found = conflicts.gravest(reader, *WINTER, most, kinds=kinds)
    assert [each.claim for each in found.some] == [each.claim for each in asked[:most]]
    assert len(found.some) + found.other_kinds + found.less_grave == len(every)
    assert found.worked_out <= len(every)
    assert found.all_worked_out == (found.worked_out == len(every))


@pytest.mark.parametrize(
    ("worked_out", "told"),
    [
        (1000, "120 differences of other kinds are not shown: choose their kind under “More”."),
        (
            640,
            "120 differences of other kinds are not shown: choose their kind under “More”. Counted "
            "among the 640 gravest differences alone: others were not sorted by kind.",
        ),
    ],
)
def test_differences_of_other_kinds_are_said_to_be_counted_among_those_worked_out(worked_out, told):
    some = [None] * 300
    gravest = conflicts.Gravest(some, other_kinds=120, less_grave=580, worked_out=worked_out)
    assert gravest.all_worked_out == (worked_out == 1000)
    besides = conflict_captions.besides(gravest, language.words("en"))
    assert besides[0].startswith("580 less grave differences are not listed")
    assert besides[1] == told


# The time line


def line(*figures):
    (only,) = found(*figures)
    caption = conflict_captions.caption(only, EN, None, logarithmic=far_apart(only.time_line))
    return statements_over_time(only.time_line, caption, EN, "light")


def texts(picture) -> str:
    return " ".join(each.text for each in picture.layout.annotations)


def test_a_figure_in_doubt_is_hollow_and_struck_through_and_says_so():
    picture = line(ARTICLE, figure(value=6_000, attributed_to=MAYOR, verification="confirmed"))
    (slashes,) = (t for t in picture.data if t.marker.symbol == "line-ne-open")
    assert list(slashes.y) == [320_000]
    symbols = {
        y: symbol
        for trace in picture.data
        if trace.customdata is not None
        for y, symbol in zip(trace.y, trace.marker.symbol, strict=True)
    }
    assert symbols == {320_000: "circle-open", 6_000: "circle"}
    assert "320,000 · in doubt" in texts(picture)
    assert "<b>6,000</b><br><b>leading claim</b><br>Vitali Klitschko, mayor of Kyiv" in texts(
        picture
    )


def test_the_axis_is_logarithmic_only_where_a_linear_one_would_hide_and_says_so():
    far = line(ARTICLE, figure(value=6_000, attributed_to=MAYOR))
    assert far.layout.yaxis.type == "log"
    assert "logarithmic scale" in texts(far).replace("<br>", " ")
    near = line(toll(4), toll(9, attributed_to=GOVERNOR))
    assert near.layout.yaxis.type is None and near.layout.yaxis.range[0] == 0
    assert "logarithmic" not in texts(near)
    none = line(toll(0), toll(90, attributed_to=GOVERNOR))
    assert none.layout.yaxis.type is None


def test_the_picture_carries_source_status_and_id_of_the_leading_claim():
    lead = figure(value=6_000, attributed_to=MAYOR)
    inside = texts(line(ARTICLE, lead)).replace("<br>", " ")
    assert "Source: Vitali Klitschko, mayor of Kyiv via UNN, 24 January 2026" in inside
    assert lead.figure_id in inside and "Status: " in inside


PLACES = st.tuples(st.floats(0, 292), st.floats(0, 330))


@given(st.lists(PLACES, min_size=1, max_size=14, unique=True))
def test_labels_never_meet_nor_leave_the_plot_of_a_phone(places):
    wanted = [Label(x, y, (x, y), ["about 6,000", "Vitali Klitschko, mayor of Kyiv"])
              for x, y in places]  # fmt: skip
    boxes = [box(each) for each in callouts.placed(wanted, places, (292, 330), "light")]
    assert boxes
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left > -20 and right < 312 and top > -13 and bottom < 331
        for other in boxes[number + 1 :]:
            assert (
                right <= other[0] + 0.01 or other[2] <= left + 0.01
                or bottom <= other[1] + 0.01 or other[3] <= top + 0.01
            )  # fmt: skip


def box(note: dict) -> tuple[float, float, float, float]:
    """Where an annotation stands, as the browser would draw it on a phone."""
    across = note["ax"] if note["showarrow"] else note["xshift"]
    down = note["ay"] if note["showarrow"] else -note["yshift"]
    x, y = note["x"] + across, note["y"] + down
    lines = note["text"].split("<br>")
    width, height = max(map(len, lines)) * callouts.LETTER, len(lines) * 11 * 1.3
    left = {"left": x, "right": x - width, "center": x - width / 2}[note["xanchor"]]
    top = y - height if note["yanchor"] == "bottom" else y
    return left, top, left + width, top + height


# Notes


def noted(ledger: Ledger, figure_id: str) -> list[str]:
    snapshot.publish(ledger)
    return queries.notes(Reader(ledger.folder), [figure_id])["reason"].tolist()


def test_a_note_stands_beside_its_figure_and_changes_no_order(ledger):
    mayor, article = figure(value=6_000, attributed_to=MAYOR), ARTICLE
    offer(ledger, mayor, article)
    before = snapshot.publish(ledger)
    order = Reader(ledger.folder).query("SELECT figure_id, rank_responsible FROM figures")
    ledger.decide(article.figure_id, NOTE, "Olha", "the operator confirmed it by phone")
    assert noted(ledger, article.figure_id) == ["the operator confirmed it by phone"]
    assert noted(ledger, mayor.figure_id) == []
    assert snapshot_files.current(ledger.folder) != before
    after = Reader(ledger.folder).query("SELECT figure_id, rank_responsible FROM figures")
    assert after.equals(order)
    assert len(ledger.accepted()) == 2 and ledger.state().corrections.empty


def test_a_note_can_be_taken_back_and_stays_in_the_ledger(ledger):
    offer(ledger, ARTICLE)
    first = ledger.decide(ARTICLE.figure_id, NOTE, "Olha", "one")
    ledger.decide(ARTICLE.figure_id, NOTE, "Petro", "two")
    ledger.decide(ARTICLE.figure_id, NOTE_BACK, "Olha", "a slip", {"note": first})
    assert noted(ledger, ARTICLE.figure_id) == ["two"]
    assert set(ledger.table("decisions")["reason"]) >= {"one", "two", "a slip"}
    assert ledger.check() == snapshot.check(ledger) == []


def test_a_note_does_not_stand_for_a_verdict(ledger):
    offer(ledger, ARTICLE)
    ledger.decide(ARTICLE.figure_id, WITHDRAW, "Olha", "taken down")
    ledger.decide(ARTICLE.figure_id, NOTE, "Olha", "it was true all the same")
    assert ledger.accepted().empty


def test_a_note_without_reason_or_figure_is_refused(ledger):
    offer(ledger, ARTICLE)
    with pytest.raises(ValueError):
        ledger.decide(ARTICLE.figure_id, NOTE, "Olha", " ")
    with pytest.raises(LookupError):
        ledger.decide("F-NOWHERE", NOTE, "Olha", "why not")


def test_notes_come_back_from_a_backup_in_the_same_snapshot(ledger, tmp_path):
    offer(ledger, ARTICLE)
    ledger.decide(ARTICLE.figure_id, NOTE, "Olha", "called the operator")
    name = snapshot.publish(ledger)
    backup(ledger, tmp_path / "store.tar.gz")
    again = Ledger(tmp_path / "again")
    restore(again, tmp_path / "store.tar.gz")
    assert noted(again, ARTICLE.figure_id) == ["called the operator"]
    assert snapshot_files.current(again.folder) == name
