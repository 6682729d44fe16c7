"""What stands in words around a chart: title, subtitle, foot, alt text, amounts and sources.

A picture must stand on its own: the foot says who said it via whom and when, as known at which
time, with which status and under which figure's id.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from impact.model import parts
from impact.model.indicators import BESIDE, IMPACTS, INDICATORS
from impact.model.language import N_, Words
from impact.model.outlets import called
from impact.model.places import PLACES, Place
from impact.model.rows import Row, record, records
from impact.model.speakers import identify
from impact.model.vocabulary import (
    BOUNDS,
    CAUSE_NAMES,
    amount,
    group,
    standing,
    status_counts,
)
from impact.queries.many import Gist
from impact.rules import hours
from impact.wording import markup
from impact.wording.markup import Html, Markdown

# Characters of a source inside a picture; the table under it has the rest.
LONGEST_SOURCE = 150
# What happens without a cause that a report could name.
WITHOUT_CAUSE = {"temperature", "displaced", *BESIDE, *(INDICATORS.keys() - IMPACTS)}
# A number as a sentence writes it, its thousands apart or not.
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u2009\u202f.,]\d{3})*")
# What the remark of a sourced table says of a page that gives no date (data/figures/README.md).
INFERRED = "[published inferred]"
# Outlet kinds whose text is somebody else's, shortened or spun: named beside the outlet.
NOBODY_NAMED = N_("no speaker named")
# Sentences of an alt text about the marks that stand out.
HIGHEST, LOWEST, LEAST = (
    N_("The highest is {point}."),
    N_("The lowest is {point}."),
    N_("The least is {point}."),
)


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of one chart.

    foot     lines that stand inside the picture and must not be lost
    noted    days whose marks the maker's notes in the foot point at, each with the note's sign
    reading  how its marks are read; a page says it beside its charts
    """

    title: str
    subtitle: str
    foot: tuple[str, ...]
    alt: str
    reading: str = ""
    noted: tuple[tuple[date, str], ...] = ()


def who(row: Row, words: Words) -> str:
    """Who said it: name and office, or that nobody was named."""
    speaker = identify(row["attributed_to"], row["place"])
    return speaker.name(words.language) or words._(NOBODY_NAMED)


def said_by(row: Row, words: Words) -> str:
    """Who said it; of a report that names nobody, its outlet."""
    if row["attributed_to"] or not row["outlet"]:
        return who(row, words)
    return words._("{outlet}, no speaker named", outlet=printed_by(row, words))


def via(row: Row, words: Words) -> str:
    """Who said it via whom and when: "Klitschko, mayor of Kyiv, via UNN, 24 January 2026"."""
    text = said(row, words)
    return f"{text}, {words.stated(row['published'])}" if row["published"] else text


def said(row: Row, words: Words) -> str:
    """Who said it via whom: "Klitschko, mayor of Kyiv, via UNN"."""
    text = who(row, words)
    # A body that publishes its own figures is named once.
    if row["outlet"] and not text.startswith(called(row["outlet"], words.language)):
        text = words._("{speaker} via {outlet}", speaker=text, outlet=printed_by(row, words))
    return text


def printed_by(row: Row, words: Words) -> str:
    """The outlet, and the one it took the text from: "MENAFN (from Ukrinform)"."""
    outlet = called(row["outlet"], words.language)
    if not row["origin"]:
        return outlet
    origin = called(row["origin"], words.language)
    return words._("{outlet} (from {origin})", outlet=outlet, origin=origin)


def remark(note: str) -> str:
    """A compiler's note without the code that pages tell in words."""
    return note.replace(INFERRED, "").strip(" ;,")


def page(row: Row, words: Words) -> Markdown:
    """The page that prints a figure as a Markdown link, with date, remark and the figure's id."""
    printed = markup.link(printed_by(row, words) or words._("page"), row["url"])
    pieces = []
    if row["published"]:
        pieces.append(words.stated(row["published"]))
    if INFERRED in row["note"]:
        pieces.append(words._("its day follows from the text or the address"))
    if note := remark(row["note"]):
        pieces.append(words._("compiler's note: {note}", note=note))
    told = " · ".join([*pieces, row["figure_id"]])
    return markup.ours("{printed} · {told}", printed=printed, told=told)


def sentence(row: Row) -> Html:
    """The words that say a figure, its number marked; of a number in words all of them."""
    quote = row["quote"]
    for found in _NUMBER.finditer(quote):
        if "".join(filter(str.isdigit, found[0])) == f"{row['value']:.0f}":
            return markup.quote(quote[: found.start()], found[0], quote[found.end() :])
    return markup.quote("", quote)


def when(row: Row, words: Words) -> str:
    """When the statement held: a clock time, or the day and the source's word for its part."""
    text = words.stated(row["as_of"] or row["date"])
    moment = words.moment(row["moment"])
    return f"{text}, {moment}" if moment else text


def what(row: Row, words: Words) -> str:
    """What a figure counts, with status, group and part: "without heating, children"."""
    indicator = INDICATORS[row["indicator"]]
    pieces = [indicator.says(row["status"], words.language)]
    if row.get("also_told"):
        pieces.append(also_told(row, words))
    if row["people"] != "all":
        pieces.append(group(row["people"], words))
    if row["part"]:
        pieces.append(part(row["part"], words))
    return ", ".join(pieces)


def also_told(row: Row, words: Words) -> str:
    """The other status under which the same page or speaker tells the same count (twins.py)."""
    other = INDICATORS[row["indicator"]].says(row["also_told"], words.language)
    return words._("also told as {status}", status=other)


def headed(first: Row, claims: int, total: Any, words: Words) -> str:
    """What stands over so many claims of one kind (headline.by_kind), of which one is the first:
    what they are and how many people, buildings, … they add up to; nothing is added up where total
    is None."""
    kind = what({**first, "part": ""}, words)
    if claims == 1:
        return f"{amount(first, words)}, {kind}"
    count = words.plural("{count} claim", "{count} claims", claims)
    if total is not None:
        added = {**total._asdict(), "unit": first["unit"]}
        count = words.plural("sum of {count} claim", "sum of {count} claims", claims)
        return f"{amount(added, words)}, {kind}: {count}"
    return f"{kind}: {count}"


def part(label: str, words: Words) -> str:
    """A part of a whole in words."""
    return parts.called(label, words.language)


# How marks are read: colour alone carries no meaning.
MARKS = N_(
    "Filled: verified; with a ring: confirmed; hollow: reported. ▲ at least, ▼ up to, ◆ about. "
    "Thin line with ticks: what others said. No bar: no report, which is not zero."
)
# How a map is read, and whose outlines it has.
ON_THE_MAP = N_(
    "Square: oblast, its own claim or the sum of its cities (at least). Circle: city, its area as "
    "its number. Hatched: no report. Boundaries and names imply no opinion. Outlines: Natural "
    "Earth."
)
ON_THE_TOLL_MAP = N_(
    "A circle: all people killed (solid) or injured (hatched) in the oblast, its area as their "
    "number. Hatched land: no report. Boundaries and names imply no opinion. Outlines: Natural "
    "Earth."
)


def of_country(rows: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """What was said of all Ukraine, which no map of its parts can show."""
    return tuple(
        words._(
            "For all Ukraine: {amount} ({source}).",
            amount=amount(row, words),
            source=via(row, words),
        )
        for row in records(rows[rows["place"] == "UA"])
    )


def places_named(rows: pd.DataFrame, indicator: str, words: Words, most: int) -> str:
    """So many places with their numbers, and how many more there are: "Kyiv Oblast, 86,000
    households without power; and 2 more"."""
    named = [
        f"{PLACES[row['place']].name(words.language)}, {amount(row, words)} "
        f"{INDICATORS[indicator].says(row['status'], words.language)}"
        for row in records(rows.head(most))
    ]
    if (rest := len(rows) - len(named)) > 0:
        named.append(words.plural("and {count} more", "and {count} more", rest))
    return "; ".join(named)


def cause(row: Row, words: Words) -> str:
    """What caused a loss or toll where it is not simply a strike; nothing of what has no cause."""
    if row["cause"] == "strike" or row["indicator"] in WITHOUT_CAUSE:
        return ""
    name = CAUSE_NAMES[row["cause"]]
    return words._(name)


def baseline(row: Row, words: Words) -> str:
    """A denominator in words: "about 12,000 apartment blocks"."""
    number = f"{words.number(row['value'])} {INDICATORS[row['indicator']].says('', words.language)}"
    bound = row["bound"]
    return words._(BOUNDS[bound], amount=number)


# Of the tolls that are not added, so many are named.
MOST_NAMED = 4


def not_added(rows: pd.DataFrame, area: Place, words: Words, most: int = MOST_NAMED) -> str:
    """Tolls that a total leaves out until somebody has said whether they are another day's told
    again (queries.not_added, at least so many of them), so many by name; nothing where there are
    none."""
    if rows.empty:
        return ""
    named = [_left_out(row, area, words) for row in records(rows.head(most))]
    if (rest := record(rows)["waiting"] - most) > 0:
        named.append(words.plural("and {count} more", "and {count} more", rest))
    return words._(
        "Not added, perhaps the same event as the day before or after: {tolls}.",
        tolls="; ".join(named),
    )


def _left_out(row: Row, area: Place, words: Words) -> str:
    place = "" if row["place"] == area.pcode else PLACES[row["place"]].name(words.language)
    when = ", ".join(each for each in (place, words.short_day(row["day"])) if each)
    return f"{when}: {what(row, words)}, {amount(row, words)}"


def rivals(row: Row, words: Words) -> str:
    """ "3 other figures: 900–1,200", or nothing when nobody said otherwise."""
    if not row["rivals"]:
        return ""
    low, high = words.number(row["rivals_low"]), words.number(row["rivals_high"])
    span = low if low == high else f"{low}–{high}"
    return words.plural(
        "{count} other figure: {span}", "{count} other figures: {span}", row["rivals"], span=span
    )


def foot(
    rows: pd.DataFrame,
    words: Words,
    known_at: datetime | None,
    *,
    notes: tuple[str, ...] = (),
    beside: pd.DataFrame | None = None,
    named: Row | None = None,
) -> tuple[str, ...]:
    """The lines inside a picture: source, as known at, status, figure id, caveats.

    rows    what the picture is about; its latest figure is the source that is named
    beside  what else it draws (temperature, attacks): counted among the pages
    named   the figure whose source and id are named instead of the latest's
    """
    if rows.empty:
        return notes
    last = record(rows.loc[rows["figure_id"] == latest(rows)]) if named is None else named
    pages = together([rows, beside])["url"].nunique()
    statuses = dict(Counter(rows["verification"]).most_common())
    return foot_of(Gist(len(rows), last, statuses, pages), words, known_at, notes)


def foot_of(
    gist: Gist, words: Words, known_at: datetime | None, notes: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The same lines of figures that are too many to be at hand."""
    last = gist.latest
    if last is None:
        return notes
    said_by = textwrap.shorten(via(last, words), LONGEST_SOURCE, placeholder=" …")
    source = words._("Source: {source}", source=said_by)
    if (others := gist.pages - 1) > 0:
        source += " " + words.plural("and {count} more page", "and {count} more pages", others)
    status = words._("Status: {status}", status=status_counts(gist.statuses, words))
    known = words._("As known at {time}", time=words.time(known_at)) if known_at else ""
    identity = words._("Figure {figure_id}", figure_id=last["figure_id"])
    return (source + ".", " · ".join(part for part in (known, status, identity) if part), *notes)


def latest(rows: pd.DataFrame) -> str:
    """The id of the figure stated last, which names the picture; empty without figures."""
    return str(rows.sort_values(["stated", "figure_id"])["figure_id"].iat[-1]) if len(rows) else ""


def together(frames: Iterable[pd.DataFrame | None]) -> pd.DataFrame:
    """The figures of several frames in one frame, each once; an empty frame if there are none."""
    given = [frame for frame in frames if frame is not None]
    some = [frame for frame in given if len(frame)]
    if not some:
        return given[0] if given else pd.DataFrame(columns=["indicator", "figure_id", "url"])
    return pd.concat(some, ignore_index=True).drop_duplicates("figure_id", ignore_index=True)


def describe(
    rows: pd.DataFrame,
    words: Words,
    title: str,
    totals: pd.DataFrame | None = None,
    count: int | None = None,
) -> str:
    """Alt text made from a chart's data: what it shows, and its first, highest and last mark; of
    several indicators the highest and last of each.

    totals  what the marks stand for where these are not the figures themselves: place, indicator,
            value, value_high, bound, unit, in figure_id the ids of what was added up; size, where
            they are of several units (people, to order by); day, except
            where marks have no order in time, and when, its words where it stands for more; of
            many figures leader, the first of a mark, and figures, how many are added up
    count   how many figures there are, where rows have only the leaders
    """
    if rows.empty:
        return words._("{title}. No figures.", title=title)
    marks = rows if totals is None or totals.empty else _of_totals(totals, rows)
    several = marks["indicator"].nunique() > 1
    points = [
        words._(sentence, point=_point(row, words))
        for indicator, some in marks.groupby("indicator", sort=False)
        for sentence, row in _telling(str(indicator), some, several).items()
    ]
    return _sentences(title, len(rows) if count is None else count, points, words)


def _sentences(title: str, figures: int, points: Iterable[str], words: Words) -> str:
    """An alt text: what is seen, of how many figures, and a sentence for each that stands out."""
    count = words.plural("{count} figure", "{count} figures", figures)
    return " ".join([words._("{title}: {count}.", title=title, count=count), *points])


def describe_statements(rows: pd.DataFrame, words: Words, title: str) -> str:
    """Alt text of statements about one thing (hours.in_sequence): the highest and the least, from
    where to where the line goes, and how many name no hour. These have no order to be told."""
    if rows.empty:
        return words._("{title}. No figures.", title=title)
    rows = rows.assign(when=[when(row, words) for row in records(rows)])
    line, untimed = hours.of_the_responsible(rows), rows[~rows["timed"]]
    named = {HIGHEST: _highest(rows)}
    if rows["value"].nunique() > 1:
        named[LEAST] = _lowest(rows)
    if len(line) > 1:
        named |= {
            N_("The line begins with {point}."): record(line),
            N_("The line ends with {point}."): record(line, -1),
        }
    points = [words._(sentence, point=_point(row, words)) for sentence, row in named.items()]
    if len(untimed):
        points.append(
            words.plural(
                "{count} statement tells no hour.",
                "{count} statements tell no hour and have no known order.",
                len(untimed),
            )
        )
    return _sentences(title, len(rows), points, words)


def _of_totals(totals: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Totals with the columns of the first figure behind each, and `added`: how many claims are
    added up, none where the total is what one says of that very place."""
    if "leader" not in totals:
        ids = totals["figure_id"].str.split(",")
        totals = totals.assign(leader=ids.str[0], figures=ids.map(len))
    first = rows.set_index("figure_id").loc[totals["leader"]].reset_index(names="figure_id")
    own = ("place", "value", "value_high", "bound", "unit", "day", "when", "size")
    added = totals["figures"].to_numpy()
    stated = (added == 1) & (first["place"].to_numpy() == totals["place"].to_numpy())
    first = first.drop(columns="day").assign(part="", added=added * ~stated)
    return first.assign(**{name: totals[name].to_numpy() for name in own if name in totals})


def _telling(indicator: str, marks: pd.DataFrame, several: bool) -> dict[str, Row]:
    """The marks that an alt text names, each with its sentence. Of degrees it is the lowest that
    people suffer from."""
    if len(marks) == 1:
        return {N_("It shows {point}."): record(marks)}
    extreme = {LOWEST: _lowest(marks)} if indicator == "temperature" else {HIGHEST: _highest(marks)}
    if "day" not in marks or marks["day"].nunique() == 1:
        return extreme | _least(indicator, marks)
    marks = marks.sort_values(["day", "figure_id"])
    first = {} if several else {N_("It begins with {point}."): record(marks)}
    return first | extreme | {N_("It ends with {point}."): record(marks, -1)}


def _highest(marks: pd.DataFrame) -> Row:
    """Of several units by `size`."""
    return record(marks, int(marks["size" if marks.get("size") is not None else "value"].argmax()))


def _lowest(marks: pd.DataFrame) -> Row:
    return record(marks, int(marks["value"].argmin()))


def _least(indicator: str, marks: pd.DataFrame) -> dict[str, Row]:
    """The least of marks that have no order in time, where they have one."""
    if "day" not in marks or indicator == "temperature" or marks["value"].nunique() == 1:
        return {}
    return {LEAST: _lowest(marks)}


def _point(row: Row, words: Words) -> str:
    """One mark: how many, when, where, what, and who says so or how many claims are added up."""
    when = row["when"] if "when" in row else words.day(row["day"]) if "day" in row else ""
    added, said = row.get("added", 0), who(row, words)
    if added:
        said = words.plural("sum of {count} claim", "sum of {count} claims", added)
    place = PLACES[row["place"]].name(words.language)
    named = ", ".join(each for each in (when, place, what(row, words)) if each)
    return f"{amount(row, words)} ({named}; {said})"


def table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A chart's numbers as a reader's table: the same rows, in words, with their sources."""
    return pd.DataFrame(
        [
            {
                words._("Date"): row["day"].date(),
                words._("Place"): PLACES[row["place"]].name(words.language),
                words._("What"): what(row, words),
                words._("Figure"): amount(row, words),
                words._("Other figures"): rivals(row, words),
                words._("Said by"): who(row, words),
                words._("Published by"): printed_by(row, words),
                words._("Published"): row["published"],
                words._("Status"): standing(row, words),
                words._("Page"): row["url"],
                words._("Id"): row["figure_id"],
            }
            for row in records(rows)
        ]
    )
