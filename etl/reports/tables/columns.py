"""Columns: what the numbers below a header count. The header's words and HXL tag say it."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from etl.reports.tables.cells import Cell, Cells, Fact, Facts, said
from etl.reports.tables.dates import CLOCK, dates_in
from etl.reports.tables.halves import counted_half
from etl.reports.tables.tags import is_tag, tagged
from etl.reports.tables.titles import date_facts
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import (
    TOLL,
    UNCLEAR,
    WORD,
    first,
    matches,
    not_counted,
    plain,
    role_of,
    stated,
    stated_in,
    words,
)
from impact.model.indicators import INDICATORS, OUTAGES
from impact.model.places import PLACES, UnknownPlace, find, is_city, own_oblast

DAMAGE = "buildings_damaged"
_WEAPONS = ("drones", "missiles")
_TIMES = ("date", "date_start")
_COUNTED = ("indicator", "unit")
_TOLLS = ("killed", "injured")
_SOME = re.compile(r"(?P<all>[^,;()]+)[,;] (?P<some>[^,;()]+)")
_ROWS_SAY = "rows"  # the fact that a column of the table says what each row counts

# If two columns agree in all of these, they count the same thing.
_MEANING = (
    *("indicator", "unit", "status", "people", "part", "date", "hour", "moment", "place"),
    *("period", "cause"),
)
# A header with this many unknown words counts only a part ("local aid workers killed").
_MANY_WORDS = 3
_KNOWN_WORDS = ("neutral", "indicators", "supplies", "statuses", "units", "people", "causes")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    role   "measure" for counts, a role of columns.toml, or "" if the column is not read
    facts  what the column says of each number in it
    text   the texts of its header cells, from top to bottom
    """

    role: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    text: str = ""


def columns_of(
    heads: Sequence[Sequence[Cell]], tags: Cells, title: Facts, published: str, arms: bool = False
) -> list[Column]:
    """The columns of a table, in their order.

    heads      for each column its header cells, from top to bottom
    tags       for each column the cell with its HXL tag; may be shorter than heads
    title      what the rows above the header say
    published  ISO date, or ""
    arms       whether the cells of the first column name weapons
    """
    columns: list[Column] = []
    if any(role_of(head[-1].text) == "indicator" for head in heads if head):
        title = {_ROWS_SAY: ("", (0, 0)), **title}
    title = _of_electricity(heads, title)
    compared = any(first("this_time", head[-1].text) for head in heads if head)
    by_hour = _tell_parts_of_day(heads)
    tolls = _short_tolls(heads)
    for index, whole_head in enumerate(heads):
        head = _with_some_aside(whole_head, columns)
        tag = tags[index] if index < len(tags) else Cell("", (0, 0))
        text = ", ".join(cell.text for cell in head if not is_tag(cell.text))
        role, facts = _role(head, tag, text)
        facts |= tolls.get(index, {})
        if arms and index == 0 and role in ("", "measure"):
            role = "weapon"  # "Type" above "Shahed drones"
        if by_hour and index and role == "date":
            role = "measure"  # "morning | day | evening"
        if compared and head and first("last_time", text):
            columns.append(Column("", {}, text))  # "This week | Last week"
        elif role == "value":
            columns.append(Column(role, _scale(head), text))
        elif role in ("measure", "") and first("launched", text) and _arms_beside(columns):
            columns.append(Column("measure", {"launched": ("", head[-1].span)}, text))
        elif role in ("measure", "") and first("launched", text) and _arms_of(title):
            columns.append(Column("measure", _launched(title, head[-1]), text))
        elif role == "" and first("targets", text):
            columns.append(Column("place" if _arms_in(heads) else "", {}, text))
        elif role == "measure":
            before = _whole_before(columns)
            if _of_either(columns, text):
                columns.append(Column("", {}, text))
                continue
            column = _measure(head, text, facts, before, title, published)
            columns.append(_unscaled(column) if index in tolls else column)
        else:
            columns.append(Column(role, {}, text))
    columns = _with_whole_areas(_beside_a_city(columns), heads)
    columns = _with_damage(_with_sum_of_tolls(_of_supply(columns, title)))
    counted = _of_one_unit(_of_arms(_of_one_time(columns)), said(title, "indicator"))
    counted = _without_all_there_are(columns, counted)
    return _populations(_without_repetitions(counted))


def _of_either(columns: Sequence[Column], text: str) -> bool:
    """Whether a header tells how a supply stands, and nobody knows which: "Reconnected" behind
    "Without power | Without water"."""
    told = [said(each.facts, "indicator") for each in columns[-2:] if "status" in each.facts]
    states = {said(each.facts, "status") for each in columns[-2:]}
    bare = "indicator" not in stated(text) and not first("supplies", text)
    several = len({*told} & {*OUTAGES}) > 1 and len(states) == 1
    return several and bare and stated(text).get("status", *states) not in states


def _short_tolls(heads: Sequence[Sequence[Cell]]) -> Mapping[int, Facts]:
    """Index of a column -> what it counts, for «заг.» and «пор.» in one header."""
    found: dict[int, Facts] = {}
    for at, head in enumerate(heads):
        for name, short in words().phrases["short_tolls"].items():
            if head and plain(head[-1].text) in short:
                found[at] = {"indicator": (name, head[-1].span)}
    return found if {said(each, "indicator") for each in found.values()} == {*_TOLLS} else {}


def _unscaled(column: Column) -> Column:
    """A column "k." beside "i." counts the killed, and not thousands."""
    facts = {name: fact for name, fact in column.facts.items() if name != "scale"}
    return replace(column, facts=facts)


def _with_some_aside(head: Sequence[Cell], columns: Sequence[Column]) -> Sequence[Cell]:
    """A head "Killed, of which children" as "Killed (of which children)": its number is of all,
    unless a column to the left has that one already."""
    found = _SOME.fullmatch(head[-1].text) if head and first("of_which", head[-1].text) else None
    if not found or not first("of_which", found["some"]) or "people" not in stated(found["some"]):
        return head
    counted = stated(found["all"])
    before = [each.facts for each in columns if "people" not in each.facts]
    told = {said(facts, "indicator") for facts in before}
    if "indicator" not in counted or "people" in counted or counted["indicator"] in told:
        return head
    return [*head[:-1], replace(head[-1], text=f"{found['all']} ({found['some']})")]


def _of_electricity(heads: Sequence[Sequence[Cell]], title: Facts) -> Facts:
    """The title, of electricity where nothing names a supply but the headers part customers by how
    it stands: "customers served | lost supply | restored | still off"."""
    heads = [head for head in heads if head]
    told = [stated(_written(head[-1].text)) for head in heads]
    if {"indicator", "supply"} & title.keys() or any("indicator" in each for each in told):
        return title
    customers = [{"unit": "customers"}, {"unit": "households"}]
    bare = [at for at, each in enumerate(told) if dict(each) in customers]
    if len(bare) != 1 or len({each["status"] for each in told if "status" in each}) < 2:
        return title
    span = heads[bare[0]][-1].span
    return {"supply": ("power_outage", span), "unit": (told[bare[0]]["unit"], span)} | title


def _written(name: str) -> str:
    """A header as words: "lost_supply_13_dec"."""
    return name.replace("_", " ")


def _arms_beside(columns: Sequence[Column]) -> bool:
    """Whether a column to the left names the weapon of each row: "Model | Launched"."""
    return any(column.role == "weapon" for column in columns)


def _arms_of(title: Facts) -> bool:
    """Whether the title names the weapons that the table counts, and nothing else."""
    return said(title, "unit") in _WEAPONS and "indicator" not in title


def _launched(title: Facts, head: Cell) -> Facts:
    """What a column "Launched" counts below a title "Drone attacks"."""
    weapons, span = title["unit"]
    return {"indicator": (f"{weapons}_launched", head.span), "unit": (weapons, span)}


def _tell_parts_of_day(heads: Sequence[Sequence[Cell]]) -> bool:
    """Whether headers part a day: "morning", "evening"."""
    return sum(bool(head and first("moments", head[-1].text)) for head in heads) > 1


def _arms_in(heads: Sequence[Sequence[Cell]]) -> bool:
    return any(role_of(head[-1].text) == "weapon" for head in heads if head)


def _beside_a_city(columns: list[Column]) -> list[Column]:
    """The columns; "Rest of the oblast" beside a city is a part of the city's oblast, and the total
    of the two is the oblast: "Kharkiv | Oblast without the city | Total"."""
    cities = {said(each.facts, "place") for each in columns} & PLACES.keys()
    rest = [at for at, each in enumerate(columns) if first("remainder_of_oblast", each.text)]
    if len(cities) != 1 or len(rest) != 1 or not is_city(min(cities)):
        return columns
    if PLACES[min(cities)].oblast == min(cities):
        return columns  # Kyiv is no part of Kyiv Oblast
    span = next(each.facts["place"][1] for each in columns if "place" in each.facts)
    oblast = (PLACES[min(cities)].oblast, span)
    for at, each in enumerate(columns):
        if at in rest:
            columns[at] = Column("measure", {"place": oblast, "part": (each.text, span)}, each.text)
        elif each.text and not without_total(each.text):
            columns[at] = Column("measure", {"place": oblast}, each.text)
    return columns


def _with_whole_areas(columns: list[Column], heads: Sequence[Sequence[Cell]]) -> list[Column]:
    """The columns; "Community in all" beside one for a city is of the oblast around it."""
    cities = {each.facts["place"][0] for each in columns if "place" in each.facts}
    oblasts = {own_oblast(PLACES[pcode]) for pcode in cities if is_city(pcode)}
    if len(cities) != 1 or len(oblasts) != 1:
        return columns
    for at, column in enumerate(columns):
        area = first("area_nouns", column.text) or first("sections", column.text)
        if column.role or column.facts or not area or without_total(column.text) == column.text:
            continue
        span = heads[at][-1].span
        facts = {"place": (min(oblasts), span)}
        facts |= {"part": (column.text, span)} if first("area_nouns", column.text) else {}
        columns[at] = Column("measure", facts, column.text)
    return columns


def _of_supply(columns: list[Column], title: Facts) -> list[Column]:
    """The columns; "Apartment blocks" below a title "Damaged", and as the only count below "Without
    heating", are not all the blocks there are."""
    if said(title, "indicator") == DAMAGE:
        return [_without_stock(each) for each in columns]
    counts = [at for at, each in enumerate(columns) if each.role == "measure"]
    stock = len(counts) == 1 and said(columns[counts[0]].facts, "indicator") == "apartment_blocks"
    if not stock or said(title, "indicator") not in OUTAGES:
        return columns
    columns[counts[0]] = _without_stock(columns[counts[0]])
    return columns


def _without_stock(column: Column) -> Column:
    """A column "Apartment blocks" of those that the title tells of, and not of all there are."""
    if said(column.facts, "indicator") != "apartment_blocks":
        return column
    facts = {n: fact for n, fact in column.facts.items() if n != "indicator"}
    return replace(column, facts=facts)


def _with_sum_of_tolls(columns: list[Column]) -> list[Column]:
    """The columns; "Total" beside "Killed | Injured" counts the casualties."""
    tolls = [said(each.facts, "indicator") for each in columns if "indicator" in each.facts]
    sums = [at for at, each in enumerate(columns) if each.text and not without_total(each.text)]
    if tolls != [*_TOLLS] or len(sums) != 1 or columns[sums[0]].role:
        return columns
    killed = next(each for each in columns if said(each.facts, "indicator") == "killed")
    facts = {**killed.facts, "indicator": ("casualties", killed.facts["indicator"][1])}
    columns[sums[0]] = Column("measure", facts, columns[sums[0]].text)
    return columns


def _with_damage(columns: list[Column]) -> list[Column]:
    """The columns; "Houses" beside "Killed | Injured" counts those that were damaged, and so does
    "Schools" beside "Houses"."""
    tolls = {said(each.facts, "indicator") for each in columns}
    if not {*_TOLLS} <= tolls or DAMAGE in tolls:
        return columns
    bare = [said(each.facts, "unit") if each.facts.keys() == {"unit"} else "" for each in columns]
    damaged = ("buildings", "facilities") if "buildings" in bare else ()
    for at, each in enumerate(columns):
        own = stated(each.text.split(", ")[-1]).get("unit")  # "Objects" alone heads others, too
        if each.role == "" and bare[at] in damaged and own == bare[at]:
            facts = {"indicator": (DAMAGE, each.facts["unit"][1])}
            columns[at] = replace(each, role="measure", facts={**each.facts, **facts})
    return columns


def _of_one_time(columns: list[Column]) -> list[Column]:
    """The dead and the injured of the time of the casualties to their left: "Casualties (January to
    September) | Killed | Injured"."""
    found: list[Column] = []
    for column in columns:
        before = found[-1] if found else None
        timed = before is not None and before.facts.keys() & {"date"}
        if before and timed and _counts_some(column, before):
            time = {name: before.facts[name] for name in _TIMES if name in before.facts}
            column = replace(column, facts={**time, **column.facts})
        found.append(column)
    return found


def _counts_some(column: Column, before: Column) -> bool:
    told = said(before.facts, "indicator") in ("casualties", "killed", "injured")
    part = said(column.facts, "indicator") in ("killed", "injured")
    return told and part and not column.facts.keys() & {*_TIMES}


def _whole_before(columns: Sequence[Column]) -> Mapping[str, Fact]:
    """What the nearest column to the left counts, over columns that are parts of it: "Casualties |
    of them killed | of them children". Empty if that is no column of counts."""
    for column in reversed(columns):
        if column.role != "measure":
            return {}
        if "indicator" in column.facts and not first("of_which", column.text):
            return column.facts
        if len(columns) == 1 or not first("of_which", column.text):
            return column.facts
    return {}


def _role(head: Sequence[Cell], tag: Cell, text: str) -> tuple[str, Facts]:
    """The role that the HXL tag gives, else the one of the header, else "measure".

    "measure" comes with the facts of the tag.
    """
    role, facts = tagged(tag.text, tag.span) if is_tag(tag.text) else ("", {})
    if role and role != "measure":
        return role, {}
    if not facts and head and (role := role_of(head[-1].text) or day_role(head[-1].text)):
        return role, {}
    return ("", {}) if "words" in not_counted(counted_half(text)) else ("measure", facts)


def day_role(text: str) -> str:
    """ "date" for a column of days whose header names their month: "Date (Jan 2026)"."""
    undated = text
    for _, (start, end) in reversed(dates_in(text, date.max)):
        undated = undated[:start] + undated[end:]
    return "date" if undated != text and role_of(undated) == "date" else ""


def _scale(head: Sequence[Cell]) -> Facts:
    """The fact "scale" if a header cell gives one."""
    return {name: fact for name, fact in _header_facts(head).items() if name == "scale"}


def _measure(
    head: Sequence[Cell],
    text: str,
    facts: Facts,
    before: Mapping[str, Fact],
    title: Facts,
    published: str,
) -> Column:
    """A column of counts. Its role is "" if neither header nor title says what it counts.

    facts   what its HXL tag says
    before  what the column to its left counts, if that is a column of counts
    """
    facts = _header_facts(head) | facts
    if "launched" in title and "indicator" not in facts and said(facts, "unit") in _WEAPONS:
        facts["indicator"] = (f"{facts['unit'][0]}_launched", facts["unit"][1])
    if before and _is_part_of_the_last(text, facts):
        facts = dict(before) | facts
    elif _goes_on(facts, before):
        shared = (*_COUNTED, "scale") if "unit" not in facts else _COUNTED
        facts = {name: before[name] for name in shared if name in before} | facts
    elif _counts_again(facts, before):
        facts = {
            **{name: before[name] for name in ("indicator", "status") if name in before},
            **facts,
        }
    if said(facts, "unit") == "celsius":
        facts.setdefault("indicator", ("temperature", facts["unit"][1]))  # "Outside, °C"
    if supply := _cut_off_from(text, facts, title):
        facts["indicator"] = (supply, head[-1].span)
    if said(before, "indicator") == DAMAGE and "unit" in before and _is_destroyed(text, facts):
        facts = {name: before[name] for name in _COUNTED} | {"part": ("destroyed", head[-1].span)}
        return Column("measure", facts, text)  # "Houses damaged | destroyed"
    if "indicator" not in facts and _is_damage(text, title):
        facts["indicator"] = (title["indicator"][0], head[-1].span)
    if not facts and "indicator" in title and without_total(text) == "" and text:
        facts["indicator"] = title["indicator"]  # "Evacuated: total | children"
    if not facts.keys() - {"part"} and matches("indicators", text) == [DAMAGE]:
        parts = matches("parts", text)  # "Damaged" above "4 houses, a school"
        part = parts[0] if parts == ["destroyed"] else ""
        return Column("", {DAMAGE: (part, head[-1].span)}, text)
    titled = said(title, "indicator")
    if "status" in facts and "indicator" not in facts and titled not in ("", UNCLEAR, *OUTAGES):
        return Column("", facts, text)  # "Still in the zone" beside "Evacuated"
    counted = title.get("indicator") or title.get("both") or title.get(_ROWS_SAY)
    says_nothing = not facts.keys() & {"indicator", "unit", "people"} and counted
    if says_nothing or "indicator" in facts:
        facts |= place_and_day(head, published)
        facts = _day_beside(head, title, published) | facts
    elif "indicator" not in facts and not _is_open_to(facts, title):
        # Beside a column "Killed", a header "Buildings" does not count people who were killed.
        return Column("measure" if "status" in facts else "", facts, text)
    named = said(facts, "indicator")
    if named not in ("", UNCLEAR) and "part" not in facts and _narrows(_written(text)):
        facts["part"] = (text, head[-1].span)
    known = INDICATORS.get(named or titled)
    if facts and known and known.kind == "flow" and first("this_time", text):
        facts.setdefault("period", ("cumulative", head[-1].span))  # "Killed this week"
    return Column("measure" if facts.keys() - {"scale"} else "", facts, text)


def _is_destroyed(text: str, facts: Facts) -> bool:
    """Whether a header only says that something was destroyed."""
    alone = not facts.keys() - {"part"} and matches("indicators", text) == [DAMAGE]
    return alone and matches("parts", text) == ["destroyed"]


def _is_damage(text: str, title: Facts) -> bool:
    """Whether a header "Damaged" leaves it to the rows what was, below a title that says so."""
    return said(title, "indicator") == DAMAGE and DAMAGE in matches("indicators", text)


def _header_facts(head: Sequence[Cell]) -> Facts:
    """What all header cells of a column say together. Each fact has the cell that says it."""
    together = ", ".join(cell.text for cell in head)
    facts = {name: (value, head[-1].span) for name, value in stated(together).items()}
    facts |= _hours(head)
    if head and "status" not in facts and said(facts, "indicator") in ("", *OUTAGES):
        facts |= _alone(head[-1], "status")  # "back" below "Electricity"
    if said(facts, "unit") == UNCLEAR:
        facts |= _alone(head[-1], "unit")  # "Houses" below "Objects"
    own = [told for cell in head if (told := stated(cell.text).get("indicator"))]
    if len(own) > 1 and {*own} <= {*TOLL}:  # "Постраждалі" above "загинули"
        facts["indicator"] = (own[-1], head[-1].span)
    for cell in head:
        for name, fact in stated_in(cell).items():
            if said(facts, name) == fact[0]:
                facts[name] = fact
    return facts


def _alone(cell: Cell, name: str) -> Facts:
    """The fact with this name that a header cell gives by its own words."""
    return {each: fact for each, fact in stated_in(cell).items() if each == name}


def _is_part_of_the_last(text: str, facts: Facts) -> bool:
    """Whether a header counts a part of what the column to its left counts: "of which children",
    "of them because of the weather"."""
    told = "people" in facts or "cause" in facts
    return told and "indicator" not in facts and bool(first("of_which", text))


def place_and_day(head: Sequence[Cell], published: str) -> Facts:
    """The date and the place that the header cells of a column name, as facts.

    A cell may hold nothing else: what it counts is then said by the title or another header cell.
    """
    facts: Facts = {}
    for cell in head:
        if first("periods", cell.text) != "cumulative":  # "since 24 February" is no day of a count
            facts |= date_facts(replace(cell, text=_written(cell.text)), published)
        with suppress(UnknownPlace):
            facts["place"] = (find(cell.text).pcode, cell.span)
    return facts


def _day_beside(head: Sequence[Cell], title: Facts, published: str) -> Facts:
    """The day of a column "Today" or "Yesterday", as the title's day tells it, else the report's;
    a title that dates a longer time tells none."""
    told = next((cell for cell in head if first("told_days", cell.text)), None)
    day = said(title, "date") or published
    if told is None or len(day) != len("2026-01-24") or "date_start" in title:
        return {}
    back = timedelta(days=first("told_days", told.text) == "yesterday")
    return {"date": ((date.fromisoformat(day) - back).isoformat(), told.span)}


def _goes_on(facts: Facts, before: Mapping[str, Fact]) -> bool:
    """Whether a header has another status of what the column to its left counts: "Customers left
    without power | reconnected".
    """
    same = all(said(facts, name) in ("", said(before, name)) for name in _COUNTED)
    return said(before, "indicator") in OUTAGES and "status" in facts and same


def _counts_again(facts: Facts, before: Mapping[str, Fact]) -> bool:
    """Whether a header only has another unit of those whom the column to its left counts:
    "Settlements without power | Consumers"."""
    units = {said(facts, "unit"), said(before, "unit")} - {""}
    supplied = units <= {"settlements", "customers", "households"} and len(units) == 2
    return said(before, "indicator") in OUTAGES and facts.keys() == {"unit"} and supplied


def _cut_off_from(text: str, facts: Facts, title: Facts) -> str:
    """What "customers cut off" or "peak outage, homes" are cut off from, if no word says it: what
    the title names, if the unit is one of it ("Heating, 14 January | Cut off, buildings"), else
    electricity, as in running text. Empty for other headers.
    """
    told = "indicator" in facts or said(title, "indicator") in OUTAGES
    if told or "status" not in facts:
        return ""
    supply, unit = said(title, "supply"), said(facts, "unit") or said(title, "unit")
    if supply and unit in INDICATORS[supply].units:
        return supply
    named = "unit" in facts and first("outage", text)
    return "power_outage" if named or said(facts, "unit") in ("customers", "households") else ""


def _of_arms(columns: Sequence[Column]) -> list[Column]:
    """The columns; "Missiles" and "Drones" side by side, without another word, count launches,
    unless tanks or artillery stand there, too."""
    if any(first("equipment", each.text) for each in columns):
        return list(columns)
    bare = [each for each in columns if each.facts.keys() == {"unit"}]
    arms = {said(each.facts, "unit") for each in bare} & {*_WEAPONS}
    if arms != {*_WEAPONS}:
        return list(columns)
    launched: list[Column] = []
    for each in columns:
        if each in bare and (unit := each.facts["unit"])[0] in _WEAPONS:
            facts = {**each.facts, "indicator": (f"{unit[0]}_launched", unit[1])}
            each = replace(each, role="measure", facts=facts)
        launched.append(each)
    return launched


def _of_one_unit(columns: Sequence[Column], titled: str) -> list[Column]:
    """The columns; those of a supply without a unit have the one that the others of it name: "cut
    off overnight | still off, customers".

    titled  the indicator that the title names, or ""
    """
    named: dict[str, set[Fact]] = {}
    for each in columns:
        # "Heating (buildings)" beside "Electricity" names the unit of its own
        if "unit" in each.facts and ("indicator" in each.facts or not first("supplies", each.text)):
            named.setdefault(said(each.facts, "indicator"), set()).add(each.facts["unit"])
    shared: list[Column] = []
    for each in columns:
        # a column of all there are says it, too: "Customers | without power | restored"
        units = named.get(said(each.facts, "indicator")) or named.get("", set())
        timed = each.facts.keys() & {"status", "moment", "hour"}
        counted = said(each.facts, "indicator") or (titled if timed else "")
        lacking = counted in OUTAGES and "unit" not in each.facts
        facts = {**each.facts, "unit": min(units)} if lacking and len(units) == 1 else each.facts
        shared.append(replace(each, facts=facts))
    return shared


def _without_all_there_are(columns: Sequence[Column], counted: list[Column]) -> list[Column]:
    """The columns; "Customers" beside "Without power", which names no unit of its own, are all that
    there are, whatever the title says; so are "Buildings in all" beside "Restored".

    counted  the same columns, each with its unit
    """
    off = [each for each in columns if said(each.facts, "indicator") in OUTAGES]
    told = [each for each in columns if "status" in each.facts]
    bare = [
        {"unit"} == each.facts.keys() and said(each.facts, "unit") not in _WEAPONS
        for each in columns
    ]
    if not off or any("unit" in each.facts for each in off):
        of_all = [without_total(each.text) != each.text for each in columns]
        bare = [told != [] and one and all_ for one, all_ in zip(bare, of_all, strict=True)]
    return [
        Column("", {}, each.text) if whole else each
        for each, whole in zip(counted, bare, strict=True)
    ]


def _hours(head: Sequence[Cell]) -> Facts:
    """The part of the day, or the clock time, at which a column was counted."""
    facts: Facts = {}
    for cell in head:
        if clock := CLOCK.search(cell.text):
            facts["hour"] = (f"T{int(clock[1]):02d}:{clock[2]}", cell.span)
        elif moment := first("moments", cell.text):
            facts["moment"] = (moment, cell.span)
    return facts


def _is_open_to(facts: Facts, title: Facts) -> bool:
    """Whether a column with this unit may count what the title names."""
    indicator, unit = said(title, "indicator"), said(facts, "unit") or said(title, "unit")
    return bool(indicator) and unit in ("", UNCLEAR, *INDICATORS[indicator].units)


def _narrows(text: str) -> bool:
    """Whether a header has so many unknown words that it counts only a part of a whole."""
    for _, (start, end) in reversed(dates_in(text, date.max)):
        text = text[:start] + text[end:]
    left = plain(text)
    for table in _KNOWN_WORDS:
        left = words().without(table, left)
    return len(WORD.findall(left)) >= _MANY_WORDS


def _without_repetitions(columns: Sequence[Column]) -> list[Column]:
    """The columns, changed so that no two of them count the same thing.

    The first of them stays as it is. A later one with another header counts a part, and its header
    becomes the part. A later one with the same header is a repetition and is not read.
    """
    seen: dict[tuple, set[str]] = {}
    kept = []
    for column in columns:
        if column.role == "measure" and column.facts.keys() & {"indicator", "unit"}:
            texts = seen.setdefault(tuple(said(column.facts, name) for name in _MEANING), set())
            if column.text in texts:
                column = Column("", {}, column.text)
            elif texts:
                column = Column("measure", _as_part(column), column.text)
            texts.add(column.text)
        kept.append(column)
    return kept


def _as_part(column: Column) -> Facts:
    _, span = next(iter(column.facts.values()))
    return {**column.facts, "part": (column.text, span)}


def _without_baseline(columns: Sequence[Column]) -> list[Column]:
    """The columns; how many people live in a place is only told beside what happened to some."""
    counted = {said(column.facts, "indicator") for column in columns} - {"", UNCLEAR, "population"}
    return [
        Column("", {}, column.text)
        if counted and said(column.facts, "indicator") == "population"
        else column
        for column in columns
    ]


def _populations(columns: Sequence[Column]) -> list[Column]:
    """The columns, with the right indicator in tables of HDX HAPI.

    HDX HAPI calls every count "population". The other headers show what the table counts.
    """
    heads = {plain(column.text) for column in columns}
    phrases = words().phrases["population_means"]
    meant = next((name for name, marks in phrases.items() if heads & set(marks)), "")
    if not meant:
        return _without_baseline(columns)
    return [
        Column("measure", {**column.facts, "indicator": (meant, column.facts["indicator"][1])})
        if said(column.facts, "indicator") == "population"
        else column
        for column in columns
    ]
