"""Every parameter of every address, pages' and programs', each declared once.

Pages and addresses for programs take their parameters from here: what they read and write, the
default, the limits, the errors, the help on a page and the page "For programs (API)". To add a
parameter, declare it here and put it into EVERY. An address that takes less of one, or means
something else by leaving it out, says so with `replace`, and keeps its name.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from impact.address import forms, parameters
from impact.address.parameters import Parameter, WrongParameter, pairs
from impact.model import colours, figure, language, vocabulary
from impact.model.indicators import IMPACTS, INDICATORS
from impact.model.language import N_
from impact.queries import conflicts, search
from impact.rules import headline

# Rows of one answer, unless the address says otherwise, and at most.
ROWS, MOST_ROWS = 1000, 10_000
MOST_PLACES = 50
# Characters; more would leave no room for the plot.
LONGEST_TITLE, LONGEST_NOTE, LONGEST_MARK = 110, 140, 72
_FARTHEST = 10_000_000

# What is asked for

INDICATOR = Parameter(
    name="indicator",
    meaning=N_("what is counted; all when left out"),
    form=forms.one_of(INDICATORS),
    default="",
    also=("indicators",),
)
PLACES = Parameter(
    name="places",
    meaning=N_(
        "may stand several times; an oblast includes its cities, Ukraine is the figures of "
        "the whole country"
    ),
    help=N_("An oblast includes its cities. Ukraine is the figures of the whole country."),
    form=forms.some_places(MOST_PLACES),
    default="",
    several=True,
    also=("place",),
)
PLACE = Parameter(
    name="place",
    meaning=N_("one place"),
    form=forms.place(),
    default="",
    also=("places",),
)
PERIOD = Parameter(
    name="period",
    meaning=N_("a stretch of time; the latest thirty days with figures when left out"),
    form=forms.period_or_latest(),
    default=None,
)
FROM = Parameter(
    name="from", meaning=N_("first day, instead of period"), form=forms.day(), default=None
)
TO = Parameter(name="to", meaning=N_("last day, instead of period"), form=forms.day(), default=None)
DAY = Parameter(
    name="day", meaning=N_("one day, instead of period"), form=forms.day(), default=None
)
NIGHT = Parameter(
    name="night",
    meaning=N_("the attack that is shown, by the day of its morning"),
    form=forms.day(),
    default=None,
)
EVENT = Parameter(
    name="event",
    meaning=N_("one event and how its toll was told"),
    form=forms.event(),
    default="",
)
STATUS = Parameter(
    name="status",
    meaning=N_("outages only: lost, without (still cut off) or restored"),
    form=forms.one_of(each for each in figure.STATUSES if each),
    default="",
)
UNIT = Parameter(
    name="unit",
    meaning=N_("unit as printed, never converted"),
    form=forms.one_of(dict.fromkeys(unit for each in INDICATORS.values() for unit in each.units)),
    default="",
)
PEOPLE = Parameter(
    name="people",
    meaning=N_("whose toll"),
    form=forms.one_of(vocabulary.PEOPLE),
    default="all",
)
VERIFICATION = Parameter(
    name="verification",
    meaning=N_("how sure a figure is"),
    form=forms.one_of(figure.VERIFICATIONS),
    default="",
)
DOCUMENT = Parameter(
    name="document",
    meaning=N_("figures read from one document of /api/sources.json"),
    form=forms.document(),
    default="",
)
WORDS = Parameter(
    name="words",
    meaning=N_("words of the quote, note, speaker, publisher or place; or a figure's id"),
    form=forms.search(search.MOST_WORDS),
    default="",
)

# By which rule, as of when, in which language

LEVEL = Parameter(
    name="level",
    meaning=N_("which places are compared"),
    form=forms.one_of(("city", "oblast")),
    default="city",
)
SORT = Parameter(
    name="sort",
    meaning=N_("what the list is sorted by, the worst first"),
    form=forms.one_of(("power", "heating", "killed", "injured", "rate", "days")),
    default="power",
)
MEASURE = Parameter(
    name="measure",
    meaning=N_(
        "how places are compared: by numbers as said, or by shares of their own households, "
        "people or apartment blocks"
    ),
    form=forms.one_of(("said", "share")),
    default="said",
)
RULE = Parameter(
    name="rule",
    meaning=N_("which claim leads when several stand side by side"),
    help=headline.RULE_HELP,
    form=forms.one_of(headline.RULES),
    default=headline.DEFAULT_RULE,
)
LEADS = Parameter(
    name="leads",
    meaning=N_("1 leaves out rivals and figures in doubt: only claims that lead by the rule"),
    form=forms.flag(),
    default=False,
)
ASOF = Parameter(
    name="asof",
    meaning=N_("what was known at a moment, in Kyiv time; what is known now when left out"),
    form=forms.moment(),
    default=None,
)
LANG = Parameter(
    name="lang",
    meaning=N_("language of words and of errors"),
    form=forms.one_of(language.languages()),
    default=language.SOURCE_LANGUAGE,
)

SINCE = Parameter(
    name="since",
    meaning=N_("the day since which changes are told"),
    form=forms.day(),
    default=None,
)

# How much of it, and in which form

LIMIT = Parameter(
    name="limit",
    meaning=N_("most rows of one answer"),
    form=forms.whole(1, MOST_ROWS),
    default=ROWS,
)
OFFSET = Parameter(
    name="offset",
    meaning=N_("rows to leave out at the start"),
    form=forms.whole(0, _FARTHEST),
    default=0,
)
HXL = Parameter(
    name="hxl", meaning=N_("1 puts HXL tags under the header"), form=forms.flag(), default=False
)

# How a picture looks

KIND = Parameter(
    name="kind",
    meaning=N_("how it is drawn; what is usual for the indicator when left out"),
    form=forms.named_elsewhere(),
    default="",
)
NUMBER = Parameter(
    name="number",
    meaning=N_(
        "of a single number: that of the worst day, of the latest, or the total of the period, "
        "which tolls and launches alone have; the total or else the worst when left out"
    ),
    form=forms.one_of(("worst", "latest", "total")),
    default="",
)
TITLE = Parameter(
    name="title", meaning=N_("your own title"), form=forms.line(LONGEST_TITLE), default=""
)
NOTE = Parameter(
    name="note",
    meaning=N_("your own note in the foot"),
    form=forms.line(LONGEST_NOTE),
    default="",
)
MARK1 = Parameter(
    name="mark1",
    meaning=N_("your own note that points at the mark of a day, of kinds with a time axis"),
    form=forms.noted_day(LONGEST_MARK),
    default="",
)
MARK2 = Parameter(
    name="mark2", meaning=N_("a second note of this sort"), form=MARK1.form, default=""
)
SIZE = Parameter(
    name="size",
    meaning=N_("article is 1200 × 675 pixels"),
    form=forms.named_elsewhere(),
    default="article",
)
THEME = Parameter(
    name="theme",
    meaning=N_("on white or on dark"),
    form=forms.one_of(colours.THEMES),
    default="light",
)
SCALE = Parameter(
    name="scale",
    meaning=N_("how many times as many pixels"),
    form=forms.whole(1, 3),
    default=1,
)

# What pages alone have

SEVERAL_INDICATORS = Parameter(
    name="indicators",
    meaning=N_("what is counted; all when left out"),
    form=INDICATOR.form,
    default="",
    several=True,
    also=("indicator",),
)
DIFFERENCES = Parameter(
    name="kinds",
    meaning=N_("in which way claims differ"),
    help=conflicts.KINDS_HELP,
    form=forms.one_of(conflicts.KINDS),
    default="",
    several=True,
    defaults=(conflicts.DISAGREEMENT, conflicts.DOUBT),
)
CONFLICT = Parameter(
    name="conflict",
    meaning=N_("the claim whose statements stand side by side"),
    form=forms.claim(),
    default="",
)
CLAIM = Parameter(
    name="claim",
    meaning=N_("the claim whose evidence is open"),
    form=forms.claim(),
    default="",
)
FIGURE = Parameter(
    name="figure",
    meaning=N_("the figure of a report that is looked at first"),
    form=forms.figure(),
    default="",
)
CHECKED = Parameter(
    name="check",
    meaning=N_("what is looked at again: the id of a figure or the address of a picture"),
    form=forms.line(parameters.LONGEST_QUERY),
    default="",
)
LENGTH = Parameter(
    name="length",
    meaning=N_("how long the time of a brief is"),
    help=N_("A week runs from Monday to Sunday."),
    form=forms.one_of(("day", "week")),
    default="day",
)
WRITTEN_IN = Parameter(
    name="in",
    meaning=N_("the language of a picture or brief, where it is not the page's"),
    form=LANG.form,
    default="",
)

# By name. What an address may say is what stands here.
EVERY: Mapping[str, Parameter[Any]] = MappingProxyType(
    {
        each.name: each
        for each in (
            *(INDICATOR, PLACES, PLACE, PERIOD, FROM, TO, DAY, EVENT, STATUS, UNIT, PEOPLE),
            *(VERIFICATION, DOCUMENT, WORDS, RULE, LEADS, ASOF, LANG, LIMIT, OFFSET, HXL),
            *(KIND, NUMBER, TITLE, NOTE, MARK1, MARK2, SIZE, THEME, SCALE),
            *(
                SEVERAL_INDICATORS,
                DIFFERENCES,
                CONFLICT,
                CLAIM,
                FIGURE,
                CHECKED,
                NIGHT,
                SINCE,
                LEVEL,
                SORT,
                MEASURE,
                LENGTH,
                WRITTEN_IN,
            ),
        )
    }
)


def of_all_time() -> Parameter[Any]:
    """The period as addresses take it whose rows are of all time unless they say otherwise."""
    meaning = N_("a stretch of time; all time when left out")
    return replace(PERIOD, meaning=meaning, form=forms.period())


# As the addresses of figures take them.
OF_FIGURES: tuple[Parameter[Any], ...] = (
    INDICATOR,
    PLACES,
    of_all_time(),
    FROM,
    TO,
    STATUS,
    UNIT,
    replace(PEOPLE, meaning=N_("whose toll; all groups when left out"), default=""),
    VERIFICATION,
    RULE,
    LEADS,
    DOCUMENT,
    WORDS,
)


def of_view(
    *, kinds: Collection[str], sizes: Collection[str], most_places: int
) -> tuple[Parameter[Any], ...]:
    """As the address of a picture takes them.

    kinds, sizes, most_places  impact/views knows them, and stands above this package
    """
    return (
        replace(
            INDICATOR, meaning=N_("what is counted; must be given"), form=forms.one_of(IMPACTS)
        ),
        replace(KIND, form=forms.one_of(kinds)),
        replace(
            PLACES,
            meaning=N_("may stand several times; where a reader expects when left out"),
            form=forms.some_places(most_places),
        ),
        *(PLACE, PERIOD, FROM, TO, DAY, EVENT),
        replace(UNIT, meaning=N_("unit as printed; the most frequent when left out")),
        *(STATUS, PEOPLE),
        replace(
            CONFLICT,
            meaning=N_(
                "one conflict, by its claim as the page Conflicts names it; the gravest of place "
                "and days when left out"
            ),
        ),
        *(NUMBER, RULE, TITLE, NOTE, MARK1, MARK2),
        replace(
            SIZE,
            meaning=N_("article is 1200 × 675 pixels; the usual one of the kind when left out"),
            form=forms.one_of(sizes),
            default="",
        ),
        *(THEME, ASOF, LANG),
    )


def language_of(query: bytes) -> str:
    """The language that a query asks for, be it otherwise right or wrong."""
    try:
        asked = dict(pairs(query)).get(LANG.name, "")
    except WrongParameter:
        asked = ""
    return asked if asked in LANG.form.options else LANG.default
