"""Every page on an empty, a small and the shipped store, in both languages, without a browser."""

import functools
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from impact.model import language
from impact.queries import marks
from impact.store.reader import Reader
from impact.views import View
from impact.wording import captions, markup
from tests import combining
from tests.pages import reading
from tests.pages.driving import OVERVIEW, PAGES
from tests.pages.small import SMALL

STORES = ("empty", "small", "shipped")
LANGUAGES = ("en", "uk")
KYIV, KHARKIV = "UA80", "UA6312027001"
CASUALTIES, HEATING, CITY, MAP, POWER = (
    f"pages/explore/{name}.py" for name in ("casualties", "heating", "city", "map", "power")
)
SOURCES, METHOD = "pages/trust/sources.py", "pages/trust/method.py"
CHARTED = [page for page in PAGES if page.startswith("pages/explore/")]

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).stem)
each_chart_page = pytest.mark.parametrize("page", CHARTED, ids=lambda page: Path(page).stem)
filled_store = pytest.mark.parametrize("store", STORES[1:])
# The shipped store in every language; the others in Ukrainian, which is written by the same lines
# from longer words.
SEEN = [
    (store, lang)
    for store in STORES
    for lang in LANGUAGES
    if combining.ALL or store == "shipped" or lang == "uk"
]
each_sight = pytest.mark.parametrize(("store", "lang"), SEEN)
filled_sight = pytest.mark.parametrize(("store", "lang"), [s for s in SEEN if s[0] != "empty"])


@pytest.fixture
def at_store(stores, monkeypatch):
    """Makes the pages read a store."""
    return lambda name: monkeypatch.setenv("IMPACT_STORE", str(stores[name]))


@pytest.fixture(scope="module")
def seen():
    """Who has come in by store and language, and what they have seen by page, for tests that only
    look."""
    return {}


@pytest.fixture
def see(at_store, seen):
    """A page as a reader sees it: one reader a store and language goes from page to page."""

    def look(page: str, store: str, lang: str):
        at_store(store)
        if (page, store, lang) not in seen:
            if (store, lang) not in seen:
                seen[store, lang] = reading.start(lang)
            reader = seen[store, lang]
            reading.unfold(reader)
            reader.switch_page(page).run()
            seen[page, store, lang] = reading.Seen.of(reader)
        return seen[page, store, lang]

    return look


@each_sight
@each_page
def test_a_page_stands(see, page, store, lang):
    seen = see(page, store, lang)
    assert seen.errors == []
    assert len(seen.titles) == 1 and seen.titles[0]


@each_sight
@each_page
def test_every_page_ends_with_the_age_and_number_of_figures_method_and_licences(
    see, page, store, lang
):
    words = language.words(lang)
    texts = see(page, store, lang).texts
    assert {words._("Method"), words._("Sources and licences")} <= set(texts)
    age = words._("Data to {day} ({ago})").split("{")[0]
    assert any(re.match(rf"{age}\d.*\(\d+ .*\) · \d", text) for text in texts) == (store != "empty")


@pytest.mark.parametrize("lang", LANGUAGES if combining.ALL else ["uk"])
@pytest.mark.parametrize("page", [page for page in PAGES if page != METHOD])
def test_on_an_empty_store_a_page_says_what_to_do(see, page, lang):
    seen = see(page, "empty", lang)
    # Where reports are brought and corrections told, a store without tables is nothing amiss.
    waits = any(name in page for name in ("reports/", "corrections"))
    assert any("python -m etl load" in text for text in seen.notices) or (waits and seen.notices)
    assert seen.charts == []


@filled_sight
@each_chart_page
def test_a_chart_carries_its_own_citation(see, page, store, lang):
    words = language.words(lang)
    charts = see(page, store, lang).charts
    # What takes two counts within two days, the small store has not.
    assert charts or see(page, store, lang).notices
    for chart in charts:
        inside = " ".join(chart.words).replace("<br>", " ")
        title = chart.title
        assert title and chart.proto.alt.startswith(title)
        assert len(chart.proto.alt) > len(title) + 20
        for text in ("Source: {source}", "As known at {time}", "Status: {status}"):
            assert words._(text).split("{")[0] in inside, f"{title}: {text}"
        assert re.search(r"F-[A-Z2-7]{12}", inside)


@filled_store
@each_chart_page
def test_a_charts_table_has_the_figures_of_its_marks(see, stores, page, store):
    for chart in see(page, store, "en").charts:
        ids = set(chart.table["Id"])
        # A mark of many figures has a key in their place.
        keys = {mark for mark in chart.claims if "|" in mark}
        found = [marks.behind(key).read(Reader(stores[store])) for key in keys]
        marked = (chart.claims - keys) | {each for some in found for each in some["figure_id"]}
        missing, surplus = marked - ids, ids - marked
        assert not missing, f"{chart.proto.alt[:60]}: {len(missing)} marks have no row"
        assert not surplus, f"{chart.proto.alt[:60]}: {len(surplus)} rows have no mark"


def test_overview_tells_quietly_that_its_sources_ended_long_ago(see):
    seen = see(OVERVIEW, "shipped", "en")
    (line,) = [text for text in seen.texts if "Sources that end before this period" in text]
    assert "sourced figures, statements without a number (21 March 2026)" in line
    assert not [text for text in seen.alarms if "Sources that end" in text]


@filled_sight
@each_page
def test_no_number_is_unknown(see, page, store, lang):
    wrong = [text for text in see(page, store, lang).texts if re.search(r"\b(NaN|nan|NaT)\b", text)]
    assert wrong == []


@functools.cache
def foreign_words(store: Path) -> dict[str, list[str]]:
    """What may stand in English on a Ukrainian page of a store. The choice of a language is named
    in all of them, and each language by its own name."""
    codes = language.languages()
    return reading.by_word(
        [
            *reading.foreign_words(Reader(store)),
            *map(language.own_name, codes),
            *(language.words(code)._("Language") for code in codes if code != "uk"),
        ]
    )


@filled_store
@each_page
def test_no_english_is_left_on_a_ukrainian_page(see, stores, page, store):
    patterns = reading.translated("uk")
    assert len(patterns) > 100
    foreign = foreign_words(stores[store])
    seen = {reading.without(foreign, text) for text in set(see(page, store, "uk").texts)}
    left = {
        (message, text)
        for text in seen
        if re.search("[A-Za-z]{2}", text)
        for message, (piece, pattern) in patterns.items()
        if piece in text and pattern.search(text)
    }
    assert left == set()


@each_page
def test_the_title_is_translated(see, page):
    english, ukrainian = see(page, "shipped", "en"), see(page, "shipped", "uk")
    assert english.titles != ukrainian.titles


# What a page holds back


def of_kyiv(at_store) -> reading.Seen:
    """Heating of Kyiv, as a reader sees it."""
    at_store("small")
    return reading.Seen.of(reading.open_page(HEATING, places=KYIV))


def test_a_figure_in_doubt_is_not_drawn_but_listed_with_its_reason(at_store):
    seen = of_kyiv(at_store)
    (doubted,) = (each.figure_id for each in SMALL if each.value == 320_000)
    assert not any(doubted in chart.claims for chart in seen.charts)
    assert "1 figure is in doubt and not drawn" in seen.texts
    told = "320,000 buildings is more than the 12,000 apartment blocks of Kyiv"
    assert any(markup.markdown(told) in text for text in seen.texts)


def test_a_part_of_a_whole_is_listed_and_not_drawn(at_store):
    seen = of_kyiv(at_store)
    assert "1 figure counts only a part" in seen.texts
    assert all("40 buildings" not in chart.table["Figure"].tolist() for chart in seen.charts)


# The filters and the address


@pytest.mark.parametrize("page", combining.thinned(CHARTED, 3), ids=lambda page: Path(page).stem)
def test_every_filter_changes_the_address_and_back(at_store, page):
    at_store("shipped")
    reader = reading.open_page(page)
    before = dict(reader.query_params)
    for key in reading.filters(reader):
        chosen = reading.filters(reader)[key]
        old, new = chosen.value, reading.another(key, chosen)
        if new is None:
            continue
        chosen.set_value(new).run()
        assert not reader.exception, f"{key}={new}"
        assert reader.query_params != before, f"{key}={new}"
        assert key in reader.query_params
        if key in reading.filters(reader):
            reading.filters(reader)[key].set_value(old).run()
        else:
            reader.query_params.pop(key)
            reader.run()
        assert not reader.exception
        assert reader.query_params == before, f"{key} back to {old}"


@pytest.mark.parametrize(
    ("page", "key", "text", "value"),
    [
        (HEATING, "places", ["Kharkiv"], [KHARKIV]),
        (HEATING, "places", ["UA80", "UA6312027001"], [KYIV, KHARKIV]),
        (HEATING, "places", ["Харків"], [KHARKIV]),
        (HEATING, "places", ["Kyiv"], [KYIV]),
        (HEATING, "period", "2026-01", "2026-01"),
        (HEATING, "period", "winter-2025", "winter-2025"),
        (HEATING, "rule", "latest", "latest"),
        (HEATING, "unit", "households", "households"),
        (CASUALTIES, "place", "Київ", KYIV),
        (CASUALTIES, "place", "UA80", KYIV),
        (CASUALTIES, "people", "children", "children"),
        (CITY, "place", "Kharkiv", KHARKIV),
        (MAP, "indicator", "heating_loss", "heating_loss"),
        (OVERVIEW, "place", "Kharkiv", KHARKIV),
        (OVERVIEW, "period", "2026-01", "2026-01"),
    ],
)
def test_the_address_sets_a_filter(at_store, page, key, text, value):
    at_store("shipped")
    # Of the country no unit is chosen.
    reader = reading.open_page(page, **{"places": KYIV} if key == "unit" else {}, **{key: text})
    assert not reader.exception
    assert reading.filters(reader)[key].value == value


@pytest.mark.parametrize(
    ("page", "key", "text"),
    [
        (HEATING, "places", ["Nowhere"]),
        (HEATING, "places", [""]),
        (HEATING, "period", "2026-13"),
        (HEATING, "rule", "loudest"),
        (HEATING, "unit", "drones"),
        (CASUALTIES, "place", "Nowhere"),
        (CASUALTIES, "people", "cats"),
        (MAP, "indicator", "temperature"),
        (MAP, "day", "yesterday"),
        (OVERVIEW, "place", "'; DROP TABLE figures; --"),
    ],
)
def test_an_address_that_names_no_option_leaves_the_default(at_store, page, key, text):
    at_store("shipped")
    of = {"places": KYIV} if key == "unit" else {}
    untouched = reading.filters(reading.open_page(page, **of))
    reader = reading.open_page(page, **of, **{key: text})
    assert not reader.exception
    assert reading.filters(reader)[key].value == untouched[key].value
    assert key not in reader.query_params


@pytest.mark.parametrize("lang", ["xx", "", "../uk"])
def test_a_language_nobody_speaks_is_english(at_store, lang):
    at_store("small")
    reader = reading.start()
    reader.query_params["lang"] = lang
    reader.run()
    assert not reader.exception
    assert "lang" not in reader.query_params


def test_chosen_days_stand_in_the_address(at_store):
    at_store("shipped")
    reader = reading.open_page(
        HEATING, **{"period": "days", "from": "2026-01-20", "to": "2026-01-26"}
    )
    assert not reader.exception
    assert reader.query_params["from"] == "2026-01-20"
    (chart,) = reading.charts(reader.main)
    days = {str(day) for day in chart.table["Date"]}
    assert days and min(days) >= "2026-01-20" and max(days) <= "2026-01-26"


@pytest.mark.parametrize(
    ("page", "last"),
    combining.in_turn(
        [HEATING, CASUALTIES, CITY, MAP, OVERVIEW, POWER], ["2026-01-10", "", "never"]
    ),
)
def test_days_in_the_wrong_order_break_nothing(at_store, page, last):
    at_store("shipped")
    reader = reading.open_page(page, **{"period": "days", "from": "2026-01-20", "to": last})
    assert not reader.exception


def test_a_link_to_a_claim_opens_its_evidence(at_store):
    at_store("shipped")
    claim = "heating_loss|UA80|2026-01-24|buildings|lost|all||day|strike"
    reader = reading.start()
    reader = reading.open_page(HEATING)
    del reader.session_state["_linked"]
    reader.query_params["claim"] = claim
    reader.run()
    assert not reader.exception
    shown = " ".join(reading.everything(reader))
    assert "about 6,000 buildings" in shown and "Klitschko" in shown


def test_a_link_to_a_claim_that_is_not_there_says_so(at_store):
    at_store("small")
    reader = reading.open_page(HEATING)
    del reader.session_state["_linked"]
    reader.query_params["claim"] = "killed|nowhere|never"
    reader.run()
    assert not reader.exception
    assert any("not published here" in text for text in reading.everything(reader))


def test_the_table_under_a_chart_is_made_when_it_is_opened_and_not_before(at_store, monkeypatch):
    at_store("shipped")
    made, table = [], captions.table

    def noted(rows, words):
        made.append(rows)
        return table(rows, words)

    monkeypatch.setattr(captions, "table", noted)
    folded = reading.open_page(CITY, folded=True)
    (chart,) = reading.charts(folded.main)
    assert chart.table is None and made == []
    assert "The same numbers as a table" in [each.label for each in folded.expander]
    reading.unfold(folded)
    (opened,) = reading.charts(folded.run().main)
    assert len(made) == 1 and set(opened.table["Id"]) == opened.claims
    reading.unfold(folded, opened=False)
    (closed,) = reading.charts(folded.run().main)
    assert closed.table is None and len(made) == 1


@each_chart_page
def test_every_chart_has_a_way_to_a_figure_of_what_it_shows(at_store, page):
    at_store("shipped")
    shown, ways = 0, {}
    for element in reading.elements(reading.open_page(page).main):
        if element.type == "plotly_chart":
            shown += 1
        elif element.type == "page_link" and element.proto.label.startswith("Make a figure"):
            view = View.read(parse_qs(element.proto.query_string))
            ways.setdefault(shown, []).append(view.indicator)
    assert shown and list(ways) == list(range(1, shown + 1))
    assert all(len(each) == len(set(each)) for each in ways.values())


def test_casualties_answer_one_question_a_chart_and_tell_the_worst_days_below_the_first(at_store):
    at_store("shipped")
    page = reading.open_page(CASUALTIES, folded=True, period="winter-2025")
    assert [each.value for each in page.header] == [
        *("On which days", "In which oblasts", "In which events", "In which cities"),
        "Where the country’s number and the places’ sum differ",
        "How a toll moved from report to report",
    ]
    told = "\n".join(reading.Seen.of(page).texts)
    assert told.index("(sum of 204 claims)") < told.index("On which days")
    assert told.index("On which days") < told.index("Killed, worst day: at least 40 people")
