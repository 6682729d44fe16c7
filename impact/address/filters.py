"""Filters: the search for figures that an address asks for.

Its parameters have the names and values that the pages write into their own addresses.
"""

from datetime import date

from impact.address import declared
from impact.address.parameters import Values, WrongParameter
from impact.model import periods
from impact.model.indicators import INDICATORS, Indicator
from impact.model.language import N_
from impact.queries.search import Search

TWO_PERIODS = N_("Give either period or from and to, not both.")
WRONG_ORDER = N_("from is after to.")
TOO_LONG = N_("from and to are more than {count} days apart.")


def search(values: Values) -> Search:
    """The search that the values of OF_FIGURES ask for.

    Raises WrongParameter for values that contradict each other.
    """
    pcodes, indicator = some_places(values), values.of(declared.INDICATOR)
    if indicator:
        check_of(INDICATORS[indicator], values.of(declared.STATUS), values.of(declared.UNIT))
    first, last = days(values)
    return Search(
        places=pcodes,
        first=first,
        last=last,
        indicator=indicator,
        status=values.of(declared.STATUS),
        unit=values.of(declared.UNIT),
        people=values.of(declared.PEOPLE),
        verification=values.of(declared.VERIFICATION),
        leads_by=values.of(declared.RULE) if values.of(declared.LEADS) else "",
        document=values.of(declared.DOCUMENT),
        text=values.of(declared.WORDS),
    )


def some_places(values: Values) -> tuple[str, ...]:
    """The places that an address names, as P-codes. Raises WrongParameter for too many."""
    pcodes = tuple(values.all_of(declared.PLACES))
    if len(pcodes) > declared.MOST_PLACES:
        raise WrongParameter(
            N_("One address may name {count} places."),
            declared.PLACES.name,
            str(len(pcodes)),
            most=declared.MOST_PLACES,
        )
    return pcodes


def days(values: Values) -> tuple[date | None, date | None]:
    """First and last day that an address asks for; None where it leaves one open. Raises
    WrongParameter as check_days does."""
    check_days(values)
    period = values.of(declared.PERIOD)
    if isinstance(period, tuple):
        first, last = period
        return first, last
    return values.of(declared.FROM), values.of(declared.TO)


def check_of(indicator: Indicator, status: str, unit: str) -> None:
    """Raises WrongParameter for a status or unit in which the indicator has no figure: that is a
    mistake, not a zero."""
    for parameter, given, known in (
        (declared.STATUS, status, indicator.statuses),
        (declared.UNIT, unit, indicator.units),
    ):
        if given and given not in known:
            message = N_("The indicator has no {parameter} “{given}”.")
            raise WrongParameter(message, parameter.name, given, allowed=known)


def check_days(values: Values) -> None:
    """Raises WrongParameter for a period beside days of one's own, and for days in the wrong
    order."""
    first, last = values.of(declared.FROM), values.of(declared.TO)
    if values.of(declared.PERIOD) not in (None, periods.DAYS) and (first or last):
        raise WrongParameter(TWO_PERIODS, declared.PERIOD.name, allowed=[periods.DAYS])
    if first and last and first > last:
        raise WrongParameter(WRONG_ORDER, declared.FROM.name, first.isoformat())
