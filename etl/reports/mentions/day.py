"""Day: the words of a sentence that name a day, a clock time or a part of the day."""

from dataclasses import dataclass
from datetime import date

PLAIN, AS_OF, EVENT = "plain", "as_of", "event"

# Words for days that give way to a date beside them ("today, 20 January").
VAGUE_DAYS = ("today", "past_day")
WEEK_AGO = "week_ago"  # how a day is told with which a count is compared: "a week ago"
NO_SUCH = "no_such_day"  # how a day is told that no calendar has: "29 February 2026"
MONTH, WHOLE = 7, 10  # letters of an ISO month and of an ISO day
# The two days of a night are so many days apart: "the night of 25 to 26".
_NIGHT = 1


@dataclass(frozen=True, slots=True)
class Day:
    """Tokens [start, end) that name a day.

    stated    ISO day, month or year; empty when only a clock time or a part of the day is named
    role      AS_OF (a count's time), EVENT (the attack's day) or PLAIN
    clock     "09:00", where given
    moment    "morning", "evening" …, where given instead
    relative  how the day was told, if not by its date: "today", "weekday", "year", "birth" …
    first     ISO day on which a span of days begins that ends with the stated one
    compared  ISO month or year that is only compared with: "more than in October"
    """

    start: int
    end: int
    stated: str = ""
    role: str = PLAIN
    clock: str = ""
    moment: str = ""
    relative: str = ""
    first: str = ""
    compared: str = ""

    @property
    def several(self) -> bool:
        """Whether it is the last of more days than a night has: "6-8 January"."""
        if len(self.first) == MONTH:
            return True
        return bool(self.first) and _apart(self.first, self.stated) > _NIGHT


def _apart(first: str, last: str) -> int:
    """How many days lie between two ISO days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
