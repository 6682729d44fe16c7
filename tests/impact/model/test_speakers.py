"""Who said it: one body however it is spelled, and no role that was not given."""

import csv

import pytest

from impact.model.indicators import INDICATORS
from impact.model.places import find
from impact.model.speakers import DATA, NOBODY, beside, identify, speakers, verification
from tests.made import GOVERNOR, KHARKIV, KHARKIV_OBLAST, KYIV

ONE_BODY = [
    (("Klitschko (mayor)", "Kyiv"), ("mayor", "Kyiv")),
    (("Klitschko (mayor)", "Kyiv"), ("KLITSCHKO (MAYOR)", "Kyiv")),
    (("Terekhov (mayor)", "Kharkiv"), ("mayor", "Kharkiv")),
    (("Terekhov (mayor)", "Kharkiv"), ("city council", "Kharkiv")),
    (("Syniehubov (governor)", "Kharkiv"), ("oblast military administration", "Kharkiv")),
    (("Syniehubov (governor)", "Kharkiv"), ("oblast military administration", "Kharkiv Oblast")),
    (("Hanzha (governor)", "Nikopol"), ("Ganzha (governor)", "Dnipropetrovsk Oblast")),
    (("Hanzha (governor)", "Nikopol"), ("Haivanenko (acting governor)", "Nikopol")),
    (("KCMA", "Kyiv"), ("Tkachenko (KCMA)", "Kyiv")),
    (("Zelensky", "Ukraine"), ("Zelenskiy", "Ukraine")),
    (("OHCHR (Turk)", "Ternopil"), ("HRMMU", "Ternopil")),
    (("Shmyhal (energy minister)", "Ukraine"), ("Ministry of Energy", "Ukraine")),
]


# Offices that the constitution does not know.
NEVER = {"deputy president", "acting president", "deputy deputy prime minister"}


def speaker(attributed_to, place):
    return identify(attributed_to, find(place).pcode)


@pytest.mark.parametrize("one, other", ONE_BODY, ids=str)
def test_spellings_of_one_body_are_one_body(one, other):
    assert speaker(*one).body == speaker(*other).body != ""


def test_the_mayor_of_one_city_is_not_the_mayor_of_another():
    bodies = {speaker("mayor", city).body for city in ("Kyiv", "Kharkiv", "Ternopil")}
    assert len(bodies) == 3


def test_a_mayor_nobody_has_listed_has_no_role_anywhere():
    assert speaker("mayor", "Lutsk").role == ""


def test_the_mayor_and_the_governor_of_one_city_are_two_bodies():
    assert identify("Terekhov (mayor)", KHARKIV).body != identify(GOVERNOR, KHARKIV).body


def test_an_attribution_holds_in_the_oblast_around_the_place():
    in_oblast = identify("prosecutor's office", KHARKIV_OBLAST)
    assert in_oblast.role == "prosecutor"
    assert identify("prosecutor's office", find("Lozova").pcode) == in_oblast


def test_an_unknown_attribution_is_a_speaker_of_its_own_without_a_role():
    unknown = identify("a passer-by", KYIV)
    assert (unknown.body, unknown.role) == ("a passer-by", "")


def test_no_attribution_is_nobody():
    assert identify("", KYIV) is NOBODY


def test_every_attribution_of_the_shipped_tables_resolves(shipped):
    unresolved = shipped.query(
        "SELECT DISTINCT source, attributed_to, place FROM figures "
        "WHERE attributed_to <> '' AND role = '' AND source IN ('curated', 'hrmmu', 'oblast_marks')"
    )
    assert unresolved.to_dict("records") == []


def test_every_spelling_leads_to_a_speaker_with_a_name_in_both_languages():
    with (DATA / "speaker_spellings.csv").open(encoding="utf-8", newline="") as file:
        keys = {row["speaker"] for row in csv.DictReader(file)}
    assert keys <= speakers().keys()
    for each in speakers().values():
        assert each.body and each.role and each.name("en") and each.name("uk")


@pytest.mark.parametrize("rank", ["deputy", "acting", "former", "adviser"])
def test_who_stands_beside_an_office_has_a_name_and_never_the_holders_body(rank):
    with (DATA / "offices.csv").open(encoding="utf-8", newline="") as file:
        offices = [row["attributed_to"] for row in csv.DictReader(file)]
    for office in offices:
        one = beside(rank, office)
        if one not in NEVER:
            told, holder = speaker(one, "Kyiv"), speaker(office, "Kyiv")
            assert told.role and told.name("en") != told.name("uk"), one
            assert told.body != holder.body, one


def test_a_spokesperson_of_a_mayor_speaks_for_the_mayor_and_is_not_named_as_one():
    told, mayor = speaker(beside("spokesperson", "mayor"), "Kyiv"), speaker("mayor", "Kyiv")
    assert told.body == mayor.body and told.name("en") != mayor.name("en")


def test_one_body_has_one_role():
    roles = {}
    for each in speakers().values():
        roles.setdefault(each.body, set()).add(each.role)
    assert {body: found for body, found in roles.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    "indicator, role, expected",
    [
        ("killed", "recorder", "verified"),
        ("killed", "rescue_service", "confirmed"),
        ("heating_loss", "mayor", "confirmed"),
        ("heating_loss", "rescue_service", "reported"),
        ("drones_launched", "mayor", "reported"),
        ("drones_launched", "air_force", "confirmed"),
        ("killed", "", "reported"),
    ],
)
def test_a_role_verifies_confirms_or_reports(indicator, role, expected):
    assert verification(indicator, role) == expected


def test_every_impact_has_a_body_responsible():
    assert [each.name for each in INDICATORS.values() if not each.responsible] == []
