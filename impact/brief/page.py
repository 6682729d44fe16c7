"""A brief as one HTML file: no server, no script, no network; two pages of A4 when printed.

What finds no room is counted ("and 3 more"), never left out in silence. page.html is the layout,
in which Jinja escapes every text; the drawings alone are markup, as pictures.compact makes them.
"""

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from impact.brief import fitting, sentences
from impact.brief.content import Brief
from impact.brief.sentences import Entry, Sources
from impact.model import vocabulary
from impact.model.language import N_, Words
from impact.model.places import UKRAINE
from impact.model.rows import records
from impact.store import as_of
from impact.views import Picture, citation
from impact.views.citation import PRODUCT
from impact.wording import captions

# Figures with room of their own; the others stand on one line.
MOST_FIGURES = 8
FIGURES_ROOM, CHANGES_ROOM = 480, 190
# Conflicts for which room is kept before changes are listed; of those a few are always told.
KEPT_CONFLICTS, LEAST_CHANGES = 3, 4
# Rows of a table that stands in place of a picture, and characters of its cells.
MOST_ROWS, CELL = 6, 46
NAMES = {"day": N_("Daily brief"), "week": N_("Weekly brief")}
_FOLDER = Path(__file__).parent


def file_name(brief: Brief) -> str:
    """ "brief_kyiv_2026-01-24_en.html"."""
    place = re.sub(r"[^a-z0-9]+", "-", brief.area.name_en.lower()).strip("-")
    days = dict.fromkeys((brief.first.isoformat(), brief.last.isoformat()))
    return "_".join(["brief", place, *days, brief.language]) + ".html"


def write(
    brief: Brief,
    drawings: Sequence[str | None],
    *,
    base: str = "",
    at: datetime | None = None,
) -> str:
    """The file.

    drawings  one for each of the brief's pictures, as pictures.compact makes them; None where there
              is none: then a table stands in its place
    base, at  address of the dashboard without a slash at the end, and the moment (UTC) that links
              keep to; without them the brief links to its sources alone
    """
    links = _Links(brief, base, at) if base and at else None
    template = _templates().get_template("page.html")
    return template.render(_Writer(brief, links).told(drawings))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class _Links:
    """Addresses of the dashboard that show what the brief shows, whatever is corrected later."""

    brief: Brief
    base: str
    at: datetime

    def page(self) -> str:
        """The Overview, or the City page, of the area and period."""
        brief = self.brief
        path = "city" if brief.area.level == "city" else ""
        days = {"period": "days", "from": brief.first, "to": brief.last}
        return citation.address(
            f"{self.base}/{path}",
            {"place": brief.area.pcode, **days, **self._shared()},
        )

    def conflicts(self) -> str:
        """The Conflicts page of the period."""
        brief = self.brief
        days = {"period": "days", "from": brief.first, "to": brief.last}
        places = {} if brief.area == UKRAINE else {"places": brief.area.pcode}
        return citation.address(f"{self.base}/conflicts", {**places, **days, **self._shared()})

    def picture(self, picture: Picture) -> str:
        """The Figure page of a picture."""
        links = citation.links(picture.view, picture.view, f"{self.base}/figure", self.at)
        return links.pinned

    def _shared(self) -> dict[str, str]:
        language = {} if self.brief.language == "en" else {"lang": self.brief.language}
        return {**language, "asof": as_of.write(self.at)}


@dataclass(slots=True)
class _Writer:
    """Fills the two pages one part after the other, and numbers the sources as they come up."""

    brief: Brief
    links: _Links | None
    sources: Sources = field(init=False)

    def __post_init__(self) -> None:
        self.sources = Sources(self.brief.words)

    @property
    def words(self) -> Words:
        return self.brief.words

    def told(self, drawings: Sequence[str | None]) -> dict:
        """Everything that page.html shows."""
        brief, words = self.brief, self.words
        title = f"{brief.area.name(brief.language)}, {words.days(brief.first, brief.last)}"
        name = NAMES[brief.length]
        winter = sentences.winter(brief, self.sources)
        above = sum(fitting.line(each, fitting.SAID + 1, fitting.WIDTH) for each in winter)
        head = {
            "language": brief.language,
            "style": Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),
            "kind": words._(name),
            "product": words._(PRODUCT),
            "title": title,
            "winter": winter,
            "known": self._known(),
            "link": self.links.page() if self.links else "",
            "link_name": words._("The same as a page, with every sentence"),
        }
        return head | self._first_page(above) | self._second_page(drawings)

    def _known(self) -> str:
        at = self.links.at if self.links else self.brief.known_at
        return self.words._("As known at {time}", time=self.words.time(at)) if at else ""

    def _first_page(self, above: float) -> dict:
        """Under the lines of the winter, which take up `above`."""
        words, room = self.words, fitting.HEIGHT - fitting.HEAD - above - 3 * fitting.SECTION
        figures = self._figures()
        silent = sentences.missing(self.brief)
        told = f"{figures['others']} {silent}"
        room -= figures.pop("height") + fitting.text(told, fitting.LIST, fitting.WIDTH) + 8
        if not self.brief.headlines:
            figures["last"] = sentences.last_known(self.brief, self.sources)
            room -= fitting.conflict(Entry("", figures["last"]))
        compared = words._(sentences.COMPARED)
        moved, left = self._fit(
            self.brief.changes,
            sentences.change,
            lambda some: fitting.pairs([fitting.change(each) for each in some]),
            self._for_changes(room),
        )
        room -= fitting.pairs([fitting.change(each) for each in moved])
        room -= fitting.text(compared, fitting.LIST, fitting.WIDTH) + 6
        disputed, hidden = self._fit(
            self.brief.conflicts,
            sentences.conflict,
            lambda some: sum(fitting.conflict(each) for each in some),
            room - 14,
        )
        return {
            "figures": figures
            | {
                "title": words._("Headline figures"),
                "silent": silent,
                "empty": words._("Nobody reported a figure for this place and period."),
            },
            "changes": {
                "title": sentences.since(self.brief),
                "entries": moved,
                "more": self._more(left),
                "note": compared,
                "empty": words._("Neither this period nor the one before has a figure to compare."),
            },
            "conflicts": {
                "title": words._("Conflicts"),
                "entries": disputed,
                "more": self._more(hidden),
                "link": self.links.conflicts() if self.links else "",
                "link_name": words._("All conflicts with their statements"),
                "empty": words._("No conflict: no two published figures contradict each other."),
            },
        }

    def _for_changes(self, room: float) -> float:
        """What is left for changes once the gravest conflicts have theirs."""
        trial = copy.deepcopy(self.sources)

        def height(make: Callable, of: Callable, some: Sequence) -> list[float]:
            return [of(make(each, self.brief, trial)) for each in some]

        brief = self.brief
        kept = height(sentences.conflict, fitting.conflict, brief.conflicts[:KEPT_CONFLICTS])
        least = height(sentences.change, fitting.change, brief.changes[:LEAST_CHANGES])
        return max(min(room - sum(kept) - 50, CHANGES_ROOM), fitting.pairs(least))

    def _figures(self) -> dict:
        entries, _ = self._fit(
            self.brief.headlines,
            sentences.figure,
            lambda some: fitting.pairs([fitting.figure(each) for each in some]),
            FIGURES_ROOM,
            MOST_FIGURES,
        )
        rest = [
            sentences.in_brief(each, self.brief, self.sources)
            for each in self.brief.headlines[len(entries) :]
        ]
        also = self.words._("Also reported: {figures}.", figures="{figures}") if rest else ""
        lead, _, end = also.partition("{figures}")
        return {
            "entries": entries,
            "others_lead": lead,
            "others_lines": rest,
            "others_end": end,
            "others": lead + "; ".join(each.text + "00" * len(each.sources) for each in rest),
            "height": fitting.pairs([fitting.figure(each) for each in entries]),
        }

    def _second_page(self, drawings: Sequence[str | None]) -> dict:
        brief, words = self.brief, self.words
        pictures = [
            self._picture(picture, drawing)
            for picture, drawing in zip(brief.pictures, drawings, strict=True)
        ]
        reading = self._reading(drawings)
        caveats = " ".join(sentences.caveats(brief))
        licences = self._licences()
        rows = (len(pictures) + 1) // 2
        room: float = fitting.HEIGHT - 4 * fitting.SECTION
        room -= rows * (fitting.PICTURE + fitting.PICTURE_GAP)
        for small in (reading, caveats, licences):
            room -= fitting.text(small, fitting.SOURCE + 0.5, fitting.WIDTH) + 4
        held, left = self._held_back(room)
        room -= sum(map(fitting.held_back, held)) + 14
        shown, hidden = fitting.filled(
            self.sources.lines, lambda some: fitting.sources(told for told, _ in some), room
        )
        return {
            "pictures": {
                "title": words._("Three charts and the map")
                if len(pictures) > 3
                else words._("Charts and map"),
                "all": pictures,
                "reading": reading,
                "empty": words._("Nobody reported anything that a chart could show."),
            },
            "held": {
                "title": words._("Held back in doubt"),
                "entries": held,
                "more": self._more(left),
                "empty": words._("Nothing beside the conflicts."),
            },
            "caveats": {"title": words._("What to know before quoting"), "text": caveats},
            "sources": {
                "title": words._("Sources"),
                "pages": shown,
                "more": self._more(hidden),
                "licences": licences,
            },
        }

    def _held_back(self, room: float) -> tuple[list[Entry], int]:
        """As many figures in doubt as leave room for the sources, theirs among them."""
        held: list[Entry] = []
        left = len(self.brief.held_back)
        for each in self.brief.held_back:
            trial = copy.deepcopy(self.sources)
            entries = sentences.together([*held, sentences.held_back(each, self.brief, trial)])
            height = sum(map(fitting.held_back, entries)) + 14
            if height + fitting.sources(told for told, _ in trial.lines) > room:
                break
            held.append(sentences.held_back(each, self.brief, self.sources))
            left -= 1
        return sentences.together(held), left

    def _fit(
        self,
        some: Sequence,
        make: Callable,
        height: Callable[[list], float],
        room: float,
        most: int = 99,
    ) -> tuple[list, int]:
        """As many entries as fit, in order, and how many are left: what is left cites nothing."""
        trial = copy.deepcopy(self.sources)
        entries, left = fitting.filled(
            (make(each, self.brief, trial) for each in some), height, room, most
        )
        return [make(each, self.brief, self.sources) for each in some[: len(entries)]], left

    def _more(self, count: int) -> str:
        return self.words.plural("and {count} more", "and {count} more", count) if count else ""

    def _picture(self, picture: Picture, drawing: str | None) -> dict:
        return {
            "drawing": Markup(drawing) if drawing else "",
            "title": picture.caption.title,
            "link": self.links.picture(picture) if self.links else "",
            "link_name": self.words._("Open this figure: {title}", title=picture.caption.title),
            "table": None if drawing else self._table(picture),
        }

    def _table(self, picture: Picture) -> dict:
        """The latest figures of a picture that nobody has drawn."""
        words = self.words
        rows = picture.shown.sort_values(["day", "stated"], ascending=False)
        cells = [
            [
                words.short_day(row["day"]),
                sentences.cut(f"{vocabulary.amount(row, words)}, {captions.what(row, words)}"),
                sentences.cut(captions.via(row, words))[:CELL],
            ]
            for row in records(rows.head(MOST_ROWS))
        ]
        return {
            "head": [words._("Date"), words._("Figure"), words._("Said by")],
            "rows": cells,
            "more": self._more(max(0, len(rows) - MOST_ROWS)),
            "foot": " ".join(picture.caption.foot[:2]),
        }

    def _reading(self, drawings: Sequence[str | None]) -> str:
        """How the marks are read, each way once; without a drawing, why there is a table."""
        told = [picture.caption.reading for picture in self.brief.pictures]
        if not all(drawings):
            told.append(
                self.words._(
                    "Tables stand in place of pictures: no browser was there to draw them."
                )
            )
        return " ".join(dict.fromkeys(each for each in told if each))

    def _licences(self) -> str:
        words = self.words
        named = [f"{words._(title)} ({words._(licence)})" for title, licence in self.brief.licences]
        if not named:
            return ""
        return words._("Licences: {named}.", named=sentences.cut("; ".join(named)))
