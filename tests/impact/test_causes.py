"""Causes: strike, several, unknown and untold are one claim about one thing; others stay apart."""

import shutil
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reports.intake import read_upload
from etl.reports.reader import read
from impact import queries
from impact.model import language
from impact.model.figure import CAUSE_CLASSES, CAUSES, CLASS_OF_CAUSE, NAMES, Figure
from impact.model.places import PLACES
from impact.queries import conflicts, review_order
from impact.rules import headline, plausibility
from impact.store import inbox, settling, snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from impact.wording.captions import cause
from tests.combining import examples
from tests.made import GOVERNOR, KYIV, MAYOR, MINISTER, figure, ranked, toll

REPORT = Path(__file__).parent / "material" / "cause_kept_apart.txt"
STRIKES = ("strike", "mixed", "unknown", "")
OTHERS = ("weather", "planned", "other")
DAY = date(2026, 1, 24)
TWO_OF_ONE_CLASS = pytest.mark.parametrize("causes", [*combinations(STRIKES, 2)], ids=str)
TWO_CLASSES = pytest.mark.parametrize(
    "causes", [*((one, other) for one in STRIKES for other in OTHERS), *combinations(OTHERS, 2)],
    ids=str,
)  # fmt: skip


def test_every_cause_has_one_class():
    assert sorted(each for several in CAUSE_CLASSES.values() for each in several) == sorted(CAUSES)
    assert {CLASS_OF_CAUSE[each] for each in STRIKES} == {"strike"}
    assert len({CLASS_OF_CAUSE[each] for each in OTHERS} | {"strike"}) == 4


@TWO_OF_ONE_CLASS
def test_causes_of_one_class_make_rivals(causes):
    frame = ranked(*(figure(value=value, cause=each)
                     for value, each in zip((500.0, 700.0), causes, strict=True)))  # fmt: skip
    assert frame["claim"].nunique() == 1 and frame["claim_scale"].nunique() == 1
    assert sorted(frame["rank_responsible"]) == [0, 1]
    assert frame["rivals"].tolist() == [1, 1]
    assert set(frame["cause"]) == set(causes)  # each keeps its own


@TWO_CLASSES
def test_causes_of_two_classes_do_not(causes):
    frame = ranked(*(figure(value=value, cause=each)
                     for value, each in zip((500.0, 700.0), causes, strict=True)))  # fmt: skip
    assert frame["claim"].nunique() == 2 and frame["rivals"].tolist() == [0, 0]


@TWO_OF_ONE_CLASS
def test_one_of_them_is_drawn_the_other_beside_it_and_both_are_a_conflict(shown, causes):
    # The untold one is the mayor's latest word: it leads whatever its cause is.
    lead = figure(value=700.0, cause=causes[1], attributed_to=MAYOR, as_of="2026-01-24T18:00")
    beside = figure(value=500.0, cause=causes[0], attributed_to=MINISTER)
    reader = shown(lead, beside)
    drawn = queries.leads(reader, ["heating_loss"], DAY, DAY)
    assert drawn["value"].tolist() == [700]
    assert queries.rivals(reader, drawn["claim"])["value"].tolist() == [500]
    assert queries.evidence(reader, drawn["claim"][0])["value"].tolist() == [700, 500]
    (conflict,) = conflicts.conflicts(reader, DAY, DAY)
    assert (conflict.low, conflict.high) == (500, 700)
    totals = queries.area_totals(
        reader, "heating_loss", [PLACES[KYIV]], DAY, unit="buildings", status="lost"
    )
    assert totals["value"].tolist() == [700]


@TWO_OF_ONE_CLASS
def test_what_makes_a_figure_doubtful_does_not_ask_for_its_cause(causes):
    whole, children = causes
    frame = ranked(toll(2.0, cause=whole), toll(3.0, people="children", cause=children))
    assert frame.loc[frame["people"] == "children", "doubted"].tolist() == [True]
    frame = settling.describe(frame[["figure_id", *NAMES]])
    assert {"children_above_total"} == {each.rule for each in plausibility.doubts(frame)}


@TWO_OF_ONE_CLASS
def test_a_reviewer_sees_what_others_said_whatever_its_cause(ledger, publish, causes):
    publish(
        figure(value=500.0, cause=causes[0], attributed_to=MAYOR),
        figure(value=450.0, cause=causes[0], date="2026-01-23", published="2026-01-23"),
    )
    words = "700 buildings"
    said = figure(value=700.0, cause=causes[1], quote=words, start=0, end=len(words))
    upload, _ = inbox.receive(ledger, b"report", "report.txt", "Olena")
    part = inbox.Part(name="report.txt", figures=(said,))
    inbox.record(ledger, upload, [part])
    proposed = inbox.proposed(ledger, inbox.document_id(upload, part))
    (question,) = review_order.questions(Reader(ledger.folder), proposed)
    assert [row["value"] for row in question.rivals] == [500]
    assert [row["value"] for row in question.before] == [450]


def test_a_toll_over_time_leaves_out_accidents(shown):
    day = {"attributed_to": GOVERNOR}
    reader = shown(*(toll(value, cause=each, **day)
                       for value, each in ((3.0, "strike"), (4.0, ""), (5.0, "unknown"),
                                           (90.0, "other"))))  # fmt: skip
    said = queries.tolls(reader, "killed", "UA6312027001", DAY)
    assert sorted(said["value"]) == [3, 4, 5]
    assert queries.revised(reader, PLACES, DAY, DAY)["highest"].tolist() == [5]


@pytest.mark.parametrize("named", STRIKES)
def test_a_link_made_before_opens_the_same_evidence(shown, named):
    reader = shown(figure(value=500.0, cause="strike"), figure(value=700.0, cause="unknown"))
    link = f"heating_loss|UA80|2026-01-24|buildings|lost|all||day|{named}"
    assert sorted(queries.evidence(reader, link)["value"]) == [500, 700]


@pytest.mark.parametrize("named", ["", "killed", "a|b|fire", "|strike", "a|weather", "a|b|"])
def test_what_is_no_claim_names_none_and_breaks_nothing(shown, named):
    assert queries.evidence(shown(figure()), named).empty


SAID = st.builds(
    figure,
    value=st.sampled_from([500.0, 700.0]),
    attributed_to=st.sampled_from(["", MAYOR, MINISTER]),
    publisher=st.sampled_from(["UNN", "LIGA", "Meduza"]),
    bound=st.sampled_from(["exact", "about", "at_least"]),
    as_of=st.sampled_from(["", "2026-01-24T09:00"]),
)


def _order(figures: list[Figure]) -> dict[str, list[tuple]]:
    """By each rule the claims in their order, without their causes and ids."""
    frame = ranked(*figures)
    kept = [name for name in NAMES if name != "cause"]
    return {
        rule: frame.sort_values(f"rank_{rule}")[kept].astype(str).apply(tuple, axis=1).tolist()
        for rule in headline.RULES
    }


@examples(5)
@given(
    st.lists(SAID, min_size=2, max_size=5, unique_by=lambda each: each.figure_id),
    st.lists(st.sampled_from(STRIKES), min_size=5, max_size=5),
)
def test_a_guessed_cause_moves_no_claim(figures, guessed):
    names = [name for name in NAMES if name != "cause"]
    again = [
        Figure(**{name: getattr(each, name) for name in names}, cause=cause)
        for each, cause in zip(figures, guessed, strict=False)
    ]
    assert _order(again) == _order(figures)


@pytest.mark.parametrize("lang", language.languages())
def test_a_claim_says_its_cause_where_it_is_not_simply_a_strike(lang):
    words = language.words(lang)
    told = {each: cause({"indicator": "heating_loss", "cause": each}, words) for each in CAUSES}
    assert told.pop("strike") == "" and all(told.values()) and len(set(told.values())) == len(told)
    assert cause({"indicator": "temperature", "cause": ""}, words) == ""
    assert cause({"indicator": "population", "cause": ""}, words) == ""


def test_an_attack_told_before_is_the_cause():
    (told,) = read(REPORT.read_text(encoding="utf-8"), "2026-01-27").figures
    assert (told.figure.value, told.figure.cause) == (1500, "strike")


def test_a_deputy_mayor_stands_beside_the_president_though_no_cause_was_read(
    shipped_store, tmp_path
):
    ledger = Ledger(shutil.copytree(shipped_store, tmp_path / "store"))
    untold = REPORT.read_bytes().replace(b"Russia attacked Kyiv overnight.\n", b"")
    upload, _ = inbox.receive(ledger, untold, REPORT.name, "Olena", published="2026-01-27")
    (part,) = read_upload(ledger, upload)
    (read,) = part.figures
    assert (read.value, read.cause) == (1500, "unknown")
    ledger.accept(read.figure_id, "Olena", "read")
    snapshot.publish(ledger)
    reader, day = Reader(ledger.folder), date(2026, 1, 27)
    drawn = queries.leads(reader, ["heating_loss"], day, day, places=[KYIV])
    drawn = drawn[(drawn["unit"] == "buildings") & (drawn["status"] == "without")]
    (claim,) = drawn["claim"]
    said = queries.evidence(reader, claim).set_index("value")
    assert {926, 1500} <= set(said.index)
    assert said.loc[1500, "cause"] == "unknown" and said["rivals"].min() > 0
    found = conflicts.conflicts(reader, day, day, places=[KYIV])
    assert claim in {each.claim for each in found}
