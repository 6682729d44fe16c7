"""Facts of a row: what the cells beside its numbers say. They hold for each number of the row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from etl.reports.model.document import Span
from etl.reports.tables.cells import Cell, Facts, filled, said
from etl.reports.tables.dates import (
    CLOCK,
    When,
    date_of,
    day_as_number,
    day_of_month,
    last_day,
    span_of_days,
)
from etl.reports.tables.places import Areas, is_place
from etl.reports.tables.reasons import (
    BAD_DATE,
    IN_NEED,
    MANY_PLACES,
    NO_INDICATOR,
    NO_PLACE,
    UNKNOWN_PLACE,
    Refusal,
    brief,
)
from etl.reports.tables.row import Row
from etl.reports.tables.titles import is_since, place_in
from etl.reports.tables.total_words import without_total
from etl.reports.tables.totals import areas_of
from etl.reports.tables.words import (
    AREAS,
    UNCLEAR,
    cuts_off,
    first,
    matches,
    not_counted,
    plain,
    stated_in,
    status_in,
    titled_in,
    words,
)
from impact.model import dates
from impact.model.figure import BOUNDS
from impact.model.indicators import INDICATORS
from impact.model.places import (
    PLACES,
    UKRAINE,
    contains,
    is_city,
    own_oblast,
    smallest_around,
)

# What a row that counts a part takes from the row that counts the whole.
_OF_PARTS = ("indicator", "status", "unit")

_MONTH = 7  # letters of an ISO month: a title's month holds for the days below it
_DAY = 10  # letters of an ISO day
_YEAR = 4  # letters of an ISO year: a title's year holds for the months below it

_WHOLE_COUNTRY = 20  # oblasts: a table of so many leaves none out but those it counts nothing in

_BELOW = ("-", "–", "—", "•", "·", "↳")  # before the label of a row that is a part of the row above

_DAMAGE = "buildings_damaged"

OTHER = "!"  # stands for an indicator that is not one of ours

# Fields that keep the words of the cell as they are.
_TEXTS = ("attributed_to", "publisher", "url", "note")


def row_facts(row: Row) -> Facts:
    """Every fact of a row. Raises Refusal if its place, date or group rules out all its numbers."""
    _refuse_combat(row)
    facts = _located(row)
    facts |= indicator(row)
    facts |= _over_days(row) or _when(row)
    if row.whole and "date" not in facts and (day := row.whole["date"]):
        facts["date"] = (day, filled(row.cells)[0].span)
    facts |= _unit(row)
    facts |= _first_known(row, "weapon", _arms)
    facts |= _first_known(row, "cause", _cause)
    facts |= _first_known(row, "moment", _moment)
    facts |= _first_known(row, "bound", bound_in)
    facts |= _status(row)
    facts |= _groups(row, facts)
    if cell := _parted_by(row):
        facts.setdefault("part", (cell.text, cell.span))
    if row.some:
        facts |= {"part": (row.some.text, row.some.span)}
    facts |= _first_known(row, "verification", _verification)
    for name in (*_TEXTS, "part"):
        if cell := row.first(name):
            facts.setdefault(name, (cell.text, cell.span))
    return facts


def _refuse_combat(row: Row) -> None:
    """Refuses the row of a fight between troops: those it counts are no civilians."""
    for _, cell in row.having("event"):
        if first("combat", cell.text):
            raise Refusal(NO_INDICATOR, brief(cell.text))


def _parted_by(row: Row) -> Cell | None:
    """The cell for a cause or a weapon that alone parts the rows of a table: each counts a part."""
    launched = any("launched" in each.facts for each in row.measures())
    if launched or row.frame.layout.having(*AREAS, "date", "date_start", "date_end", "indicator"):
        return None
    cell = row.first("cause", "weapon")
    return cell if cell and without_total(cell.text) else None


def _located(row: Row) -> Facts:
    """The facts "place" and "part". Raises Refusal for a place that is not kept."""
    places = row.frame.places
    try:
        areas = _without_directions(areas_of(row))
    except Refusal as refusal:
        if not row.whole or (len(refusal.args) > 1 and "since" not in row.whole):
            raise
        span = filled(row.cells)[0].span
        return {n: (row.whole[n], span) for n in ("place", "summed") if row.whole.get(n)}
    label = row.first("indicator")
    if not areas and label and (place := place_in(label.text)):
        if place == UNCLEAR:
            raise Refusal(NO_PLACE, brief(label.text))
        return {"place": (place, label.span)}
    if not areas and label and first("whole_country", label.text):
        return {"place": (UKRAINE.pcode, label.span)}
    if row.section:
        return places.locate_below(row.section, areas)
    title = row.frame.layout.title.get("place")
    if title and title[0] != UKRAINE.pcode and areas and areas.keys() <= {"raion", "hromada"}:
        if is_city(title[0]) and "raion" in areas:
            named = next(iter(areas.values()))[0].text
            whole = place_in(named) == title[0]  # "Kyiv, total" below the districts of Kyiv
            return {"place": title} if whole else {"place": title, "part": (named, title[1])}
        return places.locate({**areas, "oblast": [Cell(own_oblast(PLACES[title[0]]), title[1])]})
    try:
        return places.locate(areas)
    except Refusal as refusal:
        if refusal.args[0] not in (UNKNOWN_PLACE, MANY_PLACES) or not title:
            raise
        if since := next((cell for cell in _cells(areas) if is_since(cell.text)), None):
            # "Since 24 February" below the weeks of a place: another count of the same place.
            own = {"place": title, "part": (since.text, since.span)}
            return {**own, "period": ("cumulative", since.span)}
        if PLACES[title[0]].level != "oblast":
            raise
        # A raion or village that the title puts into its oblast.
        return places.locate_below(Cell(*title), areas)


def _without_directions(areas: Areas) -> Areas:
    """The cells of a row without those that only name a side of the country: "north and east"."""
    named = {role: [c for c in cells if not _is_direction(c.text)] for role, cells in areas.items()}
    return {role: cells for role, cells in named.items() if cells}


def _is_direction(text: str) -> bool:
    named = first("directions", text)
    return bool(named) and not words().without("directions", plain(text)).strip()


def _cells(areas: Areas) -> Iterator[Cell]:
    return (cell for cells in areas.values() for cell in cells)


def whole_of(rows: Sequence[Row]) -> Mapping[str, str]:
    """Place and date of a total of these rows, if it names none: "date" is "" without dates, and
    the last day of several, with the first as "since". A sum over some places of the country is
    about a part of it: their names are "summed".

    Empty if the place or date of a row is not known, or if there are several places and days.
    """
    try:
        found = [_located(row) | _when(row) for row in rows]
    except Refusal:
        layout = rows[0].frame.layout
        nationwide = said(layout.title, "place") == UKRAINE.pcode and not layout.having("date")
        return {"place": UKRAINE.pcode, "date": ""} if nationwide else {}
    placed = {(said(each, "place"), said(each, "part")) for each in found}
    days = {said(each, "date") for each in found}
    pcodes = {pcode for pcode, _ in placed}
    frame = rows[0].frame
    titled = said(frame.layout.title, "place") or (frame.around[0] if frame.around else "")
    if len(days) > 1 and "" not in days and len(placed) == 1:
        [(pcode, part)] = placed
        known = not part and (pcode or titled)
        return {"place": pcode or titled, "date": max(days), "since": min(days)} if known else {}
    if len(placed) < 2 or len(days) > 1 or "" in pcodes:
        return {}
    if titled and all(
        pcode == titled or contains(PLACES[titled], PLACES[pcode]) for pcode in pcodes
    ):
        pcodes = {titled}
    around = smallest_around(pcodes)
    some = around == UKRAINE.pcode not in pcodes and len(pcodes) < _WHOLE_COUNTRY
    names = ", ".join(sorted(PLACES[pcode].name_en for pcode in pcodes)) if some else ""
    return {"place": around, "date": days.pop(), "summed": names}


def _over_days(row: Row) -> Facts:
    """The days that a total of a table by day sums up; empty for other rows."""
    if "since" not in row.whole:
        return {}
    span = filled(row.cells)[0].span
    return {"date": (row.whole["date"], span), "date_start": (row.whole["since"], span)}


def indicator(row: Row) -> Facts:
    """What the row's cell for the indicator says; it may name unit and status too."""
    if not (cell := row.first("indicator")):
        return {}
    if cell.text in INDICATORS:
        return {"indicator": (cell.text, cell.span)}
    facts = {} if "words" in not_counted(cell.text) else titled_in(cell)
    supply = row.frame.layout.title.get("supply")
    if supply and "status" in facts and "indicator" not in facts:
        facts["indicator"] = supply  # "Power supply by oblast": cut off | restored
    elif cuts_off(facts) and not row.main:
        facts["indicator"] = ("power_outage", cell.span)
    status = row.first("status")
    supplied = first("supplies", status.text) if status else ""
    if supplied and "unit" in facts and said(facts, "indicator") in ("", "apartment_blocks"):
        facts["indicator"] = (supplied, cell.span)  # "Schools | without heating"
    if structure := _structure(row, cell, facts):
        return structure
    if "indicator" not in facts and (service := _service(row, cell.text)):
        return {name: (service, cell.span) for name in ("service", "indicator")} | facts
    if row.main:
        whole = {n: f for n, f in stated_in(row.main).items() if n in _OF_PARTS}
        if said(facts, "indicator") in ("", said(whole, "indicator")):
            facts = whole | facts
        if (parts := matches("parts", cell.text)) == ["destroyed"]:
            facts.setdefault("part", (parts[0], cell.span))
    return {"indicator": (OTHER, cell.span)} | facts


def _structure(row: Row, cell: Cell, facts: Facts) -> Facts:
    """What a row "Schools" counts where title or columns say that they were damaged: its unit, and
    itself as a part; empty for other rows."""
    told = [row.frame.layout.title, *(each.facts for each in row.measures())]
    damage = next((each["indicator"] for each in told if said(each, "indicator") == _DAMAGE), None)
    known = INDICATORS.get(said(facts, "indicator"))
    counted = known is not None and known.kind != "baseline"
    if damage is None or counted or said(facts, "unit") not in INDICATORS[_DAMAGE].units:
        return {}
    return {"indicator": damage, "unit": facts["unit"], "part": (cell.text, cell.span)}


def _service(row: Row, label: str) -> str:
    """The supply of a row "Heating", if the title or the columns say how it stands."""
    told = [row.frame.layout.title, *(each.facts for each in row.measures())]
    return first("supplies", label) if any("status" in each for each in told) else ""


def is_part(label: Cell, above: Cell | None) -> bool:
    """Whether a row goes on from the row above: "of them children", "– women", "Restored", or at
    another place "Kyiv" below "Without power, countrywide".

    above  the label of the last row that does not
    """
    facts = stated_in(label)
    if above and not facts and is_place(label.text):
        return "indicator" in stated_in(above)
    marked = label.text.startswith(_BELOW) and above and not above.text.startswith(_BELOW)
    led = first("of_which", label.text)
    if above and led and not facts and place_in(label.text) not in ("", UNCLEAR):
        return "indicator" in stated_in(above)
    some = bool(marked or led)
    told = "people" in facts or matches("parts", label.text) == ["destroyed"]
    return ("status" in facts or (some and told)) and "indicator" not in facts


def _unit(row: Row) -> Facts:
    if not (cell := row.first("unit")):
        return {}
    if first("any_unit", cell.text):
        return {}  # "375 units" of drones
    return {"unit": (first("units", cell.text) or UNCLEAR, cell.span)}


def _first_known(row: Row, role: str, known: Callable[[str], str]) -> Facts:
    """The fact of the first cell of this role whose words `known` understands.

    known  text -> value; "" if it does not understand the text
    """
    for _, cell in row.having(role):
        if value := known(cell.text):
            return {role: (value, cell.span)}
    return {}


def _arms(text: str) -> str:
    """The kind of weapon that a cell names; "" for several and for what does not strike."""
    named = matches("arms", text)
    return named[0] if len(named) == 1 and named != ["other"] else ""


def _cause(text: str) -> str:
    return first("causes", text)


def _moment(text: str) -> str:
    return plain(text) if plain(text) in dates.MOMENTS else ""


def bound_in(text: str) -> str:
    """The bound that a cell names; "" if none."""
    return next((each for each in BOUNDS if plain(text) in (each, each.replace("_", " "))), "")


def _verification(text: str) -> str:
    return first("verifications", text)


def _status(row: Row) -> Facts:
    """The status of an outage, or the verification of the claim: both may stand under "status"."""
    if not (cell := row.first("status")):
        return {}
    if known := status_in(cell.text):
        return {"status": (known, cell.span)}
    if known := _verification(cell.text):
        return {"verification": (known, cell.span)}
    return {"status": (UNCLEAR, cell.span)}


def _groups(row: Row, facts: Facts) -> Facts:
    """Whom the row counts: a known group of people. Other words become the part.

    Raises Refusal in tables of people in need: they count needs, not impact.
    """
    found: Facts = {}
    for at, cell in row.having("people", "scope"):
        groups = matches("people", cell.text)
        if groups == ["all"] or plain(cell.text) == "intersectoral":
            continue
        if row.frame.layout.columns[at].role == "scope":
            if any(said(each.facts, "indicator") == "population" for each in row.measures()):
                raise Refusal(IN_NEED, cell.text)
        elif len(groups) == 1 and "people" not in found:
            found["people"] = (groups[0], cell.span)
        else:
            before = [each["part"][0] for each in (facts, found) if "part" in each]
            found["part"] = (", ".join([*before[-1:], cell.text]), cell.span)
    return found


def _when(row: Row) -> Facts:
    """The facts "date", "as_of" and "published" of the row's own cells.

    A date with a clock time also gives the fact "clock". Raises Refusal for a cell that is no date.
    """
    titled = said(row.frame.layout.title, "date")
    known = last_day(titled if len(titled) == _YEAR else row.frame.published)
    facts = _spanned(_dated(row, "date_start", known), _dated(row, "date_end", known))
    for role in ("date", "as_of", "published"):
        if not (found := _dated(row, role, known)):
            facts |= _hour(row) if role == "as_of" else {}
            continue
        when, span = found
        if role == "date" and said(facts, "date").startswith(when.day):
            continue  # "2026" beside its first and its last day
        facts[role] = (when.moment or when.day if role == "as_of" else when.day, span)
        if role == "date":
            facts.pop("date_start", None)
            if when.start:
                facts["date_start"] = (when.start, span)
            if when.moment:
                facts["clock"] = (when.moment, span)
    return facts


def _hour(row: Row) -> Facts:
    """The clock time at which a row was counted, of the day that is told elsewhere."""
    cell = row.first("as_of")
    clock = CLOCK.fullmatch(cell.text) if cell else None
    return {"hour": (f"T{int(clock[1]):02d}:{clock[2]}", cell.span)} if cell and clock else {}


def _dated(row: Row, role: str, known: date | None) -> tuple[When, Span] | None:
    """The date of the first cell with this role; that of a later one within it, if there is one:
    "Year | Date". Raises Refusal for a first cell that is no date."""
    cells = row.having(role)
    found = _first_dated(row, role, cells, known)
    if found is None or len(found[0].day) == _DAY:
        return found
    for at, cell in cells:
        when = date_of(cell.text, known, at in row.frame.layout.month_first)
        if when and when.day.startswith(found[0].day) and len(when.day) > len(found[0].day):
            found = when, cell.span
    return found


def _first_dated(
    row: Row, role: str, cells: Sequence[tuple[int, Cell]], known: date | None
) -> tuple[When, Span] | None:
    for at, cell in cells:
        month = said(row.frame.layout.title, "date")
        headed = f"{row.frame.layout.columns[at].text} {month if len(month) == _MONTH else ''}"
        if when := day_of_month(cell.text, headed, known) or day_as_number(cell.text):
            return when, cell.span
        if when := date_of(cell.text, known, at in row.frame.layout.month_first):
            if role == "date" and known and is_since(cell.text):
                return When(known.isoformat(), when.start or when.day), cell.span
            return when, cell.span
        if len(month) == _MONTH and first("whole_time", cell.text):
            return When(month), cell.span  # "during the month" below "August 2025"
        # Columns such as "time" and "updated" may hold words. The row is still good without them.
        if role != "as_of":
            raise Refusal(BAD_DATE, brief(cell.text))
    return None


def _spanned(start: tuple[When, Span] | None, end: tuple[When, Span] | None) -> Facts:
    """The date from a column for the start and a column for the end. One alone is the date.

    Raises Refusal if the end comes before the start.
    """
    if not (start and end):
        either = end or start
        return {"date": (either[0].day, either[1])} if either else {}
    when = span_of_days(start[0].day, end[0].day)
    if when is None:
        raise Refusal(BAD_DATE, f"{start[0].day} – {end[0].day}")
    facts = {"date": (when.day, end[1])}
    if when.start:
        facts["date_start"] = (when.start, start[1])
    return facts
