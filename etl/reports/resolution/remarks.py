"""Remarks in the rows of tables: what they count is of their row's place and day."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from etl.reports.model.reading import Remark
from etl.reports.resolution.context import Context


class Remarks:
    """The remarks of a text, each with a discourse of its own.

    context  of the text itself; nothing that a remark says reaches it
    """

    def __init__(self, remarks: Sequence[Remark], context: Context) -> None:
        self._text = context
        self._remarks = sorted(remarks, key=lambda each: each.span)
        self._passed = 0
        self._open: tuple[Remark, Context] | None = None

    def context_at(self, offset: int) -> Context | None:
        """The discourse of the remark in which an offset lies; None outside of all remarks.

        Offsets come in ascending order.
        """
        while self._passed < len(self._remarks) and self._remarks[self._passed].span[1] <= offset:
            self._passed += 1
        if self._passed == len(self._remarks) or self._remarks[self._passed].span[0] > offset:
            return None
        remark = self._remarks[self._passed]
        if self._open is None or self._open[0] is not remark:
            self._open = remark, self._begun(remark)
        return self._open[1]

    def _begun(self, remark: Remark) -> Context:
        """The row's day stands for that of a report: "overnight" is the night before it. A row
        without a day or a place is of those that the text above tells of."""
        day = self._text.published
        with suppress(ValueError):
            day = date.fromisoformat(remark.date or self._text.event_day())
        context = Context(published=day, weigh=self._text.weigh)
        if place := remark.place or self._text.place or self._text.topic:
            context.remember(place)
        context.event = context.section_day = day.isoformat() if day else ""
        return context
