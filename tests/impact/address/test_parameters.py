"""Parameters: an address is read as it is declared, or refused with what would be right."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.address import declared, parameters
from impact.address.parameters import WrongParameter
from impact.model import language

DECLARED = (*declared.OF_FIGURES, declared.LIMIT, declared.OFFSET, declared.LANG, declared.HXL)


def refused(query: str) -> dict:
    """What is said of a query that is wrong."""
    with pytest.raises(WrongParameter) as raised:
        parameters.read(query.encode(), DECLARED)
    return raised.value.told(language.words("en"))


def test_nothing_asked_is_every_default():
    values = parameters.read(b"", DECLARED)
    assert values.keys() == {each.name for each in DECLARED}
    assert values["limit"] == declared.ROWS and values["lang"] == "en"
    assert values["places"] == () and values["indicator"] == ""


@pytest.mark.parametrize("parameter", DECLARED, ids=lambda each: each.name)
def test_every_option_that_is_told_is_taken(parameter):
    for option in parameter.form.options:
        parameters.read(f"{parameter.name}={option}".encode(), [parameter])
    assert not parameter.form.is_open


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ("indikator=killed", "indikator", ["indicator"]),
        ("place=UA80", "place", ["places"]),
        ("Limit=5", "Limit", ["limit"]),
        ("indicator=kiled", "indicator", ["killed"]),
        ("rule=lates", "rule", ["latest"]),
        ("places=Kyivv", "places", None),
    ],
)
def test_what_is_misspelt_is_told_with_what_is_most_like_it(query, parameter, nearest):
    told = refused(query)
    assert told["parameter"] == parameter
    assert told["nearest"] == (nearest or told["nearest"])
    assert told["nearest"][0] in told["error"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("zzz=1", "zzz"),
        ("lang=en&lang=uk", "lang"),
        ("indicator=killed&indicator=killed", "indicator"),
        ("indicator=", "indicator"),
        ("places=%20", "places"),
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1e3", "limit"),
        ("limit=٣", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("offset=-1", "offset"),
        ("leads=yes", "leads"),
        ("from=2026-01", "from"),
        ("from=20260124", "from"),
        ("to=2026-02-30", "to"),
        ("period=2026-13", "period"),
        ("period=winter-26", "period"),
        ("period=winter-9999", "period"),
        ("period=winter-", "period"),
        ("period=latest", "period"),
        ("document=../../etc/passwd", "document"),
        ("document=" + "A" * 64, "document"),
        ("words=" + "a+" * 9, "words"),
        ("words=" + "a" * 201, "words"),
        ("words=a%00b", "words"),
        ("words=a%0D%0Ab", "words"),
        ("%00=1", "\ufffd"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(query, name):
    told = refused(query)
    assert told["parameter"] == name
    assert told["error"]


@pytest.mark.parametrize("query", [b"words=%ff", b"words=\xff", b"a" * 4001])
def test_what_is_no_text_or_too_long_is_refused(query):
    with pytest.raises(WrongParameter):
        parameters.read(query, DECLARED)


def test_it_is_told_in_the_language_asked_for():
    with pytest.raises(WrongParameter) as raised:
        parameters.read(b"indikator=x&lang=uk", DECLARED)
    spoken = declared.language_of(b"indikator=x&lang=uk")
    assert "indicator" in raised.value.told(language.words(spoken))["error"]
    assert spoken == "uk" and declared.language_of(b"lang=xx") == "en"
    assert declared.language_of(b"lang=%ff") == "en"


def test_a_long_value_is_not_repeated_at_length():
    assert len(refused("indicator=" + "x" * 200)["given"]) < 70


@given(st.binary(max_size=300))
def test_no_bytes_whatever_do_anything_but_read_or_be_refused(query):
    try:
        values = parameters.read(query, DECLARED)
    except WrongParameter as wrong:
        assert wrong.told(language.words("uk"))["error"]
    else:
        assert values


@given(
    st.dictionaries(
        st.sampled_from([each.name for each in DECLARED]), st.text(max_size=250), max_size=4
    )
)
def test_no_text_whatever_does_anything_but_read_or_be_refused(asked):
    query = "&".join(f"{name}={quote(text, errors='replace')}" for name, text in asked.items())
    try:
        parameters.read(query.encode(), DECLARED)
    except WrongParameter as wrong:
        assert wrong.told(language.words("en"))["error"]
