"""Schedules of power cuts, as grid operators and suppliers publish them, in three forms.

A schedule says for each group of customers when it is cut off on a day. It is a plan: whether the
cuts were made, nobody says here.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from etl.replies import lacking
from etl.source import DATA
from impact.model.dates import KYIV
from impact.model.places import UnknownPlace, find

NO_PLACE = 'the reply does not say of which place it is: add "place": "Kyiv" (its name) to it'
CHANGED = "the reply has not the form that it had: the source has changed it"
_DTEK = "https://www.dtek.com/"
NONE_IN_FORCE = "no schedule is in it: none is in force, or none is published yet"
_TABLES = tomllib.loads((DATA / "schedules.toml").read_text(encoding="utf-8"))
# DTEK's word for an hour -> hours of it that are cut off for sure, and that may be.
_WORDS = {
    **{"yes": (0.0, 0.0), "no": (1.0, 0.0), "first": (0.5, 0.0), "second": (0.5, 0.0)},
    **{"maybe": (0.0, 1.0), "mfirst": (0.0, 0.5), "msecond": (0.0, 0.5)},
}
_HOURS = [str(hour) for hour in range(1, 25)]
# YASNO's state of a day whose slots count; of others, why the day gives nothing.
APPLIES = "ScheduleApplies"
STATES = {
    "WaitingForSchedule": "the schedule is not published yet",
    "EmergencyShutdowns": "emergency cuts: the schedule does not hold",
}
_SLOTS = {"NotPlanned": (0, 0), "Definite": (1, 0), "Possible": (0, 1)}
# What Lvivoblenergo's pages say -> its expression.
_LVIV = {name: re.compile(expression) for name, expression in _TABLES["lvivoblenergo"].items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What is planned for one day.

    place      its name
    said       when the plan held, Kyiv time; "" if it does not say
    groups     group -> hours cut off for sure, hours that may be cut off; empty if `unfit`
    operator, publisher, url  who planned it, who printed it, where
    unfit      why it gives no figure; "" if it gives one
    """

    place: str
    day: date
    said: str
    operator: str
    publisher: str
    url: str
    groups: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    unfit: str = ""


def schedules(reply: Any) -> list[Schedule]:
    """Every day of a reply. Raises ValueError with a sentence if it has none of the forms."""
    if not isinstance(reply, dict):
        raise lacking("the reply", "fact")
    try:
        if "hydra:member" in reply:
            return list(_lviv(reply))
        if "fact" in reply or "update" in reply:
            return list(_dtek(reply))
        return list(_yasno(reply))
    except KeyError as error:
        raise lacking("the reply", str(error.args[0])) from None
    except (TypeError, AttributeError):
        raise ValueError(CHANGED) from None


def _dtek(reply: dict[str, Any]) -> Iterator[Schedule]:
    """Of the form {"fact": {"data": {time of midnight: {group: {hour: word}}}, "update": …}}."""
    fact = reply.get("fact", reply)
    place = reply.get("place") or _TABLES["regions"].get(reply.get("regionId", ""))
    if not isinstance(fact, dict) or "data" not in fact:
        raise lacking("the reply", "data")
    if not place:
        raise ValueError(NO_PLACE)
    if not fact["data"]:
        raise ValueError(NONE_IN_FORCE)
    operator = _operator(place)
    about: dict[str, Any] = {"operator": operator, "publisher": operator, "place": place}
    about |= {"said": _moment(fact["update"]), "url": _DTEK if operator == "DTEK" else ""}
    for midnight, groups in fact["data"].items():
        day = datetime.fromtimestamp(float(midnight), KYIV).date()
        try:
            hours = {name.removeprefix("GPV"): _of_words(told) for name, told in groups.items()}
            yield Schedule(**about, day=day, groups=hours, unfit="" if hours else NONE_IN_FORCE)
        except (KeyError, AttributeError):
            yield Schedule(
                **about, day=day, unfit="an hour of a group is missing or has an unknown word"
            )


def _operator(place: str) -> str:
    """Who plans the cuts of a place, by its name; "" if nobody is known to."""
    with suppress(UnknownPlace):
        operator: str = _TABLES["operators"].get(find(place).pcode, "")
        return operator
    return ""


def _of_words(told: Mapping[str, str]) -> tuple[float, float]:
    sure, may = zip(*(_WORDS[told[hour]] for hour in _HOURS), strict=True)
    return sum(sure), sum(may)


def _yasno(reply: dict[str, Any]) -> Iterator[Schedule]:
    """Of the form {group: {"today": {"slots": …, "date": …, "status": …}, "updatedOn": …}}."""
    groups = {name: told for name, told in reply.items() if re.fullmatch(r"\d\.\d", name)}
    if not groups:
        raise lacking("the reply", "1.1")
    if not reply.get("place"):
        raise ValueError(NO_PLACE)
    days: dict[date, dict[str, Any]] = {}
    for name, told in groups.items():
        for which in ("today", "tomorrow"):
            if not isinstance(told, dict) or "slots" not in told.get(which, {}):
                raise lacking(f"the group {name}", f"{which}, slots")
            days.setdefault(date.fromisoformat(told[which]["date"][:10]), {})[name] = told[which]
    said = min(datetime.fromisoformat(told["updatedOn"]) for told in groups.values())
    for day, told in days.items():
        about: dict[str, Any] = {"operator": "DTEK", "publisher": "YASNO", "place": reply["place"]}
        about |= {
            "url": "https://yasno.com.ua/",
            "said": said.astimezone(KYIV).strftime("%Y-%m-%dT%H:%M"),
        }
        states = {each["status"] for each in told.values()} - {APPLIES}
        if states:
            state = sorted(states)[0]
            unfit = STATES.get(state, f"the schedule does not hold ({state})")
            yield Schedule(**about, day=day, unfit=unfit)
            continue
        hours = {name: _of_slots(each["slots"]) for name, each in told.items()}
        yield Schedule(**about, day=day, groups=hours)


def _of_slots(slots: list[dict[str, Any]]) -> tuple[float, float]:
    """Hours of slots whose start and end are minutes of the day."""
    sure = may = 0.0
    for slot in slots:
        hours = (slot["end"] - slot["start"]) / 60
        for_sure, perhaps = _SLOTS[slot["type"]]
        sure, may = sure + hours * for_sure, may + hours * perhaps
    return sure, may


def _lviv(reply: dict[str, Any]) -> Iterator[Schedule]:
    """Of the menus of Lvivoblenergo, whose archive has each schedule as a piece of a page."""
    pieces = [text for text in _texts(reply) if _LVIV["day"].search(text)]
    if not pieces:
        raise lacking("the reply", "rawHtml")
    for text in pieces:
        day, said = _LVIV["day"].search(text), _LVIV["said"].search(text)
        assert day is not None
        about: dict[str, Any] = {
            "place": "Lviv Oblast",
            "day": datetime.strptime(day[1], "%d.%m.%Y").date(),
            "said": _moment(f"{said[2]} {said[1]}") if said else "",
            "operator": "Lvivoblenergo",
            "publisher": "Lvivoblenergo",
            "url": "https://poweron.loe.lviv.ua/",
        }
        try:
            groups = {name: _of_cuts(cuts) for name, cuts in _LVIV["group"].findall(text)}
            yield Schedule(**about, groups=groups, unfit="" if groups else NONE_IN_FORCE)
        except ValueError as error:
            yield Schedule(**about, unfit=str(error))


def _texts(node: Any) -> Iterator[str]:
    """Every rawHtml of the menus, in their order."""
    if isinstance(node, dict):
        if isinstance(node.get("rawHtml"), str):
            yield node["rawHtml"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _texts(each)


def _moment(told: str) -> str:
    """ "29.10.2025 13:51" as an ISO time."""
    return datetime.strptime(told, "%d.%m.%Y %H:%M").isoformat(timespec="minutes")


def _of_cuts(cuts: str) -> tuple[float, float]:
    """Hours of some cuts. Raises ValueError if one ends as it begins, or before."""
    hours = 0.0
    for cut in _LVIV["cut"].findall(cuts):
        first_hour, first_minute, last_hour, last_minute = map(int, cut)
        begin, end = first_hour * 60 + first_minute, last_hour * 60 + last_minute
        if begin >= (end or 24 * 60) or (begin, end) == (0, 0):
            raise ValueError("a cut ends as it begins, or before")
        hours += ((end or 24 * 60) - begin) / 60
    return hours, 0.0
