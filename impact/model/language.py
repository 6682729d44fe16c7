"""Words, numbers and dates on screen: translations come from locale/, formats from Babel.

The English texts in the code are the keys of the translations. The .po files are compiled in memory
when the program starts. So there is no compiled file that could be older than its .po file. To add
a language, add locale/<code>/LC_MESSAGES.
"""

import gettext
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from impact.model import dates

LOCALE = Path(__file__).parents[2] / "locale"
SOURCE_LANGUAGE = "en"


def N_(message: str) -> str:
    """Marks a text for the catalogues. It is translated later, where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Marks a singular and its plural for the catalogues. They are translated later."""
    return one, many


def languages() -> tuple[str, ...]:
    """The code of every language of the pages: English, and each folder of locale/."""
    return (SOURCE_LANGUAGE, *sorted(each.name for each in LOCALE.iterdir() if each.is_dir()))


@lru_cache(maxsize=65536)
def _number(value: float, locale: Locale) -> str:
    """Kept, because a page writes the same numbers hundreds of times."""
    if abs(value) >= 1_000_000:
        # Babel chooses "million" or "millions" by the number that it gets, and takes every
        # float as a fraction. So it gets a rounded integer.
        text = format_compact_decimal(
            int(round(value, -4)), format_type="long", locale=locale, fraction_digits=2
        )
    else:
        # Plus nought, because what rounds to minus nought is nought.
        text = format_decimal(round(value, 2) + 0.0, locale=locale)
    return text.replace("-", "\u2212")


def own_name(language: str) -> str:
    """The name of a language in that language: English, Українська."""
    locale = Locale.parse(language)
    name = locale.get_language_name(locale.language) or language
    return name[:1].upper() + name[1:]


def catalogue(language: str) -> Path:
    """The path of the translations of a language."""
    return LOCALE / language / "LC_MESSAGES" / "impact.po"


@lru_cache
def words(language: str) -> "Words":
    """The words of a language. Loaded once. Raises KeyError for a language without translations."""
    return Words(language)


class Words:
    """Translates texts and formats numbers and dates for one language.

    It has no state, so all pages and threads share one.
    """

    def __init__(self, language: str) -> None:
        if language not in languages():
            raise KeyError(language)
        self.language = language
        self.locale = Locale.parse(language if language != "en" else "en_GB")
        self._translations = _translations(language)

    def _(self, message: str, **values: object) -> str:
        """The message in this language. Each {name} in it is replaced by the value of that name."""
        text = self._translations.gettext(message) if message else ""
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: float, **values: object) -> str:
        """The singular or plural of a message for a count. {count} is replaced by number(count).

        Fractions and millions take the plural of many. number() writes millions in words, so the
        last digit of 1,234,561 does not matter: "1,23 мільйона будинків".
        """
        whole = int(count) if float(count).is_integer() and abs(count) < 1_000_000 else 5
        text = self._translations.ngettext(one, many, whole)
        return text.format(count=self.number(count), **values)

    def number(self, value: float) -> str:
        """A number with at most two decimals: 6,000 in English, 6 000 in Ukrainian.

        From a million on with a word: "1.23 million". The minus sign is U+2212.
        """
        return _number(float(value), self.locale)

    def separators(self) -> str:
        """The decimal mark and the thousands separator, as Plotly needs them: ".," or ", "."""
        marks = self.locale.number_symbols["latn"]
        return f"{marks['decimal']}{marks['group']}".replace("\u00a0", " ").replace("\u202f", " ")

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as a percentage: with one decimal below 10 %, else without."""
        return format_percent(round(share, 3 if share < 0.1 else 2), "#,##0.#%", self.locale)

    def day(self, day: date) -> str:
        """24 January 2026; 24 січня 2026 року."""
        return self._("{day} {year}", day=self.day_of_month(day), year=day.year)

    def day_of_month(self, day: date) -> str:
        """24 January; 24 січня."""
        return format_date(day, "d MMMM", locale=self.locale)

    def short_day(self, day: date) -> str:
        """24 Jan; for axes and tables where the year is clear."""
        return format_skeleton("MMMd", _midnight(day), locale=self.locale)

    def short_date(self, day: date) -> str:
        """24 Jan 2026; where the days shown are of several years."""
        return format_skeleton("yMMMd", _midnight(day), locale=self.locale)

    def month(self, day: date) -> str:
        """January 2026; січень 2026 року."""
        month = format_date(day, "LLLL", locale=self.locale)
        return self._("{month} {year}", month=month, year=day.year)

    def year(self, day: date) -> str:
        """2026; 2026 рік."""
        return self._("{year}", year=day.year)

    def time(self, moment: datetime) -> str:
        """A stored UTC time in Kyiv time: 24 January 2026, 18:00 Kyiv time."""
        local = dates.to_kyiv(moment)
        return self._(
            "{day}, {time} Kyiv time",
            day=self.day(local.date()),
            time=format_time(local, "HH:mm", locale=self.locale),
        )

    def period(self, first: date, last: date) -> str:
        """A period in words: day, month, year, winter or span of days. Both ends belong to it."""
        if first == last:
            return self.day(first)
        if (first.day, last) == (1, dates.span(first.isoformat()[:7])[1]):
            return self.month(first)
        if (first, last) == dates.span(first.isoformat()[:4]):
            return self.year(first)
        if last.year > first.year and (first, last) == dates.winter(first.year):
            return self._("winter {years}", years=f"{first.year}/{last.year % 100:02d}")
        if first.year == last.year:
            return f"{self.day_of_month(first)} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def days(self, first: date, last: date) -> str:
        """A span of days, even if it is a whole month: 1–31 January 2026, both ends included."""
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        start = self.day_of_month if first.year == last.year else self.day
        return f"{start(first)} – {self.day(last)}"

    def stated(self, stated: str) -> str:
        """An ISO day, month, year or date-time (Kyiv time) of a figure, in words.

        Any other text is given as it stands: older stores hold some that was read wrongly.
        """
        try:
            if "T" in stated:
                local = dates.local_time(stated)
                return f"{self.day(local.date())}, {format_datetime(local, 'HH:mm')}"
            return self.period(*dates.span(stated))
        except ValueError:
            return stated

    def tongue(self, code: str) -> str:
        """The name of another language in this one: Russian, російська. The code if it has none."""
        return str(self.locale.languages.get(code, code))

    def listed(self, names: Sequence[str]) -> str:
        """A list of names: "English and Ukrainian"."""
        return format_list(names, locale=self.locale)

    def moment(self, moment: str) -> str:
        """The part of a day that a source names, a key of dates.MOMENTS: morning, evening …"""
        return self._(MOMENTS[moment])


MOMENTS = {
    "": "",
    "first": N_("first reports"),
    "night": N_("night"),
    "morning": N_("morning"),
    "midday": N_("midday"),
    "afternoon": N_("afternoon"),
    "evening": N_("evening"),
    "later": N_("later that day"),
}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _translations(language: str) -> gettext.NullTranslations:
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    with catalogue(language).open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
