"""Parameters of an address: each declared once, with its meaning and what it takes.

One declaration reads the address, words the refusal of a wrong one and makes the documentation.
Nothing is guessed and nothing passed over: a misspelt name, an empty value or one given twice is an
error that names what is right.
"""

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from impact.model import dates, language
from impact.model.language import N_, Words

# Characters of a query as it stands in the address, and of one value.
LONGEST_QUERY, LONGEST_VALUE = 4000, 200
# How much of a wrong value is repeated to whoever gave it.
_REPEATED = 60
# Control characters, halves of surrogate pairs, line and paragraph separators.
_UNPRINTABLE = frozenset(("Cc", "Cs", "Zl", "Zp"))


class WrongParameter(ValueError):
    """A parameter that cannot be read.

    message  a text to translate; {parameter}, {given}, {nearest} and {form} are filled in
    allowed  what would be right, where that is a short list
    nearest  what of it is most like what was given
    codes    what to write for each of the nearest, where that is not the same text
    form     what the parameter takes, in words to translate
    most     of characters, words or places: fills {count} of the message and of the form
    """

    def __init__(
        self,
        message: str,
        parameter: str = "",
        given: str = "",
        *,
        allowed: Iterable[str] = (),
        nearest: Iterable[str] = (),
        codes: Iterable[str] = (),
        form: str = "",
        most: int = 0,
    ):
        super().__init__(message)
        self.message, self.parameter, self.given = message, parameter, given
        self.allowed, self.nearest = tuple(allowed), tuple(nearest)
        self.codes = tuple(codes) or self.nearest
        self.form, self.most = form, most

    def sentence(self, words: Words, nearest: Iterable[str] = ()) -> str:
        """What is wrong and what would be right, in the reader's language.

        nearest  the nearest by the names that the reader knows them by
        """
        return words._(
            self.message,
            parameter=self.parameter[:_REPEATED],
            given=self._given,
            nearest=", ".join(nearest or self.nearest),
            form=words._(self.form, count=words.number(self.most)),
            count=words.number(self.most),
        )

    @property
    def _given(self) -> str:
        return self.given[:_REPEATED] + "…" * (len(self.given) > _REPEATED)

    def told(self, words: Words) -> dict:
        """The sentence and its parts, for programs."""
        sentence, given = self.sentence(words), self._given
        told = {"error": sentence, "parameter": self.parameter[:_REPEATED], "given": given}
        lists = {"allowed": list(self.allowed), "nearest": list(self.nearest)}
        return told | {name: each for name, each in lists.items() if each}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an address.

    meaning  what it does, to translate
    form     what it takes, in words to translate; empty where `options` say it
    limits   the least and the most of a number, as "1–3"
    most     the most of what the form counts, in its {count}: characters or words
    read     the value of a text; raises WrongParameter, whose parameter and given are filled in
    options  every text it takes, where that is a short list
    default  the value when it is left out; not () for one that may be `several`
    """

    name: str
    meaning: str
    read: Callable[[str], object]
    form: str = ""
    limits: str = ""
    most: int = 0
    options: tuple[str, ...] = ()
    several: bool = False
    default: object = None

    def takes(self, words: Words) -> str:
        """What it takes where that is no short list, with its limits: "a whole number 1–3"."""
        form = words._(self.form, count=words.number(self.most)) if self.form else ""
        return f"{form} {self.limits}".strip()


def read(query: bytes, declared: Sequence[Parameter]) -> dict[str, object]:
    """The values of an address's query (what follows the question mark), by parameter name.

    Raises WrongParameter for the first thing that is wrong.
    """
    given = pairs(query)
    known = {each.name: each for each in declared}
    for name, _ in given:
        if name not in known:
            raise unknown(name, known)
    return {each.name: _value(each, [text for name, text in given if name == each.name])
            for each in declared}  # fmt: skip


def pairs(query: bytes) -> list[tuple[str, str]]:
    """Names and texts of a query. Raises WrongParameter when nobody could read them."""
    if len(query) > LONGEST_QUERY:
        raise WrongParameter(
            N_("The address is too long: it may have {count} characters."), most=LONGEST_QUERY
        )
    try:
        given = parse_qsl(query.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        raise WrongParameter(N_("The address is not written in UTF-8.")) from None
    for name, text in given:
        _check(name, text)
    return given


def _check(name: str, text: str) -> None:
    """Raises WrongParameter for what nobody could read."""
    if any(unicodedata.category(letter) in _UNPRINTABLE for letter in name + text):
        raise WrongParameter(
            N_("{parameter} holds a character that cannot be printed."),
            _printable(name),
            _printable(text),
        )
    if len(text) > LONGEST_VALUE:
        raise WrongParameter(
            N_("{parameter} is too long: it may have {count} characters."),
            name,
            text,
            most=LONGEST_VALUE,
        )


def language_of(query: bytes) -> str:
    """The language that a query asks for, be it otherwise right or wrong."""
    try:
        asked = dict(pairs(query)).get("lang", "")
    except WrongParameter:
        asked = ""
    return asked if asked in language.languages() else language.SOURCE_LANGUAGE


def write(given: Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    """A query of these names and texts, percent-encoded."""
    return urlencode(given)


def _value(parameter: Parameter, texts: list[str]) -> object:
    """What one parameter is set to by the texts given for it."""
    if not texts:
        return () if parameter.several else parameter.default
    if len(texts) > 1 and not parameter.several:
        raise repeated(parameter.name, texts)
    values = tuple(value(parameter, text) for text in texts)
    return tuple(dict.fromkeys(values)) if parameter.several else values[0]


def repeated(name: str, texts: Iterable[str]) -> WrongParameter:
    """What is wrong with several texts for a single value."""
    message = N_("{parameter} is given more than once. Give it once.")
    return WrongParameter(message, name, ", ".join(texts))


def value(parameter: Parameter, text: str) -> object:
    """What one text for a parameter means. Raises WrongParameter."""
    _check(parameter.name, text)
    if not text.strip():
        raise WrongParameter(
            N_("{parameter} is empty. Give it a value or leave it out."),
            parameter.name,
            allowed=parameter.options,
        )
    try:
        return parameter.read(text)
    except WrongParameter as wrong:
        raise WrongParameter(
            wrong.message,
            parameter.name,
            text,
            allowed=wrong.allowed or parameter.options,
            nearest=wrong.nearest,
            codes=wrong.codes,
            form=wrong.form or parameter.form,
            most=wrong.most or parameter.most,
        ) from None


def unknown(name: str, known: Iterable[str]) -> WrongParameter:
    """What is wrong with a name that is none of the known."""
    nearest = _like(name, known)
    if nearest:
        message = N_("There is no parameter “{parameter}” here. Did you mean “{nearest}”?")
    elif known:
        message = N_("There is no parameter “{parameter}” here. See what is allowed.")
    else:
        message = N_("There is no parameter “{parameter}” here. This address takes none.")
    return WrongParameter(message, name, allowed=known, nearest=nearest)


def _like(text: str, options: Iterable[str]) -> list[str]:
    """The option most like a text, if one is."""
    return difflib.get_close_matches(text[:_REPEATED].lower(), list(options), 1, 0.6)


def _printable(text: str) -> str:
    return "".join(
        "\ufffd" if unicodedata.category(letter) in _UNPRINTABLE else letter for letter in text
    )


# What a parameter may take


def one_of(options: Iterable[str]) -> dict:
    """Settings of a parameter that takes one of some words."""
    known = tuple(options)

    def find(text: str) -> str:
        if text in known:
            return text
        nearest = _like(text, known)
        message = (
            N_("“{given}” is no value of {parameter}. Did you mean “{nearest}”?")
            if nearest
            else N_("“{given}” is no value of {parameter}. See what is allowed.")
        )
        raise WrongParameter(message, nearest=nearest)

    return {"read": find, "options": known}


NOT_OF_ITS_FORM = N_("“{given}” is no value of {parameter}: it takes {form}.")


def whole(least: int, most: int) -> dict:
    """Settings of a parameter that takes a whole number."""

    def count(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
            return int(text)
        raise WrongParameter(NOT_OF_ITS_FORM, allowed=[limits])

    limits = f"{least}–{most}"
    return {"read": count, "form": N_("a whole number"), "limits": limits}


A_LINE = N_("one line of text, not longer than {count} characters")


def plain_line(text: str) -> str:
    """A text as one line, however it was typed."""
    return " ".join(text.split())


def line(most: int) -> dict:
    """Settings of a parameter that takes one line of so many characters."""

    def read_line(text: str) -> str:
        plain = plain_line(text)
        if len(plain) > most or not plain.isprintable():
            raise WrongParameter(NOT_OF_ITS_FORM)
        return plain

    return {"read": read_line, "form": A_LINE, "most": most}


FLAG = {"read": lambda text: one_of(("0", "1"))["read"](text) == "1", "options": ("0", "1")}


def _day(text: str) -> date:
    try:
        first, last = dates.span(text)
    except ValueError:
        raise WrongParameter(NOT_OF_ITS_FORM) from None
    if first != last:
        raise WrongParameter(NOT_OF_ITS_FORM)
    return first


DAY = {"read": _day, "form": N_("a day such as 2026-01-24")}
