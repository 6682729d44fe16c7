"""Units: what a number counts where its own noun does not say it or does not fit."""

from etl.reports.mentions.numbers import Number
from etl.reports.resolution.claims import Claim, Statement
from impact.model.indicators import INDICATORS

TOLLS = ("killed", "injured", "missing", "rescued", "evacuated", "displaced")


def set_unit(statement: Statement, claim: Claim) -> None:
    """The claim's unit; without one it lacks it, with one of another indicator it is left out."""
    units = INDICATORS[claim.indicator].units
    claim.unit = claim.unit or _unit_from_around(statement, claim, units)
    number = claim.number
    if number.noun_end > number.end:
        claim.trail["unit"] = (number.end, number.noun_end)
    if claim.unit in units:
        return
    if claim.unit:
        claim.out = "unit"
    else:
        claim.lacks, claim.indicator = ("unit",), ""


def _unit_from_around(statement: Statement, claim: Claim, units: tuple[str, ...]) -> str:
    if claim.indicator in TOLLS:
        return "people"
    for unit in (noun_before(statement, claim.number), _last_unit(statement)):
        if unit in units:
            return unit
    return "buildings" if claim.indicator == "buildings_damaged" else ""


def noun_before(statement: Statement, number: Number) -> str:
    """The noun of "The number of homes without electricity fell to 8,600", which stands first."""
    scan = statement.scan
    marked = scan.before(number.start, "-") or scan.before(number.start, ":")
    if not (marked or scan.change or statement.links("counted")):
        return ""
    for unit in reversed(scan.of("units")):
        if unit.end <= number.start and unit.value != "people" and not _counted(statement, unit):
            return unit.value
    return ""


def _counted(statement: Statement, unit) -> bool:
    """Whether a noun belongs to a number of its own."""
    return any(n.start < unit.end and unit.start < n.noun_end for n in statement.numbers)


def _last_unit(statement: Statement) -> str:
    """The unit that was counted last, in this sentence or before it."""
    made = (claim.unit for claim in reversed(statement.made) if claim.unit)
    return next(made, statement.context.unit)
