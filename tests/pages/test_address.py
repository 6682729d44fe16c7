"""Addresses of pages: whatever the addresses for programs take, pages take; what a page does not
show is told in a line above it."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.address import declared, filters, parameters
from impact.address.parameters import WrongParameter
from impact.model import periods
from impact.queries import search
from pages.api import addresses
from tests import combining
from tests.pages import reading
from tests.pages.driving import OVERVIEW, PAGES

KYIV, KHARKIV = "UA80", "UA6312027001"
CASUALTIES, CITY, HEATING, MAP = (
    f"pages/explore/{name}.py" for name in ("casualties", "city", "heating", "map")
)
CONFLICTS, DATA, FIGURE = (
    "pages/trust/conflicts.py",
    "pages/trust/data.py",
    "pages/publish/figure.py",
)
# A night, or all months, have no period to choose.
TIMELESS = ("pages/explore/attack.py", "pages/explore/hours.py")
WITH_PERIOD = [page for page in PAGES if page.startswith("pages/explore/") and page not in TIMELESS]
WITH_PERIOD += [CONFLICTS, DATA, FIGURE]
# Pages that are asked for every form of a parameter, which all read by the same lines of code.
ASKED = combining.thinned(PAGES)

# What stands for the forms of a parameter that is no short list.
FORMS = {
    "places": ("UA80", "Kyiv", "Київ", "Kharkiv Oblast", "Харківська область", "UA-30"),
    "place": ("UA80", "Kyiv", "Харків", "city of Kyiv", "UA63", "UA"),
    "event": ("UA63|2026-01-24|killed", "Харківська область|2026-01-24|injured"),
    "conflict": (
        "heating_loss|UA80|2026-01-24|buildings|lost|all||day|strike",
        "heating_loss|UA80|2026-01-24|buildings|without|all||day|strike",
    ),
    "document": ("0" * 64,),
    "words": ("Klitschko", "буд. 5", "%"),
    "title": ("Kyiv without heat", "<b>Київ</b>"),
    "note": ("Our own count",),
    "mark1": ("2026-01-24 Our own note",),
    "mark2": ("2026-01-20 <b>Ще</b> одна",),
    "limit": ("1", "5"),
    "offset": ("0", "7"),
    "scale": ("2",),
}
TIMES = (
    {"period": "2026-01-24"},
    {"period": "2026-01"},
    {"period": "2026"},
    {"period": "1999-01"},
    {"period": "winter-2025"},
    {"period": "latest"},
    {"from": "2026-01-20", "to": "2026-01-26"},
    {"period": "days", "from": "2026-01-20", "to": "2026-01-26"},
    {"from": "2026-01-20"},
    {"to": "2026-01-20"},
    {"day": "2026-01-24"},
)
# The past takes seconds, and test_asof.py has it; several names mean one thing.
APART = {"asof", "period", "from", "to", "day", "place", "event"}


def documented() -> list[dict[str, str]]:
    """Addresses that hold between them every form of every parameter that programs may use."""
    known = {each.name: each for given in addresses() for each in given.parameters}
    forms = {
        name: each.form.options or FORMS[name] for name, each in known.items() if name not in APART
    }
    most = max(map(len, forms.values()))
    rows = [{name: each[n % len(each)] for name, each in forms.items()} for n in range(most)]
    rows = [row | TIMES[n % len(TIMES)] for n, row in enumerate(rows)]
    alone = [{name: text} for name in ("place", "event") for text in FORMS[name]]
    return rows + alone


def tried(page: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows for a page: forms of each parameter that the page shows, a third of them as others
    read them by the same lines of code, and so many others that the pages between them have all
    rows. Times have a test of their own."""
    if combining.ALL:
        return rows
    number = ASKED.index(page)
    chosen = rows[number :: len(ASKED)]
    names = reading.filters(reading.open_page(page)).keys() - APART
    for row in rows[number % 3 :: 3]:
        met = {pair for each in chosen for pair in each.items()}
        if {pair for pair in row.items() if pair[0] in names} - met:
            chosen.append(row)
    return chosen


@pytest.fixture
def at_store(stores, monkeypatch):
    return lambda name: monkeypatch.setenv("IMPACT_STORE", str(stores[name]))


def lines(test) -> list[str]:
    """The lines above the page, as they are read."""
    blocks = [each for each in reading.elements(test.main) if hasattr(each, "children")]
    above = [each for each in blocks if getattr(each.proto, "id", "").endswith("-misread")]
    return [reading.as_typed(line.value) for each in above for line in each.markdown]


def shown(test) -> dict:
    return {key: each.value for key, each in reading.filters(test).items()}


def days_shown(test) -> tuple[date, date]:
    now = shown(test)
    return (now["from"], now["to"]) if now["period"] == "days" else periods.span(now["period"])


# What programs may write, a reader may


@pytest.mark.parametrize("page", ASKED, ids=lambda page: Path(page).stem)
def test_every_form_that_programs_may_write_is_shown_or_told(at_store, page):
    at_store("small")
    for asked in tried(page, documented()):
        test = reading.open_page(page, **asked)
        assert not test.exception, asked
        now, told = shown(test), " ".join(lines(test))
        assert not re.search("no parameter|немає параметра|Параметра", told), asked
        for name, text in asked.items():
            meant = parameters.value(declared.EVERY[name], text) if name in declared.EVERY else text
            if name in now and name not in ("period", "leads"):
                ours = now[name] if isinstance(now[name], list) else [now[name]]
                assert meant in ours or text[:50] in told, f"{name}={text}: {now[name]}, {told}"
            assert name in declared.EVERY


def times_of(page: str) -> tuple[dict[str, str], ...]:
    """The times to ask a page for. Most choose their days by the same lines of code: a third each
    will do, and two thirds of a page that chooses otherwise."""
    if combining.ALL or page == HEATING:
        return TIMES
    number = WITH_PERIOD.index(page)
    if page in (MAP, DATA):
        return tuple(each for at, each in enumerate(TIMES) if at % 3 != number % 3)
    return TIMES[number % 4 :: 4]


def named(value: str | dict[str, str]) -> str:
    """How a test is called by its page and by what is asked of it."""
    return Path(value).stem if isinstance(value, str) else "&".join(map("=".join, value.items()))


@pytest.mark.parametrize(
    ("page", "asked"),
    [(page, asked) for page in WITH_PERIOD for asked in times_of(page)],
    ids=named,
)
def test_a_page_shows_the_days_that_the_address_names(at_store, page, asked):
    at_store("shipped" if page == MAP else "small")
    test = reading.open_page(page, **asked)
    assert not test.exception
    assert not [each for each in lines(test) if "is no value of" in each]
    if asked.get("period") == "latest":
        # The Data page has all time instead, and says so.
        assert shown(test)["period"] == ("" if page == DATA else "latest")
        assert bool(lines(test)) == (page == DATA)
        return
    first, last = days_shown(test)
    if page == MAP and "day" in asked:
        assert (shown(test)["day"], first) == (date(2026, 1, 24), date(2026, 1, 1))
    elif "from" in asked or "to" in asked:
        assert first == (date(2026, 1, 20) if "from" in asked else first)
        assert last == (date.fromisoformat(asked["to"]) if "to" in asked else last)
        # What is shown stands in the bar.
        assert test.query_params["from"] == first.isoformat()
        assert test.query_params["to"] == last.isoformat()
    else:
        assert (first, last) == periods.span(asked.get("period") or asked["day"])
        assert {"from", "to"}.isdisjoint(test.query_params)


@pytest.mark.parametrize("page", [CASUALTIES, CITY, OVERVIEW], ids=lambda page: Path(page).stem)
@pytest.mark.parametrize("name", ["place", "places"])
def test_a_page_of_one_place_takes_both_names(at_store, page, name):
    at_store("shipped")
    test = reading.open_page(page, **{name: "Odesa"})
    assert shown(test)["place"] == "UA5110027001"
    assert test.query_params == {"place": "UA5110027001"} and lines(test) == []


@pytest.mark.parametrize("name", ["indicator", "indicators"])
@pytest.mark.parametrize(("page", "key"), [(CONFLICTS, "indicators"), (DATA, "indicator")])
def test_indicators_take_both_names(at_store, page, key, name):
    at_store("shipped")
    test = reading.open_page(page, **{name: "killed"})
    assert shown(test)[key] in ("killed", ["killed"]) and lines(test) == []


def test_an_event_is_a_whole_view(at_store):
    at_store("shipped")
    now = shown(reading.open_page(FIGURE, event="Харківська область|2026-01-24|killed"))
    assert (now["indicator"], now["kind"], now["places"]) == ("killed", "toll", ["UA63"])
    assert now["from"] == now["to"] == date(2026, 1, 24)


def test_the_rule_is_taken_where_it_cannot_be_chosen(at_store):
    at_store("shipped")
    for page in (CONFLICTS, DATA):
        test = reading.open_page(page, rule="latest")
        assert test.query_params["rule"] == "latest"
        assert lines(reading.open_page(page, rule="lates"))


def test_the_data_page_finds_what_the_same_address_gives_to_programs(at_store, shipped):
    at_store("shipped")
    asked = {"unit": "buildings", "leads": "1", "rule": "latest", "indicator": "heating_loss"}
    query = parameters.write(asked).encode()
    wanted = filters.search(parameters.read(query, declared.OF_FIGURES))
    found = search.count(shipped, wanted)
    test = reading.open_page(DATA, **asked)
    assert found and test.subheader[0].value.startswith(f"{found} ")


# What is not understood is told


TOLD = [
    (HEATING, {"places": "Kyivv"}, "No place is called “Kyivv”. Did you mean Kyiv"),
    (HEATING, {"places": "Kyivv"}, "You see: Ukraine."),
    (HEATING, {"places": "Київв", "lang": "uk"}, "Місця «Київв» немає. Можливо, Київ"),
    (HEATING, {"places": "Київв", "lang": "uk"}, "Показано: Україна."),
    (HEATING, {"places": ""}, "places is empty."),
    (HEATING, {"period": "2026-13"}, "“2026-13” is no value of period: it takes"),
    (HEATING, {"rule": "lates"}, "Did you mean “Latest statement first”"),
    (HEATING, {"rule": "loudest"}, "You see: Body responsible first."),
    (HEATING, {"unit": "drones"}, "This page has nothing for “drones”. You see: buildings"),
    (HEATING, {"from": "2026-02-30", "to": "2026-01-26"}, "“2026-02-30” is no value of from"),
    (HEATING, {"from": "2026-01-02", "period": "2026-01"}, "Give either period or from and to"),
    (CASUALTIES, {"from": "2026-01-26", "to": "2026-01-20"}, "You see: 20–26 January 2026."),
    (CASUALTIES, {"people": "cats", "period": "2026-01"}, "“cats” is no value of people"),
    (CASUALTIES, {"places": ["Kyiv", "Odesa"]}, "place is given more than once."),
    (CITY, {"place": "Харківська область"}, "nothing for “Харківська область”. You see: Kyiv."),
    (MAP, {"indicator": "temperature"}, "This page has nothing for “temperature”."),
    (CASUALTIES, {"event": "UA80|2026-01-01|killed"}, "nothing for “UA80|2026-01-01|killed”."),
    (MAP, {"day": "yesterday"}, "“yesterday” is no value of day"),
    (MAP, {"indicator": "killed", "unit": "buildings"}, "has nothing for “buildings”."),
    (FIGURE, {"indicator": "killed", "title": "x" * 500}, "is no value of title: it takes one"),
    (FIGURE, {"kind": "pie"}, "“pie” is no value of kind"),
    (OVERVIEW, {"lang": "xx"}, "“xx” is no value of lang: it takes en, uk. You see: English."),
    (OVERVIEW, {"perid": "2026-01"}, "no parameter “perid” here. Did you mean “period”?"),
    (OVERVIEW, {"zzz": "1", "lang": "uk"}, "Параметра «zzz» немає: його пропущено."),
]  # fmt: skip


@pytest.mark.parametrize(("page", "asked", "told"), TOLD)
def test_what_cannot_be_shown_is_told_with_what_is_shown(at_store, page, asked, told):
    at_store("shipped")
    test = reading.open_page(page, **asked)
    assert not test.exception
    assert told in " ".join(lines(test))
    # What is not shown has left the bar.
    wrong = next(name for name in asked if name != "indicator" or len(asked) == 1)
    assert test.query_params.get(wrong) != asked[wrong]


def test_more_places_than_a_page_shows_are_told(at_store):
    at_store("shipped")
    names = reading.filters(reading.open_page(HEATING))["places"].options[:8]
    test = reading.open_page(HEATING, places=names)
    assert not test.exception and len(shown(test)["places"]) == 6
    assert lines(test)[0].startswith(
        f"This page shows fewer at a time. Left out: {names[6]}, {names[7]}. You see: {names[0]}, "
    )


@pytest.mark.parametrize("name", ["utm_source", "utm_campaign", "fbclid", "gclid", "mc_cid", "_ga"])
def test_what_other_sites_add_is_passed_over_in_silence(at_store, name):
    at_store("small")
    test = reading.open_page(HEATING, **{name: "x"})
    assert lines(test) == [] and test.query_params == {name: "x"}


def test_what_another_page_uses_goes_along(at_store):
    at_store("small")
    test = reading.open_page(HEATING, people="children", limit="5")
    assert lines(test) == [] and test.query_params == {"people": "children", "limit": "5"}


def test_a_line_stays_until_the_reader_chooses(at_store):
    at_store("shipped")
    test = reading.open_page(HEATING, places="Kyivv", zzz="1")
    assert len(lines(test)) == 2
    assert len(lines(test.run())) == 2
    reading.filters(test)["period"].set_value("2026-01").run()
    assert lines(test) == []


def test_the_nearest_is_one_press_away(at_store):
    at_store("shipped")
    test = reading.open_page(HEATING, places="Harkiv")
    next(each for each in test.button if each.label == "Show Kharkiv").click().run()
    assert shown(test)["places"] == [KHARKIV] and lines(test) == []
    assert test.query_params == {"places": KHARKIV}


@pytest.mark.parametrize("text", ["<b>Kyiv</b>", "[Kyiv](javascript:alert)", "**Kyivv**", "`x`"])
def test_what_was_typed_is_shown_as_typed(at_store, text):
    at_store("small")
    test = reading.open_page(HEATING, places=text)
    assert any(f"“{text}”" in each for each in lines(test))
    assert not any(text in each.value for each in test.markdown)


@settings(max_examples=12 if combining.ALL else 5)
@given(
    name=st.sampled_from(
        ["places", "place", "period", "from", "to", "day", "unit", "rule", "asdf"]
    ),
    text=st.text(max_size=60),
)
def test_no_text_whatever_throws_or_passes_without_a_word(stores, name, text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMPACT_STORE", str(stores["small"]))
        test = reading.open_page(HEATING, **{name: text})
    assert not test.exception
    assert lines(test) or not _wrong(name, text)


def _wrong(name: str, text: str) -> bool:
    try:
        parameters.value(declared.EVERY[name], text)
    except (KeyError, WrongParameter):
        return True
    return False
