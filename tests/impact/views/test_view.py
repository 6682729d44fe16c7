"""What an address says of a view, and what it may not say."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.address.declared import LONGEST_NOTE, LONGEST_TITLE
from impact.address.parameters import WrongParameter
from impact.charts import THEMES
from impact.model.indicators import BESIDE, IMPACTS, INDICATORS
from impact.model.language import languages
from impact.model.language import words as words_of
from impact.model.places import PLACES
from impact.model.vocabulary import PEOPLE
from impact.rules import headline
from impact.views import KINDS, PARAMETERS, View, kinds_of
from impact.views.kind import sizes_of
from tests.made import KHARKIV, KYIV

DAY = date(2026, 1, 24)


def lines(longest: int):
    """Texts as a form takes them: one line, no blanks at its ends."""
    letters = st.characters(categories=("L", "N", "P", "S"), include_characters=" ")
    return st.text(letters, max_size=longest).map(lambda text: " ".join(text.split()))


@st.composite
def views(draw):
    """Any view that can be."""
    indicator = draw(st.sampled_from(IMPACTS))
    each = INDICATORS[indicator]
    kind = draw(st.sampled_from(kinds_of(each)))
    allowed = [pcode for pcode, place in PLACES.items() if place.level in KINDS[kind].LEVELS]
    places = draw(st.lists(st.sampled_from(allowed), max_size=KINDS[kind].MOST_PLACES, unique=True))
    days = sorted(draw(st.tuples(*[st.dates(date(2022, 1, 1), date(2030, 1, 1))] * 2)))
    first, last = draw(st.sampled_from([(None, None), tuple(days)]))
    return View(
        indicator=indicator,
        kind=kind,
        places=tuple(places),
        first=first,
        last=last,
        unit=draw(st.sampled_from(["", *each.units])),
        status=draw(st.sampled_from(["", *each.statuses])),
        people=draw(st.sampled_from(list(PEOPLE))),
        rule=draw(st.sampled_from(list(headline.RULES))),
        title=draw(lines(LONGEST_TITLE)),
        note=draw(lines(LONGEST_NOTE)),
        language=draw(st.sampled_from(languages())),
        size=draw(st.sampled_from(sizes_of(kind))),
        theme=draw(st.sampled_from(THEMES)),
        asof=draw(st.sampled_from(["", "2026-01-12T18:00", "2026-01-12T18:00:30"])),
    )


@given(views())
def test_an_address_gives_back_the_view_it_was_made_from(view):
    assert View.read(view.parameters()) == view
    assert View.read(parse_qs(urlencode(view.parameters(), doseq=True))) == view


def test_an_indicator_is_enough():
    view = View.read({"indicator": ["heating_loss"]})
    assert (view.kind, view.size, view.theme, view.language) == ("bars", "article", "light", "en")
    assert view.parameters() == {"indicator": ["heating_loss"]}


def test_the_address_of_a_page_is_read_as_it_stands():
    heating = "indicator=heating_loss&places=UA80&period=2026-01&rule=latest&unit=buildings&lang=uk"
    view = View.read(parse_qs(heating))
    assert (view.first, view.last) == (date(2026, 1, 1), date(2026, 1, 31))
    assert (view.places, view.rule, view.language) == ((KYIV,), "latest", "uk")
    winter = View.read(parse_qs("indicator=killed&place=Харків&period=winter-2025"))
    assert (winter.first, winter.last) == (date(2025, 10, 1), date(2026, 3, 31))
    assert winter.places == (KHARKIV,)
    own = View.read(parse_qs("indicator=killed&period=days&from=2026-02-03&to=2026-01-24"))
    assert (own.first, own.last) == (DAY, date(2026, 2, 3))
    toll = View.read(parse_qs(f"event={KHARKIV}|2026-01-24|killed"))
    assert (toll.kind, toll.indicator, toll.places, toll.first) == (
        "toll",
        "killed",
        (KHARKIV,),
        DAY,
    )
    single = View.read(parse_qs("indicator=power_outage&kind=map&day=2026-01-24"))
    assert single.first == single.last == DAY


@pytest.mark.parametrize(
    ("address", "parameter", "allows"),
    [
        ("", "indicator", "heating_loss"),
        ("indicator=heat", "indicator", "heating_loss"),
        ("indicator=population", "indicator", "killed"),
        ("indicator=killed&colour=red", "colour", "theme"),
        ("indicator=killed&kind=pie", "kind", "bars"),
        ("indicator=killed&kind=line", "kind", "toll"),
        ("indicator=temperature&kind=map", "kind", "line"),
        ("indicator=heating_loss&unit=people2", "unit", "buildings"),
        ("indicator=killed&status=lost", "status", "no status"),
        ("indicator=killed&unit=buildings", "unit", "'allowed': ['people']"),
        ("indicator=killed&period=2026&period=2025", "period", "once"),
        ("indicator=killed&people=cats", "people", "children"),
        ("indicator=killed&rule=highest", "rule", "cautious"),
        ("indicator=killed&places=Kyjiw", "places", "UA80 Kyiv"),
        ("indicator=killed&kind=map&places=UA80", "places", "UA"),
        ("indicator=killed&kind=number&places=UA80&places=UA63", "places", "at most 1"),
        ("indicator=heating_loss&kind=number&number=total", "number", "worst"),
        ("indicator=killed&kind=bars&number=worst", "kind", "number"),
        ("indicator=killed&kind=number&number=best", "number", "latest"),
        ("indicator=killed&kind=bars&mark1=2026-01-24", "mark1", "2026-01-24 text"),
        ("indicator=killed&kind=bars&mark2=soon+now", "mark2", "2026-01-24 text"),
        ("indicator=killed&kind=bars&mark1=2026-01-24+" + "a" * 62, "mark1", "72"),
        ("indicator=killed&kind=map&mark1=2026-01-24+text", "kind", "bars"),
        (
            "indicator=killed&kind=bars&period=2026-01&mark1=2026-02-01+text",
            "mark1",
            "a day that the picture shows",
        ),
        ("indicator=killed&period=January", "period", "winter-2025"),
        ("indicator=killed&period=winter-x", "period", "winter-2025"),
        ("indicator=killed&period=days&from=2026-01-24", "to", "2026-01-24"),
        ("indicator=killed&from=24.01.2026&to=2026-01-30", "from", "2026-01-24"),
        ("indicator=killed&day=2026-01", "day", "2026-01-24"),
        ("indicator=killed&lang=ru", "lang", "uk"),
        ("indicator=killed&size=huge", "size", "story"),
        ("indicator=killed&kind=winter&size=article", "size", "square"),
        ("indicator=heating_loss&kind=city&size=article", "size", "a4"),
        ("conflict=nothing", "conflict", "a claim as links"),
        ("conflict=killed|UA80|2026-01|people||all||day|strike", "conflict", "a claim as links"),
        ("conflict=killed|Nowhere|2026-01-24|people||all||day|strike", "conflict", "a claim as"),
        (
            "indicator=injured&conflict=killed|UA80|2026-01-24|people||all||day|strike",
            "indicator",
            "killed",
        ),
        (
            "indicator=killed&kind=bars&conflict=killed|UA80|2026-01-24|people||all||day|strike",
            "kind",
            "conflict",
        ),
        ("indicator=killed&theme=pink", "theme", "dark"),
        ("indicator=killed&asof=yesterday", "asof", "2026-01-12T08:00"),
        (f"indicator=killed&title={'a' * 200}", "title", "110"),
        ("indicator=killed&note=a%00b", "note", "cannot be printed"),
        ("event=UA63", "event", "UA63|2026-01-24|killed"),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_a_wrong_parameter_is_named_with_what_it_may_be(address, parameter, allows, language):
    with pytest.raises(WrongParameter) as raised:
        View.read(parse_qs(address, keep_blank_values=True))
    assert raised.value.parameter == parameter
    told = raised.value.told(words_of(language))
    assert parameter in told["error"] or parameter == "places"
    assert allows in str(told) or language != "en"
    assert len(told["error"].splitlines()) == 1


@given(
    st.dictionaries(
        st.sampled_from([each.name for each in PARAMETERS]),
        st.lists(st.text(max_size=20), max_size=3),
    )
)
def test_whatever_an_address_says_is_a_view_or_a_sentence(parameters):
    try:
        View.read(parameters)
    except WrongParameter as error:
        assert str(error)


@pytest.mark.parametrize("indicator", IMPACTS)
def test_every_indicator_has_kinds_and_a_level_is_never_told_as_a_toll(indicator):
    kinds = kinds_of(INDICATORS[indicator])
    assert {"number", "table"} <= set(kinds)
    flow = INDICATORS[indicator].adds_up_over_days
    assert ("line" in kinds) == (not flow)
    assert "toll" not in kinds or flow
    assert ("bars" in kinds) == (indicator != "temperature")
    # What stands beside harm has no totals of areas, which a map shows.
    assert ("map" in kinds) == ("bars" in kinds and indicator not in BESIDE)


def test_a_months_days_are_told_as_a_month():
    days = {"period": ["days"], "from": ["2026-01-01"], "to": ["2026-01-31"]}
    view = View.read({"indicator": ["killed"], **days})
    assert view.parameters()["period"] == ["2026-01"]
    assert view.last - view.first == timedelta(days=30)
