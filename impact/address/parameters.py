"""What a parameter of an address is, and how an address is read and written by its declaration.

declared.py has the parameters, forms.py what they may take. One declaration reads the address,
writes it, words the refusal of a wrong value and makes the documentation. Nothing is guessed and
nothing passed over: a misspelt name, an empty value or one given twice is an error that names what
is right.
"""

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast
from urllib.parse import parse_qsl, urlencode

from impact.model.language import N_, Words

# Characters of a query as it stands in the address, and of one value.
LONGEST_QUERY, LONGEST_VALUE = 4000, 200
# How much of a wrong value is repeated to whoever gave it.
_REPEATED = 60
# Control characters, halves of surrogate pairs, line and paragraph separators.
_UNPRINTABLE = frozenset(("Cc", "Cs", "Zl", "Zp"))


class WrongParameter(ValueError):
    """A parameter that cannot be read.

    message  a text to translate; {parameter}, {given}, {allowed}, {nearest} and {form} are filled
             in
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
        form = words._(self.form, count=words.number(self.most))
        return words._(
            self.message,
            parameter=self.parameter[:_REPEATED],
            given=self._given,
            allowed=", ".join(self.allowed) or form,
            nearest=", ".join(nearest or self.nearest),
            form=form,
            count=words.number(self.most),
        )

    @property
    def _given(self) -> str:
        return self.given[:_REPEATED] + "…" * (len(self.given) > _REPEATED)

    def told(self, words: Words) -> dict[str, object]:
        """The sentence and its parts, for programs."""
        told: dict[str, object] = {
            "error": self.sentence(words),
            "parameter": self.parameter[:_REPEATED],
            "given": self._given,
        }
        lists = {"allowed": list(self.allowed), "nearest": list(self.nearest)}
        return told | {name: each for name, each in lists.items() if each}


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[T_co]):
    """What a parameter may take.

    read     the value of a text; raises WrongParameter, whose parameter and given are filled in
    words    what it is, in words to translate; empty where `options` say it
    limits   the least and the most of a number, as "1–3"
    most     the most of what the words count, in their {count}: characters, words or places
    options  every text it takes, where that is a short list
    longest  of characters as they stand in a page's address
    schema   what a program must know of a text beside options and length, in JSON Schema's words
    """

    read: Callable[[str], T_co]
    words: str = ""
    limits: str = ""
    most: int = 0
    options: tuple[str, ...] = ()
    longest: int = LONGEST_VALUE
    schema: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def is_open(self) -> bool:
        """Whether it takes any text: what is right is known where the parameter is used."""
        return not (self.words or self.options)

    def says(self, words: Words) -> str:
        """What it takes where that is no short list, with its limits: "a whole number 1–3"."""
        said = words._(self.words, count=words.number(self.most)) if self.words else ""
        return f"{said} {self.limits}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Generic[T_co]):
    """One parameter of an address.

    meaning  what it does, to translate: for whoever writes the address
    help     what its field on a page says of it, to translate; empty where the label is enough
    form     what it takes
    default  the value when it is left out
    several  whether it may stand several times; then
    defaults are the values when it is left out
    also     other names by which pages take it
    """

    name: str
    meaning: str
    form: Form[T_co]
    default: T_co
    several: bool = False
    defaults: tuple[T_co, ...] = ()
    help: str = ""
    also: tuple[str, ...] = ()

    @property
    def usual(self) -> T_co | tuple[T_co, ...]:
        """What it is at when it is left out: a value, or several."""
        return self.defaults if self.several else self.default


class Values(dict[str, object]):
    """What an address asks for, by parameter name.

    A parameter that the address does not take is at its default.
    """

    def of(self, parameter: Parameter[T]) -> T:
        """The value of a parameter, in the type that its declaration gives it."""
        return cast(T, self.get(parameter.name, parameter.default))

    def all_of(self, parameter: Parameter[T]) -> tuple[T, ...]:
        """The values of a parameter that may stand several times."""
        return cast(tuple[T, ...], self.get(parameter.name, parameter.defaults))


def read(query: bytes, declared: Sequence[Parameter[Any]]) -> Values:
    """The values of an address's query (what follows the question mark).

    Raises WrongParameter for the first thing that is wrong.
    """
    return read_pairs(pairs(query), declared)


def read_pairs(given: Sequence[tuple[str, str]], declared: Sequence[Parameter[Any]]) -> Values:
    """The values of names and texts. Raises WrongParameter for the first thing that is wrong."""
    known = {each.name: each for each in declared}
    for name, _ in given:
        if name not in known:
            raise unknown(name, known)
    return Values(
        (each.name, _value(each, [text for name, text in given if name == each.name]))
        for each in declared
    )


def texts(values: Mapping[str, object], declared: Sequence[Parameter[Any]]) -> dict[str, list[str]]:
    """What stands in an address for values by name: what is at its default stays out.

    Raises KeyError for a name that is not declared.
    """
    known = {each.name: each for each in declared}
    changed = {name: given for name, given in values.items() if given != known[name].usual}
    return {
        name: [str(each) for each in (given if isinstance(given, tuple) else (given,))]
        for name, given in changed.items()
    }


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


def _check(name: str, text: str, longest: int = LONGEST_VALUE) -> None:
    """Raises WrongParameter for what nobody could read."""
    if any(unicodedata.category(letter) in _UNPRINTABLE for letter in name + text):
        raise WrongParameter(
            N_("{parameter} holds a character that cannot be printed."),
            _printable(name),
            _printable(text),
        )
    if len(text) > longest:
        raise WrongParameter(
            N_("{parameter} is too long: it may have {count} characters."),
            name,
            text,
            most=longest,
        )


def write(given: Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    """A query of these names and texts, percent-encoded."""
    return urlencode(given)


def _value(parameter: Parameter[Any], texts: list[str]) -> object:
    """What one parameter is set to by the texts given for it."""
    if not texts:
        return parameter.usual
    if len(texts) > 1 and not parameter.several:
        raise repeated(parameter.name, texts)
    values = tuple(value(parameter, text) for text in texts)
    return tuple(dict.fromkeys(values)) if parameter.several else values[0]


def repeated(name: str, texts: Iterable[str]) -> WrongParameter:
    """What is wrong with several texts for a single value."""
    message = N_("{parameter} is given more than once. Give it once.")
    return WrongParameter(message, name, ", ".join(texts))


def value(parameter: Parameter[T], text: str) -> T:
    """What one text for a parameter means. Raises WrongParameter."""
    _check(parameter.name, text, parameter.form.longest)
    if not text.strip():
        raise WrongParameter(
            N_("{parameter} is empty. Give it a value or leave it out."),
            parameter.name,
            allowed=parameter.form.options,
        )
    return typed(parameter, text)


def typed(parameter: Parameter[T], text: str) -> T:
    """What a text of any length and letters means, as a reader types it into a field.

    Raises WrongParameter.
    """
    try:
        return parameter.form.read(text)
    except WrongParameter as wrong:
        raise WrongParameter(
            wrong.message,
            parameter.name,
            text,
            allowed=wrong.allowed or parameter.form.options,
            nearest=wrong.nearest,
            codes=wrong.codes,
            form=wrong.form or parameter.form.words,
            most=wrong.most or parameter.form.most,
        ) from None


def unknown(name: str, known: Iterable[str]) -> WrongParameter:
    """What is wrong with a name that is none of the known."""
    nearest = like(name, known)
    if nearest:
        message = N_("There is no parameter “{parameter}” here. Did you mean “{nearest}”?")
    elif known:
        message = N_("There is no parameter “{parameter}” here. See what is allowed.")
    else:
        message = N_("There is no parameter “{parameter}” here. This address takes none.")
    return WrongParameter(message, name, allowed=known, nearest=nearest)


def like(text: str, options: Iterable[str]) -> list[str]:
    """The option most like a text, if one is."""
    return difflib.get_close_matches(text[:_REPEATED].lower(), list(options), 1, 0.6)


def _printable(text: str) -> str:
    return "".join(
        "\ufffd" if unicodedata.category(letter) in _UNPRINTABLE else letter for letter in text
    )
