"""What has become of a picture or a number: what the page Check shows of what was given to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from impact import charts, queries, views
from impact.queries import changes, checking
from impact.queries.changes import Change
from impact.queries.checking import Standing
from impact.store import as_of
from impact.store.as_of import Past
from impact.store.faults import StoreFault
from impact.store.ledger import store_folder
from impact.store.reader import Reader
from impact.views import Picture, View
from impact.views import checking as asked
from impact.wording import change_captions, check_captions
from pages.parts.explore import chart, evidence
from pages.parts.shell import address, menu, session
from pages.parts.shell import screen as st


def render(text: str, rule: str) -> None:
    """The figure or the picture that a text names. Raises WrongParameter where it names none."""
    found = asked.read(text, _pages())
    if isinstance(found, asked.Figure):
        _figure(checking.standing(session.reader(), found.figure_id, rule))
    else:
        _picture(replace(found.view, language=session.words().language), found.at)


def _pages() -> Mapping[str, Mapping[str, str] | None]:
    """Page by its address -> what its picture's address need not name."""
    entries = menu.entries()
    return {"": entries[0].shows} | {each.name: each.shows for each in entries}


def _figure(standing: Standing) -> None:
    words = session.words()
    if not standing.known:
        chart.nothing(
            words._("No figure {id} was ever published here.", id=standing.figure_id),
            words._("Compare the letters with those in the foot, or ask whoever made the picture."),
        )
        return
    st.subheader(words._("As stated"), anchor=False)
    st.markdown(check_captions.stated(standing, words))
    st.subheader(words._("As it stands now"), anchor=False)
    st.markdown(check_captions.stands(standing, words))
    if standing.now:
        doubts = queries.doubts(session.reader(), [standing.figure_id])
        evidence.objections(standing.now, doubts, words)
    if standing.leads and standing.leads["figure_id"] != standing.figure_id:
        st.markdown(words._("Now leads: {said}", said=check_captions.leading(standing, words)))
    if shown := standing.now or standing.leads:
        st.page_link(
            "pages/trust/data.py",
            label=words._("Who said it, other claims and the numbers"),
            query_params={"words": shown["figure_id"]} | session.along(),
        )
    _changed(standing.log, words._("Nobody has corrected, disputed or withdrawn it."))


def _picture(view: View, at: datetime | None) -> None:
    words = session.words()
    moment = at or _chosen_moment()
    past = _known_at(moment)
    if past is None:
        chart.nothing(words._("The past cannot be shown while this store lacks something."))
        return
    if not past.recorded:
        st.caption(
            words._(
                "This dashboard's own records begin later: numbers are compared with what had been "
                "published by that day."
            )
        )
    time = words.time(moment)
    then, now = _drawn(view, past.reader), _drawn(view, session.reader())
    columns = st.columns(2, gap="medium")
    sides = (
        ("then", words._("As known at {time}", time=time), then),
        ("now", words._("As known now"), now),
    )
    for column, (name, title, picture) in zip(columns, sides, strict=True):
        with column:
            st.subheader(title, anchor=False)
            _shown(f"checked-{name}", picture)
    ids = {each for picture in (then, now) for each in picture.drawn["figure_id"]}
    found = checking.since(past.reader, session.reader(), moment, ids, view.rule)
    _changed(found, words._("Nothing that this picture shows has changed since {time}.", time=time))


def _shown(name: str, picture: Picture) -> None:
    if picture.drawn.empty:
        words = session.words()
        chart.nothing(
            words._("Nobody had reported a figure of it."), words._("No report is not zero.")
        )
        return
    chart.chart(name, picture.chart, picture.caption, lambda: picture.drawn)


def _chosen_moment() -> datetime:
    """The begin of a day that the reader chooses: an address that follows the news names none."""
    words = session.words()
    st.caption(
        words._("This address follows the news and names no moment. Choose a day to compare with.")
    )
    usual = changes.usual(session.reader())
    if usual is None:
        address.stop()
    return changes.moment(address.choose_day(words._("Since"), key="since", default=usual))


def _known_at(at: datetime) -> Past | None:
    """The store as it was known; None where it has lost its past."""
    words = session.words()
    try:
        with st.spinner(words._("Going back to {time} …", time=words.time(at)), show_time=False):
            return as_of.known_at(store_folder(), at)
    except StoreFault:
        return None


def _drawn(view: View, reader: Reader) -> Picture:
    """The picture for half a page, in the page's colours."""
    return views.draw(replace(view, theme=session.theme()), reader, charts.PAGE)


def _changed(found: Sequence[Change], nothing: str) -> None:
    words = session.words()
    st.subheader(words._("What changed"), anchor=False)
    if found:
        st.markdown(change_captions.counted(found, words))
        chart.listing(change_captions.table(found, words), "checked")
    else:
        st.markdown(nothing)
