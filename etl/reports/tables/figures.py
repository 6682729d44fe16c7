"""Figures: makes a Figure of a cell's number and of the facts of its column, row and title.

If two facts disagree, the first in this order wins: the cell itself, its header, the other cells of
the row, the title.
"""

from collections.abc import Mapping
from dataclasses import replace

from etl.reports.model.document import Span
from etl.reports.model.reading import Read
from etl.reports.tables.cells import Cell, Fact, Facts, said
from etl.reports.tables.columns import Column
from etl.reports.tables.facts import OTHER
from etl.reports.tables.numbers import Number, number_of
from etl.reports.tables.reasons import A_TOTAL, NO_INDICATOR, OCCUPIED, Refusal, brief
from etl.reports.tables.row import Fields, Row
from etl.reports.tables.words import AREAS, TOLL, UNCLEAR, words
from impact.model.figure import NAMES, UNSTATED, Figure
from impact.model.indicators import INDICATORS, OUTAGES
from impact.model.places import PLACES, UKRAINE

# Fields of Figure that take their value from a fact.
_STATED = frozenset(NAMES) - {
    *("value", "value_high", "quote", "start", "end", "position", "language"),
    *("recalled", "dubious", "source", "source_key"),
}
# Indicators for which no cause is kept, as in etl/sources/curated.py.
_YEAR, _MONTH = 4, 7  # letters of an ISO year and month
_DAY = 10  # letters of an ISO day
_WITHOUT_CAUSE = {"temperature", "displaced"}
_SUMMED = ("lost", "restored")  # who lost a supply or had it back may be summed up over a month


def number_facts(row: Row, facts: Facts, column: Column, cell: Cell, number: Number) -> Facts:
    """Every fact of a number: those of its title, row, column and cell together.

    Raises Refusal if the row counts something that is not kept.
    """
    inside = {
        name: (getattr(number, name), cell.span)
        for name in ("unit", "people")
        if getattr(number, name)
    }
    title = {n: f for n, f in row.frame.layout.title.items() if n not in ("part", "period")}
    column = _without_titles(column, facts, title)
    found = title | facts | dict(column.facts) | inside
    if "part" in facts and "part" in column.facts:
        (of_row, span), of_column = facts["part"], said(column.facts, "part")
        found["part"] = (f"{of_row}, {of_column}", span)
    if len(said(column.facts, "date")) == _YEAR and len(said(facts, "date")) == _MONTH:
        month, span = facts["date"]  # "January" beside "2024 killed"
        found["date"] = (said(column.facts, "date") + month[_YEAR:], span)
    counted = INDICATORS.get(said(found, "indicator"))
    titled = "unit" in title and found["unit"] == title["unit"]
    if counted and titled and found["unit"][0] not in counted.units:
        del found["unit"]  # the missiles of a title are not the unit of its dead
    of_rows = "unit" in facts and found.get("unit") == facts["unit"]
    if (
        counted
        and of_rows
        and "indicator" in column.facts
        and found["unit"][0] not in counted.units
    ):
        del found["unit"]  # "What: strike on a block" beside a column of dead
    own = "indicator" in facts and not column.facts.keys() & {"indicator", "date"}
    if own and "indicator" in title:
        # The row has its own indicator. Unit, status and people of the title belong to the title's
        # indicator, so they are removed.
        # "Children who suffered: killed 208" are children still.
        tolls = {said(title, "indicator"), said(facts, "indicator")} <= {*TOLL}
        for name in ("unit", "status") if tolls else ("unit", "status", "people"):
            if name in title and found.get(name) == title[name]:
                del found[name]
    if said(facts, "service") and said(column.facts, "indicator") in ("", *OUTAGES):
        found["indicator"] = facts["service"]
    if "launched" in column.facts:
        if "weapon" not in facts:
            raise Refusal(NO_INDICATOR, brief(cell.text))
        arms, span = facts["weapon"]
        found |= {"indicator": (f"{arms}_launched", span), "unit": (arms, span)}
    if said(found, "indicator") == OTHER:
        start, end = found["indicator"][1]
        raise Refusal(NO_INDICATOR, brief(row.frame.document.text[start:end]))
    if "place" not in found and (_launched(found) or _of_country(row)):
        found["place"] = (UKRAINE.pcode, cell.span)
    if "place" not in found and row.frame.around:
        found["place"] = row.frame.around
    if "since" in row.whole and counted is not None and counted.kind != "flow":
        raise Refusal(A_TOTAL, cell.text)  # who is without supply is never summed over days
    _settle_unit(found)
    _settle_date(found, row.frame.layout.title)
    if summed := found.get("summed"):
        parts = [summed[0], *([found["part"][0]] if "part" in found else [])]
        found["part"] = (", ".join(parts), summed[1])
    return found


def _without_titles(column: Column, facts: Facts, title: Facts) -> Column:
    """A column that has what it counts from the title alone, "Total", without it in a row that has
    its own: "Civilian casualties" above "Killed | 12 men | 9 women | 21 in all"."""
    if "indicator" not in facts or column.facts.get("indicator", "") != title.get("indicator"):
        return column
    own = {name: fact for name, fact in column.facts.items() if name != "indicator"}
    return replace(column, facts=own)


def _launched(facts: Mapping[str, Fact]) -> bool:
    return said(facts, "indicator").endswith("_launched")


def _of_country(row: Row) -> bool:
    """Whether a table without places has a column of launches, which the whole country counts."""
    placed = row.section or row.frame.layout.having(*AREAS)
    return not placed and any(_launched(each.facts) for each in row.measures())


def _settle_unit(facts: Facts) -> None:
    """Adds the unit if the indicator has only one, or counts people and is no outage."""
    indicator = said(facts, "indicator")
    if indicator not in INDICATORS or "unit" in facts:
        return
    units = INDICATORS[indicator].units
    if len(units) == 1 or (units[0] == "people" and indicator not in OUTAGES):
        facts["unit"] = (units[0], facts["indicator"][1])


def _settle_date(facts: Facts, title: Facts) -> None:
    """Fills in date and as_of from each other, and adds the period of a running total."""
    is_titles = facts.get("date") == title.get("date")
    if not is_titles and "date_start" in facts and facts["date_start"] == title.get("date_start"):
        del facts["date_start"]
    if "as_of" in facts and not facts["as_of"][0]:
        days = (said(facts, "date"), said(title, "date"))  # a row of a month has the title's day
        counted = next((day for day in days if len(day) == _DAY), facts["date"][0])
        facts["as_of"] = (counted, facts["as_of"][1])
    indicator = said(facts, "indicator")
    kind = INDICATORS[indicator].kind if indicator in INDICATORS else ""
    if kind == "flow" and said(title, "period") == "cumulative":
        facts.setdefault("period", title["period"])
    if "date" in facts and kind == "flow":
        _settle_period(facts, is_as_of=is_titles and _counted_by_as_of(title))
    elif "date" in facts and said(facts, "status") in _SUMMED:
        _settle_period(facts, is_as_of=False)
    if "hour" in facts and len(said(facts, "date")) == 10:
        facts["clock"] = (facts["date"][0] + facts["hour"][0], facts["hour"][1])
    if "clock" in facts and kind == "stock" and "as_of" not in facts:
        facts["as_of"] = facts["clock"]
    if is_titles and kind == "stock" and _counted_on_another_day(facts, title):
        facts["date"] = (facts["as_of"][0][:10], facts["as_of"][1])
    if "date" not in facts and "as_of" in facts:
        facts["date"] = (facts["as_of"][0][:10], facts["as_of"][1])
    if "date" not in facts and "published" in facts:
        facts["date"] = facts["published"]


def _counted_on_another_day(facts: Facts, title: Facts) -> bool:
    """Whether a row has its own day of counting: "21.01, 09:00" below "after the strike of 20
    January"."""
    counted = said(facts, "as_of")
    own = facts.get("as_of") != title.get("as_of")
    return own and len(counted) >= _DAY and counted[:_DAY] != said(facts, "date")


def _counted_by_as_of(title: Facts) -> bool:
    """Whether a title's day is only that until which it counts: "as of 25 January". In "the attack
    of 24 January, as of the morning of 25 January" the day of what happened is told beside it, and
    "in the past day (as of 8:00)" is about one day."""
    if "as_of" not in title or said(title, "period") == "day":
        return False
    counted, day = said(title, "as_of"), said(title, "date")
    return not (counted and len(day) == _DAY and counted[:_DAY] != day)


def _settle_period(facts: Facts, is_as_of: bool) -> None:
    """Marks a flow as a running total if its date is a month, a year, a span or an "as of"."""
    stated, span = facts["date"]
    if len(stated) < 10 or "date_start" in facts or is_as_of:
        facts.setdefault("period", ("cumulative", span))
    if "date_start" in facts and "part" not in facts:
        start, span = facts["date_start"]
        facts["part"] = (f"since {start}", span)


def lacks(facts: Facts, published: str) -> tuple[str, ...]:
    """The fields that a figure needs and that these facts do not give, in the order of
    Unplaced.lacks. A fact that is unclear counts as missing.
    """
    found = [name for name in ("place", "date") if name not in facts]
    if published and "date" in found:
        found.remove("date")
    indicator = INDICATORS.get(said(facts, "indicator"))
    if indicator is None:
        return (*found, "indicator")
    if said(facts, "unit") not in indicator.units and said(facts, "bound") != UNSTATED:
        found.append("unit")
    if said(facts, "people") == UNCLEAR:
        found.append("people")
    if said(facts, "status") == UNCLEAR and indicator.statuses:
        found.append("status")
    return tuple(found)


def figure(row: Row, facts: Facts, cell: Cell, number: Number, quoted: Span) -> Read:
    """The figure of facts that lack nothing, with the cell of each field.

    quoted  what the figure quotes: its row, or more if a heading changes the number

    Raises Refusal for an occupied place, InvalidFigure if Figure refuses a value.
    """
    indicator = facts["indicator"][0]
    stated = {name: fact for name, fact in facts.items() if name in _STATED}
    if indicator not in OUTAGES:
        stated.pop("status", None)
    _refuse_occupied(said(stated, "place"), indicator)
    fields: Fields = _defaults(row, indicator)
    fields |= {name: fact[0] for name, fact in stated.items()}
    trail = {name: fact[1] for name, fact in stated.items()} | {"value": cell.span}
    if number.value is None:
        fields["unit"] = ""
    if number.bound != "exact":
        fields["bound"], trail["bound"] = number.bound, cell.span
    fields |= {"value": number.value, "value_high": number.high}
    if number.high is not None:
        trail["value_high"] = cell.span
    elif upper := _upper(row, number):
        fields["value_high"], trail["value_high"] = upper
    return Read(Figure(**fields | row.origin(quoted)), trail)


def _refuse_occupied(pcode: str, indicator: str) -> None:
    is_claim = INDICATORS[indicator].kind != "baseline" and indicator != "temperature"
    if is_claim and {pcode, PLACES[pcode].oblast} & words().occupied:
        raise Refusal(OCCUPIED, PLACES[pcode].name_en)


def _defaults(row: Row, indicator: str) -> Fields:
    document, layout, published = row.frame.document, row.frame.layout, row.frame.published
    has_cause = INDICATORS[indicator].kind != "baseline" and indicator not in _WITHOUT_CAUSE
    return {
        "date": published,
        "status": "without" if indicator in OUTAGES else "",
        "cause": "strike" if has_cause and not layout.having("cause") else "",
        "publisher": document.publisher,
        "published": published or document.published,
        "url": document.url,
        "language": layout.language,
    }


def _upper(row: Row, number: Number) -> tuple[float, Span] | None:
    """The upper end of a range that stands in a column of its own, with its span.

    None in tables with columns of counts: there nobody knows which count it belongs to.
    """
    cell = row.first("value_high")
    if row.measures() or not cell:
        return None
    high = number_of(cell.text)
    if high is None or high.value is None or number.value is None or high.value <= number.value:
        return None
    return high.value, cell.span
