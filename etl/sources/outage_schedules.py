"""Planned cuts of power: how many hours a schedule cuts off each group of customers, by day.

What     a row is the schedule of one place and day, in the last edition that the file has
Unit     hours of the day: of the groups with the fewest and with the most; by group in the note
Cadence  the day before, and again whenever it changes

It is a plan. It is no loss, is kept under an indicator of its own and is never added to losses.

How to get it: save the reply that the page of the operator or supplier asks for. Then
    python -m etl load outage_schedules --file reply.json
Read are DTEK's form ("fact", as its pages have it, and collections of other operators' schedules),
YASNO's form (planned outages of a region) and the menus of Lvivoblenergo with their archive. A
reply that names no place we know needs one: add "place": "Kyiv" as its first key. The shape of
other operators' workbooks is not known; save them as reports and bring them on the page Upload.

Traps
- A schedule changes during its day. Of a file with several editions of a day the last counts; a
  later load replaces an earlier one.
- During emergency cuts no schedule holds: such days are refused, and nothing stands for them.
- Hours that "may" be cut off are not counted as cut; the note gives them.
- Schedules of parts of a grid have groups of their own (GPV1001.1); they are groups like others.
"""

from typing import Any

from etl.replies import json_of
from etl.schedules import Schedule, schedules
from etl.source import Parsed, Source
from impact.model import speakers
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import Place, UnknownPlace, find

SOURCE = Source(
    title=N_("Schedules of power cuts"),
    publisher=N_("grid operators and suppliers of power"),
    url="https://www.dtek.com/",
    licence=N_("facts of public schedules: for use with replies saved by oneself"),
)

EARLIER = "a later edition of this day is in the file"
NO_PLACE = "no place of ours"


def parse(payload: bytes) -> Parsed:
    """One figure for each day whose schedule holds, or a refusal.

    Raises ValueError with a sentence if the payload is no reply of a known form.
    """
    parsed, found = Parsed(), schedules(json_of(payload))
    order = sorted(range(len(found)), key=lambda number: (found[number].said, number))
    last = {(found[number].place, found[number].day): number for number in order}
    for number, each in enumerate(found):
        parsed.rows += 1
        position = f"schedule {number + 1}"
        try:
            place = find(each.place)
        except UnknownPlace:
            parsed.refuse(position, NO_PLACE, each)
            continue
        reason = each.unfit
        if last[each.place, each.day] != number:
            reason = EARLIER
        if reason:
            parsed.refuse(position, reason, each)
        else:
            parsed.figures.append(_figure(each, place, position))
    return parsed


def _figure(schedule: Schedule, place: Place, position: str) -> Figure:
    fewest = min(sure for sure, _ in schedule.groups.values())
    most = max(sure for sure, _ in schedule.groups.values())
    speaker = speakers.identify(schedule.operator, place.pcode)
    fields: dict[str, Any] = {"value_high": most} if most > fewest else {}
    return Figure(
        **fields,
        indicator="planned_cuts",
        value=fewest,
        unit="hours",
        place=place.pcode,
        date=schedule.day.isoformat(),
        as_of=schedule.said,
        cause="planned",
        attributed_to=schedule.operator,
        publisher=schedule.publisher,
        published=schedule.said[:10],
        url=schedule.url,
        position=position,
        note=_by_group(schedule),
        language="uk",
        verification=speakers.verification("planned_cuts", speaker.role),
        source="outage_schedules",
        source_key=f"{place.pcode} {schedule.day}",
    )


def _by_group(schedule: Schedule) -> str:
    """Hours of each group: "hours by group: 1.1 3.5; 1.2 4 and perhaps 2 more"."""
    told = []
    for name, (sure, may) in sorted(schedule.groups.items()):
        told.append(f"{name} {sure:g}" + (f" and perhaps {may:g} more" if may else ""))
    return "hours by group: " + "; ".join(told)
