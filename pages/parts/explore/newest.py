"""What is new, on the start page: the numbers that became known last, with who said them."""

from impact.model.places import UKRAINE, Place, inside
from impact.queries.newest import newest
from impact.wording import news_captions
from pages.parts.explore import lead
from pages.parts.shell import screen as st
from pages.parts.shell import session

# Lines of the list; figures that are read for it, as several may be told in one line.
MOST, READ = 5, 40
# Where every change since a day is told.
CHANGES = "pages/trust/changes.py"


def render(area: Place, rule: str) -> None:
    """The list, and the way to all that changed; a sentence where nobody has said anything.

    Not bound to the period of the page: what is new may be about any day.
    """
    words = session.words()
    st.header(words._("What is new"), anchor=False)
    places = [area.pcode, *(each.pcode for each in inside(area))]
    rows = newest(session.reader(), places, READ, rule)
    if rows.empty:
        st.markdown(words._("Nobody has reported a number here yet."))
        return
    st.caption(words._("The numbers published last, about any day. Each opens its evidence."))
    st.html(news_captions.table(rows, words, lead.link, MOST))
    st.page_link(
        CHANGES,
        label=words._("Everything that changed"),
        query_params=({} if area == UKRAINE else {"places": area.pcode}) | session.along(),
    )
