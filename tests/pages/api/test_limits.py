"""What is documented of a parameter is what is held: no limit is written twice."""

import re
from urllib.parse import urlencode

import pytest

from impact.address import declared
from impact.model import language
from impact.model.places import PLACES
from impact.views import View
from pages.api import addresses
from tests.pages import reading
from tests.pages.api.asking import ask, told

EN, UK = language.words("en"), language.words("uk")
EVERY = [(address, each) for address in addresses() for each in address.parameters]
ALL = pytest.mark.parametrize(
    "address, parameter", EVERY, ids=[f"{a.path}-{p.name}" for a, p in EVERY]
)
# Another than the usual value where one parameter alone makes no request.
PICTURES = ("/api/chart.png", "/api/chart.svg", "/embed")
BESIDE = {path: {"indicator": "killed"} for path in PICTURES}


def refusal(address, **given) -> str:
    """What an address says against values; "" where it takes them."""
    asked = BESIDE.get(address.path, {}) | given
    response = ask(f"{address.path}?{urlencode(asked, doseq=True)}")
    return told(response)["error"] if response.status_code == 400 else ""


def filled(parameter, number: int):
    """A value with so many of what the parameter counts: places, words or characters."""
    if parameter.name == "places":
        return [*PLACES][1 : number + 1]
    if parameter.name.startswith("mark"):
        return "2026-01-24 " + "a" * (number - 11)
    return " ".join(["a"] * number) if "words" in parameter.form.words else "a" * number


@ALL
def test_no_number_of_a_limit_is_written_by_hand(address, parameter):
    by_hand = re.sub(r"\b1 (puts|leaves)\b|1200 × 675|[\d-]*\d{4}[\dT:-]*", "", parameter.meaning)
    assert not re.search(r"\d", by_hand)
    if parameter.form.most:
        assert "{count}" in parameter.form.words
        for words in (EN, UK):
            assert words.number(parameter.form.most) in parameter.form.says(words)


@pytest.mark.parametrize(
    "address, parameter", [(a, p) for a, p in EVERY if p.form.most],
    ids=[f"{a.path}-{p.name}" for a, p in EVERY if p.form.most],
)  # fmt: skip
def test_the_most_that_is_documented_is_taken_and_one_more_refused(
    address, parameter, store, monkeypatch
):
    monkeypatch.setattr("pictures.chromium.find", lambda: None)
    if parameter.name == "places" and address.path in BESIDE:
        kind = {"indicator": "heating_loss", "kind": "line", "places": ["UA80"]}
        most = kind | {"places": filled(parameter, parameter.form.most)}
        more = kind | {"places": filled(parameter, parameter.form.most + 1)}
    else:
        most = {parameter.name: filled(parameter, parameter.form.most)}
        more = {parameter.name: filled(parameter, parameter.form.most + 1)}
    assert refusal(address, **most) == ""
    assert str(parameter.form.most) in refusal(address, **more)


@pytest.mark.parametrize(
    "address, parameter", [(a, p) for a, p in EVERY if p.form.limits],
    ids=[f"{a.path}-{p.name}" for a, p in EVERY if p.form.limits],
)  # fmt: skip
def test_the_least_and_the_most_of_a_number_are_taken_and_what_lies_beyond_refused(
    address, parameter, store, monkeypatch
):
    monkeypatch.setattr("pictures.chromium.find", lambda: None)
    least, most = (int(each) for each in parameter.form.limits.split("–"))
    assert [refusal(address, **{parameter.name: each}) for each in (least, most)] == ["", ""]
    assert all(refusal(address, **{parameter.name: each}) for each in (least - 1, most + 1))


@pytest.mark.parametrize(
    "name, most", [("title", declared.LONGEST_TITLE), ("note", declared.LONGEST_NOTE)]
)
def test_a_title_may_be_as_long_as_page_address_and_refusal_say(name, most, store, monkeypatch):
    monkeypatch.setattr("pictures.chromium.find", lambda: None)
    (address, parameter) = next((a, p) for a, p in EVERY if p.name == name)
    assert parameter.form.most == most
    assert parameter.form.says(EN) == f"one line of text, not longer than {most} characters"
    said = refusal(address, **{name: "a" * (most + 1)})
    assert f"one line of text, not longer than {most} characters" in said
    assert refusal(address, **{name: "a" * most}) == ""
    assert getattr(View.read({"indicator": ["killed"], name: ["a" * most]}), name) == "a" * most


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_the_page_tells_the_limits_that_are_held(stores, monkeypatch, lang):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))
    page = reading.open_page("pages/trust/api.py", lang=lang)
    assert not page.exception
    words = language.words(lang)
    told_there = "\n".join(each.value for each in page.markdown)
    for _, parameter in EVERY:
        if parameter.form.most or parameter.form.limits:
            assert parameter.form.says(words) in told_there
        if parameter.default and not parameter.several:
            assert f"`{parameter.default}`" in told_there
    assert words.number(declared.MOST_ROWS) in told_there
