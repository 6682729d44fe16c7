"""From a mark of a chart to its figures: those that it names, or those that its key finds.

A mark of many figures has a key in place of their ids: which row of which table it stands for, with
"|" between. The key comes back from a browser, so it is taken for what anybody may have written.
"""

from collections.abc import Callable, Mapping
from datetime import date

from impact import queries
from impact.model.indicators import TOLLS
from impact.queries import coverage, cut_off, events
from impact.queries.many import NOTHING, Many
from impact.rules.headline import RULES


def behind(mark: str) -> Many:
    """The figures behind a mark; of a key that names nothing here none."""
    name, *parts = mark.split("|")
    if name not in _KEYS:
        return Many.named(mark.split(",")) if mark else NOTHING
    try:
        return _KEYS[name](*parts)
    except (TypeError, ValueError, LookupError):
        return NOTHING


def _daily(rule: str, area: str, indicator: str, people: str, first: str, last: str = "") -> Many:
    """Of one day, or of all days to the last."""
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    return queries.behind_tolls(_known(rule), area, [indicator], people, *days)


def _events(rule: str, area: str, indicator: str, people: str, first: str, last: str) -> Many:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return events.behind([area], *days, people=people, rule=_known(rule), indicators=[indicator])


def _cut_off(rule: str, area: str, indicator: str, unit: str, status: str, day: str) -> Many:
    return cut_off.on_day(_known(rule), area, indicator, unit, status, date.fromisoformat(day))


def _coverage(area: str, indicator: str, week: str) -> Many:
    return coverage.behind([indicator], *_day(week), area)


def _struck(area: str, week: str) -> Many:
    return coverage.behind(TOLLS, *_day(week), area, numbers=True)


def _day(text: str) -> tuple[date, date]:
    return date.fromisoformat(text), date.fromisoformat(text)


def _known(rule: str) -> str:
    return {each: each for each in RULES}[rule]


_KEYS: Mapping[str, Callable[..., Many]] = {
    "daily": _daily,
    "events": _events,
    "cut_off": _cut_off,
    "coverage": _coverage,
    "struck": _struck,
}
