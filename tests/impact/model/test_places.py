"""Spellings to places: a table of names and traps, then what must hold of the shipped data."""

import csv
import pickle
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.places import (
    DATA,
    PLACES,
    UKRAINE,
    AmbiguousPlace,
    Place,
    UnknownPlace,
    contains,
    find,
    get,
    outlines,
    parts,
)

KYIV, KHARKIV, KHARKIV_OBLAST = PLACES["UA80"], PLACES["UA6312027001"], PLACES["UA63"]
ERRORS = {"unknown": UnknownPlace, "ambiguous": AmbiguousPlace}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MATERIAL = rows(Path(__file__).with_name("places.csv"))
SPELLINGS = rows(DATA / "spellings.csv")


@pytest.mark.parametrize("row", MATERIAL, ids=lambda row: f"{row['text']}-{row['within']}")
def test_text_to_place(row: dict[str, str]) -> None:
    within = PLACES.get(row["within"])
    if row["expected"] in ERRORS:
        with pytest.raises(UnknownPlace) as error:
            find(row["text"], within)
        assert error.type is ERRORS[row["expected"]]
    else:
        assert find(row["text"], within).pcode == row["expected"]


# The errors


def test_unknown_place_offers_the_three_closest() -> None:
    with pytest.raises(UnknownPlace) as error:
        find("Kharkivv")
    assert error.value.text == "Kharkivv"
    assert error.value.suggestions[0] == KHARKIV
    assert len(set(error.value.suggestions)) == 3
    assert all(place.name_en in str(error.value) for place in error.value.suggestions)


def test_suggestions_read_cyrillic_and_codes() -> None:
    assert UnknownPlace("Харьків").suggestions[0] == KHARKIV
    assert UnknownPlace("UA43").suggestions[0] == PLACES["UA01"]


def test_ambiguous_place_lists_the_candidates_so_that_each_can_be_written_back() -> None:
    with pytest.raises(AmbiguousPlace) as error:
        find("Городок")
    assert {place.oblast for place in error.value.suggestions} == {"UA46", "UA68"}
    for place in error.value.suggestions:
        written = f"{place.name_en} ({PLACES[place.oblast].name_en})"
        assert written in str(error.value)
        assert find(written) == place


def test_kyivskyi_district_says_which_cities_have_one() -> None:
    with pytest.raises(AmbiguousPlace) as error:
        find("Київський район")
    names = {place.name_en for place in error.value.suggestions}
    assert names == {"Kharkiv", "Odesa", "Donetsk", "Simferopol", "Poltava"}


@pytest.mark.parametrize("text", ["Nowhere", "Городок"])
def test_errors_survive_pickling(text: str) -> None:
    with pytest.raises(UnknownPlace) as error:
        find(text)
    copy = pickle.loads(pickle.dumps(error.value))
    assert (type(copy), str(copy)) == (error.type, str(error.value))


def test_get_knows_p_codes_only() -> None:
    assert get("UA63") == KHARKIV_OBLAST
    for code in ("UA-63", "ua63", "Kharkiv", ""):
        with pytest.raises(UnknownPlace):
            get(code)


@given(st.text() | st.text("уна м.,()-'Київобластьрайон KyivdistrictofUA0123456789"))
def test_find_raises_nothing_but_unknown_place(text: str) -> None:
    try:
        assert find(text) in PLACES.values()
    except UnknownPlace as error:
        assert len(error.suggestions) >= 2
        assert str(error)


@pytest.mark.parametrize("text", ["city " * 100_000, "," * 100_000, "Kharkiv " * 10_000])
def test_a_page_of_text_is_no_place(text: str) -> None:
    with pytest.raises(UnknownPlace) as error:
        find(text)
    assert len(str(error.value)) < 300


# The hierarchy


def test_counts() -> None:
    assert len(PLACES) == 481
    assert Counter(p.level for p in PLACES.values()) == {"country": 1, "oblast": 25, "city": 455}
    assert len(parts(UKRAINE)) == 27
    assert sum(len(parts(unit)) for unit in parts(UKRAINE)) == 453


def test_parts_are_contained() -> None:
    for wider in PLACES.values():
        assert all(contains(wider, place) for place in parts(wider))
    assert KHARKIV in parts(KHARKIV_OBLAST)
    assert parts(KHARKIV) == parts(KYIV) == ()


def test_what_contains_what() -> None:
    assert contains(UKRAINE, KHARKIV)
    assert contains(UKRAINE, KYIV)
    assert not contains(PLACES["UA32"], KYIV)
    assert not contains(KHARKIV, KHARKIV_OBLAST)
    assert not any(contains(place, place) for place in PLACES.values())


def test_crimea_and_sevastopol_are_ukraine() -> None:
    assert {PLACES["UA01"], PLACES["UA85"]} <= set(parts(UKRAINE))


# The data


def test_p_codes_agree_with_katottg() -> None:
    katottg = {row["pcode"]: row["katottg"] for row in rows(DATA / "places.csv")}
    assert len(katottg) == len(rows(DATA / "places.csv"))
    for place in PLACES.values():
        digits = {"country": 0, "oblast": 2, "city": 2 if place.pcode == place.oblast else 10}
        assert re.fullmatch(rf"UA\d{{{digits[place.level]}}}", place.pcode)
        if place != UKRAINE:
            assert re.fullmatch(r"UA\d{17}", katottg[place.pcode])
            assert katottg[place.pcode].startswith(place.pcode)
            assert place.pcode.startswith(place.oblast)


def test_populations() -> None:
    assert KYIV.population == 2_910_994
    units = [unit.population or 0 for unit in parts(UKRAINE)]
    assert UKRAINE.population == sum(units)
    assert all(place.population and place.population_source for place in PLACES.values())
    assert "GeoNames" in KHARKIV.population_source
    assert "COD-PS" in KYIV.population_source


def test_every_place_is_found_by_its_names_and_code() -> None:
    def found(place: Place) -> list[Place]:
        within = PLACES.get(place.oblast)
        return [find(place.name_en, within), find(place.name("uk"), within), find(place.pcode)]

    assert [each for each in PLACES.values() if found(each) != [each] * 3] == []


def test_a_place_has_the_name_of_each_language() -> None:
    named = [(each.name("en"), each.name("uk")) for each in PLACES.values()]
    assert named == [(each.name_en, dict(each.names.pairs)["uk"]) for each in PLACES.values()]


def test_every_spelling_leads_to_its_place() -> None:
    """With the place as context, or to an error that offers it: "Донецька" may be two places."""
    lost = []
    for row in SPELLINGS:
        place = PLACES[row["pcode"]]
        try:
            found = (find(row["spelling"], within=place),)
        except AmbiguousPlace as error:
            found = error.suggestions
        if place not in found:
            lost.append(row)
    assert not lost


def test_spellings_are_sorted_and_listed_once() -> None:
    """Widest first, then by code, language, kind and letter: a new line has one place to go."""

    def order(row: dict[str, str]) -> tuple[object, ...]:
        pcode, spelling = row["pcode"], row["spelling"]
        language = ["en", "uk", "iso"].index(row["language"])
        return pcode[:4], pcode, language, row["kind"], spelling.lower(), spelling

    assert sorted(SPELLINGS, key=order) == SPELLINGS
    assert len({(row["spelling"], row["pcode"]) for row in SPELLINGS}) == len(SPELLINGS)


def test_spellings_use_known_words() -> None:
    assert {row["language"] for row in SPELLINGS} == {"en", "uk", "iso"}
    assert {row["kind"] for row in SPELLINGS} == {
        "name", "form", "adjective", "region_name", "old_name", "abbreviation", "district", "iso",
    }  # fmt: skip
    assert {row["pcode"] for row in SPELLINGS} <= set(PLACES)


def test_iso_codes_are_never_p_codes() -> None:
    codes = {row["spelling"]: row["pcode"] for row in SPELLINGS if row["kind"] == "iso"}
    assert len(codes) == 28
    differing = {iso for iso, pcode in codes.items() if iso.replace("-", "") != pcode}
    assert differing == {"UKR", "UA-43", "UA-09", "UA-77", "UA-30", "UA-40"}
    for iso, pcode in codes.items():
        assert find(iso).pcode == pcode


# The outlines


def test_outlines_are_complete_closed_rings() -> None:
    assert set(outlines()) == {unit.pcode for unit in parts(UKRAINE)}
    for rings in outlines().values():
        assert all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings)


def test_every_city_lies_in_the_bounding_box_of_its_oblast() -> None:
    outside = set()
    for place in PLACES.values():
        if place.level == "city":
            lons, lats = zip(*(p for ring in outlines()[place.oblast] for p in ring), strict=True)
            inside = min(lons) <= place.lon <= max(lons) and min(lats) <= place.lat <= max(lats)
            if not inside:
                outside.add(place.name_en)
    assert outside == {"Slavutych"}  # lies in Chernihiv Oblast and belongs to Kyiv Oblast


def test_kyiv_is_a_hole_in_kyiv_oblast() -> None:
    def area(ring: tuple[tuple[float, float], ...]) -> float:
        return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2

    assert sorted(area(ring) > 0 for ring in outlines()["UA32"]) == [False, True]
    assert all(area(ring) > 0 for ring in outlines()["UA80"])


# Speed


def test_import_takes_less_than_60_ms_beyond_the_standard_library() -> None:
    timed = (
        "import csv, dataclasses, difflib, functools, json, pathlib, re, time, unicodedata\n"
        "start = time.process_time()\n"
        "import impact.model.places\n"
        "print(time.process_time() - start)"
    )
    run = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
    assert float(run.stdout) < 0.060
