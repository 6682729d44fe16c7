"""Clocks that stood wrong: which time counts for a line of the ledger.

A table's lines follow one another by their numbers; their times are what a clock said. A wrong
clock may spoil the time of its own line, nothing else. So a line whose time cannot be right carries
the time of the line before it, and those after it take no notice of it. A line that is first and
wrong carries the first right time there is: nothing is known of what was earlier.

Nothing tells a clock that stands within the gap between two lines from a right one. Of two lines
that contradict each other the earlier number is believed, with two exceptions: what lies after the
present, and what leapt by more than LEAP while others came from before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from impact.model import columns

# No ledger is older: the first was kept in November 2026, and the figures that ship tell of the
# winter before. A present earlier than this is a wrong clock's, by which nothing can be judged.
FOUNDED = datetime(2026, 1, 1)
# How far after the present a line is "far after now": more than any slip of a time zone, which is
# 14 hours at most, and short enough that a day typed wrong is noticed.
AHEAD = timedelta(days=1)
# A leap that no pause between two lines explains. After it the lines that came from before it are
# believed, though the present has passed it by now: January, 2030, February, read in 2031.
LEAP = timedelta(days=365)
# How far two machines' clocks may differ and a correction from the network may turn one back:
# within it a line carries the time of the one before it and is not told of.
SKEW = timedelta(minutes=5)

# What is wrong with a time, as check says it.
EARLY = "before this program was made"
BACK = "before the line ahead of it"
FUTURE = "far after now"
LEAPT = "far after lines that came later"


@dataclass(frozen=True, slots=True)
class Judged:
    """A line's time.

    said    what the clock said (UTC)
    counts  what counts (UTC): the same, or the time of a line beside it
    fault   EARLY, BACK, FUTURE or LEAPT; empty where the clock is believed
    """

    said: datetime
    counts: datetime
    fault: str = ""


def judge(times: Sequence[datetime], now: datetime) -> list[Judged]:
    """The times of a table's lines, in the order of their numbers, as they count at a moment."""
    latest = now + AHEAD if now >= FOUNDED else datetime.max
    faults: list[str] = []
    counts: list[datetime | None] = []
    last: datetime | None = None
    leap_ends = 0
    for index, time in enumerate(times):
        if time > latest:
            fault = FUTURE
        elif last is None:
            fault = EARLY if time < FOUNDED else ""
        elif time < last:
            fault = BACK if last - time > SKEW else ""
        else:
            if index >= leap_ends:
                leap_ends = index + _leapt(times, index, last)
            fault = LEAPT if index < leap_ends and time - last > LEAP else ""
        if not fault:
            last = time if last is None else max(last, time)
        faults.append(fault)
        counts.append(last)
    believed = next((each for each in counts if each is not None), None)
    return [
        Judged(said, each or believed or times[0], fault)
        for said, each, fault in zip(times, counts, faults, strict=True)
    ]


def _leapt(times: Sequence[datetime], index: int, last: datetime) -> int:
    """How many lines, from one on, stand wrongly after a leap from the last time believed: as many
    lines as they are must have come from before it."""
    leapt = times[index]
    if leapt - last <= LEAP:
        return 0
    later = enumerate(times[index:])
    before = [number for number, each in later if last <= each < leapt - AHEAD]
    return before[0] if before and before[0] <= len(before) else 0


def all_right(times: columns.Numbers, now: datetime) -> bool:
    """Whether every time counts as it stands, which is so of nearly all ledgers: they follow one
    another without a leap, and none is too early or too late.

    times  as numpy has them: a million are looked at in some milliseconds
    """
    if not len(times):
        return True
    latest = now + AHEAD if now >= FOUNDED else datetime.max
    gaps = np.diff(times)
    follow = bool(((gaps >= np.timedelta64(0)) & (gaps <= np.timedelta64(LEAP))).all())
    ends = times[0] >= np.datetime64(FOUNDED) and times[-1] <= np.datetime64(latest)
    return follow and bool(ends)
