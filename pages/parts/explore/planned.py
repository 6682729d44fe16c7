"""What schedules of cuts planned for places and days, under what was said of losses there."""

from collections.abc import Sequence
from datetime import date

from impact import queries
from impact.model.indicators import INDICATORS
from impact.views import View
from pages.parts.explore import chart
from pages.parts.shell import screen as st
from pages.parts.shell import session

PLANNED = "planned_cuts"


def show(places: Sequence[str], period: tuple[date, date], rule: str) -> None:
    """A picture of the hours that were planned; nothing where no schedule is loaded."""
    words, reader = session.words(), session.reader()
    if queries.leads(reader, [PLANNED], *period, places=places, rule=rule).empty:
        return
    st.subheader(INDICATORS[PLANNED].title[words.language])
    st.caption(
        words._(
            "Hours without power that schedules planned for the groups with the fewest and with "
            "the most. A plan is no loss: whether the cuts were made, it does not say."
        )
    )
    view = View(
        indicator=PLANNED,
        places=tuple(places),
        first=period[0],
        last=period[1],
        unit="hours",
        rule=rule,
        language=words.language,
    )
    chart.show(chart.draw(view), name="planned")
