"""Lays out the same facts in many arrangements of a table in text.

An arrangement says where stands WHAT is counted, WHERE and WHEN: in the title, above the table, in
its header, its rows, its section lines. Everything here is made from its arguments alone.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

PUBLISHED = "2026-01-24"
DAYS = ("2026-01-20", "2026-01-21", "2026-01-22")

WHAT = ("title", "above", "header", "row", "section", "cell")
PLACE = (
    *("title", "above", "dateline", "author", "signature"),
    *("header", "row", "section", "raion"),
)
DAY = ("title", "header", "row", "section", "published")
OF_TABLE = ("header", "row", "section", "cell", "raion")
EXTRAS = ("", "total", "unknown", "percent", "note", "footnote", "plan", "shot down")
LANGUAGES = ("en", "uk")
ROUNDS = (0, 1, 2, 3)  # which words, forms of names and days, and numbers

Grid = list[list[str]]


class Arrangement(NamedTuple):
    """Where each of the three stands."""

    what: str
    place: str
    day: str


class Counted(NamedTuple):
    """One thing that is counted, with words for it: alone, and behind a number in a cell."""

    indicator: str
    unit: str
    status: str
    names: Sequence[str]
    behind: str = ""


class Somewhere(NamedTuple):
    """A place: its P-code, its names alone, "in it", and its administration."""

    pcode: str
    names: Sequence[str]
    inside: str
    author: str


class Said(NamedTuple):
    """What a text says: the numbers to be found, those that may be, and the text itself.

    Each number is (indicator, value, P-code, ISO day, unit, status).
    """

    text: str
    figures: frozenset[tuple]
    allowed: frozenset[tuple]


class Words(NamedTuple):
    """The words of a language. `subjects` are what one table counts together."""

    subjects: Sequence[Sequence[Counted]]
    places: Sequence[Somewhere]
    raions: Sequence[str]  # of the first place
    days: Callable[[str, int], str]
    corner: dict[str, Sequence[str]]
    value: Sequence[str]
    general: Sequence[str]  # titles that say nothing of the table
    above: Sequence[str]  # sentences that name a place
    counted: Sequence[str]  # lines above a table that name what it counts
    others: dict[str, Sequence[str]]  # extra -> header of a column, or the word for a row


_MONTHS = {"en": "January", "uk": "січня"}


def _day(language: str) -> Callable[[str, int], str]:
    def told(iso: str, form: int) -> str:
        year, month, day = iso.split("-")
        forms = (
            f"{int(day)} {_MONTHS[language]} {year}",
            f"{day}.{month}.{year}",
            f"{day}.{month}" if language == "uk" else f"{int(day)} Jan",
            iso,
        )
        return forms[form % len(forms)]

    return told


_EN = Words(
    subjects=(
        (
            Counted("killed", "people", "", ("Killed", "Civilians killed", "Deaths", "Dead"),
                    "killed"),
            Counted("injured", "people", "", ("Injured", "Civilians injured", "Wounded", "Hurt"),
                    "injured"),
        ),
        (
            Counted("power_outage", "customers", "lost", (
                "Customers cut off", "Customers left without power",
                "Customers who lost electricity", "De-energized customers",
            )),
            Counted("power_outage", "customers", "restored", (
                "Customers reconnected", "Customers with power restored",
                "Electricity restored, customers", "Re-energized customers",
            )),
            Counted("power_outage", "customers", "without", (
                "Customers still without power", "Customers without electricity",
                "Still without power, customers", "Customers without light",
            )),
        ),
        (
            Counted("heating_loss", "buildings", "without", (
                "Buildings without heating", "Houses without heat",
                "Apartment blocks without heating", "Unheated buildings",
            ), "buildings without heating"),
            Counted("buildings_damaged", "buildings", "", (
                "Buildings damaged", "Houses damaged", "Damaged buildings",
                "Residential buildings damaged",
            ), "buildings damaged"),
        ),
        (
            Counted("evacuated", "people", "", (
                "People evacuated", "Evacuated", "Evacuees", "Residents evacuated",
            ), "evacuated"),
            Counted("rescued", "people", "", (
                "People rescued", "Rescued", "Pulled out of the rubble", "Rescued",
            ), "rescued"),
        ),
    ),
    places=(
        Somewhere("UA59", ("Sumy Oblast", "Sumy region"), "in Sumy Oblast",
                  "Sumy Regional Military Administration"),
        Somewhere("UA63", ("Kharkiv Oblast", "Kharkiv region"), "in Kharkiv Oblast",
                  "Kharkiv Oblast Military Administration"),
        Somewhere("UA48", ("Mykolaiv Oblast", "Mykolaiv region"), "in Mykolaiv Oblast",
                  "Mykolaiv Regional Administration"),
    ),
    raions=("Shostka district", "Okhtyrka district", "Konotop district"),
    days=_day("en"),
    corner={"what": ("Indicator", "What", ""), "place": ("Oblast", "Region", "Place", ""),
            "day": ("Date", "Day", ""), "raion": ("District", "Raion", "")},
    value=("Number", "Total number", "Count", "Value"),
    general=("Daily report", "Situation update", "Consequences of the attacks", "Summary"),
    above=("The situation {} is as follows:", "Attacks {} went on.",
           "What is known {} so far:", "Shelling {} continued overnight."),
    counted=("{}:", "{} by day and place:", "The table gives: {}", "{}, from our records:"),
    others={"total": ("Total", "Total", "Overall"), "percent": ("Share, %", "% of all"),
            "note": ("Notes", "Remarks"), "plan": ("Plan", "Target"),
            "shot down": ("Drones shot down", "Intercepted")},
)  # fmt: skip

_UK = Words(
    subjects=(
        (
            Counted("killed", "people", "", ("Загинуло", "Загиблі", "Загинули", "К-сть загиблих"),
                    "загинуло"),
            Counted("injured", "people", "", ("Поранено", "Поранені", "Травмовано",
                                              "К-сть поранених"), "поранено"),
        ),
        (
            Counted("power_outage", "customers", "lost", (
                "Знеструмлено абонентів", "Знеструмлено споживачів",
                "Залишилися без світла, абонентів", "Відключено споживачів від електропостачання",
            )),
            Counted("power_outage", "customers", "restored", (
                "Заживлено абонентів", "Відновлено електропостачання, споживачів",
                "Повернуто світло, абонентів", "Підключено споживачів до електропостачання",
            )),
            Counted("power_outage", "customers", "without", (
                "Залишаються без світла, абонентів", "Споживачів без електропостачання",
                "Наразі без світла, абонентів", "Без електроенергії, споживачів",
            )),
        ),
        (
            Counted("heating_loss", "buildings", "without", (
                "Будинків без опалення", "Будинків без тепла",
                "Без теплопостачання, будинків", "Багатоповерхівок без опалення",
            ), "будинків без опалення"),
            Counted("buildings_damaged", "buildings", "", (
                "Пошкоджено будинків", "Пошкоджені будинки", "Пошкоджено житлових будинків",
                "Пошк. будинків",
            ), "пошкоджених будинків"),
        ),
        (
            Counted("evacuated", "people", "", (
                "Евакуйовано осіб", "Евакуйовано", "Евакуйовано людей", "Евакуйовані",
            ), "евакуйовано"),
            Counted("rescued", "people", "", (
                "Врятовано осіб", "Врятовано", "Врятовано людей", "Урятовано",
            ), "врятовано"),
        ),
    ),
    places=(
        Somewhere("UA59", ("Сумська область", "Сумська обл.", "Сумщина", "Сумська"),
                  "у Сумській області", "Сумська обласна військова адміністрація"),
        Somewhere("UA63", ("Харківська область", "Харк. обл.", "Харківщина", "Харківська"),
                  "на Харківщині", "Харківська ОВА"),
        Somewhere("UA48", ("Миколаївська область", "Миколаївська обл.", "Миколаївщина",
                           "Миколаївська"), "на території Миколаївської області",
                  "Миколаївська ОВА"),
    ),
    raions=("Шосткинський район", "Охтирський район", "Конотопський р-н"),
    days=_day("uk"),
    corner={"what": ("Показник", "Назва показника", ""), "place": ("Область", "Регіон", ""),
            "day": ("Дата", "День", ""), "raion": ("Район", "")},
    value=("Кількість", "Число", "К-сть", "Значення"),
    general=("Щоденне зведення", "Оперативна інформація", "Наслідки обстрілів", "Ситуація"),
    above=("Ситуація {} така:", "Обстріли {} тривали.", "Що відомо {}:",
           "Ворог бив {} усю ніч."),
    counted=("{}:", "{} за днями й місцями:", "У таблиці: {}", "{}, за нашими даними:"),
    others={"total": ("Всього", "Разом", "Усього"), "percent": ("Частка, %", "% від усіх"),
            "note": ("Примітка", "Примітки"), "plan": ("План", "План"),
            "shot down": ("Збито БпЛА", "Збито")},
)  # fmt: skip

WORDS = {"en": _EN, "uk": _UK}


def arrangements() -> Iterator[Arrangement]:
    """Every arrangement that a table can have: rows, and at most one thing in header and section
    lines."""
    for each in map(Arrangement._make, product(WHAT, PLACE, DAY)):
        rows = sum(at in ("row", "raion") for at in each)
        headed = each.count("header")
        told_in_cells = each.what == "cell" and headed
        several = each.what in ("title", "above") and each.place in ("header", "row") and rows > 2
        if rows and headed < 2 and each.count("section") < 2 and not told_in_cells and not several:
            yield each


# How the cells of a line are parted


def _joined(sign: str) -> Callable[[Grid], str]:
    return lambda grid: "\n".join(sign.join(row).rstrip() for row in grid)


def _gaps(grid: Grid) -> str:
    width = max(map(len, grid))
    full = [[*row, *[""] * (width - len(row))] for row in grid]
    widths = [max(map(len, column)) + 3 for column in zip(*full, strict=True)]
    padded = [[cell.ljust(n) for cell, n in zip(row, widths, strict=True)] for row in full]
    return "\n".join("".join(row).rstrip() for row in padded)


def _framed(grid: Grid) -> str:
    first, *others = ("| " + " | ".join(row) + " |" for row in grid)
    return "\n".join([first, "|" + "---|" * len(grid[0]), *others])


def _commas(grid: Grid) -> str:
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in grid)


def _celled(grid: Grid) -> str:
    return "\n".join(cell or "-" for row in grid for cell in row)


SEPARATORS: dict[str, Callable[[Grid], str]] = {
    "bars": _joined(" | "),
    "frame": _framed,
    "tabs": _joined("\t"),
    "semicolons": _joined(";"),
    "semicolons and spaces": _joined("; "),
    "gaps": _gaps,
    "commas": _commas,
    "slashes": _joined(" / "),
    "dashes": _joined(" – "),
    "colons": _joined(": "),
    "one cell a line": _celled,
}
_FOR_PAIRS = ("colons",)
_PLAIN_DIGITS = ("commas",)


def fits(at: Arrangement, separator: str, extra: str) -> bool:
    """Whether an arrangement can be drawn with a separator and an extra."""
    wide = "header" in at or sum(each in ("row", "raion") for each in at) > 1
    if separator in _FOR_PAIRS and (wide or "section" in at):
        return False
    if separator == "one cell a line" and ("section" in at or not wide):
        return False
    if at.what == "cell" and separator in ("commas", "one cell a line", "slashes"):
        return False
    if extra in ("percent", "note", "plan", "shot down"):
        return at.what == "header" and separator not in _FOR_PAIRS
    if extra == "unknown":
        return "header" in at and separator not in ("slashes", "dashes")
    if extra == "total":
        return at.place == "row" and at.day not in ("row", "section") and at.what != "row"
    return True


def text_of(
    at: Arrangement, separator: str, language: str, number: int, extra: str = "", subject: int = 0
) -> Said:
    """The text of an arrangement, and what it says."""
    return _Making(at, separator, WORDS[language], number, extra, subject).said()


class _Making:
    """One text. `number` chooses among words that mean the same."""

    def __init__(
        self,
        at: Arrangement,
        separator: str,
        words: Words,
        number: int,
        extra: str,
        subject: int,
    ) -> None:
        self.at, self.separator, self.words = at, separator, words
        self.number, self.extra = number, extra
        whats = words.subjects[subject % len(words.subjects)]
        if at.what == "cell" and not whats[0].behind:
            whats = words.subjects[0]
        self.large = whats[0].status == "lost"
        self.axes: dict[str, Sequence] = {
            "what": whats if at.what in OF_TABLE else whats[-1:],
            "place": words.places if at.place in OF_TABLE else words.places[:1],
            "day": DAYS if at.day in OF_TABLE else DAYS[1:2],
        }
        if at.place == "raion":
            self.axes["place"] = words.raions
        self.figures: set[tuple] = set()
        self.allowed: set[tuple] = set()

    def said(self) -> Said:
        table = self._table()
        lines = [*self._above(), table]
        if self.at.place == "signature":
            lines += ["", self.words.places[0].author]
        text = "\n".join(lines)
        return Said(text, frozenset(self.figures), frozenset(self.allowed))

    # What stands around the table

    def _above(self) -> list[str]:
        words, at, place = self.words, self.at, self.words.places[0]
        named = self._name("place", words.places[0])
        day = words.days(DAYS[1], 0)
        title = self._name("what", self.axes["what"][0]) if at.what == "title" else ""
        title = title or self._one(words.general)
        if at.place in ("title", "raion"):
            title = f"{named}. {title}" if self.number % 2 else f"{title}, {named}"
        if at.day == "title":
            title += f", {day}{'' if words is _EN or self.number % 2 else ' року'}"
        lines = [title]
        if at.place == "author":
            lines.insert(0, place.author)
        if at.place == "dateline":
            lines.append(f"{named}, {words.days(PUBLISHED, 0)}")
        if at.place == "above":
            lines.append(self._one(words.above).format(place.inside))
        if at.what == "above":
            told = self._name("what", self.axes["what"][0])
            lines.append(self._one(words.counted).format(told))
        return [*lines, ""] if self.number % 2 else lines

    def _one(self, of: Sequence[str]) -> str:
        return of[self.number % len(of)]

    # The table

    def _table(self) -> str:
        across = self._dim("header")
        sections = self._dim("section")
        grid: Grid = []
        if head := self._header(across):
            grid.append(head)
        number = 0
        for section in self.axes[sections] if sections else (None,):
            if section is not None:
                grid.append([self._name(sections, section)])
            fixed = {sections: section} if sections else {}
            for row in self._rows(across, fixed, number):
                grid.append(row)
            number += 20
        if self.extra == "total":
            grid.append(self._total(grid))
        return SEPARATORS[self.separator](grid)

    def _dim(self, where: str) -> str:
        return next((dim for dim in self.at._fields if getattr(self.at, dim) == where), "")

    def _keys(self) -> list[str]:
        """The dimensions that each row names, those of places first or second in turn."""
        keys = [
            dim for dim in ("day", "place", "what") if getattr(self.at, dim) in ("row", "raion")
        ]
        return keys if self.number % 2 else sorted(keys, key=("place", "day", "what").index)

    def _header(self, across: str) -> list[str]:
        keys = self._keys()
        if not across and (self.at.what == "cell" or self.separator in _FOR_PAIRS):
            return []
        if not across and len(keys) == 1 and self.number % 2:
            return []  # a list needs no header
        corners = [self._corner(dim, bool(across)) for dim in keys]
        names = [self._name(across, each) for each in self.axes[across]] if across else []
        names = names or [self._one(self.words.value)]
        if self.extra in ("percent", "note", "plan", "shot down"):
            names.append(self._one(self.words.others[self.extra]))
        if self.extra == "footnote":
            names[0] += "*"
        return [*corners, *names]

    def _corner(self, dim: str, may_be_blank: bool) -> str:
        known = self.words.corner["raion" if dim == "place" and self.at.place == "raion" else dim]
        told = self._one(known)
        blank_works = may_be_blank and self.separator in ("bars", "frame", "tabs", "semicolons")
        return told if told or (blank_works and len(self._keys()) == 1) else known[0]

    def _rows(self, across: str, fixed: dict, number: int) -> Iterator[list[str]]:
        keys = self._keys()
        for at, values in enumerate(product(*(self.axes[key] for key in keys))):
            facts = {**fixed, **dict(zip(keys, values, strict=True))}
            row = [self._name(key, value) for key, value in zip(keys, values, strict=True)]
            if self.at.what == "cell":
                yield [*row, self._told(facts, number + at)]
                continue
            for n, each in enumerate(self.axes[across] if across else (None,)):
                told = {**facts, across: each} if across else facts
                if self.extra == "unknown" and (at, n) == (1, 1):
                    row.append("н/д" if self.words is _UK else "n/a")
                else:
                    row.append(self._number(told, number + 5 * at + n))
            yield [*row, *self._beside(at)]

    def _beside(self, at: int) -> list[str]:
        told = {"percent": f"{11 + at}%", "note": ("уточнюється", "final")[self.words is _EN],
                "plan": str(300 + at), "shot down": str(60 + at)}  # fmt: skip
        return [told[self.extra]] if self.extra in told else []

    def _told(self, facts: dict, number: int) -> str:
        """A cell with several numbers and what each counts: "3 killed, 7 injured"."""
        parts = []
        for n, what in enumerate(self.axes["what"]):
            counted = self._number({**facts, "what": what}, number + 7 * n)
            ahead = self.words is _UK and not what.status and what.unit == "people"
            parts.append(f"{what.behind} {counted}" if ahead else f"{counted} {what.behind}")
        return ", ".join(parts)

    def _number(self, facts: dict, number: int) -> str:
        """A number of these facts, as it is written; keeps what it says."""
        value = 1_000 * (number + 3) + 40 * (self.number + 1) if self.large else number + 2
        what = facts.get("what", self.axes["what"][0])
        day = PUBLISHED if self.at.day == "published" else facts.get("day", self.axes["day"][0])
        place = facts.get("place", self.axes["place"][0])
        pcode = self.words.places[0].pcode if isinstance(place, str) else place.pcode
        self.figures.add((what.indicator, float(value), pcode, day, what.unit, what.status))
        if self.separator in _PLAIN_DIGITS:
            return str(value)
        return f"{value:,}" if self.words is _EN else f"{value:,}".replace(",", " ")

    def _total(self, grid: Grid) -> list[str]:
        """A row that sums up the numbers of the others, about all the places together."""
        for indicator, _, _, *rest in self.figures:
            same = [each[1] for each in self.figures if (each[0], *each[3:]) == (indicator, *rest)]
            self.allowed.add((indicator, sum(same), "UA", *rest))
        label = self._one(self.words.others["total"])
        body = grid[1:] if not any(map(_is_number, grid[0])) else grid
        sums = [sum(_digits(cell) for cell in column) for column in zip(*body, strict=False)]
        return [label, *map(str, sums[1:])]

    def _name(self, dim: str, value: object) -> str:
        if isinstance(value, str):
            return value if dim == "place" else self.words.days(value, self.number)
        names = value.names  # type: ignore[attr-defined]
        return names[self.number % len(names)]


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(" ", "").isdigit()


def _digits(cell: str) -> int:
    return int("".join(filter(str.isdigit, cell)) or 0) if _is_number(cell) else 0
