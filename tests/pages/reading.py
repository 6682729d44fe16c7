"""How tests read a page that was run without a browser: its charts, its tables, its words."""

import contextlib
import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd
from babel.messages.pofile import read_po
from google.protobuf.message import Message
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from impact.charts import look
from impact.model.figure import STATUSES
from impact.model.indicators import INDICATORS
from impact.model.language import catalogue, languages, words
from impact.model.places import PLACES
from impact.model.vocabulary import PEOPLE, UNIT_NAMES
from impact.queries.readings import readings
from impact.rules.headline import RULES
from impact.store.reader import Reader
from impact.views import KINDS
from impact.wording import captions
from pages.parts.explore.chart import NUMBERS
from pages.parts.explore.evidence import DOUBTED
from tests.pages.driving import OVERVIEW, ROOT

# Strings of an element that no reader sees.
_UNSEEN = {
    *("id", "key", "spec", "config", "url", "icon", "element_id", "file_name", "format", "data"),
    *("html", "tag", "anchor", "columns", "query_param_key", "form_id", "url_path", "type"),
    *("color", "query_string"),
}


# What each filter may be set to; a test takes the first that the page offers.
_WINTER = [date(2025, 10, 1) + timedelta(days=n) for n in range(170)]
CODES = {
    "place": list(PLACES),
    "places": list(PLACES),
    "period": ["2026-01", "days"],
    "rule": list(RULES),
    "people": list(PEOPLE),
    "unit": list(UNIT_NAMES),
    "status": STATUSES,
    "indicator": list(INDICATORS),
    "day": _WINTER,
    "night": _WINTER,
    "level": ["city", "oblast"],
    "sort": ["heating", "killed"],
    "measure": ["share", "said"],
    "kind": ["worst_map", "toll_map"],
    "event": [
        f"{place}|{day}|{indicator}"
        for place in PLACES
        for day in _WINTER
        for indicator in ("killed", "injured")
    ],
}


def start(language: str = "en") -> AppTest:
    """A reader who has just come in, by the overview."""
    test = _reader(language)
    unfold(test)
    return test.run()


def _reader(language: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    # Else each looks through every package that is installed for components; none has any.
    test._bidi_component_manager = BidiComponentManager()
    if language != "en":
        test.query_params["lang"] = language
    return test


def unfold(test: AppTest, *, opened: bool = True) -> None:
    """Opens the tables under the charts of the page that is run next and its list of figures in
    doubt, or folds them."""
    for key in (*(f"{NUMBERS}{name}" for name in (*KINDS, "parts")), DOUBTED):
        test.session_state[key] = opened


def open_page(
    page: str, language: str = "en", *, folded: bool = False, **address: str | list[str]
) -> AppTest:
    """A reader who comes in by the address of a page; tables under charts are open or folded."""
    test = _reader(language)
    unfold(test, opened=not folded)
    test.query_params.update(address)
    if page != OVERVIEW:
        test.switch_page(page)
    return test.run()


def filters(test: AppTest) -> dict:
    """The filters of a page by key, the language left out."""
    kinds = (
        test.selectbox,
        test.multiselect,
        test.segmented_control,
        test.select_slider,
        test.date_input,
    )
    found = {each.key.removeprefix("choose_"): each for kind in kinds for each in kind if each.key}
    found.pop("lang")
    return found


def another(key: str, widget):
    """A value that a filter is not set to, or None when it has only one."""
    if key in ("from", "to"):
        return widget.value - timedelta(days=1)
    shown = set(widget.options)
    several = isinstance(widget.value, list)
    now = widget.value if several else [widget.value]
    for code in CODES[key]:
        with contextlib.suppress(LookupError, ValueError, AttributeError):
            if code not in now and widget.format_func(code) in shown:
                return [code] if several else code
    return None


@dataclass
class Chart:
    """A chart as the browser gets it, with the table under it."""

    proto: Message
    spec: dict = field(repr=False)
    table: pd.DataFrame | None = field(repr=False)

    @property
    def title(self) -> str:
        """The picture's title, whose lines stand one by one."""
        notes = self.spec["layout"]["annotations"]
        lines = [each["text"] for each in notes if each["font"]["size"] == look.TITLE]
        return re.sub(r"</?b>", "", " ".join(lines))

    @property
    def words(self) -> list[str]:
        """What stands in the picture beside the plot: title, subtitle, key, foot, headings."""
        return [each["text"] for each in self.spec["layout"]["annotations"]]

    @property
    def claims(self) -> set[str]:
        """The ids of the figures that marks stand for; ticks of rivals are told in the table."""
        return {
            each
            for trace in self.spec["data"]
            if trace.get("marker", {}).get("symbol") != "line-ew-open"
            for _, ids, *_ in trace.get("customdata", ())
            for each in ids.split(",")
            if each
        }


@dataclass
class Seen:
    """What a reader has seen of a page."""

    titles: list[str]
    errors: list[str]
    notices: list[str]
    alarms: list[str]
    charts: list[Chart]
    texts: list[str]

    @classmethod
    def of(cls, test: AppTest) -> "Seen":
        return cls(
            titles=[each.value for each in test.title],
            errors=[each.message for each in (*test.exception, *test.error)],
            notices=[each.value for each in test.info],
            alarms=[each.value for each in test.warning],
            charts=charts(test.main),
            texts=everything(test),
        )


def everything(test: AppTest) -> list[str]:
    """Every text that a reader may see, the evidence drawer included."""
    return list(texts(test.main.root))


def charts(block) -> list[Chart]:
    """The charts of a page; each is followed by the table of its numbers."""
    found = []
    for element in elements(block):
        if element.type == "plotly_chart":
            found.append(Chart(element.proto, json.loads(element.proto.spec), None))
        elif element.type == "dataframe" and found and found[-1].table is None:
            found[-1].table = element.value
    return found


def elements(block) -> Iterator:
    """Everything on a page, in its order."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from elements(child)


def texts(block) -> Iterator[str]:
    """Every text that a reader of the page may see: labels, options, cells, words in charts."""
    for element in elements(block):
        if element.type == "plotly_chart":
            yield element.proto.alt
            yield from _plain(_strings(json.loads(element.proto.spec)))
        elif element.type == "dataframe":
            yield from _cells(element.value)
        elif element.type == "html":
            yield from _plain(said for _, said in _SAID.findall(element.proto.body))
        elif element.type not in _NO_WORDS:
            yield from _plain(_fields(element.proto))


# Scripts; and texts to be copied, which stand in every language on every page that has them.
_NO_WORDS = ("bidi_component", "code")
# Paragraphs, and the heads and lines of tables.
_SAID = re.compile(r"<(p|div|th)(?: scope=\"col\")?>(.*?)</\1>", re.DOTALL)


def _plain(found: Iterator[str]) -> Iterator[str]:
    """Without markup: the lines of a hover box as one, a link by its label."""
    for text in found:
        text = re.sub(r"<br>", " ", text)
        yield as_typed(re.sub(r"</?\w[^>]*>", "", text))


def as_typed(text: str) -> str:
    """Without what impact.wording.markup puts before a sign that Markdown would read."""
    text = re.sub(r":color\[\\(.)\]\{\}", r"\1", text)
    return re.sub(r"\\([^\w\s]|_)", r"\1", text)


def _strings(spec: dict) -> Iterator[str]:
    layout = spec["layout"]
    yield from (each["text"] for each in layout["annotations"])
    yield from (
        text for name in layout if "axis" in name for text in layout[name].get("ticktext", [])
    )
    for trace in spec["data"]:
        for name in ("text", "hovertext", "hovertemplate", "y", "name"):
            several = trace.get(name, ())
            several = [several] if isinstance(several, str) else several
            if isinstance(several, list):
                yield from (text for text in several if isinstance(text, str))


# Columns of the data dictionary that hold code, by their heading in every language.
_CODE = {
    words(each)._(heading)
    for each in languages()
    for heading in ("Column", "Column value", "HXL tag")
}


def _cells(table: pd.DataFrame) -> Iterator[str]:
    for name in table.columns:
        yield str(name)
        if name not in _CODE:
            yield from (text for text in table[name] if isinstance(text, str))


def _fields(message: Message | None) -> Iterator[str]:
    for descriptor, value in message.ListFields() if message else ():
        if descriptor.name in _UNSEEN:
            continue
        several = value if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
        for each in several:
            if isinstance(each, str):
                yield each
            elif isinstance(each, Message):
                yield from _fields(each)


@functools.cache
def translated(language: str) -> dict[str, tuple[str, re.Pattern]]:
    """Every text of the interface that reads differently in a language: the longest piece of its
    English form that holds no {name}, and a pattern of all of it: {names} stand for anything. Where
    the piece does not stand, the pattern need not be tried."""
    with catalogue(language).open("rb") as file:
        messages = read_po(file, locale=language)
    found = {}
    for message in messages:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in ids:
            if text and any(strings) and text not in strings:
                pieces = re.split(r"\{\w+\}", text)
                if any(re.search(r"[A-Za-z]{2}", piece) for piece in pieces):
                    whole = ".+?".join(map(re.escape, pieces))
                    pattern = re.compile(rf"(?<![\w-]){whole}(?![\w-])")
                    found[text] = max(pieces, key=len), pattern
    return found


def foreign_words(reader: Reader) -> list[str]:
    """What stands in English on any page: names as printed, compilers' notes, sentences of
    reports."""
    table = reader.query("SELECT DISTINCT outlet, origin, attributed_to, note, quote FROM figures")
    read = readings(reader)[["printed", "value", "reason"]]
    table["note"] = table["note"].map(captions.remark)
    return sorted({text for each in (table, read) for name in each for text in each[name] if text})


def by_word(foreign: Iterable[str]) -> dict[str, list[str]]:
    """Texts by their longest word: where that does not stand, the text does not."""
    found: dict[str, list[str]] = {}
    for text in foreign:
        if written := _LATIN.findall(text):
            found.setdefault(max(written, key=len), []).append(text)
    return found


_LATIN = re.compile("[A-Za-z]{2,}")


def without(foreign: Mapping[str, list[str]], text: str) -> str:
    """The text without commands, code, addresses, explained codes and what may stand in English,
    the longest first, as `by_word` gives it."""
    text = re.sub(r"^curl .*|`[^`]+`", "", text)
    text = re.sub(r"https?://[^\s)]+", "", text)
    written = set(_LATIN.findall(text))
    for each in sorted((each for word in written for each in foreign.get(word, ())), key=len)[::-1]:
        text = text.replace(each, "")
    return re.sub(r"\b[a-z_]+ (?=\()", "", text)
